"""Files of YAML, JSON and Markdown with front matter → tables: those of a folder that look alike are the records of one, a list is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from generator.documents.heads import head_of
from generator.documents.manner import Manner
from generator.documents.nodes import Broken, Document, Mapping, Node
from generator.documents.nodes import Sequence as List
from generator.documents.parsing import parse
from generator.importing.model import Column, Refused, Source, Table
from generator.importing.naming import slug, titled
from generator.importing.nested import Nesting
from generator.importing.sheets import limit, table_name
from generator.importing.taking import LARGEST, taken
from generator.text.characters import FORBIDDEN
from generator.text.interface import say, sentence

MOST_FOLDERS = 3  # of records that look alike, above which they are one tree


def read_records(folder: Path, places: Sequence[str], source: Source) -> None:
    """Add the tables of files to a source; each file goes to the content as it is."""
    lists, singles = dict[str, Document](), dict[str, Document]()
    for place in places:
        document = _document(folder, place, source)
        if document is None or document.root is None:
            continue
        is_list = isinstance(document.root, List)
        (lists if is_list else singles)[place] = document
    nesting = Nesting(source)
    for place, document in lists.items():
        _list(nesting, place, document)
    for group in _groups(singles):
        _records(nesting, {place: singles[place] for place in group})


def _document(folder: Path, place: str, source: Source) -> Document | None:
    """A file that was read, whose bytes go to the content; None, and it is said, when it could not be."""
    try:
        data = taken(folder, place)
    except Refused as refusal:
        source.note("refused", place, refusal.told)
        return None
    if place.endswith(".md") and head_of(data.decode("utf-8", "replace")) is None:
        source.note("left", place, sentence("Sans en-tête : ce n’est pas une fiche."))
        return None
    document, found = parse(place, data, Manner(body=True, limits=LARGEST, characters=True, taken=True))
    faults = [each for each in found if each.severity == "erreur"]
    if document.root is None or document.mended or faults:
        first = faults[0]
        told = sentence("Ligne {line} : {told}", line=first.position.line, told=first.message)
        source.note("refused", place, told)
        return None
    source.files[f"{source.name}/{place}"] = data
    return document


def _list(nesting: Nesting, place: str, document: Document) -> None:
    """The table of a file that holds a list."""
    source, root = nesting.source, document.root
    assert isinstance(root, List)
    name = table_name(slug(Path(place).stem, "_"), source)
    table = Table(name, {"list": f"{source.name}/{place}"}, [], title=titled(Path(place).stem))
    nesting.add(table, [item for item in root.items if not isinstance(item, Broken)])
    _allow(table, [place], source)
    limit(table, len(source.files[f"{source.name}/{place}"]), _values(root))


def _allow(table: Table, places: Sequence[str], source: Source) -> None:
    """Let the files of a table hold the invisible characters that they do."""
    if any(FORBIDDEN.search(source.files[f"{source.name}/{place}"].decode("utf-8", "replace")) for place in places):
        table.content["allow"] = ["characters"]


def _values(node: Node) -> int:
    """How many values a node holds."""
    pending, count = [node], 0
    while pending:
        found = pending.pop()
        count += 1
        if isinstance(found, List):
            pending += found.items
        elif isinstance(found, Mapping):
            pending += found.nodes.values()
    return count


def _groups(singles: dict[str, Document]) -> list[list[str]]:
    """The files that are records of one table: those of a folder and of one end, or of a whole tree when many folders look alike."""
    by_folder: dict[tuple[str, str], list[str]] = {}
    for place in singles:
        by_folder.setdefault((place.rpartition("/")[0], Path(place).suffix), []).append(place)
    ends = Counter(end for _, end in by_folder)
    found: list[list[str]] = []
    for end, folders in ends.items():
        groups = [group for (_, own), group in by_folder.items() if own == end]
        found += [[place for group in groups for place in group]] if folders > MOST_FOLDERS else groups
    return found


def _records(nesting: Nesting, documents: dict[str, Document]) -> None:
    """The table of files that are each one row."""
    source, places = nesting.source, list(documents)
    top = _common(places)
    end = Path(places[0]).suffix
    deep = any("/" in place[len(top) :] for place in places)
    pattern = f"{top}{'**/' if deep else ''}*{end}" if len(places) > 1 or deep else places[0]
    word = (top.strip("/") or source.name).rpartition("/")[2] if len(places) > 1 else Path(places[0]).stem
    content: dict[str, object] = {"records": f"{source.name}/{pattern}"}
    table = Table(table_name(slug(word, "_"), source), content, [], title=titled(word))
    rows = [document.root for document in documents.values()]
    stems = [place[len(top) :].removesuffix(end) for place in places]
    named = all(isinstance(row, Mapping) and _text(row, "id") == stem for row, stem in zip(rows, stems, strict=True))
    if not named:
        column = say("chemin") if deep else say("fichier")
        content["path" if deep else "file"] = column
        table.columns.append(Column(column, stems, found={"type": "string"}))
    table.primary_key = ("id",) if named else (table.columns[0].name,)
    if any(document.body is not None for document in documents.values()):
        content["body"] = say("texte")
        texts = [document.body.text if document.body is not None else "" for document in documents.values()]
        table.columns.append(Column(say("texte"), texts, found={"type": "string"}))
    nesting.add(table, [row if row is not None else Mapping(0) for row in rows])
    _allow(table, places, source)
    sizes = [len(source.files[f"{source.name}/{place}"]) for place in places]
    limit(table, max(sizes), max(map(_values, (row for row in rows if row is not None)), default=0))


def _common(places: Sequence[str]) -> str:
    """The folder that all the files share, with its slash."""
    parts = [place.split("/")[:-1] for place in places]
    shared = []
    for steps in zip(*parts, strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return "".join(f"{step}/" for step in shared)


def _text(row: Mapping, key: str) -> str:
    node = row.nodes.get(key)
    return str(getattr(node, "text", ""))

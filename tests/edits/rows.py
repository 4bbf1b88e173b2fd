"""Edits of rows: values, keys, prose, references; rows added, removed, renamed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from generator.catalogue.records import Record
from generator.changes.renaming import own_column, renaming
from generator.contracts.field import Field
from generator.documents.kinds import end_of
from generator.documents.nodes import Scalar
from generator.documents.places import Files, Written, key, place_of, scalar
from generator.text.patching import Edit as Passage
from generator.text.patching import patched
from generator.values.types import canonical
from tests.edits.here import Edit, Here, identifier, some

PHRASES = ("Ceci se relit.", "Voilà ce qui est écrit.", "Cela reste à revoir.")


def value(here: Here, rng: Random) -> Edit | None:
    """Another value in a column that says nothing of other rows."""
    for record, column, node in _cells(here, rng):
        text = _other(record, column, node.text, rng)
        if text and text != node.text:
            edit = here.replace(here.files(record.document.path), node, text, f"{column.name} devient « {text} »")
            if edit is not None:
                return edit
    return None


def _cells(here: Here, rng: Random) -> Iterator[tuple[Record, Field, Scalar]]:
    """Values that people write, at random: one a row."""
    for record in some(rng, here.records):
        found = [(column, record.written(column.name)) for column in record.resource.fields if not column.filled]
        written = [(column, node) for column, node in found if isinstance(node, Scalar) and node.text]
        if written:
            column, node = rng.choice(written)
            yield record, column, node


def _other(record: Record, column: Field, text: str, rng: Random) -> str:
    """Another text for a value; "" when none is known."""
    if record.resource.coded(column) or column.prose or column.separator:
        return ""
    if column.closed:
        return rng.choice(column.closed)
    if column.type in ("integer", "number", "year"):
        return str(int(text) + rng.choice((-1, 1, 2))) if text.isdecimal() else ""
    if column.type == "boolean":
        return {"true": "false", "false": "true"}.get(text, "")
    free = column.type == "string" and not column.format and column.constraints.pattern is None
    return f"{text} {rng.choice(('revu', 'bis', 'corrigé'))}" if free else ""


def prose(here: Here, rng: Random) -> Edit | None:
    """A sentence more in a text."""
    for record in some(rng, here.records):
        for column in record.resource.fields:
            node = record.written(column.name)
            if column.prose and isinstance(node, Scalar) and node.text:
                edit = _longer(here, here.files(record.document.path), node, rng.choice(PHRASES))
                if edit is not None:
                    return edit
    return None


def _longer(here: Here, file: Written, node: Scalar, more: str) -> Edit | None:
    said = f"« {more} » de plus à la ligne {place_of(node.mark)[0]}"
    span = file.span(node)
    if span is None or span.style not in ("|", ">"):
        return here.replace(file, node, f"{node.text} {more}", said)
    last = file.lines[span.last - 1]
    indent = last[: len(last) - len(last.lstrip())]
    return here.write(f"{file.path} : {said}", [file.below(span.last, indent + more)]) if last.strip() else None


def reference(here: Here, rng: Random) -> Edit | None:
    """Another row named."""
    for record in some(rng, here.records):
        for link in record.resource.foreign_keys:
            name, there = link.fields[-1], link.reference[-1]
            node = record.written(name)
            if record.resource.field(name).filled or not isinstance(node, Scalar) or not node.text:
                continue
            before = record.key(link.fields[:-1])
            others = here.project.catalogue.tables[link.resource].records
            names = [canonical(each[there]) for each in others if each.key(link.reference[:-1]) == before]
            wanted = [text for text in names if text != node.text]
            if wanted:
                new = rng.choice(wanted)
                return here.replace(here.files(record.document.path), node, new, f"{name} désigne « {new} »")
    return None


def key_removed(here: Here, rng: Random) -> Edit | None:
    """A value that may be absent is taken away with its key."""
    for record, column, node in _cells(here, rng):
        file = here.files(record.document.path)
        line, span = _own_line(file, record, column.key[0]), file.span(node)
        if len(column.key) == 1 and not column.required and line and span is not None:
            passage = Passage(file.path, (line, 1), (span.last + 1, 1), "")
            return here.write(f"{file.path} : {column.name} retiré, ligne {line}", [passage])
    return None


def _own_line(file: Written, record: Record, name: str) -> int:
    """The line that a key of a row begins; 0 when something stands before it, or when it has none."""
    if file.is_csv or name not in record.node.nodes:
        return 0
    line, column = place_of(record.node.key_mark(name))
    return line if line and not file.lines[line - 1][: column - 1].strip() else 0


def key_added(here: Here, rng: Random) -> Edit | None:
    """A value that a row does not have, as another row of the table writes it."""
    for record in some(rng, here.records):
        given = [column for column in record.resource.fields if len(column.key) == 1 and not column.filled]
        absent = [column for column in given if not record.writes(column.name)]
        rng.shuffle(absent)
        table = here.project.catalogue.tables[record.resource.name].records
        for column in absent:
            texts = [node.text for other in table if isinstance(node := other.written(column.name), Scalar)]
            texts = [text for text in texts if text and "\n" not in text]
            edit = new_key(here, record, column.key[0], rng.choice(texts)) if texts else None
            if edit is not None:
                return edit
    return None


def new_key(here: Here, record: Record, name: str, text: str) -> Edit | None:
    """A key more in a row, before the last that has a line of its own."""
    file = here.files(record.document.path)
    lines = [(line, other) for other in record.node.nodes if (line := _own_line(file, record, other))]
    if not lines:
        return None
    line, other = lines[-1]
    indent = " " * (place_of(record.node.key_mark(other))[1] - 1)
    passage = Passage(file.path, (line, 1), (line, 1), f"{indent}{key(name)}: {scalar(text)}\n")
    return here.write(f"{file.path} : {name} ajouté, ligne {line}", [passage])


def added(here: Here, rng: Random) -> Edit | None:
    """A row more: another under a new identifier."""
    for record in some(rng, here.records):
        column, old = own_column(record.resource), identifier(record)
        if not old or record.resource.field(column).type != "string" or "/" in old:
            continue
        new = f"{old}-{rng.randrange(10, 100)}"
        node, file = record.written(column), here.files(record.document.path)
        passage = file.replacing(place_of(node.mark), new) if isinstance(node, Scalar) and node.mark else None
        edit = _copied_file(file, passage, new, column == record.resource.rows.file) if _alone(record) else None
        if passage is not None and not _alone(record):
            edit = _copied_lines(here, file, record, passage)
        if edit is not None:
            return edit
    return None


def _alone(record: Record) -> bool:
    return record.resource.rows.kind == "records"


def _copied_file(file: Written, passage: Passage | None, new: str, unwritten: bool) -> Edit | None:
    if passage is None and not unwritten:
        return None
    path = f"{file.path.rpartition('/')[0]}/{new}{end_of(file.path)}"
    return Edit(f"{path} : fiche ajoutée", {path: patched(file.data, [passage] if passage else [])})


def _lines(file: Written, record: Record) -> tuple[int, int]:
    """The first and the last line of a row that has its own; (0, 0) for any other."""
    line, column = place_of(record.node.mark)
    if file.is_csv:
        row = next((row for row in file.rows[1:] if row[0].mark == record.node.mark), None)
        alone = row is not None and all(place_of(own.mark)[0] == line and "\n" not in own.text for own in row)
        return (line, line) if alone else (0, 0)
    span = file.span(record.node)
    begun = file.lines[line - 1][: column - 1].strip() == "-"
    return (line, span.last) if span is not None and begun else (0, 0)


def _copied_lines(here: Here, file: Written, record: Record, passage: Passage) -> Edit | None:
    first, last = _lines(file, record)
    if not first:
        return None
    rows = file.lines[first - 1 : last]
    line, place = rows[passage.start[0] - first], (passage.start[1] - 1, passage.end[1] - 1)
    rows[passage.start[0] - first] = line[: place[0]] + passage.text + line[place[1] :]
    return here.write(f"{file.path} : ligne ajoutée sous la ligne {last}", [file.below(last, "\n".join(rows))])


def removed(here: Here, rng: Random) -> Edit | None:
    """A row less, of those that no other names."""
    for record in some(rng, here.records):
        if (record.resource.name, record.id) in here.named:
            continue
        file = here.files(record.document.path)
        if _alone(record):
            return Edit(f"{file.path} : fiche retirée", {file.path: None})
        first, last = _lines(file, record)
        if first:
            passage = Passage(file.path, (first, 1), (last + 1, 1), "")
            return here.write(f"{file.path} : lignes {first} à {last} retirées", [passage])
    return None


def renamed(here: Here, rng: Random) -> Edit | None:
    """A row renamed with all that names it, as `generator rename` does."""
    for record in some(rng, here.records):
        column, old = own_column(record.resource), identifier(record)
        if not old or record.resource.field(column).type != "string" or "/" in old:
            continue
        files = Files(here.root, here.project.catalogue.contracts.manner)
        made = renaming(here.project, record, f"{old}-bis", files)
        edit = here.write(f"{record.document.path} : « {old} » renommé", made.edits)
        if edit is None or made.moved is None:
            return edit
        before, after = made.moved
        data = edit.files.get(before, files(before).data)
        return Edit(edit.said, {**edit.files, before: None, after: data})
    return None

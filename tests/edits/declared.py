"""Edits of what is not rows: contracts, templates, pages of prose, settings."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from generator.documents.nodes import Mapping, Node, Scalar, Sequence
from generator.documents.places import place_of, scalar
from generator.layout import CONTENT, FILES, FRONT, PAGES, SETTINGS
from generator.text.patching import Edit as Passage
from tests.edits.here import Edit, Here, at

COLOURS = ("#1b4d3e", "#5a2a6b", "#7a1f1f", "#123a6b", "#3d3d00")  # that are read on white
WORDS = ("revu", "corrigé", "complété")


def title(here: Here, rng: Random) -> Edit | None:
    """Another title in a contract: of a package, of a table or of a column."""
    return _said(here, rng, "title")


def description(here: Here, rng: Random) -> Edit | None:
    """Another description in a contract."""
    return _said(here, rng, "description")


def _said(here: Here, rng: Random, name: str) -> Edit | None:
    if not here.contracts:
        return None
    path = rng.choice(here.contracts)
    nodes = [node for node in _all(here.tree(path), name) if node.text]
    if not nodes:
        return None
    node = rng.choice(nodes)
    return here.replace(here.file(path), node, f"{node.text.rstrip('.')} {rng.choice(WORDS)}", f"{name} change")


def _all(node: Node | None, name: str) -> Iterator[Scalar]:
    """What stands under a key at the places of a contract where it is for people: package, tables, columns."""
    found = [node, *_items(at(node, "resources"))]
    for table in found[1:]:
        found += _items(at(table, "schema", "fields"))
    for each in found:
        text = at(each, name)
        if isinstance(text, Scalar):
            yield text


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def column(here: Here, rng: Random) -> Edit | None:
    """A column more, that no row has to fill."""
    if not here.contracts:
        return None
    path = rng.choice(here.contracts)
    lists = [at(table, "schema", "fields") for table in _items(at(here.tree(path), "resources"))]
    wanted = [fields for fields in lists if _items(fields)]
    if not wanted:
        return None
    last, file = _items(rng.choice(wanted))[-1], here.file(path)
    span = file.span(last)
    indent = " " * (place_of(last.mark)[1] - 3)
    name = f"essai_{rng.randrange(1000)}"
    line = f"{indent}- {{name: {name}, type: string, title: Essai {name[6:]}}}"
    return None if span is None else here.write(f"{path} : colonne {name} ajoutée", [file.below(span.last, line)])


def template(here: Here, rng: Random) -> Edit | None:
    """A paragraph more in a template, or a word more in a macro."""
    if not here.templates:
        return None
    path = rng.choice(here.templates)
    text, number = (here.root / path).read_text(encoding="utf-8"), rng.randrange(100)
    head, end, tail = text.rpartition("{% endmacro %}")
    new = f"{head} <span>relu {number}</span>{end}{tail}" if end else f"{text.rstrip()}\n<p>Relu {number}.</p>\n"
    return Edit(f"{path} : « relu {number} » de plus", {path: new.encode()})


def page_text(here: Here, rng: Random) -> Edit | None:
    """A paragraph more in a page of prose."""
    if not here.pages:
        return None
    path = rng.choice(here.pages)
    text = (here.root / path).read_text(encoding="utf-8").rstrip("\n")
    more = rng.choice(("Cette page se relit.", "## Une partie de plus\n\nElle est courte.", "- un point\n- un autre"))
    return Edit(f"{path} : un paragraphe de plus", {path: f"{text}\n\n{more}\n".encode()})


def page_head(here: Here, rng: Random) -> Edit | None:
    """Another title or another description at the head of a page of prose."""
    if not here.pages:
        return None
    path = rng.choice(here.pages)
    head = here.tree(path)
    known = [name for name in ("title", "description") if isinstance(at(head, name), Scalar)]
    if not known:
        return None
    name = rng.choice(known)
    node = at(head, name)
    text = node.text if isinstance(node, Scalar) else ""
    return here.replace(here.file(path), node, f"{text.rstrip('.')} {rng.choice(WORDS)}", f"{name} change")


def page_added(here: Here, rng: Random) -> Edit | None:
    """A page of prose more."""
    path = f"{PAGES}/essai-{rng.randrange(1000)}.md"
    if (here.root / path).exists():
        return None
    text = "---\ntitle: Une page d’essai\ndescription: Elle ne dure pas.\n---\n\nVoyez l’[accueil](index.md).\n"
    return Edit(f"{path} : page ajoutée", {path: text.encode()})


def page_removed(here: Here, rng: Random) -> Edit | None:
    """A page of prose less."""
    found = [path for path in here.pages if path != f"{PAGES}/{FRONT}"]
    if not found:
        return None
    path = rng.choice(found)
    return Edit(f"{path} : page retirée", {path: None})


def file_added(here: Here, rng: Random) -> Edit | None:
    """A file more that is published as it is; most often, a page of prose leads to it."""
    path = f"{FILES}/essai-{rng.randrange(1000)}.txt"
    if (here.root / path).exists():
        return None
    files: dict[str, bytes | None] = {path: b"Un fichier joint.\n"}
    if here.pages and rng.random() < 0.7:
        page = rng.choice(here.pages)
        text = (here.root / page).read_text(encoding="utf-8").rstrip("\n")
        files[page] = f"{text}\n\nVoyez [ce fichier]({path.removeprefix(f'{CONTENT}/')}).\n".encode()
    return Edit(f"{path} : fichier ajouté", files)


def file_changed(here: Here, rng: Random) -> Edit | None:
    """Such a file, longer."""
    path = _file(here, rng)
    if path is None:
        return None
    return Edit(f"{path} : une ligne de plus", {path: (here.root / path).read_bytes() + b"Une ligne.\n"})


def file_removed(here: Here, rng: Random) -> Edit | None:
    """Such a file less, which only a page that no longer leads to it allows."""
    path = _file(here, rng)
    if path is None:
        return None
    files: dict[str, bytes | None] = {path: None}
    told = f"]({path.removeprefix(f'{CONTENT}/')})"
    for page in here.pages:
        text = (here.root / page).read_text(encoding="utf-8")
        if told in text:
            files[page] = text.replace(told, "](index.md)").encode()
    return Edit(f"{path} : fichier retiré", files)


def _file(here: Here, rng: Random) -> str | None:
    found = here.paths(f"{FILES}/**/*.txt")
    return rng.choice(found) if found else None


def setting(here: Here, rng: Random) -> Edit | None:
    """Another name, another description or another repository of the site."""
    name = rng.choice(("site_name", "site_description", "repo_url"))
    node = at(here.tree(SETTINGS), name)
    old = node.text if isinstance(node, Scalar) else ""
    new = (
        f"https://github.com/exemple/essai-{rng.randrange(100)}" if name == "repo_url" else f"{old} {rng.choice(WORDS)}"
    )
    if old:
        return here.replace(here.file(SETTINGS), node, new, f"{name} change")
    return _more(here, "site_name", f"{name}: {scalar(new)}") if name == "repo_url" else None


def _more(here: Here, after: str, line: str) -> Edit | None:
    """A line more in the settings, below that of a key."""
    tree, file = here.tree(SETTINGS), here.file(SETTINGS)
    span = file.span(node) if (node := at(tree, after)) is not None else None
    return None if span is None else here.write(f"{SETTINGS} : {line.strip()}", [file.below(span.last, line)])


def colour(here: Here, rng: Random) -> Edit | None:
    """Another colour of the site."""
    tree, file, new = here.tree(SETTINGS), here.file(SETTINGS), rng.choice(COLOURS)
    theme, primary = at(tree, "theme"), at(tree, "theme", "palette", "primary")
    if isinstance(primary, Scalar):
        return here.replace(file, primary, new, f"couleur {new}")
    if not isinstance(theme, Mapping):
        return _more(here, "site_name", f'theme:\n  palette: {{primary: "{new}"}}')
    if "palette" in theme.nodes:
        return None
    line, column = place_of(theme.key_mark(next(iter(theme.nodes))))
    text = f'{" " * (column - 1)}palette: {{primary: "{new}"}}\n'
    return here.write(f"{SETTINGS} : couleur {new}", [Passage(SETTINGS, (line, 1), (line, 1), text)])

"""Edits that are at fault, and edits that change nothing of what is said."""

from __future__ import annotations

from random import Random

from generator.documents.nodes import Scalar
from generator.documents.places import place_of
from generator.text.patching import Edit as Passage
from tests.edits.here import Edit, Here, some
from tests.edits.rows import new_key


def unknown_key(here: Here, rng: Random) -> Edit | None:
    """A key that the contract does not know."""
    for record in some(rng, here.records):
        edit = new_key(here, record, "cle_inconnue", "ceci")
        if edit is not None:
            return edit
    return None


def bad_reference(here: Here, rng: Random) -> Edit | None:
    """A row that does not exist is named."""
    for record in some(rng, here.records):
        for link in record.resource.foreign_keys:
            node = record.written(link.fields[-1])
            if isinstance(node, Scalar) and node.text and not record.resource.field(link.fields[-1]).filled:
                return here.replace(here.files(record.document.path), node, "n-existe-pas", "renvoi vers rien")
    return None


def no_number(here: Here, rng: Random) -> Edit | None:
    """A text where a number is expected."""
    for record in some(rng, here.records):
        for column in record.resource.fields:
            node = record.written(column.name)
            number = column.type in ("integer", "number") and not column.filled
            if number and isinstance(node, Scalar) and node.text:
                return here.replace(
                    here.files(record.document.path), node, "beaucoup", f"{column.name} n’est pas un nombre"
                )
    return None


def open_bracket(here: Here, rng: Random) -> Edit | None:
    """A file that is no YAML any more."""
    return _after(here, rng, here.data, "- {ouvert: [\n")


def broken_template(here: Here, rng: Random) -> Edit | None:
    """A template that is not closed."""
    return _after(here, rng, here.templates, "{% if fiche %}\n")


def broken_page(here: Here, rng: Random) -> Edit | None:
    """A page of prose that names a page which does not exist."""
    return _after(here, rng, here.pages, "\nVoyez [ici](n-existe-pas.md).\n")


def comment(here: Here, rng: Random) -> Edit | None:
    """A comment below everything: no place changes."""
    return _after(here, rng, here.data, f"# relu {rng.randrange(100)}\n")


def blank(here: Here, rng: Random) -> Edit | None:
    """An empty line below everything."""
    return _after(here, rng, here.data, "\n")


def _after(here: Here, rng: Random, among: list[str], more: str) -> Edit | None:
    if not among:
        return None
    path = rng.choice(among)
    data = (here.root / path).read_bytes()
    ended = data if data.endswith(b"\n") else data + b"\n"
    return Edit(f"{path} : « {more.strip()} » à la fin", {path: ended + more.encode()})


def touched(here: Here, rng: Random) -> Edit | None:
    """A file is written again as it is."""
    found = [*here.data, *here.contracts, *here.templates, *here.pages]
    path = rng.choice(found)
    return Edit(f"{path} : récrit tel quel", {path: (here.root / path).read_bytes()})


def lines_above(here: Here, rng: Random) -> Edit | None:
    """Lines more above everything: all that follows moves."""
    found = [*here.data, *here.contracts]
    if not found:
        return None
    path, number = rng.choice(found), rng.randrange(1, 4)
    return Edit(f"{path} : {number} lignes au-dessus", {path: b"# relu\n" * number + (here.root / path).read_bytes()})


def line_between(here: Here, rng: Random) -> Edit | None:
    """A comment above a row: the rows that follow move."""
    for record in some(rng, here.records):
        file = here.files(record.document.path)
        line, column = place_of(record.node.mark)
        if not file.is_csv and file.lines[line - 1][: column - 1].strip() == "-":
            indent = file.lines[line - 1][: len(file.lines[line - 1]) - len(file.lines[line - 1].lstrip())]
            passage = Passage(file.path, (line, 1), (line, 1), f"{indent}# relue\n")
            return here.write(f"{file.path} : une ligne au-dessus de la ligne {line}", [passage])
    return None

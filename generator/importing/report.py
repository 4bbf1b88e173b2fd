"""What an import decided, left alone and refused, counted, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from generator.importing.model import Kind, Note, Source
from generator.text.interface import Sentence, count, say, sentence

_TITLES: tuple[tuple[Kind, Sentence], ...] = (
    ("decided", sentence("Décidé ({n}) :")),
    ("left", sentence("Laissé de côté ({n}) :")),
    ("refused", sentence("Refusé ({n}) :")),
)


def lines(source: Source) -> Iterator[str]:
    """The lines of a report."""
    rows = count(sum(table.rows for table in source.tables), "ligne lue", "lignes lues")
    columns = count(sum(len(table.columns) for table in source.tables), "colonne")
    yield say("{tables}, {columns}, {rows}.", tables=count(len(source.tables), "table"), columns=columns, rows=rows)
    for kind, title in _TITLES:
        found = [note for note in source.notes if note.kind == kind]
        if found:
            yield ""
            yield say(title.key, n=len(found))
            yield from (f"  {_told(note)}" for note in found)


def _told(note: Note) -> str:
    return f"{note.place}{say(' : ')}{note.told}"

"""What a column makes of texts, asked of the reader of contracts itself: nothing of a type, a format or a guard is decided again here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Mapping as Map

from generator.contracts.columns import read_field
from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.documents.yaml import parse_yaml
from generator.importing.yaml_text import dumped
from generator.values.types import TYPES
from generator.values.writing import GUARDS

# What a column may say of how its texts are written (Table Schema).
OPTIONS = ("format", *dict.fromkeys(name for kind in TYPES.values() for name in kind.properties))


def refused(said: Map[str, object], texts: Iterable[str]) -> Iterator[str]:
    """The texts that a column does not take, said as a contract says it; all of them when the contract would be wrong."""
    reads = _reader(said)
    yield from texts if reads is None else (text for text in texts if not reads(text))


def takes(said: Map[str, object], texts: Iterable[str]) -> bool:
    """Whether a column takes all these texts."""
    return next(refused(said, texts), None) is None


def lifted(kind: str) -> list[str]:
    """All the guards that look at the texts of a type, lifted."""
    return [guard for guard, kinds in GUARDS.items() if kind in kinds]


def guards(said: Map[str, object], texts: Iterable[str]) -> list[str]:
    """The guards to lift, no more than it takes, for a column to take all these texts."""
    stopped = list(refused(said, texts))
    needed = lifted(str(said["type"])) if stopped else []
    for guard in tuple(needed):
        fewer = [other for other in needed if other != guard]
        if takes({**said, "allow": fewer}, stopped):
            needed = fewer
    return needed


def _reader(said: Map[str, object]) -> Callable[[str], bool] | None:
    document, told = parse_yaml("", dumped({"name": "x", **_without_empties(said)}).encode())
    diagnostics: list[Diagnostic] = []
    column = read_field(Reader(document, document.root, diagnostics), written=True)
    if told or diagnostics:
        return None
    read = TYPES[column.type].written(column.writing)
    return lambda text: read(text)[1] is None


def _without_empties(said: Map[str, object]) -> dict[str, object]:
    return {key: value for key, value in said.items() if not isinstance(value, Collection) or value}

"""The verdicts of who read what was drawn: one file per draw, in YAML, which says its seed; and what has changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from generator.catalogue.records import Record
from tests.fidelity.drawing import Row, content, drawn

HERE = Path(__file__).parent.parent / "content" / "fidelity"
UNREAD = "a-lire"
ROWS = ("juste", "imprecis", "faux", UNREAD)  # of a row, against its source
FACTS = ("exact", "inexact", "absent", "sans-fait", UNREAD)  # of a unit of a source, against the rows that say it


@dataclass(frozen=True, slots=True)
class Draw:
    """A file of verdicts: what it holds (`lignes` or `faits`), its seed, how many were to be drawn, and its entries."""

    name: str
    kind: str
    seed: str
    number: int
    entries: tuple[Mapping[str, object], ...]


def read(folder: Path = HERE) -> Iterator[Draw]:
    """Every draw of a folder, by the names of the files."""
    for path in sorted(folder.glob("*.yaml")):
        told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        kind = "lignes" if "lignes" in told else "faits"
        yield Draw(path.name, kind, told["graine"], told["nombre"], tuple(told[kind]))


def key(name: str) -> Row:
    """The table and the key of a row that is written « constats/essor »."""
    table, _, rest = name.partition("/")
    return table, rest


def names(entry: Mapping[str, object]) -> list[str]:
    """The rows that a fact names."""
    told = entry.get("lignes", [])
    return [str(name) for name in told] if isinstance(told, list) else []


def counted(draw: Draw) -> Counter[str]:
    """How many entries have each verdict."""
    return Counter(str(entry["verdict"]) for entry in draw.entries)


def mended(draw: Draw) -> int:
    """How many of those that are right were not at the first reading, and were put right."""
    return sum(bool(entry.get("corrige")) for entry in draw.entries)


def stale(draw: Draw, rows: Mapping[Row, Record]) -> Iterator[str]:
    """What is to be read again: a row that is gone or has changed since its verdict, one that the seed draws now and nobody has
    read, a fact whose rows are gone.
    """
    if draw.kind == "faits":
        for entry in draw.entries:
            lost = [name for name in names(entry) if key(name) not in rows]
            yield from (f"{entry['document']} {entry['numero']} : « {name} » n’est plus une ligne" for name in lost)
        return
    read = {key(str(entry["ligne"])): entry for entry in draw.entries}
    for name in drawn(rows, draw.seed, draw.number):
        entry = read.get(name)
        if entry is None or entry["verdict"] == UNREAD:
            yield f"{'/'.join(name)} : tirée, à lire"
        elif entry["empreinte"] != content(rows[name]):
            yield f"{'/'.join(name)} : changée depuis son verdict"

"""What the drawings of contracts show: for each, its rows, with the values that its roles read in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.catalogue.drawn_rows import VALUES, Cell, Item, Reading
from generator.catalogue.placing import drawn
from generator.catalogue.records import Catalogue, Record
from generator.contracts.drawable import sound
from generator.contracts.figures import Figure
from generator.values.types import canonical


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing to be made: of a record, when its contract declares one for each. `left_out`: how many rows of it are not comparable
    with those that are drawn; `total`: the row that is the whole, if one is declared.
    """

    figure: Figure
    owner: Record | None
    items: tuple[Item, ...]
    left_out: int = 0
    total: Item | None = None

    @property
    def key(self) -> str:
        """Its name among all: that of its declaration and, after a bar, that of its record."""
        own = [canonical(part) for part in self.owner.id] if self.owner is not None else []
        return "/".join([self.figure.name, *own])


def pictures(figure: Figure, catalogue: Catalogue) -> Iterator[Picture]:
    """The drawings that a declaration makes: one, or one for each record that has enough rows for it. None when what it names
    does not exist, which is said of its contract.
    """
    yield from catalogue.once(_Made).of(figure)


class _Made:
    """The drawings of a catalogue, those of each declaration made once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: dict[int, tuple[Figure, tuple[Picture, ...]]] = {}  # by the identity of declarations, kept alive

    def of(self, figure: Figure) -> tuple[Picture, ...]:
        """The drawings that a declaration makes."""
        if id(figure) not in self._made:
            tables = drawn(figure, self._catalogue.contracts)
            self._made[id(figure)] = figure, self._catalogue.of(tables, _of, figure.name, figure)
        return self._made[id(figure)][1]


def _of(catalogue: Catalogue, figure: Figure) -> tuple[Picture, ...]:
    return tuple(_pictures(figure, catalogue))


def _pictures(figure: Figure, catalogue: Catalogue) -> Iterator[Picture]:
    if not sound(figure, catalogue.contracts):
        return
    reading = catalogue.once(Reading)
    items = [item for drawn in figure.rows for item in reading.rows(drawn)]
    if not figure.each:
        known = reading.labels(figure.rows[0]) if figure.complete else ()
        yield replace(_picture(figure, None, [*items, *_missing(items, known)]), total=reading.total(figure))
        return
    owned: dict[int, list[Item]] = {}
    for item in items:
        for owner in reading.owners(item, figure.each):
            owned.setdefault(id(owner), []).append(item)
    found = [_picture(figure, owner, owned.get(id(owner), [])) for owner in catalogue[figure.each]]
    kept = [picture for picture in found if _measured(picture) >= figure.least]
    shared = (
        [cell for picture in kept for item in picture.items for cell in item.cells["label"]] if figure.complete else []
    )
    for picture in kept:
        yield replace(picture, items=(*picture.items, *_missing(picture.items, shared)))


def _picture(figure: Figure, owner: Record | None, items: Sequence[Item]) -> Picture:
    kept = _alike(items, figure) if figure.alike else list(items)
    return Picture(figure, owner, tuple(kept), len(items) - len(kept))


def _measured(picture: Picture) -> int:
    """How many things a drawing has to show: what its rows say, what is said several times counting once; what has no number does
    not count where numbers are drawn.
    """
    numbered = any(role in VALUES for drawn in picture.figure.rows for role in drawn.roles)
    items = [item for item in picture.items if item.units or not numbered]
    return len({tuple(item.code(role) for role in (*VALUES, "when", "" if numbered else "label")) for item in items})


def _missing(items: Sequence[Item], known: Iterable[Cell]) -> Iterator[Item]:
    """Rows for the labels that no row has."""
    named = {item.text("label") for item in items}
    return (Item(None, {"label": (cell,)}) for cell in {c.text: c for c in known}.values() if cell.text not in named)


def _alike(items: Sequence[Item], figure: Figure) -> list[Item]:
    """The most numerous of the rows that say the same in some columns, the first ones when two sets are as numerous. Units that the
    drawing may put together count as one.
    """

    def shared(item: Item) -> tuple[str, ...]:
        record = item.record
        if record is None:
            return ()
        index = record.resource.index
        values = [canonical(record[name]) if name in index else "" for name in figure.alike]
        return tuple(figure.units[0] if value in figure.units else value for value in values)

    if not items:
        return []
    groups = Counter(map(shared, items))
    most = max(groups, key=lambda group: groups[group])
    return [item for item in items if shared(item) == most]

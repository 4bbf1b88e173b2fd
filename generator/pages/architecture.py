"""The floors of the generator, drawn from the imports of its own code: which folder rests on which, declared nowhere else.

A folder stands one floor above the highest of those it imports. Of the imports, the drawing keeps those that no longer
route already tells; the table under it lists them all.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from html import escape
from pathlib import Path, PurePosixPath
from textwrap import wrap

from generator.text.interface import count, say

# Parsing the code would cost fifty times more; tests/test_help.py sees that both find the same imports.
_IMPORTS = re.compile(r"^ *from generator(?:\.(\w++)\S*+)? import ([^(\n]+|\([^)]*\))|^ *import generator\.(\w+)", re.M)
_OPENING = re.compile(r'"""(.*?)"""', re.DOTALL)
_SENTENCE = re.compile(r".*?\.(?= |$)")

# Sizes in the units of the drawing, which are pixels on a phone.
WIDTH, SIDE, BETWEEN, GAP = 320, 1, 6, 30
NAME, LINE, LETTER, LANE = 20, 14, 5.9, 7
ABREAST = 3  # rooms of a row that leave room for their names


@dataclass(frozen=True, slots=True)
class Room:
    """A folder of the generator, or a module alone that folders import: its floor from 0, and the rooms it imports."""

    name: str
    floor: int
    opening: str
    modules: int  # 0: a module alone
    inner: tuple[str, ...]
    imports: tuple[Room, ...]

    @property
    def title(self) -> str:
        """Its name as a path says it."""
        return f"{self.name}/" if self.modules else f"{self.name}.py"

    @property
    def link(self) -> str:
        """Where the page leads that tells of it: the page of a folder, the anchor of a module alone."""
        return f"{self.name}/" if self.modules else f"#m-{self.name}"

    @property
    def short(self) -> str:
        """What it is, without the details after the colon."""
        return self.opening.partition(":")[0].rstrip(".")

    @property
    def size(self) -> str:
        """How many modules it holds, and in which folders of its own."""
        if not self.modules:
            return ""
        inner = ", ".join(f"{name}/" for name in self.inner)
        return count(self.modules, "module").replace(" ", "\u00a0") + (
            say(", dont {inner}", inner=inner) if inner else ""
        )


# Modules: the path of each from the folder of the code, and what is written in it.
Sources = Sequence[tuple[PurePosixPath, str]]


def sources(machine: Path) -> Sources:
    """The modules under a folder, in order."""
    found = []
    for folder, folders, names in os.walk(machine):
        folders[:] = [name for name in folders if name != "__pycache__"]
        inside = Path(folder)
        for name in names:
            if name.endswith(".py"):
                file = inside / name
                found.append((PurePosixPath(file.relative_to(machine)), file.read_text(encoding="utf-8")))
    return sorted(found, key=lambda each: each[0].parts)


def rooms(written: Sources) -> list[Room]:
    """The rooms of the code, from the highest floor to the lowest."""
    files: dict[str, list[PurePosixPath]] = {}
    imports: dict[str, set[str]] = {}
    openings: dict[str, str] = {}
    for path, source in written:
        first, *rest = path.parts
        name = first if rest else path.stem
        files.setdefault(name, []).append(path)
        imports.setdefault(name, set()).update(_imported(source))
        if rest in ([], ["__init__.py"]):
            opening = _OPENING.match(source)
            openings[name] = _sentence(" ".join(opening[1].split())) if opening else ""
    folders = {name for name, paths in files.items() if len(paths[0].parts) > 1}
    known = {name for name in files if name in folders or any(name in imports[folder] for folder in folders)}
    graph = {name: sorted(imports[name] & known - {name}) for name in sorted(known)}
    made: dict[str, Room] = {}
    for name in TopologicalSorter(graph).static_order():
        own = [path for path in files[name] if path.stem != "__init__"] if name in folders else []
        inner = sorted({path.parent.name for path in own} - {name})
        below = tuple(made[other] for other in graph[name])
        floor = max((room.floor + 1 for room in below), default=0)
        made[name] = Room(name, floor, openings.get(name, ""), len(own), tuple(inner), below)
    return sorted(_raised(list(made.values())), key=lambda room: (-room.floor, room.name))


def _raised(listed: Sequence[Room]) -> Iterable[Room]:
    """The rooms; of a floor that is crowded, those that only high rooms rest on go up to them."""
    top, crowds = max((room.floor for room in listed), default=0), Counter(room.floor for room in listed)
    for room in listed:
        above = [other.floor for other in listed if room in other.imports]
        highest = min(above, default=top + 1) - 1
        freer = crowds[highest] < crowds[room.floor]
        yield replace(room, floor=highest) if crowds[room.floor] > ABREAST and freer else room


def _imported(source: str) -> Iterable[str]:
    for module, names, other in _IMPORTS.findall(source):
        yield from [module or other] if module or other else re.findall(r"\w+", names)


def _sentence(text: str) -> str:
    found = _SENTENCE.match(text)
    return found[0] if found else text


def arrows(listed: Sequence[Room]) -> list[tuple[Room, Room]]:
    """The imports that no longer route already tells: from the one that imports to the one it rests on."""
    below, drawn = {room.name: _below(room) for room in listed}, {room.name: room for room in listed}
    return [
        (room, drawn[other.name])
        for room in listed
        for other in room.imports
        if not any(other.name in below[between.name] for between in room.imports)
    ]


def _below(room: Room) -> set[str]:
    return {other.name for other in room.imports}.union(*(_below(other) for other in room.imports))


@dataclass(frozen=True, slots=True)
class Box:
    """Where a room is drawn, and what it says under its name."""

    left: int
    top: int
    width: int
    height: int
    lines: list[str]

    @property
    def middle(self) -> int:
        """Where lines meet it."""
        return self.left + self.width // 2

    @property
    def bottom(self) -> int:
        """Where lines leave it."""
        return self.top + self.height


def drawing(listed: Sequence[Room]) -> str:
    """The rooms as an SVG: a row of boxes a floor, the lowest at the bottom, and a line from each to what it rests on."""
    kept = arrows(listed)
    lanes = [pair for pair in kept if pair[0].floor - pair[1].floor > 1]
    boxes, height = places(listed, len(lanes))
    lines = []
    for upper, lower in kept:
        start, end = boxes[upper.name], boxes[lower.name]
        if (upper, lower) in lanes:  # through the gap under its floor, then beside the floors between
            lane = WIDTH - SIDE - LANE * lanes.index((upper, lower)) - 1
            way = f"M{start.middle} {start.bottom}v{GAP // 4}H{lane}V{end.top - GAP // 3}H{end.middle}V{end.top - 2}"
        else:
            way = f"M{start.middle} {start.bottom}L{end.middle} {end.top - 2}"
        lines.append(f'<path d="{way}" marker-end="url(#fleche)"/>')
    title = say("Les étages du générateur")
    told = say("Chaque dossier est posé sur ceux qu’il importe ; le tableau qui suit dit la même chose.")
    return "\n".join(
        [
            f'<svg class="etages" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="group" '
            'aria-labelledby="etages-titre etages-texte">',
            f'<title id="etages-titre">{escape(title)}</title><desc id="etages-texte">{escape(told)}</desc>',
            '<marker id="fleche" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">'
            '<path d="M0 0L6 3L0 6z" fill="currentColor" stroke="none"/></marker>',
            '<g fill="none" stroke="currentColor" class="etages__imports">',
            *lines,
            "</g>",
            *(_box(room, boxes) for room in listed),
            "</svg>",
        ]
    )


def places(listed: Sequence[Room], lanes: int = 0) -> tuple[dict[str, Box], int]:
    """The place of each room, beside which so many lines go down, and the height of the whole."""
    inside = WIDTH - 2 * SIDE - LANE * lanes
    boxes: dict[str, Box] = {}
    top = SIDE
    for floor in sorted({room.floor for room in listed}, reverse=True):
        row = [room for room in listed if room.floor == floor]
        width = (inside - BETWEEN * (len(row) - 1)) // len(row)
        texts = [[*_wrapped(room.short, width), *_wrapped(room.size, width)] for room in row]
        height = NAME + LINE * max(map(len, texts)) + 8
        for rank, (room, lines) in enumerate(zip(row, texts, strict=True)):
            boxes[room.name] = Box(SIDE + rank * (width + BETWEEN), top, width, height, lines)
        top += height + GAP
    return boxes, top - GAP + SIDE


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, int((width - 10) / LETTER), break_on_hyphens=False, break_long_words=False)


def _box(room: Room, boxes: Mapping[str, Box]) -> str:
    box = boxes[room.name]
    said = len(_wrapped(room.short, box.width))
    title, *texts = (
        f'<text x="{box.middle}" y="{box.top + 17 + (rank and 2) + LINE * rank}">{escape(line)}</text>'
        for rank, line in enumerate([room.title, *box.lines])
    )
    # The table holds the same links: the keyboard meets them there.
    return (
        f'<a href="{room.link}" tabindex="-1">'
        f'<rect x="{box.left}" y="{box.top}" width="{box.width}" height="{box.height}" rx="3" stroke="currentColor"/>'
        f'<g text-anchor="middle" font-size="11.5"><g font-size="13" font-weight="600">{title}</g>'
        f'<g lang="en">{"".join(texts[:said])}</g>{"".join(texts[said:])}</g></a>'
    )

"""Dumbbells: two values that are told apart, pair by pair, each pair on a scale of its own."""

from __future__ import annotations

from decimal import Decimal

from generator.catalogue.drawn_rows import Item
from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, table, unsaid
from generator.pages.figures.marks import LEADING, WIDTH, lines, path, shape, text, texts, width
from generator.pages.figures.scales import from_zero
from generator.text.interface import say

KIND = FigureKind(
    roles={"label": "any", "a": "number", "printed_a": "any", "b": "number", "printed_b": "any"},
    required=("label", "a", "b"),
    scale="row",
    options=("units",),
)
DESCRIPTION = "Des haltères : deux valeurs par ligne, chaque ligne sur sa propre échelle, qui part de zéro ; les deux ont une même unité."

START, END = 8, WIDTH - 8


def draw(picture: Picture) -> Body:
    """A line for each pair whose two values are numbers that differ, the widest gap first."""
    known = [i for i in picture.items if i.number("a") is not None and i.number("b") is not None]
    items = sorted((i for i in known if i.number("a") != i.number("b")), key=_gap)
    marks, y = list[str](), 0.0
    for item in items:
        words = lines(item.text("label"), WIDTH, most=2)
        marks.append(texts(0, y + 12, words))
        y += len(words) * LEADING
        marks.append(_pair(item, y))
        y += 46
    ordered = Picture(picture.figure, picture.owner, tuple(items), picture.left_out)
    said = (say("Chaque ligne a sa propre échelle, qui part de zéro."), *unsaid(len(picture.items) - len(known)))
    return Body("".join(marks), y, table(ordered, KIND.roles), said)


def _gap(item: Item) -> Decimal:
    """How near two values are, from 0 to 1."""
    low, high = sorted((item.number("a") or Decimal(0), item.number("b") or Decimal(0)))
    return low / high if high else Decimal(1)


def _pair(item: Item, y: float) -> str:
    a, b = item.number("a") or Decimal(0), item.number("b") or Decimal(0)
    scale = from_zero((a, b), START, END)
    (low, role_low), (high, role_high) = sorted(((a, "a"), (b, "b")))
    line = y + 22
    marks = path(f"M{START} {line}H{END}", "d-t") + path(
        f"M{scale(low):.1f} {line}H{scale(high):.1f}", "d-s", ' stroke-width="4"'
    )
    marks += shape(0, scale(low), line) + shape(1, scale(high), line)
    left, right = _said(item, role_low), _said(item, role_high)
    return marks + _words(scale(low), line - 9, left) + _words(scale(high), line + 19, right)


def _words(x: float, y: float, said: str) -> str:
    half = width(said, weight=True) / 2
    return text(min(max(x, half), WIDTH - half), y, said, anchor="middle", weight=True)


def _said(item: Item, role: str) -> str:
    return item.text(f"printed_{role}") or " ".join((item.text(role), item.unit_name)).strip()

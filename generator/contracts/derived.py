"""Tables derived from others, read as contracts declare them (`derive`); derivable.py checks them once every table is known."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from generator.contracts.computed import read_expression
from generator.contracts.derive import ALL, Crossed, Derive, Grouped, Measure, Selected, Series, Side, Where
from generator.diagnostics.wording import listed
from generator.documents.nodes import Mapping
from generator.documents.reader import Reader
from generator.text.expressions import Expression, Number
from generator.values.tally import GREATEST, LEAST, MEAN, SUM

MEASURES = (SUM, MEAN, LEAST, GREATEST)
_UNREAD = Expression("0", Number(Decimal(0)))  # in the place of a calculation that is wrong, which is said


def read_derive(resource: Reader) -> Derive | None:
    """What `derive` says; None when it is not there, or wrong."""
    if not resource.has("derive"):
        return None
    before, item = len(resource.diagnostics), resource.mapping("derive")
    given = [kind for kind in _KINDS if item.has(kind)]
    if len(given) != 1 and not item.unread:
        message = "« derive » dit d’où viennent les lignes par une seule de ces clés : {choices}."
        item.faults(item.position, message, choices=listed(_KINDS))
        item.skip(*item.node.nodes)
    if resource.has("content"):
        message = "Les lignes d’une table tirée d’une autre ne s’écrivent pas."
        resource.faults(resource.key_place("content"), message, "Retirez « content », ou « derive ».")
        resource.skip("content")
    found = _KINDS[given[0]](item.mapping(given[0])) if len(given) == 1 else None
    item.close("« derive »")
    return found if len(resource.diagnostics) == before else None


def _series(item: Reader) -> Series:
    of, at, value = (item.text(word, required=True) for word in ("of", "at", "value"))
    texts = {word: item.text(word, required=True) for word in ("from", "to", "start")}
    texts["every"] = item.text("every") or "1"
    found = {word: read_expression(item, word, text) or _UNREAD for word, text in texts.items()}
    steps = [read_expression(item, "next", text) for text in item.texts("next", required=True)]
    ending = item.text("only", pattern="last") == "last"
    item.close("une série")
    following = tuple(step for step in steps if step is not None)
    return Series(
        of, at, value, found["from"], found["to"], found["every"],
        start=found["start"], following=following, ending=ending, position=item.position,
    )  # fmt: skip


def _grouped(item: Reader) -> Grouped:
    of, by = item.text("of", required=True), item.texts("by", required=True, distinct=True)
    item.close("des groupes")
    return Grouped(of, by, item.position)


def _selected(item: Reader) -> Selected:
    of, where = item.text("of", required=True), _read_where(item, required=True)
    item.close("une sélection")
    return Selected(of, where, item.position)


def _read_where(item: Reader, required: bool = False) -> Where:
    """The values that rows have in some columns."""
    where = item.mapping("where", required=required)
    return tuple((name, where.texts(name, required=True)) for name in where.node.nodes)


def _crossed(item: Reader) -> Crossed:
    sides = []
    for column in item.node.nodes:
        side = item.mapping(column)
        sides.append(Side(column, side.text("of", required=True), _read_where(side), side.position))
        side.close("une combinaison")
    if len(sides) < 2 and not item.unread:
        item.faults(item.position, "« crossed » combine les lignes de deux tables au moins.")
    return Crossed(tuple(sides), item.position)


_KINDS: dict[str, Callable[[Reader], Derive]] = {
    "series": _series,
    "grouped": _grouped,
    "selected": _selected,
    "crossed": _crossed,
}


def read_count(item: Reader) -> str:
    """What a column counts: ALL, or the column that is filled; "" for one that counts nothing."""
    node = item.node.nodes.get("count")
    if not isinstance(node, Mapping):
        text = item.text("count")
        if text not in ("", "all"):
            item.fault("count", "« count » attend « all » ou {{filled: une_colonne}}.")
        return ALL if text == "all" else ""
    inner = item.mapping("count")
    filled = inner.text("filled", required=True)
    inner.close("« count »")
    return filled


def read_measure(item: Reader, kind: str) -> Measure | None:
    """What a column says of the values of another in the rows of its group: `sum: prix_eur`, `mean`, `min` or `max`; None for nothing."""
    texts = {word: item.text(word, required=item.has(word)) for word in MEASURES}
    given = [word for word in MEASURES if item.has(word)]
    if len(given) + item.has("count") > 1:
        message = "Une colonne de groupes dit une seule chose : « {one} » ou « {other} »."
        one, other = [*given, "count"][:2]
        item.faults(item.key_place(other), message, "Faites-en deux colonnes.", one=one, other=other)
        return None
    if given == [MEAN] and kind == "number" and not item.has("decimals"):
        message, hint = "Dites combien de décimales a cette moyenne.", "Ajoutez « decimals: 2 », ou 0 à 10."
        item.faults(item.key_place(MEAN), message, hint)
    return Measure(given[0], texts[given[0]]) if given else None

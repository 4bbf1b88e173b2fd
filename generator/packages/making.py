"""How the values that nobody writes are made, in words: calculations, steps of a series, rows that are counted."""

from __future__ import annotations

from collections.abc import Iterator

from generator.contracts.derive import ALL, Grouped, Selected, Series
from generator.contracts.model import Field, Resource
from generator.diagnostics.wording import listed
from generator.text.expressions import Expression
from generator.text.interface import count, say
from generator.text.spoken import formula_words
from generator.values.tally import GREATEST, LEAST, MEAN, SUM


def making(resource: Resource, field: Field) -> Iterator[str]:
    """How the values of a column are made: « calculée : largeur × longueur, arrondie à deux décimales »; nothing for what is written."""
    derive = resource.derive
    if field.computed is not None:
        yield _rounded(say("calculée : {formula}", formula=_read(field.computed)), field)
    elif isinstance(derive, Selected):
        yield say("reprise de {table}", table=derive.of)
    elif isinstance(derive, Series) and field.name == derive.value:
        following = listed((_read(formula) for formula in derive.following), "ou")
        told = "calculée : d’abord {start}, puis, d’après la valeur d’avant qui n’est pas arrondie, {following}"
        yield _rounded(say(told, start=_read(derive.start), following=following), field)
    elif isinstance(derive, Series) and field.name == derive.at:
        told = "de {first} à {last}" if derive.every.text == "1" else "de {first} à {last}, de {every} en {every}"
        yield say(told, first=_read(derive.first), last=_read(derive.last), every=_read(derive.every))
    elif isinstance(derive, Grouped) and field.counts:
        told = (
            "nombre de lignes de {table}"
            if field.counts == ALL
            else "nombre de lignes de {table} qui remplissent {column}"
        )
        yield say(told, table=derive.of, column=field.counts)
    elif isinstance(derive, Grouped) and field.measure is not None:
        told = say(_MEASURES[field.measure.kind], table=derive.of, column=field.measure.column)
        yield _rounded(told, field) if field.measure.kind == MEAN else told


_MEASURES = {
    SUM: "somme de {column}, dans les lignes de {table} qui la remplissent",
    MEAN: "moyenne de {column}, dans les lignes de {table} qui la remplissent",
    LEAST: "minimum de {column}, dans les lignes de {table}",
    GREATEST: "maximum de {column}, dans les lignes de {table}",
}


def _read(formula: Expression) -> str:
    return "".join(word + space for word, _, space in formula_words(formula.text))


def _rounded(told: str, field: Field) -> str:
    if field.decimals:
        return say("{told}, arrondie à {decimals}", told=told, decimals=count(field.decimals, "décimale"))
    return say("{told}, arrondie à l’unité", told=told)

"""Words that stand for an absence: those that software takes for one, whatever the table says, and those that people write."""

from __future__ import annotations

from generator.text.french import fold
from generator.text.interface import NOTHING, Sentence, sentence

# What readers take for an absence unless they are told otherwise: pandas.read_csv (na_values), R (NA), YAML 1.1 (~), and the
# French « nd ».
RESERVED = frozenset({
    "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN",
    "None", "n/a", "nan", "null", "Null", "~", "nd", "ND",
})  # fmt: skip
_WRITTEN = frozenset({
    "", "na", "n/a", "null", "nil", "none", "nan", "nd", "n.d", "nc", "n.c", "ns", "n.s", "so", "s.o", "nr", "n.r", "?", "~",
    "/", "*", "x", "vide", "neant", "aucun", "aucune", "inconnu", "inconnue", "indisponible",
})  # fmt: skip


def stands_for_absence(text: str) -> bool:
    """Whether a text that is no value was written for lack of one: `nd`, `-`, `…`, `N.C.`."""
    folded = fold(text.strip("-–—−….#() "))
    return text in RESERVED or folded in _WRITTEN or folded.startswith(("non ", "sans "))


def way_out(text: str) -> Sentence:
    """What to do with such a text; nothing for any other."""
    if not stands_for_absence(text):
        return NOTHING
    return sentence(
        "Si la valeur manque, {absent}, ou ajoutez « {text} » à « missingValues » dans le contrat.", text=text
    )

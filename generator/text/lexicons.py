"""What the search must know of each language: the words of a question that say nothing of its subject, and how people write amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.text.language import ENGLISH, FRENCH

_SPACE = "[ \u00a0\u2009\u202f]"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`empty`: those words, folded; `endings`: of one word in both genders; `units`: numbers in letters, from one on; `powers`: of ten,
    by the words that scale a number; `amount`: a pattern that Python and JavaScript read alike, whose groups are 1 the whole part,
    2 the decimals, 3 the whole part in letters, 4 the scale, 5 the hundredths.
    """

    empty: tuple[str, ...]
    endings: Sequence[tuple[str, str]]
    units: Mapping[str, int]
    powers: Mapping[str, int]
    amount: str


# As they are folded (no accent): articles, pronouns, prepositions, conjunctions, auxiliaries, and what opens a question.
_EMPTY_IN_FRENCH = """
    a afin ai ainsi alors apres as au aucun aucune aujourd aupres auquel aussi autre autres aux auxquels avait avant avec
    avez avoir avons beaucoup c ca car ce ceci cela celle celles celui ces cet cette ceux chez ci combien comme comment
    connaitre d dans de depuis des dit dois doit doivent donc dont du elle elles en encore entre es est et etaient etait
    etant ete etes etre eu eux existe existent faire fait faut font hui ici il ils j je jusqu l la le les leur leurs lors
    lui m ma mais me meme memes mes moi moins mon n ne ni nos notre nous on ont or ou par parce pas pendant peu peut peuvent
    plus pour pourquoi pouvoir puis qu quand que quel quelle quelles quelque quelques quels qui quoi quoique s sa sans sauf
    savoir se selon sera seront ses si soit son sont sous sur t ta te telle tes toi ton tous tout toute toutes tres trouver
    tu un une va veut veux voir vont vos votre vous vrai y
"""
_EMPTY_IN_ENGLISH = """
    a about after all also am an and any are as at be because been before being but by can could did do does doing done each few
    find for from get give had has have having he her here hers him his how i if in into is it its itself just know let like many
    may me might more most much must my no nor not of off on once one only or other our ours out over own please s same see she
    should show so some such t tell than that the their theirs them then there these they this those through to too under until up
    us very was we were what when where which while who whom whose why will with would you your yours
"""

_UNITS_IN_FRENCH = ("un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_UNITS_IN_ENGLISH = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _ranked(units: Sequence[str]) -> dict[str, int]:
    """Each word and its number: the first two are both one."""
    return {word: max(1, rank) for rank, word in enumerate(units)}


_SCALE_IN_FRENCH = rf"(mill(?:e|iers?|ions?|iards?)|mds?|[mk](?={_SPACE}?€))(?![a-zà-ÿ])"
_SCALE_IN_ENGLISH = r"(thousands?|millions?|billions?|bn)(?![a-z])"

LEXICONS = {
    FRENCH: Lexicon(
        empty=tuple(_EMPTY_IN_FRENCH.split()),
        endings=(("trice", "teur"), ("euse", "eur"), ("ière", "ier"), ("iere", "ier")),  # the feminine first
        units=_ranked(_UNITS_IN_FRENCH),
        powers={"mille": 3, "millier": 3, "k": 3, "million": 6, "m": 6, "milliard": 9, "md": 9},
        amount=rf"(?<![0-9a-zà-ÿ,.])(?:([0-9]{{1,3}}(?:[.\u00a0\u2009\u202f ][0-9]{{3}})+(?![0-9])|[0-9]+)(?:[,.]([0-9]+))?"
        rf"|({'|'.join(_UNITS_IN_FRENCH)})(?={_SPACE}mill))"
        rf"(?:{_SPACE}?{_SCALE_IN_FRENCH})?(?:{_SPACE}?(%|pour[ -]?cents?(?![a-zà-ÿ])))?"
        rf"(?:{_SPACE}?(?:d[’'])?(?:€|euros?(?![a-zà-ÿ])))?",
    ),
    ENGLISH: Lexicon(
        empty=tuple(_EMPTY_IN_ENGLISH.split()),
        endings=(),
        units=_ranked(_UNITS_IN_ENGLISH),
        powers={"thousand": 3, "million": 6, "billion": 9, "bn": 9},
        amount=rf"(?<![0-9a-z,.])[€$£]?(?:([0-9]{{1,3}}(?:[,\u00a0\u2009\u202f ][0-9]{{3}})+(?![0-9])|[0-9]+)(?:[.]([0-9]+))?"
        rf"|({'|'.join(_UNITS_IN_ENGLISH)})(?={_SPACE}(?:thousand|million|billion)))"
        rf"(?:{_SPACE}?{_SCALE_IN_ENGLISH})?(?:{_SPACE}?(%|per ?cent(?![a-z])))?(?:{_SPACE}?(?:€|euros?(?![a-z])))?",
    ),
}

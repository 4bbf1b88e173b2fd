"""What the search must know of French: the words of a question that say nothing of its subject, and the amounts, which people write in
many ways (« 7 milliards », « 7 Mds € », « 7 000 000 000 ») and which are found by one token. The script of the search page is given
these same words and this same pattern, which both languages read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.text.french import fold

# As French folds them (no accent): articles, pronouns, prepositions, conjunctions, auxiliaries, and what opens a question.
_EMPTY = """
    a afin ai ainsi alors apres as au aucun aucune aujourd aupres auquel aussi autre autres aux auxquels avait avant avec
    avez avoir avons beaucoup c ca car ce ceci cela celle celles celui ces cet cette ceux chez ci combien comme comment
    connaitre d dans de depuis des dit dois doit doivent donc dont du elle elles en encore entre es est et etaient etait
    etant ete etes etre eu eux existe existent faire fait faut font hui ici il ils j je jusqu l la le les leur leurs lors
    lui m ma mais me meme memes mes moi moins mon n ne ni nos notre nous on ont or ou par parce pas pendant peu peut peuvent
    plus pour pourquoi pouvoir puis qu quand que quel quelle quelles quelque quelques quels qui quoi quoique s sa sans sauf
    savoir se selon sera seront ses si soit son sont sous sur t ta te telle tes toi ton tous tout toute toutes tres trouver
    tu un une va veut veux voir vont vos votre vous vrai y
"""
EMPTY = tuple(_EMPTY.split())

# Endings of the same word in both genders, the feminine first: « monitrice », « moniteur ».
_GENDERS = (("trice", "teur"), ("euse", "eur"), ("ière", "ier"), ("iere", "ier"))

_UNITS = ("un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_POWERS = {"mille": 3, "millier": 3, "k": 3, "million": 6, "m": 6, "milliard": 9, "md": 9}

# Of an amount: 1 the whole part, 2 the decimals, 3 the whole part in letters, 4 the scale, 5 the hundredths.
_SPACE = "[ \u00a0\u2009\u202f]"
_SCALE = rf"(mill(?:e|iers?|ions?|iards?)|mds?|[mk](?={_SPACE}?€))(?![a-zà-ÿ])"
AMOUNT = (
    rf"(?<![0-9a-zà-ÿ,.])(?:([0-9]{{1,3}}(?:[.\u00a0\u2009\u202f ][0-9]{{3}})+(?![0-9])|[0-9]+)(?:[,.]([0-9]+))?"
    rf"|({'|'.join(_UNITS)})(?={_SPACE}mill))"
    rf"(?:{_SPACE}?{_SCALE})?(?:{_SPACE}?(%|pour[ -]?cents?(?![a-zà-ÿ])))?(?:{_SPACE}?(?:d[’'])?(?:€|euros?(?![a-zà-ÿ])))?"
)
_AMOUNT = re.compile(AMOUNT)


def for_script() -> dict[str, object]:
    """All this, as the script of the search page receives it."""
    written = {word: str(max(1, rank)) for rank, word in enumerate(_UNITS)}
    return {"vides": EMPTY, "montant": AMOUNT, "lettres": written, "echelles": _POWERS, "feminins": _GENDERS}


def singular(word: str) -> str:
    """A word as a question is read: folded, without the mark of its plural."""
    folded = fold(word)
    return re.sub("[sx]$", "", folded) if len(folded) > 3 else folded


def tokens(text: str) -> Iterator[str]:
    """The token of each amount of a text: `n7000000000`, `n14v7pct`. A number of few digits that nothing follows is a word like another
    (a year, a page): it has none.
    """
    for found in _AMOUNT.finditer(text.lower()):
        whole, decimals, written, scale, hundredths = found.groups()
        if written or len(whole) > 4 or found[0] != whole:
            yield _token(whole or str(max(1, _UNITS.index(written))), decimals or "", scale or "", bool(hundredths))


def _token(whole: str, decimals: str, scale: str, hundredths: bool) -> str:
    zeros = _POWERS[scale.rstrip("s")] if scale else 0
    digits = re.sub("[^0-9]", "", whole) + decimals[:zeros].ljust(zeros, "0")
    rest = decimals[zeros:].rstrip("0")
    return "n" + (digits.lstrip("0") or "0") + (f"v{rest}" if rest else "") + ("pct" if hundredths else "")

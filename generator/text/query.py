"""What a question and a page are read with by the search: the words that say nothing, and the amounts, which people write in many ways
(« 7 milliards », « 7 Mds € », « 7 000 000 000 ») and which are found by one token. The script of the search page is given these same
words and this same pattern. Those of each language are in lexicons.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.text.french import fold
from generator.text.language import spoken
from generator.text.lexicons import LEXICONS, Lexicon


def for_script() -> dict[str, object]:
    """All this, as the script of the search page receives it."""
    lexicon = LEXICONS[spoken()]
    written = {word: str(number) for word, number in lexicon.units.items()}
    return {
        "vides": lexicon.empty,
        "montant": lexicon.amount,
        "lettres": written,
        "echelles": lexicon.powers,
        "feminins": lexicon.endings,
    }


def singular(word: str) -> str:
    """A word as a question is read: folded, without the mark of its plural."""
    folded = fold(word)
    return re.sub("[sx]$", "", folded) if len(folded) > 3 else folded


@cache
def _amount(code: str) -> re.Pattern[str]:
    return re.compile(LEXICONS[code].amount)


def tokens(text: str) -> Iterator[str]:
    """The token of each amount of a text: `n7000000000`, `n14v7pct`. A number of few digits that nothing follows is a word like another
    (a year, a page): it has none.
    """
    lexicon = LEXICONS[spoken()]
    for found in _amount(spoken()).finditer(text.lower()):
        whole, decimals, written, scale, hundredths = found.groups()
        if written or len(whole) > 4 or found[0] != whole:
            yield _token(lexicon, whole or str(lexicon.units[written]), decimals or "", scale or "", bool(hundredths))


def _token(lexicon: Lexicon, whole: str, decimals: str, scale: str, hundredths: bool) -> str:
    zeros = lexicon.powers[scale.rstrip("s")] if scale else 0
    digits = re.sub("[^0-9]", "", whole) + decimals[:zeros].ljust(zeros, "0")
    rest = decimals[zeros:].rstrip("0")
    return "n" + (digits.lstrip("0") or "0") + (f"v{rest}" if rest else "") + ("pct" if hundredths else "")

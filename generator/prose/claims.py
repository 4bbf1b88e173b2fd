"""What a sentence claims of numbers in words: « près d’un tiers », « une entrée sur trois », « a plus que doublé », « trois fois
moins que ». Words become a ratio and how far from it the data may stand; what is not in this grammar is no claim.

Sources. Hedges fall in few kinds, « about », « more », « less » (Ferson et al., « Natural language of uncertainty: numeric hedge
words », International Journal of Approximate Reasoning, 2015): words of one kind share an interval. BARE is the largest whole
percentage that keeps two thirds and three quarters apart, neighbours that people do not confuse; ABOUT, its double, is ours.
« La plupart » is « le plus grand nombre » (Académie): more than half. « Trois fois plus » is three times as much.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from generator.prose.intervals import Interval
from generator.text.french import fold
from generator.text.memory import TEXTS
from generator.text.quantities import quantities

BARE = Fraction(5, 100)  # « un tiers », « a doublé »: of the number that is said
ABOUT = Fraction(10, 100)  # « environ », « près de », « un peu plus de »
LONGEST = 100  # characters of a claim


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that claim a ratio: of a number to another, or of a part to its whole. `change`: they tell an evolution (« a baissé »);
    `compares`: they need two numbers (« plus que »); `figure`: they are a percentage in digits, which is quoted rather than
    claimed when one number says it.
    """

    interval: Interval
    change: bool = False
    compares: bool = False
    figure: bool = False


@lru_cache(maxsize=TEXTS)
def claimed(text: str) -> Claim | None:
    """The claim that words make, all of them; None when they make none that is known."""
    return _claimed(fold(text)) if len(text) <= LONGEST else None


def _claimed(words: str) -> Claim | None:
    for pattern, build in _forms():
        found = pattern.fullmatch(words)
        claim = build(found) if found else None
        if claim is not None:
            return claim
    return None


# --- Words, as fold() leaves them: no accent, no apostrophe, no hyphen -------------------------------------------

_OF = "(?:de la|de l|du|des|de|d)"
_VERY = "(?:bien|nettement|largement|beaucoup|tres)"
_LITTLE = "(?:un peu|a peine|juste|legerement)"
_HEDGES = {
    "about": f"environ|a peu pres|approximativement|quelque|autour {_OF}|de l ordre {_OF}|aux? alentours? {_OF}",
    "near": f"pres {_OF}|presque|quasiment|{_LITTLE} moins {_OF}",
    "just over": f"{_LITTLE} plus {_OF}",
    "well over": f"{_VERY} plus {_OF}|bien au dela {_OF}",
    "well under": f"{_VERY} moins {_OF}",
    "over": f"plus {_OF}|au dela {_OF}",
    "under": f"moins {_OF}",
    "at least": "au moins|au minimum|a minima",
    "at most": "(?:tout )?au plus|au maximum",
}
_BEFORE_VERB = {
    "about": "a peu pres|environ",
    "near": "presque|quasiment",
    "just over": f"{_LITTLE} plus que",
    "well over": f"{_VERY} plus que",
    "over": "plus que",
    "at least": "au moins",
}
_DEGREES = {"just over": _LITTLE, "well over": _VERY}

_NUMBER = r"(?:[0-9]+(?:,[0-9]+)?|[a-z]{2,12})"
_PART = (
    rf"{_NUMBER} (?:\w{{1,20}} ){{0,3}}sur {_NUMBER}|(?:la |une )?moitie"
    r"|(?:(?:les? |l )?(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf) |les? |l )?(?:tiers|quarts?|(?:cinqu|six|dix)iemes?)"
)
_PERCENT = r"[0-9]+(?:,[0-9]+)? ?(?:%|pour cent)"
_MULTIPLES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "decuple": 10, "centuple": 100}
_MULTIPLE = "|".join(_MULTIPLES)
_AUXILIARY = r"(?:(?:a|ont|avai(?:t|ent)|aur(?:a|ont|ait|aient)|fait|font|faire|est|sont|s est|se sont)(?: ete)? )?"
_FALL = "baiss|diminu|recul|chut|perd|perte|redui|reduct|decru"
_RISE = "augment|progress|hausse|gagn|accr|cru"
_MORE = "plus|davantage|superieure?s?"
_LESS = "moins|inferieure?s?"
_SIZE = "(?: (?:elevee?s?|grande?s?|nombreux|nombreuses?|importante?s?|forte?s?|longue?s?|longs?))?"
_TAIL = "(?: (?:que|de|d|du|des|la|les?|l|a|aux?|en|celui|celle|ceux|celles))*"


def _choice(kinds: dict[str, str], after: str = " ") -> str:
    """A pattern with a group for each kind of hedge, or none of them."""
    groups = "|".join(f"(?P<{_group(name)}>{words})" for name, words in kinds.items())
    return f"(?:(?:{groups}){after})?"


def _group(name: str) -> str:
    return "hedge_" + name.replace(" ", "_")


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Claim | None]], ...]:
    """What is claimed, form by form, and how each is read."""
    hedge, amount = _choice(_HEDGES), rf"(?P<amount>{_PART}|{_PERCENT})"
    forms: dict[str, Callable[[re.Match[str]], Claim | None]] = {
        rf"{hedge}{amount}(?: (?:de )?(?:(?P<rise>plus)|(?P<fall>moins)))?{_TAIL}": _amount,
        rf"(?:la |une )?(?:(?P<hedge_well_over>(?:tres )?(?:grande|large|forte)) )?majorite{_TAIL}|la plupart{_TAIL}": _most,
        rf"(?P<hedge_well_under>(?:la |une )?(?:petite|faible) minorite){_TAIL}"
        rf"|(?P<hedge_under>(?:la |une )?minorite){_TAIL}": _most,
        rf"(?P<hedge_near>(?:la )?quasi totalite|presque (?:tous|toutes?|tout|entierement|totalement|exclusivement)){_TAIL}": lambda found: (
            _part(found, Fraction(1))
        ),
        rf"{hedge}(?:les? |aux? )?(?P<multiple>{_MULTIPLE}){_TAIL}": _multiple,
        rf"{hedge}(?P<number>{_NUMBER}) fois(?: (?:(?:{_MORE})|(?P<fewer>{_LESS})){_SIZE})?{_TAIL}": _times,
        rf"{_AUXILIARY}{_choice(_BEFORE_VERB)}(?P<multiple>{_MULTIPLE})(?:e|es|r|nt|ent|ement)?": _multiple,
        rf"{_AUXILIARY}(?:multipli\w{{1,8}}|(?P<fewer>divis\w{{1,8}})) par {hedge}(?P<number>{_NUMBER})": _times,
        rf"{_AUXILIARY}(?:une |la )?(?:(?P<fall>{_FALL})|(?P<rise>{_RISE}))\w{{0,8}}(?: (?:{_OF} )?{hedge}{amount})?": _amount,
        rf"{_choice(_DEGREES)}(?:(?:{_MORE})|(?P<fewer>{_LESS})){_SIZE}{_TAIL}": _compared,
        rf"{_choice({'about': 'a peu pres'})}(?:autant|egale?s?|egaux){_TAIL}": _compared_alike,
        rf"(?P<hedge_about>voisine?s?|proches?|comparables?){_TAIL}": _compared_alike,
    }
    return tuple((re.compile(pattern), build) for pattern, build in forms.items())


# --- Their meaning -----------------------------------------------------------------------------------------------


def _hedge(found: re.Match[str]) -> str:
    names = (name for name in (*_HEDGES, *_BEFORE_VERB) if found.groupdict().get(_group(name)))
    return next(names, "")


def _around(said: Fraction, hedge: str, step: Fraction | None = None) -> Interval:
    """The interval of a number and its hedge; `step`: of the last digit of a number in digits, which says how it is rounded."""
    bare = BARE * said if step is None else min(BARE * said, step / 2)
    near, far, nothing = said * (1 - ABOUT), said * (1 + ABOUT), Fraction(0)
    intervals = {
        "": Interval(said - bare, said + bare),
        "about": Interval(near, far),
        "near": Interval(near, said, high_open=True),
        "just over": Interval(said, far, low_open=True),
        "well over": Interval(far, None, low_open=True),
        "well under": Interval(nothing, near, high_open=True),
        "over": Interval(said, None, low_open=True),
        "under": Interval(nothing, said, high_open=True),
        "at least": Interval(said, None),
        "at most": Interval(nothing, said),
    }
    return intervals[hedge]


def _part(found: re.Match[str], said: Fraction) -> Claim:
    return Claim(_around(said, _hedge(found)))


def _most(found: re.Match[str]) -> Claim:
    return Claim(_around(Fraction(1, 2), _hedge(found) or "over"))


def _value(text: str) -> tuple[Fraction, Fraction | None] | None:
    """A number, a fraction or a percentage, and the step of its last digit when it is in digits."""
    found = quantities(text.replace("pour cent", "%"))
    parts = [Fraction(*each.terms) for each in found if each.terms]
    if not found or (not parts and len(found) > 1):
        return None
    value = parts[0] if parts else Fraction(found[0].value)
    scale = Fraction(1, 100) if "%" in text or "pour cent" in text else Fraction(1)
    decimals = re.search(r"[0-9]+(?:,([0-9]+))?", text) if not parts else None
    step = scale / 10 ** len(decimals[1] or "") if decimals else None
    return (value * scale, step) if value else None


def _amount(found: re.Match[str]) -> Claim | None:
    """A share, or a share by which something rose or fell; « a baissé » alone is any fall."""
    groups = found.groupdict()
    text, fell, rose = groups["amount"], groups.get("fall"), groups.get("rise")
    value = _value(text) if text else (Fraction(0), None)
    if value is None:
        return None
    interval = _around(value[0], _hedge(found) if text else "over", value[1])
    if fell or rose:
        return Claim(interval.fallen() if fell else interval.risen(), change=True)
    return Claim(interval, figure=bool(re.search("%|pour cent", text)))


def _multiple(found: re.Match[str]) -> Claim:
    said = Fraction(_MULTIPLES[found["multiple"]])
    return Claim(_around(said, _hedge(found)), change=True)


def _times(found: re.Match[str]) -> Claim | None:
    value = _value(found["number"])
    if value is None:
        return None
    interval = _around(value[0], _hedge(found), value[1])
    return Claim(interval.inverted() if found["fewer"] else interval, change=True)


def _compared(found: re.Match[str]) -> Claim:
    interval = _around(Fraction(1), _hedge(found) or "over")
    return Claim(interval.inverted() if found["fewer"] else interval, compares=True)


def _compared_alike(found: re.Match[str]) -> Claim:
    return Claim(_around(Fraction(1), _hedge(found)), compares=True)


# --- What may be said --------------------------------------------------------------------------------------------

_SAID = {
    "d’un dixième": (1, 10), "d’un cinquième": (1, 5), "d’un quart": (1, 4), "d’un tiers": (1, 3), "de la moitié": (1, 2),
    "de deux tiers": (2, 3), "des trois quarts": (3, 4), "des neuf dixièmes": (9, 10),
}  # fmt: skip


def words_of(share: Fraction) -> str:
    """The claim of the nearest simple share, "" when none is near."""
    gap, words = min(
        ((share / Fraction(*part) - 1, words) for words, part in _SAID.items()), key=lambda each: abs(each[0])
    )
    if abs(gap) > ABOUT:
        return ""
    hedge = "" if abs(gap) <= BARE else "plus " if gap > 0 else "près "
    return hedge + (words if hedge else words.partition("’")[2] or words.partition(" ")[2])

"""The numbers of a French prose, and what their form already says: a date, an article or a law, an ordinal, a title, an
acronym. Those that are left are figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.text.french import MONTHS
from generator.text.links import LINK
from generator.text.memory import TEXTS
from generator.text.vocabulary import SPACE, Vocabulary, singular, singular_or_plural

_DIGIT = re.compile("[0-9]")
_THIN = "[ \u00a0\u2009\u202f]"  # between the digits of a number
NUMBER = re.compile(
    rf"(?<![\w.,])(?<!\w-)(?:[0-9]{{1,3}}(?:{_THIN}[0-9]{{3}}(?![0-9]))+|[0-9]+)(?:[,.][0-9]+)*"
    rf"(?:(?!\w)|(?=(?:k|M|Mds?)€))(?:{_THIN}?%)?"
)

# What follows an amount, never a year nor the number of a name, besides the words that a site declares.
_AMOUNTS = "euros?|cents?|mill(?:ions?|iers?|iards?)|points?|fois|ans|mois|semaines|jours|heures|personnes|habitants"
_YEAR = r"(?:1[5-9]|20|21)[0-9]{2}"
_DAY = r"[0-9]{1,2}(?:er)?"
_MONTH = f"(?:{'|'.join(MONTHS)})"

# Words that a number follows as a name in any subject: parts of a text, ranks, texts of law. Their plurals and
# abbreviations take a list.
_PLACES = (
    f"article|alinéa|numéro|titre|livre|tome|volume|chapitre|section|partie|paragraphe|annexe|pièce{SPACE}jointe|page|note"
    "|ligne|colonne|encadré|figure|tableau|schéma|version|rang|niveau"
    "|convention|loi|ordonnance|décret|circulaire|règlement|directive"
)
_SHORT = r"art\.|al\.|chap\.|vol\.|pp?\.|n[°ºo]s?|§§?"


@lru_cache(maxsize=8)  # one for each site that is read
def forms(vocabulary: Vocabulary) -> dict[str, re.Pattern[str]]:
    """What the form of a number says, each by its name; what is not in this table is a figure. Lists are bounded: a page of
    numbers is read once.
    """
    amount = rf"{SPACE}?(?:[%‰€]|[kM]€|Mds?\b|(?:{_AMOUNTS}{singular_or_plural(vocabulary.counted)})\b)"
    name = rf"[0-9]+(?![0-9]|,[0-9]|{_THIN}[0-9]{{3}}\b|{amount})"  # a number that names
    place = _PLACES + singular(vocabulary.numbered)
    one = rf"{name}(?:[-–.][0-9]+)*"
    last = rf"{SPACE}(?:et|à|ou|puis){SPACE}{one}"
    following = rf",{SPACE}{one}(?!{SPACE}(?!puis\b)[a-zà-ÿ]{{4,}})"
    patterns = {
        "date": rf"\b{_DAY}{SPACE}{_MONTH}\b(?:{SPACE}{_YEAR}\b)?|\b{_MONTH}{SPACE}{_YEAR}\b"
        rf"|\b(?:du|les?){SPACE}(?:{_DAY}(?:,{SPACE}|[-–]|{SPACE}(?:et|ou|au)(?:{SPACE}le)?{SPACE})){{1,6}}{_DAY}{SPACE}{_MONTH}\b"
        rf"|\b[0-9]{{1,2}}/[0-9]{{1,2}}/(?:{_YEAR}|[0-9]{{2}})\b|\b(?:0?[1-9]|1[0-2])/{_YEAR}\b|\b{_YEAR}/[0-9]{{2}}\b"
        rf"|\b{_YEAR}-[0-9]{{2}}(?:-[0-9]{{2}})?\b",
        "année": rf"(?<![\w.,]){_YEAR}(?!\w|[,.][0-9]|{amount})",
        "heure": rf"\b(?:[01]?[0-9]|2[0-4]){SPACE}?h(?:{SPACE}?[0-5][0-9])?\b(?!{SPACE}?/|{SPACE}(?:de|par)\b)"
        rf"|\b(?:à|vers|dès){SPACE}(?:[01]?[0-9]|2[0-4]){SPACE}heures\b"
        rf"|\b24{SPACE}?h(?:eures)?{SPACE}?(?:/|sur){SPACE}?24\b|\b7{SPACE}?j(?:ours)?{SPACE}?(?:/|sur){SPACE}?7\b",
        "passage": rf"\b(?:{place}){SPACE}{one}(?:(?:{following}){{0,9}}{last})?"
        rf"|(?<!\w)(?:(?:{place})[sx]|{_SHORT}){SPACE}?{one}(?:{last})?(?:{following}){{0,20}}(?:{last})?",
        "loi": rf"\b(?:19|20)[0-9]{{2}}-[0-9]+\b|\b[4-9][0-9]-[0-9]{{3,4}}\b(?!{amount})"
        rf"|\b[LRD]\.?{SPACE}?[0-9]+(?:-[0-9]+)*(?:(?:,{SPACE}|{SPACE}(?:et|à|ou){SPACE})[0-9]+(?:-[0-9]+)+)*\b"
        rf"|\b[0-9]{{2,4}}/[0-9]+/(?:CEE?|UE)\b|\((?:CEE?|UE)\){SPACE}(?:n°{SPACE}?)?[0-9]+/[0-9]+\b",
        "ordinal": rf"\b(?:[0-9]{{1,2}}(?:,{SPACE}|{SPACE}(?:et|ou){SPACE})){{1,6}}[0-9]+(?:er|ère|re|e|ème|nd|nde|ᵉ)s?\b",
        "sigle": rf"\b[A-ZÀ-Ý]{{2,}}s?(?:{SPACE}|-)?{name}(?:-[0-9]+)*(?:(?:,{SPACE}{name}){{0,9}}{SPACE}(?:et|ou){SPACE}{name})?",
        "version": rf"\b[A-Z][\w-]{{0,40}}{SPACE}v?[0-9]+(?:\.[0-9]+){{1,5}}\b(?!{amount})|\b[0-9]+(?:\.[0-9]+){{2,5}}\b",
        # A name between guillemets opens with a capital or a number, ends without a full stop and counts nothing in a unit:
        # « 1 jeune 1 solution ».
        "titre": rf"«{SPACE}?(?=[A-ZÀ-Ý0-9])(?=[^«»]*[^\W\d])(?![^«»]*[0-9]{amount})[^«»]*[^\s«».…]{SPACE}?»",
    }
    flags = {"date": re.IGNORECASE, "passage": re.IGNORECASE}
    return {form: re.compile(pattern, flags.get(form, 0)) for form, pattern in patterns.items()}


# What is not running text: code, a web address, the mark of a numbered list or of a numbered heading, that of a note, HTML.
_HIDDEN = re.compile(
    r"```.*?```|`[^`\n]*`|<https?:[^<>\s]*>|https?://\S+|^[ \t>]*(?:#{1,6}[ \t]+)?[0-9]+[.)](?=[ \t])"
    r"|\[\^[^\[\]\s]{1,50}\]|<[a-zA-Z]+ [^<>=]*=[^<>]*>",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number of a prose: its text with its « % », and where it starts (offset in characters)."""

    text: str
    offset: int


def numerals(text: str, bound: frozenset[str], vocabulary: Vocabulary) -> tuple[tuple[Numeral, bool], ...]:
    """The numbers of a prose, out of the links whose scheme is `bound` to data, and whether their form says what they are."""
    return _numerals(text, bound, vocabulary) if _DIGIT.search(text) else ()


@lru_cache(maxsize=TEXTS)
def _numerals(text: str, bound: frozenset[str], vocabulary: Vocabulary) -> tuple[tuple[Numeral, bool], ...]:
    return tuple(_found(text, bound, vocabulary))


def _found(text: str, bound: frozenset[str], vocabulary: Vocabulary) -> Iterator[tuple[Numeral, bool]]:
    running = _HIDDEN.sub(_blank, LINK.sub(lambda link: _without_target(link, bound), text))
    known: bytearray | None = None
    for found in NUMBER.finditer(running):
        if known is None:
            known = _recognised(running, vocabulary)
        yield Numeral(found.group(), found.start()), bool(known[found.start()])


def figures(text: str, bound: frozenset[str], vocabulary: Vocabulary) -> Iterator[Numeral]:
    """The numbers of a prose whose form says nothing: they should be bound to data."""
    return (numeral for numeral, recognised in numerals(text, bound, vocabulary) if not recognised)


def _recognised(running: str, vocabulary: Vocabulary) -> bytearray:
    """For each character of a prose, whether one of the forms holds it."""
    held = bytearray(len(running))
    for form in forms(vocabulary).values():
        for found in form.finditer(running):
            held[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return held


def _without_target(link: re.Match[str], bound: frozenset[str]) -> str:
    """A link with nothing but its words, at their place; nothing at all when it is bound to data."""
    if link[2].lstrip("<").partition(":")[0] in bound:
        return _blank(link)
    return " " + link[1] + " " * (len(link[0]) - len(link[1]) - 1)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def digits(text: str) -> str:
    """The digits of a number, whatever its spaces and its decimal mark: « 350 000 » → 350000, « 4,7 » → 4.7."""
    return re.sub(rf"{_THIN}|%", "", text).replace(",", ".")

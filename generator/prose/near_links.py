"""What was meant to be a link to a record, a page or a number and is none: `[12] (livre:a)`, `(12)[livre:a]`, `livre:a`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.prose.markdown import blanked, read
from generator.text.memory import TEXTS


@dataclass(frozen=True, slots=True)
class NearLink:
    """A link that is none: its words ("" when it has none), the scheme and what follows it, where it starts in the prose and
    how long it is (in characters).
    """

    words: str
    scheme: str
    rest: str
    offset: int
    length: int


@lru_cache(maxsize=TEXTS)
def near_links(text: str, schemes: frozenset[str]) -> tuple[NearLink, ...]:
    """The near-links of a prose: a known scheme that stands outside any link."""
    pattern, scheme, longest = _patterns(schemes)
    told = _told(text, scheme, longest)
    if not told:
        return ()
    reading = read(text)
    named = sum(link.target.partition(":")[0] in schemes for link in reading.links)
    if told <= named:
        return ()
    outside = blanked(reading.running, ((link.offset, link.offset + link.length) for link in reading.links))
    return tuple(_opened(link, outside) for link in _near(pattern, outside))


def _told(text: str, scheme: re.Pattern[str], longest: int) -> int:
    """How many colons follow a scheme: few signs of a prose are colons."""
    found, place = 0, text.find(":")
    while place >= 0:
        found += scheme.search(text, max(0, place - longest), place) is not None
        place = text.find(":", place + 1)
    return found


_OPENED = re.compile(r"\[([^\[\]\n(]{1,200})[(]?[ \t]{0,3}\Z")


def _opened(link: NearLink, outside: str) -> NearLink:
    """A near-link with the words of a bracket that is opened before it and never closed."""
    before = _OPENED.search(outside, max(0, link.offset - 210), link.offset) if not link.words else None
    if before is None:
        return link
    end = link.offset + link.length
    closed = outside[end : end + 1] == ")"
    length = end + closed - before.start()
    return NearLink(" ".join(before[1].split()), link.scheme, link.rest, before.start(), length)


@lru_cache(maxsize=8)  # one for each site that is read
def _patterns(schemes: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str], int]:
    """A near-link; a scheme before its colon, and how many characters that may take. With brackets around, a space and a capital may
    have slipped in; without, what follows is the key of a record or the address of a page.
    """
    names = "|".join(sorted(map(re.escape, schemes), key=len, reverse=True))
    loose = rf"(?i:{names})[ \t]{{0,2}}:[ \t]{{0,2}}"
    blanks = r"[ \t\n]{0,3}"
    pattern = (
        rf"\[(?P<words>[^\[\]\n]{{1,200}})\]{blanks}"
        rf"(?:[(（<{{\[]{blanks}<?(?P<target>{loose}(?:[^()（）<>\[\]\n]{{0,100}}(?=>?[)）\]}}])|[\w/#-]{{0,100}}))>?[)）\]}}]?|(?P<bare_target>(?:{names}):[\w/#-]{{1,100}}))"
        rf"|[(（](?P<first>[^()（）\n]{{1,200}})[)）]{blanks}\[(?P<last>{loose}[^\[\]\n]{{0,100}})\]?"
        rf"|(?<![\w/.:@&?=#-])(?P<alone>(?:{names}):(?:(?=[0-9]*[^\W\d_])[\w/#-]{{1,100}}|(?=[)\]])))"
    )
    longest = max(map(len, schemes), default=0) + 2
    return re.compile(pattern), re.compile(rf"(?i:{names})[ \t]{{0,2}}\Z"), longest


def _near(pattern: re.Pattern[str], outside: str) -> Iterator[NearLink]:
    for found in pattern.finditer(outside):
        target = found["target"] or found["bare_target"] or found["last"] or found["alone"]
        scheme, _, rest = target.partition(":")
        words = " ".join((found["words"] or found["first"] or "").split())
        yield NearLink(words, scheme.strip().lower(), rest.strip(), found.start(), len(found[0]))

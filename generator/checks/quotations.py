"""What a sentence quotes of a record, and what is said when it does not say it any more."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace

from generator.catalogue.records import Catalogue, Record
from generator.diagnostics.finding import Diagnostic, Position, fault, instead
from generator.documents.garbled import garbled
from generator.prose.markdown import Link
from generator.prose.passages import Lines, Passage
from generator.prose.targets import quotable, record_of
from generator.text.numerals import NUMBER, digits


@dataclass(frozen=True, slots=True)
class Drift:
    """A sentence that does not say what a record says: `value`, or, when its number alone has changed, `number` instead of what
    stands at `start` in its words.
    """

    value: str
    start: int = 0
    length: int = 0
    number: str = ""


def drifted(text: str, target: str, catalogue: Catalogue, doubtful: Set[int]) -> Drift | None:
    """How a sentence differs from the record that its link names; None when it quotes it, or when what it says is not known."""
    record = record_of(target, catalogue)
    if record is None or not record.resource.quoted or id(record) in doubtful or quotes(text, record):
        return None
    if any(record[name] is None and record.writes(name) for name in record.resource.quoted):
        return None  # a value could not be read, which is said of it: the sentence may well quote it
    values, said = list(quotable(record)), list(NUMBER.finditer(text))
    if any(garbled(value) for value in values):
        return None  # said of its file
    if len(said) == 1:
        start, end = said[0].span()
        alike = {new: value for value in values for new in NUMBER.findall(value) if ("%" in new) == ("%" in said[0][0])}
        found = [new for new in alike if quotes(text[:start] + new + text[end:], record)]
        if len({digits(new) for new in found}) == 1:
            return Drift(alike[found[0]], start, end - start, found[0])
    value = next((v for v in values if bool(NUMBER.search(v)) == bool(said)), values[0] if values else "")
    return Drift(value)


def requoted(drift: Drift, link: Link, passage: Passage, lines: Lines) -> Diagnostic:
    """What is said of a sentence that has drifted, with its number alone changed when that is enough."""
    message = "La phrase dit « {text} », mais « {target} » dit « {value} »."
    hint = "Reprenez la valeur telle qu’elle est imprimée, ou une partie de celle-ci."
    words, start = drift.value, drift.start
    if drift.number:
        words = link.text[:start] + drift.number + link.text[start + drift.length :]
    place = passage.at(link.offset, link.length, lines)
    said = fault(
        "citation-perimee", place, message, hint, f"[{words}]({link.target})",
        text=link.text, target=link.target, value=drift.value,
    )  # fmt: skip
    if not drift.number:
        return said
    return _with_number(said, passage.at(link.offset + 1 + start, drift.length, lines), drift, lines)


def _with_number(said: Diagnostic, place: Position, drift: Drift, lines: Lines) -> Diagnostic:
    """The same, with the edit of the number when it stands where it is looked for, on one line."""
    line = lines(place.path)[place.line - 1] if drift.number else ""
    if (
        not drift.number
        or place.length != drift.length
        or not NUMBER.fullmatch(line[place.column - 1 :][: place.length])
    ):
        return said
    return replace(said, edits=(instead(place, drift.number),))


def quotes(text: str, record: Record) -> bool:
    """Whether a text is one of the values of a record, or a whole part of one: no part of a number."""
    wanted = re.compile(rf"(?<!\w){re.escape(_plain(text))}(?!\w)")
    return any(_is_whole(found, value) for value in map(_plain, quotable(record)) for found in wanted.finditer(value))


def _is_whole(found: re.Match[str], value: str) -> bool:
    """Whether a part of a value cuts none of its numbers; « 71 » is the whole of « 71 % »."""
    spans = ((n.start(), n.start() + len(n[0].rstrip("% \u00a0\u202f"))) for n in NUMBER.finditer(value))
    return all(
        end <= found.start() or start >= found.end() or (start >= found.start() and end <= found.end())
        for start, end in spans
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

"""Diagnostics → causes: a mistake made at many places is told once, with its places and their exact number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic, Position
from generator.text.interface import Sentence

# Sentences made from one template: beyond these numbers they are one cause, told by the first of them.
FAMILY = 50  # about one column, one table, one rule or, when the sentence names none, in one file
KIND = 200  # wherever they are

_SUBJECTS = ("title", "titles", "table", "name", "message")  # the values of a sentence that say what it is about


@dataclass(frozen=True, slots=True)
class Cause:
    """What is told once: the `first` diagnostic in reading order, the `places` of all, its own first; `alike` when its sentence
    is that of all.
    """

    first: Diagnostic
    places: tuple[Position, ...]
    alike: bool = True


def causes(diagnostics: Sequence[Diagnostic]) -> list[Cause]:
    """The causes of diagnostics that are in reading order, in the order of their first places. No sentence is said."""
    groups = [[number] for number in range(len(diagnostics))]
    for key, most in ((_told, 1), (_family, FAMILY), (_kind, KIND)):
        if len(groups) > most:
            groups = _gathered(groups, [key(diagnostics[group[0]]) for group in groups], most)
    return [_cause([diagnostics[number] for number in group]) for group in groups]


def _gathered(groups: list[list[int]], keys: list[Hashable], most: int) -> list[list[int]]:
    """Groups of numbers, those of one key made one when they are more than `most`; in order, as is each."""
    found: dict[Hashable, list[list[int]]] = {}
    for group, key in zip(groups, keys, strict=True):
        found.setdefault(key, []).append(group)
    kept: list[list[int]] = []
    for alike in found.values():
        kept += [sorted(number for group in alike for number in group)] if len(alike) > most else alike
    return sorted(kept)


def _cause(group: list[Diagnostic]) -> Cause:
    first = _told(group[0])
    return Cause(group[0], tuple(d.position for d in group), all(_told(d) == first for d in group))


def _told(d: Diagnostic) -> Hashable:
    """What is told of a mistake, its place apart, and what is to be written when that is sure: each place then has its own."""
    return d.code, d.message, d.hint, "" if d.edits else d.suggestion


def _kind(d: Diagnostic) -> Hashable:
    """The templates of its sentences."""
    return d.code, _template(d.message), _template(d.hint)


def _family(d: Diagnostic) -> Hashable:
    """The same, and what the sentence is about."""
    subject = tuple(pair for pair in d.message.values if pair[0] in _SUBJECTS and not isinstance(pair[1], Sentence))
    return _kind(d), subject or d.position.path


def _template(told: Sentence) -> Hashable:
    inner = tuple(_template(value) for _, value in told.values if isinstance(value, Sentence))
    return told.key, inner


def chosen(found: Sequence[Cause], most: int, per_file: int) -> list[Cause]:
    """The causes that a report has room for, in their order: `most` in all, `per_file` of those whose first place is in one
    file; errors come before warnings.
    """
    files = Counter[str]()
    kept: set[int] = set()
    for number in sorted(range(len(found)), key=lambda number: found[number].first.severity != "erreur"):
        path = found[number].first.position.path
        if len(kept) < most and files[path] < per_file:
            files[path] += 1
            kept.add(number)
    return [found[number] for number in sorted(kept)]

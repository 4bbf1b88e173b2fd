"""Where each node of a YAML text is written, for who changes it at its place: the events of the parser and their ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.documents.nodes import mark_at
from generator.documents.yaml_events import Next, events


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node is written: 1-based (line, column) of its first character and of what follows its last. `style`: "" for a
    plain text, else the sign that opens it: a quote, `|`, `>`, `{`, `[`; `-` and `:` for a list and a group without brackets.
    `key`: whether it is the key of such a group.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    style: str
    key: bool = False

    @property
    def last(self) -> int:
        """Its last line; that of the line before when it ends with its line end."""
        return self.end[0] - (self.end[1] == 1 and self.end[0] > self.start[0])


def spans(text: str) -> list[Span]:
    """Where each node of a text that parse_yaml reads is written, in the order of their starts."""
    return events(text, lambda get_event: _spans(get_event, text.split("\n")))


def _spans(get_event: Next, lines: list[str]) -> list[Span]:
    from ruamel.yaml import events as ev

    found: list[Span] = []
    opened: list[tuple[int, bool, list[int]]] = []  # place, whether it is a group without brackets, count of its nodes
    while type(event := get_event()) is not ev.StreamEndEvent:
        start, end = ((mark.line + 1, mark.column + 1) for mark in (event.start_mark, event.end_mark))
        if isinstance(event, ev.MappingEndEvent | ev.SequenceEndEvent):
            place = opened.pop()[0]
            inside = found[place + 1 :]
            closed = end if found[place].style in "{[" or not inside else max(span.end for span in inside)
            found[place] = replace(found[place], end=closed)
        elif isinstance(event, ev.ScalarEvent | ev.MappingStartEvent | ev.SequenceStartEvent):
            key = bool(opened) and opened[-1][1] and opened[-1][2][0] % 2 == 0
            if opened:
                opened[-1][2][0] += 1
            if isinstance(event, ev.ScalarEvent):
                if event.style in ("|", ">"):
                    end = _trimmed(lines, start, end, found[opened[-1][0]].start[1] - 1 if opened else 0)
                found.append(Span(start, end, event.style or "", key))
                continue
            is_mapping, flow = isinstance(event, ev.MappingStartEvent), bool(event.flow_style)
            found.append(Span(start, end, ("-:", "[{")[flow][is_mapping], key))
            opened.append((len(found) - 1, is_mapping and not flow, [0]))
    return found


def _trimmed(lines: list[str], start: tuple[int, int], end: tuple[int, int], above: int) -> tuple[int, int]:
    """The end of a text in a block without the lines that follow it and say nothing, unless it keeps them; `above` is the indent
    of what holds it.
    """
    header = lines[start[0] - 1][start[1] :].partition("#")[0]
    if "+" in header:
        return end
    last = end[0] - (end[1] == 1)
    first = next((line for line in lines[start[0] : last] if line.strip(" ")), "")
    figure = re.search("[1-9]", header)
    indent = above + int(figure[0]) if figure else len(first) - len(first.lstrip(" "))
    while last > start[0] and not lines[last - 1].strip(" ") and len(lines[last - 1]) <= indent:
        last -= 1
    return last, len(lines[last - 1]) + 1


def ends(text: str) -> dict[int, int]:
    """Where each value of a clean YAML text that can be read ends: the mark of a text, of a list between brackets or of a group
    between braces → the mark just after it, the blank lines after a block not taken off.
    """
    return events(text, _ends)


def _ends(get_event: Next) -> dict[int, int]:
    from ruamel.yaml import events as ev

    found, opened = dict[int, int](), list[int]()
    while type(event := get_event()) is not ev.StreamEndEvent:
        start, end = (mark_at(m.line + 1, m.column + 1) for m in (event.start_mark, event.end_mark))
        if isinstance(event, ev.ScalarEvent):
            found[start] = end
        elif isinstance(event, ev.MappingStartEvent | ev.SequenceStartEvent):
            opened.append(start if event.flow_style else 0)
        elif isinstance(event, ev.MappingEndEvent | ev.SequenceEndEvent) and (start := opened.pop()):
            found[start] = end
    return found

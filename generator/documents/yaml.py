"""YAML text → nodes that keep the author's text and its place. Nothing is constructed: what a text means is
decided later by its contract. Everything that content has no use for is refused here, with a sentence and a position.
Of ruamel.yaml, only the events of its C parser are known (no recursion anywhere).
"""

from __future__ import annotations

import sys

from generator.diagnostics.finding import SLIP, Diagnostic, Position
from generator.documents.files import decode
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import COLUMN_BITS, Broken, Document, Mapping, Node, Scalar, Sequence, mark_at
from generator.documents.yaml_errors import explain
from generator.documents.yaml_events import Next, events
from generator.documents.yaml_mending import Failure, failed, likeliest, said
from generator.documents.yaml_refusals import Refusals, Unreadable


def parse_yaml(path: str, data: bytes, manner: Manner = AS_USUAL) -> tuple[Document, list[Diagnostic]]:
    """Text of a YAML file → document. Every refusal has a position; after a syntax error the root is None."""
    text, diagnostics = decode(path, data, manner)
    if text is None:
        return Document(path, None), diagnostics
    document, found = read_yaml(path, text, manner)
    return document, diagnostics + found


def read_yaml(path: str, text: str, manner: Manner = AS_USUAL) -> tuple[Document, list[Diagnostic]]:
    """The same of a clean text."""
    root, found = _mended(path, text, manner)
    empty = isinstance(root, Scalar) and not root.text
    if empty or (root is None and not found):  # an empty file says nothing; it is not unknown
        root = Scalar("", mark_at(1, 1))
    return Document(path, root, mended=any(d.code == SLIP for d in found)), found


MOST_MENDED = 20  # slips of one file that are told in one run
EFFORT = 4_000_000  # characters read to try readings of one file


def _mended(path: str, text: str, manner: Manner) -> tuple[Node | None, list[Diagnostic]]:
    """Text → nodes. After a syntax error whose likely slip is found, reading goes on as if it were mended, on the same lines; it
    ends, without a node, at an error that nothing explains.
    """
    told: list[Diagnostic] = []
    left = EFFORT
    while True:
        root, error, refused = _read(path, text, manner)
        if error is None or error.line == 0 or len(told) == MOST_MENDED or "document indicator" in error.problem:
            break
        lines = text.split("\n")
        found, left = likeliest(lines, error, left)
        if found is None:
            break
        told.append(said(path, lines, found))
        text = "\n".join(found.mended(lines))
    lines_told = {d.position.line for d in told}
    others = [d for d in refused.told() if d.position.line not in lines_told]
    if error is not None:
        position = Position(path, error.line, error.column) if error.line else Position(path)
        last = explain(error.problem, error.context, position, text)
        others = [d for d in others if d.position.line != last.position.line] + [last]  # one mistake
    return root, told + others


def _read(path: str, text: str, manner: Manner) -> tuple[Node | None, Failure | None, Refusals]:
    """The nodes of a text, or the syntax error at which it stops, neither when too much of it is refused; and what is refused."""
    from ruamel.yaml import events as ev
    from ruamel.yaml.error import YAMLError

    refused = Refusals(path, text, manner)

    def compose(get_event: Next) -> Node | None:
        refused.begin()
        return _compose(get_event, ev, refused)

    try:
        return events(text, compose), None, refused
    except Unreadable:
        return None, None, refused
    except YAMLError as error:
        return None, failed(error, text), refused


def _compose(get_event, ev, refused: Refusals) -> Node | None:  # type: ignore[no-untyped-def]  # ruamel's C parser has no types
    """Events → nodes with an explicit stack. What is refused is reported and replaced by Broken; the rest goes on."""
    scalar_event, mapping_event, sequence_event = ev.ScalarEvent, ev.MappingStartEvent, ev.SequenceStartEvent
    stack: list[tuple[Mapping | Sequence | None, str | None]] = []
    root: Node | None = None
    manner, watched = refused.manner, refused.watched
    container: Mapping | Sequence | None = Sequence(0) if manner.documents else None  # which then holds the documents
    key: str | None = None  # the key whose value is awaited; "" discards the value
    count, most, forbidden = 0, manner.limits.values, manner.forbidden_value
    node: Node
    while True:
        kind = type(event := get_event())
        if kind is scalar_event:
            start = event.start_mark
            mark = min((start.line + 1) << COLUMN_BITS | (start.column + 1), refused.end)
            if event.anchor is not None or event.ctag is not None:
                refused.properties(event.anchor, event.tag, mark)
            quoted = bool(style := event.style)
            if key is None and type(container) is Mapping:
                if event.value in container.nodes and _new_item(container, event.value, stack):
                    container = _item_without_dash(container, stack[-1][0], mark, refused)
                key = _key(container, event.value, mark, quoted, refused)
                continue
            # A text that was taken for a tag has its message already.
            node = Scalar(event.value, mark, quoted) if event.value or event.ctag is None else Broken(mark)
            if style == '"' and forbidden.search(event.value):
                node = refused.escape(event.value, mark)
            elif watched and not quoted and event.end_mark.line in watched:
                node = refused.cut(event.value, event.end_mark.line, event.end_mark.column) or node
        elif kind is mapping_event or kind is sequence_event:
            opened = _opened(event, kind is mapping_event, len(stack), refused)
            root = opened if container is None else root
            stack.append((container, _hold(container, key, opened, refused)))
            container, key = opened, None
            count += 1
            continue
        elif kind is ev.MappingEndEvent or kind is ev.SequenceEndEvent:
            container, key = stack.pop()
            continue
        elif kind is ev.AliasEvent:
            mark = mark_at(event.start_mark.line + 1, event.start_mark.column + 1)
            node = refused.alias(event.anchor, mark)
            if key is None and type(container) is Mapping:
                key = ""
                continue
        elif kind is ev.StreamEndEvent or (kind is ev.DocumentStartEvent and _begins_again(event, root, refused)):
            return root if container is None else _filled(container)
        else:
            continue
        count += 1
        if count > most:
            refused.size(mark)
        if container is None:
            root = node
        elif type(container) is Sequence:
            container.items.append(node)
        elif type(container) is Mapping:
            if key:
                container.nodes[key] = node
            key = None


def _filled(documents: Mapping | Sequence) -> Sequence:
    """The documents of a file that hold something."""
    found = Sequence(mark_at(1, 1))
    items = documents.items if isinstance(documents, Sequence) else []
    found.items = [each for each in items if not isinstance(each, Scalar) or each.text or each.quoted]
    return found


def _new_item(container: Mapping, key: str, stack: list[tuple[Mapping | Sequence | None, str | None]]) -> bool:
    """Whether a key that is given twice begins another item of a list, whose dash is missing."""
    holder = stack[-1][0] if stack else None
    in_list = isinstance(holder, Sequence) and holder.mark > 0  # documents need no dash
    return in_list and len(container.nodes) > 1 and next(iter(container.nodes)) == key


def _item_without_dash(container: Mapping, holder: Mapping | Sequence | None, mark: int, refused: Refusals) -> Mapping:
    """The next item of a list, begun without a dash, which is said."""
    refused.no_dash(mark)
    opened = Mapping(mark)
    if isinstance(holder, Sequence):
        holder.items.append(opened)
    return opened


def _opened(event, is_mapping: bool, depth: int, refused: Refusals) -> Mapping | Sequence:  # type: ignore[no-untyped-def]
    """The list or the group that an event opens inside `depth` others."""
    mark = mark_at(event.start_mark.line + 1, event.start_mark.column + 1)
    if event.anchor is not None or event.ctag is not None:
        refused.properties(event.anchor, event.tag, mark)
    if depth >= refused.manner.limits.depth:
        refused.depth(mark)
    return Mapping(mark) if is_mapping else Sequence(mark)


def _hold(
    container: Mapping | Sequence | None, key: str | None, opened: Mapping | Sequence, refused: Refusals
) -> str | None:
    """Put a list or a group where it stands; the key that its container then awaits a value for: "" when it stood for a key
    itself, whose value is discarded.
    """
    if isinstance(container, Sequence):
        container.items.append(opened)
    elif container is not None and key is None:
        refused.composed_key(opened.mark)
        return ""
    elif container is not None and key:
        container.nodes[key] = opened
    return None


def _begins_again(event, root: Node | None, refused: Refusals) -> bool:  # type: ignore[no-untyped-def]
    """Whether a second document begins, which is refused, as a directive is that makes types."""
    mark = mark_at(event.start_mark.line + 1, event.start_mark.column + 1)
    if event.tags:
        refused.directive(mark)
    if root is not None:
        refused.second_document(mark)
    return root is not None


def _key(container: Mapping, text: str, mark: int, quoted: bool, refused: Refusals) -> str:
    """Note a key and its place; "" when it is refused, so that its value is discarded."""
    if refused.watched:
        refused.dash(mark, quoted)
    if (text == "<<" and not quoted) or not text or text in container.nodes:
        refused.key(container, text, mark, quoted)
        return ""
    text = sys.intern(text)  # the same few keys in every record
    container.nodes[text] = _AWAITED
    container.key_marks.append(mark)
    return text


_AWAITED = Broken(0)

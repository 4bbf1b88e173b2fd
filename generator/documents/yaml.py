"""YAML and CSV text → nodes that keep the author's text and its place. Nothing is constructed: what a text means is
decided later by its contract. Everything that content has no use for is refused here, with a sentence and a position.
The only module that knows ruamel.yaml, and of it only the events of its C parser (no recursion anywhere).
"""

from __future__ import annotations

import re
import sys

from generator.diagnostics.finding import Diagnostic, Position
from generator.documents.files import FORBIDDEN_VALUE, MAX_NODES, decode
from generator.documents.nodes import COLUMN_BITS, Broken, Document, Mapping, Node, Scalar, Sequence, mark_at
from generator.documents.yaml_errors import explain
from generator.documents.yaml_refusals import MAX_DEPTH, Refusals, Unreadable
from generator.text.interface import say


def parse_yaml(path: str, data: bytes) -> tuple[Document, list[Diagnostic]]:
    """Text of a YAML file → document. Every refusal has a position; after a syntax error the root is None."""
    text, diagnostics = decode(path, data)
    if text is None:
        return Document(path, None), diagnostics
    refused = Refusals(path, text)
    root = _read(text, refused)
    empty = isinstance(root, Scalar) and not root.text
    if empty or (root is None and not refused.diagnostics):  # an empty file says nothing; it is not unknown
        root = Scalar("", mark_at(1, 1))
    return Document(path, root), diagnostics + refused.diagnostics


def _read(text: str, refused: Refusals) -> Node | None:
    from ruamel.yaml import events as ev
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        from _ruamel_yaml import CParser
    except ImportError as error:  # never fall back on the pure parser: it reads some texts differently
        raise RuntimeError(say("Le lecteur C de ruamel.yaml manque : installez ruamel.yaml.clib.")) from error
    path, refused.end = refused.path, mark_at(text.count("\n") + 1, len(text) - text.rfind("\n"))
    try:
        return _compose(CParser(text).get_event, ev, refused)
    except Unreadable:
        return None
    except MarkedYAMLError as error:
        unclosed = re.search("end of stream|expected ',' or|expected ':'", error.problem or "")
        mark = (
            error.context_mark if unclosed else error.problem_mark
        ) or error.problem_mark  # blame where it was opened
        place = min(mark_at(mark.line + 1, mark.column + 1), refused.end) if mark else 0
        position = Document(path, None).at(place) if mark else Position(path)
        told = explain(error.problem or "", error.context or "", position, text)
        refused.diagnostics = [d for d in refused.diagnostics if d.position.line != told.position.line]  # one mistake
        refused.diagnostics.append(told)
        return None
    except YAMLError as error:
        refused.diagnostics.append(explain(str(error), "", Position(path), text))
        return None


def _compose(get_event, ev, refused: Refusals) -> Node | None:  # type: ignore[no-untyped-def]  # ruamel's C parser has no types
    """Events → nodes with an explicit stack. What is refused is reported and replaced by Broken; the rest goes on."""
    scalar_event, mapping_event, sequence_event = ev.ScalarEvent, ev.MappingStartEvent, ev.SequenceStartEvent
    ends = (ev.MappingEndEvent, ev.SequenceEndEvent)
    stack: list[tuple[Mapping | Sequence | None, str | None]] = []
    root: Node | None = None
    container: Mapping | Sequence | None = None
    key: str | None = None  # the key whose value is awaited; "" discards the value
    count, watched = 0, refused.watched
    node: Node
    while True:
        kind = type(event := get_event())
        if kind is scalar_event:
            start = event.start_mark
            mark = min((start.line + 1) << COLUMN_BITS | (start.column + 1), refused.end)
            if event.anchor is not None or event.ctag is not None:
                refused.properties(event.anchor, event.tag, mark)
            style = event.style
            quoted = bool(style)
            if key is None and type(container) is Mapping:
                key = _key(container, event.value, mark, quoted, refused)
                continue
            # A text that was taken for a tag has its message already.
            node = Scalar(event.value, mark, quoted) if event.value or event.ctag is None else Broken(mark)
            if style == '"' and FORBIDDEN_VALUE.search(event.value):
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
        elif kind in ends:
            container, key = stack.pop()
            continue
        elif kind is ev.AliasEvent:
            mark = mark_at(event.start_mark.line + 1, event.start_mark.column + 1)
            node = refused.alias(event.anchor, mark)
            if key is None and type(container) is Mapping:
                key = ""
                continue
        elif kind is ev.StreamEndEvent or (kind is ev.DocumentStartEvent and _begins_again(event, root, refused)):
            return root
        else:
            continue
        count += 1
        if count > MAX_NODES:
            refused.size(mark)
        if container is None:
            root = node
        elif type(container) is Sequence:
            container.items.append(node)
        elif type(container) is Mapping:
            if key:
                container.nodes[key] = node
            key = None


def _opened(event, is_mapping: bool, depth: int, refused: Refusals) -> Mapping | Sequence:  # type: ignore[no-untyped-def]
    """The list or the group that an event opens inside `depth` others."""
    mark = mark_at(event.start_mark.line + 1, event.start_mark.column + 1)
    if event.anchor is not None or event.ctag is not None:
        refused.properties(event.anchor, event.tag, mark)
    if depth >= MAX_DEPTH:
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
    """Whether a second document begins, which is refused, as a directive is."""
    mark = mark_at(event.start_mark.line + 1, event.start_mark.column + 1)
    if event.version or event.tags:
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

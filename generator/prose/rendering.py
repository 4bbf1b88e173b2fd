"""A prose → HTML that is still to be cleaned: its links and its images lead where they are told to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.prose.markdown import Resolve, begins_part, words_of
from generator.prose.parser import Token, parse, picture, pictured, rendered


def html(text: str, resolve: Resolve) -> str:
    """A prose → HTML."""
    return _html(parse(text), resolve)


def nothing(target: str) -> str:
    """No image is shown."""
    return ""


def html_parts(text: str, resolve: Resolve, show: Resolve = nothing) -> list[tuple[int, str, str]]:
    """A prose cut at its headings: level, heading, HTML under it; 0 and "" before the first heading. `show`: the target of an image →
    its URL; "" when only its words are shown.
    """
    tokens = parse(text)
    cuts = [i for i, token in enumerate(tokens) if begins_part(token)]
    first = tokens[: cuts[0]] if cuts else tokens
    parts = [(0, "", _html(first, resolve, show))] if first else []
    for start, end in zip(cuts, [*cuts[1:], len(tokens)], strict=False):
        heading = words_of(tokens[start + 1].children or ())
        parts.append((int(tokens[start].tag[1]), heading, _html(tokens[start + 3 : end], resolve, show)))
    return parts


def _html(tokens: list[Token], resolve: Resolve, show: Resolve = nothing) -> str:
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        kept: list[Token] = []
        words_only: list[bool] = []  # for each open link, whether it leads nowhere
        for child in _shown(token.children or (), show):
            if child.type == "link_open":
                url = resolve(str(child.attrGet("href") or ""))
                child.attrSet("href", url)
                words_only.append(not url)
            if child.type not in ("image", "image_end") and not (
                child.type in ("link_open", "link_close") and words_only[-1]
            ):
                kept.append(child)
            if child.type == "link_close":
                words_only.pop()
        token.children = kept if token.children else token.children
    return rendered(tokens)


def _shown(children: Sequence[Token], show: Resolve) -> Iterator[Token]:
    """The tokens of a block, where an image that is shown is one token in place of its words."""
    waiting = iter(children)
    for child in waiting:
        url = show(str(child.meta["target"])) if child.type == "image" else ""
        if url:
            inside = pictured(children, child)
            yield picture(url, words_of(inside))
            for _ in (*inside, child):  # its words, and its end
                next(waiting)
        else:
            yield child

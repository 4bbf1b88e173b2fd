"""The parser of Markdown, which also notes where it finds each thing. The only module that knows markdown-it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, autolink, backtick, entity, escape, link
from markdown_it.token import Token as Token  # what a prose is cut into

Rule = Callable[[StateInline, bool], bool]


def parse(text: str, env: dict[str, Any] | None = None) -> list[Token]:
    """The tokens of a prose. A block has, in `meta["places"]`, what was found in its line of text: a token, where it starts,
    where its words end and where it ends; `env` is given the definitions of links (`references`, `duplicate_refs`) and
    those that are `used`.
    """
    return _parser().parse(text, env)


def rendered(tokens: list[Token]) -> str:
    """The HTML of tokens."""
    return str(_parser().renderer.render(tokens, _parser().options, {}))


def picture(url: str, words: str) -> Token:
    """An image with its words, as HTML."""
    made = f'<img src="{html.escape(url)}" alt="{html.escape(words)}" loading="lazy">'
    return Token("html_inline", "", 0, content=made)


def pictured(children: Sequence[Token], image: Token) -> list[Token]:
    """What stands between the two ends of an image, in its words."""
    start = next(place for place, child in enumerate(children) if child is image) + 1
    depth, inside = 1, list[Token]()
    for child in children[start:]:
        depth += (child.type == "image") - (child.type == "image_end")
        if depth == 0:
            break
        inside.append(child)
    return inside


class _Markdown(MarkdownIt):
    """CommonMark whose links to records and pages stay as they are written: `plante:pâtisson`, not `plante:p%C3%A2tisson`."""

    def normalizeLink(self, url: str) -> str:
        return super().normalizeLink(url) if re.match(r"https?:|mailto:", url) else url


@cache
def _parser() -> MarkdownIt:
    parser = _Markdown("commonmark", {"html": False}).enable("table")
    parser.core.ruler.at("inline", _inline)
    rules = {
        "link": link,
        "image": _image,
        "autolink": autolink,
        "backticks": backtick,
        "escape": escape,
        "entity": entity,
    }
    for name, rule in rules.items():
        parser.inline.ruler.at(name, _located(rule))
    return parser


def _inline(state: StateCore) -> None:
    """The core rule `inline`, where each block keeps the places of what the inline rules find in it."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            state.env["places"] = token.meta["places"] = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _located(rule: Rule) -> Rule:
    """A rule that also notes, of each thing it finds, its token and where it starts, its words end and it ends."""

    def run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            token = next((token for token in state.tokens[before : before + 2] if token.type != "text"), None)
            if token is not None:
                state.env["places"].append((token, start, _words_end(state, start, token), state.pos))
        return found

    return run


def _image(state: StateInline, silent: bool) -> bool:
    """`![words](target)` is its words: a link whose marks are taken off. They stay, `image` with its target in
    `meta`, and `image_end`, for who shows the image.
    """
    if not state.src.startswith("![", state.pos):
        return False
    before = len(state.tokens)
    state.pos += 1
    if not link(state, silent):
        state.pos -= 1
        return False
    if not silent:
        opened = next(token for token in state.tokens[before:] if token.type == "link_open")
        opened.meta["target"] = str(opened.attrGet("href") or "")
        for token, name in ((opened, "image"), (state.tokens[-1], "image_end")):
            token.type, token.tag, token.nesting, token.attrs = name, "", 0, {}
    return True


def _words_end(state: StateInline, start: int, token: Token) -> int:
    """Where the words of a link written between brackets end; a reference is noted as used."""
    opening = start + (token.type == "image")
    if token.type not in ("link_open", "image") or state.src[opening] != "[":
        return state.pos
    end = parseLinkLabel(state, opening)
    if state.src[end + 1 : end + 2] != "(":
        label = state.src[end + 2 : state.pos - 1] or state.src[opening + 1 : end]
        state.env.setdefault("used", set()).add(normalizeReference(label))
    return end if token.type == "link_open" else state.pos

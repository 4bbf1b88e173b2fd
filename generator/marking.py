"""Rendered HTML → the Markdown that engines read: headings that travel marked through the HTML, finished fragments between
them, front matter above.
"""

from __future__ import annotations

import html
import json
import re

# A heading travels through the HTML between two characters that no content can hold (texts.py refuses them).
_HEADING = re.compile("\x02([1-6])\\|([^|]*)\\|([^\x03]*)\x03")


def markdown_text(text: str) -> str:
    """Short text as Markdown that reads as itself: one line, every ASCII punctuation a numeric entity."""
    return re.sub(r"[^\w\s]|_", _entity, _one_line(text))


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text.strip())  # French narrow spaces are not touched


def _entity(found: re.Match[str]) -> str:
    character = found.group()
    return f"&#{ord(character)};" if character.isascii() else character


def heading(level: int, text: str, anchor: str) -> str:
    """A heading marked for `cut`, which encodes its text."""
    return "\x02{}|{}|{}\x03".format(level, anchor, str(text).replace("\x03", ""))


def cut(rendered: str) -> str:
    """Marked HTML → Markdown: headings with their ids, and between them fragments that no parser reads again."""
    pieces = _HEADING.split(rendered)
    out = [_fragment(pieces[0])]
    for place in range(1, len(pieces), 4):
        level, anchor, text, body = pieces[place : place + 4]
        out.append(f"{'#' * int(level)} {markdown_text(text)} {{#{anchor}}}\n")
        out.append(_fragment(body))
    return "\n".join(part for part in out if part)


def _fragment(body: str) -> str:
    body = body.strip() if "<pre" in body else re.sub(r"\n[ \t]*(?=\n)", "", body).strip()
    return f"<!--fragment-->\n{body}\n<!--fin-->\n" if body else ""


def front_matter(**properties: str) -> str:
    """YAML front matter: HTML-escaped (the theme prints it as it is), quoted as JSON; empty ones are left out."""
    lines = [
        f"{name}: {json.dumps(html.escape(_one_line(text)), ensure_ascii=False)}"
        for name, text in properties.items()
        if text
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"

"""The style sheet of the theme as it is published: without its comments, which are for who writes it."""

from __future__ import annotations

import re
from pathlib import Path

from generator.writing import Writer

SHEET = "assets/site.css"
_PIECE = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|/[*].*?[*]/', re.DOTALL)  # a text, or a comment


def lean(css: str) -> str:
    """A style sheet without comments, blank lines and indents; texts between quotes are kept as they are."""
    bare = _PIECE.sub(lambda found: "" if found[0].startswith("/*") else found[0], css)
    return "".join(f"{line.strip()}\n" for line in bare.splitlines() if line.strip())


def publish(site: Path) -> None:
    """Publish the style sheet of the theme lean, when the site has one."""
    sheet = site / SHEET
    if sheet.is_file():
        Writer(site).rewrite(SHEET, lean(sheet.read_text(encoding="utf-8")))

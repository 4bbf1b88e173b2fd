"""The same pages for every generator: a title, six paragraphs, a table, twenty links; and around them the same plain page, except
for our generator, which has its own theme.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

PARAGRAPHS, LINKS, ROWS, WORDS_EACH = 6, 20, 5, 55
_SYLLABLES = ("mar", "lo", "ti", "ven", "sa", "cor", "du", "pli", "ane", "bre", "gou", "ris", "fé", "ter", "mon")

FIRST = "Accueil"
DESCRIPTION = "Les mêmes pages pour chacun."


def pages(count: int, written: str, address: str = "{name}.md") -> Iterator[tuple[str, str]]:
    """Name and text of every page, the first one apart; `written` is the form of a file, with `title` and `body`, and `address` that
    of a link, with `name`.
    """
    for rank in range(1, count + 1):
        yield f"page-{rank}", written.format(title=f"Page {rank}", body=body(rank, count, address))


def body(rank: int, count: int, address: str) -> str:
    """The Markdown of a page: links name the pages that follow it."""
    drawn = random.Random(rank)
    ahead = (address.format(name=f"page-{(rank + step - 1) % count + 1}") for step in range(1, LINKS + 1))
    links = [f"[{_word(drawn)} {_word(drawn)}]({place})" for place in ahead]
    blocks = [_paragraph(drawn, [links.pop() for _ in range(3)]) for _ in range(PARAGRAPHS)]
    head = "| Nom | Lieu | Sorte |\n|---|---|---|\n"
    cells = ((links.pop() if links else _word(drawn), _word(drawn), _word(drawn)) for _ in range(ROWS))
    blocks.insert(PARAGRAPHS // 2, head + "\n".join(f"| {' | '.join(row)} |" for row in cells))
    return "\n\n".join(blocks) + "\n"


def _paragraph(drawn: random.Random, links: list[str]) -> str:
    words = [_word(drawn) for _ in range(WORDS_EACH)]
    for rank, link in enumerate(links):
        words[10 + 15 * rank] = link
    words[5], words[30] = f"*{words[5]}*", f"**{words[30]}**"
    return f"{' '.join(words).capitalize()}."


def _word(drawn: random.Random) -> str:
    return "".join(drawn.choice(_SYLLABLES) for _ in range(drawn.randint(1, 3)))


class _Read(HTMLParser):
    """The texts of paragraphs and cells, and how many links they have."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links = 0
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A paragraph or a cell begins, or a link in it."""
        if tag in ("p", "td"):
            self.inside = True
            self.texts.append("")
        self.links += tag == "a" and self.inside

    def handle_endtag(self, tag: str) -> None:
        """A paragraph or a cell ends."""
        self.inside = self.inside and tag not in ("p", "td")

    def handle_data(self, data: str) -> None:
        """A piece of text."""
        if self.inside:
            self.texts[-1] += data


def same(html: str, markdown: str) -> bool:
    """Whether a page shows what was written: its paragraphs and cells in their order, whatever stands between, and every link."""
    read = _Read()
    read.feed(html)
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown).replace("*", "")
    rows = [line for line in plain.split("\n") if line and not line.startswith("|--") and "| Nom |" not in line]
    asked = [cell.strip() for line in rows for cell in line.strip("|").split("|")]
    shown = iter(_even(text) for text in read.texts)
    return read.links >= LINKS and all(_even(text) in shown for text in asked)


def _even(text: str) -> str:
    return " ".join(text.split())


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files by their names."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

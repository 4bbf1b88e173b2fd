"""A finished site, made to be opened from the disk (file://): what leads to a folder names its `index.html`, and what only a server
gives says so. Only the tags that must be are written anew.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from generator.layout import INDEX, ROWS_SCRIPT
from generator.site.policy import SEARCH_SCRIPT, SELF_CONTAINED
from generator.site.search import FOLDER
from generator.text.interface import say
from generator.writing import Writer

ROWS_FORM = "parcours__filtres"  # of the page of a table
_ADDRESS = {"a": "href", "area": "href", "link": "href", "form": "action"}
_ATTRIBUTE = re.compile(r"""\s([\w-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_REFRESH = re.compile(r"([^=]*+=\s*+)(.*)", re.DOTALL)


def apply(site: Path) -> int:
    """Make the pages under `site` open from the disk; how many there are. The page for missing addresses, which a server shows,
    and the index of the search, which a page from the disk may not load, are taken away.
    """
    writer, pages = Writer(site), 0
    (site / SELF_CONTAINED).unlink(missing_ok=True)
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        writer.rewrite(path.relative_to(site).as_posix(), from_disk(text))
        pages += 1
    return pages


def from_disk(text: str) -> str:
    """One page, to be opened from the disk."""
    page = _Page(text)
    page.feed(text)
    page.close()
    return page.written()


def leading(url: str) -> str:
    """An address, with the name of the file that a server would give for a folder."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not parts.path:
        return url
    last = parts.path.rsplit("/", 1)[-1]
    if last not in {"", ".", ".."}:
        return url
    folder = parts.path if last == "" else f"{parts.path}/"
    return urlunsplit(parts._replace(path=folder + INDEX))


class _Page(HTMLParser):
    """A page being read: the passages to replace, by their offsets."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.edits: list[tuple[int, int, str]] = []
        self.form: int | None = None  # where the form that is being left out starts
        self.told = ""  # what is said in its place
        self.script: int | None = None

    def written(self) -> str:
        """The page with its passages replaced."""
        out, done = [], 0
        for start, end, instead in self.edits:
            out += [self.text[done:start], instead]
            done = end
        return "".join([*out, self.text[done:]])

    def _here(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Aim an address at a file, note where what needs a server starts, or its script."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and self.form is None and (told := _needing(given)):
            self.form, self.told = self._here(), told
        elif tag == "script" and given.get("src", "").endswith((SEARCH_SCRIPT, f"/{ROWS_SCRIPT}.js")):
            self.script = self._here()
        elif self.form is None and tag in _ADDRESS:
            self._aim(_ADDRESS[tag], given.get(_ADDRESS[tag], ""), leading)
        elif tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self._aim("content", given.get("content", ""), _refreshed)

    def handle_endtag(self, tag: str) -> None:
        """Leave out what needs a server, or its script."""
        end = self.text.index(">", self._here()) + 1
        if tag == "form" and self.form is not None:
            self.edits.append((self.form, end, f'<p class="note" role="note">{html.escape(self.told)}</p>'))
            self.form = None
        elif tag == "script" and self.script is not None:
            self.edits.append((self.script, end, ""))
            self.script = None

    def _aim(self, name: str, value: str, aim: Callable[[str], str]) -> None:
        """Write another value of an attribute of the tag that is read."""
        tag = self.get_starttag_text() or ""
        found = next((each for each in _ATTRIBUTE.finditer(tag) if each[1].lower() == name), None)
        if found is None or aim(value) == value:
            return
        start = self._here()
        self.edits.append((start + found.start(2), start + found.end(2), f'"{html.escape(aim(value))}"'))


def _needing(given: Mapping[str, str]) -> str:
    """What is said in the place of a form that needs a server; "" of another."""
    if given.get("role") == "search":
        return say("La recherche a besoin d’un serveur : dans cet aperçu, passez par le menu.")
    if given.get("class") == ROWS_FORM:
        return say("Filtrer et trier ont besoin d’un serveur : cet aperçu montre les premières lignes.")
    return ""


def _refreshed(content: str) -> str:
    found = _REFRESH.fullmatch(content)
    return found[1] + leading(found[2]) if found else content

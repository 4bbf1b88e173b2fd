"""The search index, made from the finished HTML by Pagefind: the only module that knows it.

It indexes what is inside `data-pagefind-body` (the article, by the theme) in the language of the site, offline, and the same pages give
the same bytes. It takes « l’école » for one word, which nobody would find by « école », and reads together two blocks that
touch: it is given copies of the pages where a space follows the apostrophe and parts the blocks (question.js takes the first
out of what it shows), where a sign parts a label from its value and a value from the next, and where the amounts of the page stand as
tokens, which no reader sees (generator/text/query.py).

Beside the index stand three files of ours: `lexique.json`, what a question is read with; `fiches.json`, the kind of each page of
the index and how much it counts, which Pagefind would give page by page; `mots.json`, the words of the pages and on how many of
them each stands, by which a fault of spelling is mended. (Its own filters would not give the same bytes twice.)
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping as Map
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.site.failure import Failure
from generator.site.tools import run_tool
from generator.text.language import spoken
from generator.text.query import for_script, tokens
from generator.writing import Writer

FOLDER = "pagefind"
LEXICON = "lexique.json"
PAGES = "fiches.json"
WORDS = "mots.json"
Acronym = tuple[str, str]  # an acronym and what it stands for

# Ready-made interfaces: ours is theme/assets/recherche.js, which needs the engine alone.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
_BODY = "data-pagefind-body"
_APOSTROPHES = ("’", "&#8217;", "&#x2019;", "&#X2019;", "&rsquo;")
_ELISION = re.compile("|".join(rf"{sign}(?<=\w{sign})(?=\w)" for sign in _APOSTROPHES))
_BLOCKS = ("p", "li", "dt", "dd", "td", "th", "caption", "summary", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6")
# What names a value, and what parts the values of a list or of a row: excerpts are one line of text.
_LABEL = "</dt>"
_VALUE = re.compile(r"</dd>(?=\s*(?:</div>\s*<div>\s*)?<dt>)|</t[dh]>(?=\s*<t[dh]\b)")
_FRAGMENT = b"pagefind_dcd"  # before the JSON of a page
_PAGES = re.compile(r"Indexed ([0-9]+) pages?\b")
_ARTICLE = re.compile(r"<article\b[^<>]*>")
_OWN = re.compile(r'\sdata-(?:chiffres|propres|mots)="([^"]*)"')
_SAID = re.compile(r'\sdata-(genre|poids)="([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[a-zà-öø-ÿœ]{4,30}")


class SearchError(Failure):
    """The index could not be made."""


class _Copy(NamedTuple):
    """What is kept of a page that is copied: the print of its file, its words, each once, and what is said of it."""

    known: bytes
    words: tuple[str, ...]
    said: Map[str, str]


class Copies:
    """The pages of a site as the index is to read them, under a folder of their own. From one time to the next, those of pages that are
    as they were stay as they are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.pages = folder, dict[str, _Copy]()
        self._writer = Writer(folder)

    def follow(self, site: Path) -> None:
        """Copy the pages of a site that are to be indexed, and forget those that are no more."""
        before, self.pages = self.pages, {}
        for path in sorted(site.rglob("*.html")):
            data, name = path.read_bytes(), path.relative_to(site).as_posix()
            known, was = blake2b(data).digest(), before.pop(name, None)
            if was is not None and was.known == known:
                self.pages[name] = was
                continue
            if was is not None:
                (self.folder / name).unlink()
            text = data.decode("utf-8")
            article = _ARTICLE.search(text)
            if article is not None and _BODY in article[0]:
                told = _told(text[article.end() :])
                self._writer.write(name, _prepared(text, article, told))
                words = tuple(map(sys.intern, {*_WORD.findall(told.lower())}))
                said = {key: html.unescape(value) for key, value in _SAID.findall(article[0])}
                self.pages[name] = _Copy(known, words, said)
        for name in before:
            (self.folder / name).unlink()

    def ordered(self, place: Path) -> Path:
        """The same under an empty folder, where they come in order: Pagefind counts them as they came."""
        writer = Writer(place)
        for name in self.pages:
            writer.link(self.folder / name, name)
        return place

    def words(self) -> dict[str, int]:
        """The words of readers, in order, and how many pages have each."""
        found = Counter[str]()
        for page in self.pages.values():
            found.update(page.words)
        return dict(sorted(found.items()))

    def said(self) -> dict[str, Map[str, str]]:
        """What is said of each page, by its address."""
        return {"/" + re.sub(r"(?:^|(?<=/))index\.html$", "", name): page.said for name, page in self.pages.items()}


def index(
    site: Path, acronyms: Sequence[Acronym] = (), kinds: Map[str, str] | None = None, kept: Copies | None = None
) -> int:
    """Write the index of the pages of `site` into `site/pagefind`; how many pages it holds. `kinds`: the words of a question that call
    for a kind of page; `kept`: the copies of the time before. Raises SearchError.
    """
    with tempfile.TemporaryDirectory(dir=site.parent) as place:  # the system's own may be small, or shared
        copies = kept if kept is not None else Copies(Path(place))
        copies.follow(site)
        done = run_tool(
            *("-P", "-m", "pagefind"),
            *("--site", str(copies.folder if kept is None else copies.ordered(Path(place)))),
            *("--output-path", str((site / FOLDER).resolve())),
            *("--force-language", spoken()),
            *("--exclude-selectors", ".headerlink"),
        )
    pages = _PAGES.search(done.stdout)
    if done.returncode != 0 or pages is None or int(pages[1]) == 0:
        message = "la recherche n’a pas pu être préparée (code {code}) :"
        raise SearchError(message, code=done.returncode, log=done.stdout.strip())
    for pattern in _UNUSED:
        for path in sorted((site / FOLDER).glob(pattern)):
            path.unlink()
    writer = Writer(site / FOLDER)
    writer.write(
        LEXICON,
        _json({**for_script(), "sigles": sorted(set(acronyms)), "genres": dict(kinds or {}), "pages": int(pages[1])}),
    )
    writer.write(PAGES, _json(_pages(site / FOLDER, copies.said())))
    writer.write(WORDS, _json(copies.words()))
    return int(pages[1])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _pages(made: Path, said: Map[str, Map[str, str]]) -> dict[str, dict[str, list[str]]]:
    """What is said of the pages, by their addresses: `genre`, `poids`, and for each value the identifiers of its pages."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted((made / "fragment").glob("*.pf_fragment")):
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_FRAGMENT))
        for name, value in said.get(page["url"], {}).items():
            found.setdefault(name, {}).setdefault(value, []).append(path.stem)
    return found


def _told(text: str) -> str:
    """The words of an article, but for its code; `text`: what follows its opening."""
    first, *codes = text.partition("</article>")[0].split("<pre")
    return html.unescape(_TAG.sub(" ", " ".join((first, *(code.partition("</pre>")[2] for code in codes)))))


def _prepared(text: str, article: re.Match[str], told: str) -> str:
    """A page for Pagefind: spaces that part its words, the tokens of its amounts, those of its own figures among its words."""
    own = set(tokens(html.unescape(" ".join(_OWN.findall(article[0])))))
    named = {
        "propres": own,
        "montants": set(tokens(told)) - own,
    }  # Pagefind names one field of a word that stands in two
    meant = "".join(
        f'<i data-pagefind-meta="{name}:{" ".join(sorted(found))}"></i>' for name, found in named.items() if found
    )
    parted = _VALUE.sub(lambda found: f" ·{found[0]}", text[article.end() :].replace(_LABEL, f" :{_LABEL}"))
    spaced = _ELISION.sub("’ ", parted)
    for block in _BLOCKS:
        spaced = spaced.replace(f"</{block}>", f" </{block}>")
    return f"{text[: article.end()]}{meant}{spaced}"

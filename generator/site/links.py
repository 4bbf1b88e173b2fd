"""Every link of the built site leads somewhere, and nothing comes from another host: the gate for both engines.

The engines do not read the links of our fragments; this is given every page as it was written, one by one, so that none
is kept: what a page asks of another is known only when all have come. Findings are values.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.site import html
from generator.site.leading import Target, resolved, targets
from generator.site.paths import Paths
from generator.text.interface import say

_CSS_URL = re.compile(r"""url\(\s*+(?:"([^"]*)"|'([^']*)'|([^()"'\s]*+))\s*+\)|@import\s+(?:"([^"]*)"|'([^']*)')""")
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: `page` is the file's path in the site, `line` its line (0: the whole file), `reason` is French; `path`: that of the
    other file that the target leads to, if it does.
    """

    page: str
    line: int
    target: str
    reason: str
    path: str = field(default="", compare=False)

    def __str__(self) -> str:
        return say(
            "{page}:{line}: « {target} » : {reason}",
            page=self.page,
            line=self.line,
            target=self.target,
            reason=self.reason,
        )


class Asked(NamedTuple):
    """A link of a page, at a line, to a file of the site (`path`) and to a place in it, "" for none."""

    page: str
    line: int
    url: str
    path: str
    anchor: str

    def unless(self, anchors: Collection[str]) -> Iterator[Finding]:
        """What is wrong with it, unless the page that it leads to has such a place."""
        if self.anchor not in anchors:
            yield Finding(self.page, self.line, self.url, lost(self.path, self.anchor))


def lost(path: str, anchor: str) -> str:
    """Why a link leads nowhere when its page has no such place."""
    return say("l’ancre « #{anchor} » n’existe pas dans {page}", anchor=anchor, page=path)


_asked = tuple.__new__  # as of links (html.py), straight away


class Links:
    """The links of a site. `files`: the paths of all that it has."""

    def __init__(self, files: Iterable[str]) -> None:
        self.paths = Paths(files)

    def of(self, name: str, page: html.Parsed) -> tuple[list[Finding], list[Asked]]:
        """What is wrong in a page (`name`, its file), and what it asks of pages: their own say the rest."""
        found, asked = in_page(name, page)
        reasons = {path: self.paths.wrong(path) for path in {each.path for each in asked}}
        found += (Finding(name, each.line, each.url, reasons[each.path]) for each in asked if reasons[each.path])
        return found, [each for each in asked if each.anchor and not reasons[each.path]]


def in_page(name: str, page: html.Parsed) -> tuple[list[Finding], list[Asked]]:
    """What is wrong in a page (`name`, its file) whatever the site has, and what it asks of other files."""
    found, asked = list(own(name, page)), []
    for (_, _, url, _, line), (path, anchor, reason) in zip(page.links, targets(name, page.links), strict=True):
        if path and path != name:
            asked.append(_asked(Asked, (name, line, url, path, anchor)))
        elif reason:
            found.append(Finding(name, line, url, reason))
        elif anchor and anchor not in page.anchors:
            found.append(Finding(name, line, url, lost(name, anchor)))
    return found, asked


def in_style(name: str, style: str) -> tuple[list[Finding], list[Asked]]:
    """What is wrong in a style sheet whatever the site has, and the files that it asks for."""
    found, asked = list[Finding](), list[Asked]()
    for each in _CSS_URL.finditer(_CSS_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), style)):
        url = next(group for group in (*each.groups(), "") if group is not None)
        line = style.count("\n", 0, each.start()) + 1
        target = _of_style(name, url)
        if target.reason:
            found.append(Finding(name, line, url, target.reason))
        elif target.path not in ("", name):
            asked.append(Asked(name, line, url, target.path, ""))
    return found, asked


def _of_style(name: str, url: str) -> Target:
    """What an address in a style sheet leads to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Target(reason=say("adresse mal formée"))
    if parts.scheme == "data" or (url.startswith("#") and url != "#"):
        return Target()
    if parts.scheme or parts.netloc:
        return Target(reason=say("vient d’ailleurs : une feuille de style ne charge rien d’un autre hôte"))
    return resolved(name, parts.path)


def own(name: str, page: html.Parsed) -> Iterator[Finding]:
    """What is wrong in a page, but for its links."""
    seen: set[str] = set()
    for identifier, line in page.ids:
        if identifier in seen:
            yield Finding(name, line, f"#{identifier}", say("identifiant donné deux fois dans la page"))
        seen.add(identifier)
    if not page.redirects:
        if not page.title:
            yield Finding(name, 0, "<title>", say("page sans titre de fenêtre"))
        if len(page.headings) != 1 or not page.headings[0]:
            yield Finding(
                name, 0, "<h1>", say("un seul titre principal par page, et non {count}", count=len(page.headings))
            )


def twin(path: str, other: str) -> Finding:
    """Two paths that a disk blind to case or to accents' encoding would take for one."""
    return Finding(path, 0, other, say("ne se distingue que par la casse ou les accents : un disque les confondrait"))

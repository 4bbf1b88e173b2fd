"""Every link of the built site leads somewhere, and nothing comes from another host: the gate for both engines.

The engines do not read the links of our fragments; this is given every page as it was written, one by one, so that none
is kept: what a page asks of another is known only when all have come. Findings are values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.site import html
from generator.text.interface import say

# Outside links a reader may follow; everything a page loads or sends to must be of this site.
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_NOT_LOADED = frozenset({"canonical", "license", "alternate", "author", "me", "describedby", "type", "prev", "next"})
_KEPT = 4096  # addresses whose target is remembered: menus and footers are those of every page
_CSS_URL = re.compile(r"""url\(\s*+(?:"([^"]*)"|'([^']*)'|([^()"'\s]*+))\s*+\)|@import\s+(?:"([^"]*)"|'([^']*)')""")
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: `page` is the file's path in the site, `line` its line (0: the whole file), `reason` is French."""

    page: str
    line: int
    target: str
    reason: str

    def __str__(self) -> str:
        return say(
            "{page}:{line}: « {target} » : {reason}",
            page=self.page,
            line=self.line,
            target=self.target,
            reason=self.reason,
        )


class Asked(NamedTuple):
    """A link of a page, at a line, to a place of a page (`path`, its file)."""

    page: str
    line: int
    url: str
    path: str
    anchor: str

    def unless(self, anchors: Collection[str]) -> Iterator[Finding]:
        """What is wrong with it, unless the page that it leads to has such a place."""
        if self.anchor not in anchors:
            reason = say("l’ancre « #{anchor} » n’existe pas dans {page}", anchor=self.anchor, page=self.path)
            yield Finding(self.page, self.line, self.url, reason)


class _Target(NamedTuple):
    """What an address leads to: a file and a place in it, "" for none; or why it leads nowhere."""

    path: str = ""
    anchor: str = ""
    reason: str = ""


_ELSEWHERE = _Target()


class Links:
    """The links of a site. `files`: the paths of all that it has."""

    def __init__(self, files: frozenset[str]) -> None:
        self.files = files
        self._below = lru_cache(maxsize=_KEPT)(self._target)

    def of(self, name: str, page: html.Parsed) -> tuple[list[Finding], list[Asked]]:
        """What is wrong in a page (`name`, its file), and what it asks of pages: their own say the rest."""
        found, asked = list(_own(name, page)), []
        folder = tuple(name.split("/")[:-1])
        for link in page.links:
            above, url = folder, link.url
            while above and url.startswith("../"):
                above, url = above[:-1], url[3:]
            if len(above) < len(folder) and url:  # the same from all pages that are as deep
                target = self._below("/".join((*above, "")), link._replace(url=url, line=0))
            else:
                target = self._target(name, link)
            if target.reason:
                found.append(Finding(name, link.line, link.url, target.reason))
            elif target.anchor:
                asked.append(Asked(name, link.line, link.url, target.path, target.anchor))
        return found, asked

    def of_style(self, name: str, style: str) -> Iterator[Finding]:
        """What is wrong in a style sheet."""
        for found in _CSS_URL.finditer(_CSS_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), style)):
            url = next(group for group in (*found.groups(), "") if group is not None)
            line = style.count("\n", 0, found.start()) + 1
            parts = urlsplit(url)
            if parts.scheme == "data" or (url.startswith("#") and url != "#"):
                continue
            if parts.scheme or parts.netloc:
                yield Finding(
                    name, line, url, say("vient d’ailleurs : une feuille de style ne charge rien d’un autre hôte")
                )
            elif reason := self._resolve(name, parts.path).reason:
                yield Finding(name, line, url, reason)

    def twins(self) -> Iterator[Finding]:
        """Two paths that a disk blind to case or to accents' encoding would take for one."""
        seen: dict[str, str] = {}
        paths = set(self.files)
        for name in self.files:
            paths.update(name[:end] for end, letter in enumerate(name) if letter == "/")
        for path in sorted(paths):
            twin = seen.setdefault(_key(path), path)
            if twin != path:
                yield Finding(
                    path, 0, twin, say("ne se distingue que par la casse ou les accents : un disque les confondrait")
                )

    def _target(self, page: str, link: html.Link) -> _Target:
        """What a link of a page (its file, or its folder) leads to."""
        if link.element == "base":
            return _Target(reason=say("<base> changerait le sens de toutes les adresses de la page"))
        try:
            parts = urlsplit(link.url)
        except ValueError:
            return _Target(reason=say("adresse mal formée"))
        if parts.scheme:
            return _outside(link, parts.scheme)
        if parts.netloc:
            return _Target(reason=say("vient d’un autre hôte, sans schéma"))
        target = self._resolve(page, parts.path)
        if target.reason or not parts.fragment or not target.path.endswith(".html"):
            return target
        anchor = unquote(parts.fragment)
        return target if anchor.startswith(":~:") else target._replace(anchor=anchor)

    def _resolve(self, page: str, path: str) -> _Target:
        """The file that a relative address of `page` (a path in the site) leads to, or why there is none."""
        if path.startswith("/"):
            return _Target(reason=say("adresse absolue : le site doit pouvoir vivre dans un sous-dossier"))
        if "\\" in path:
            return _Target(reason=say("barre oblique inverse dans une adresse"))
        if not path:
            return _Target(page)
        parts = page.split("/")[:-1]
        for step in path.split("/"):
            if step == "..":
                if not parts:
                    return _Target(reason=say("l’adresse sort du site"))
                parts.pop()
            elif step not in {"", "."}:
                parts.append(unquote(step))
        wanted = "/".join(parts)
        last = path.rsplit("/", 1)[-1]
        if last in {"", ".", ".."}:
            wanted = f"{wanted}/index.html".lstrip("/")
        if wanted in self.files:
            return _Target(wanted)
        if f"{wanted}/index.html" in self.files:
            return _Target(reason=say("dossier sans barre finale : écrivez l’adresse avec « / »"))
        if other := self._alike.get(_key(wanted)):
            return _Target(reason=say("la casse ou les accents diffèrent : le fichier est « {other} »", other=other))
        return _Target(reason=say("rien à cette adresse dans le site"))

    @cached_property  # asked for when a link leads nowhere
    def _alike(self) -> dict[str, str]:
        """The files, by what a disk blind to case and accents' encoding would call them."""
        return {_key(name): name for name in sorted(self.files, reverse=True)}


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _outside(link: html.Link, scheme: str) -> _Target:
    """What is wrong with a link that has a scheme."""
    followed = link.element in {"a", "area"} and link.attribute == "href"
    declared = link.element == "link" and bool(link.relation) and set(link.relation.lower().split()) <= _NOT_LOADED
    if followed or declared:
        if scheme in _SCHEMES:
            return _ELSEWHERE
        return _Target(reason=say("schéma d’adresse « {scheme}: » inattendu", scheme=scheme))
    if scheme == "data" and (link.element == "img" or "icon" in link.relation.lower()):
        return _ELSEWHERE
    return _Target(reason=say("vient d’ailleurs : la page ne doit rien charger d’un autre hôte, ni rien lui envoyer"))


def _own(name: str, page: html.Parsed) -> Iterator[Finding]:
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

"""Every link of the built site leads somewhere, and nothing comes from another host: the gate for both engines.

The engines do not read the links of our fragments; this reads every page as it was written. Findings are values, all of
them, in order.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.site import html
from generator.text.interface import say

# Outside links a reader may follow; everything a page loads or sends to must be of this site.
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_NOT_LOADED = frozenset({"canonical", "license", "alternate", "author", "me", "describedby", "type", "prev", "next"})
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


def check(site: Path) -> tuple[Finding, ...]:
    """Check every HTML page and style sheet under `site`; an empty tuple means that all is well."""
    files = frozenset(_files(site))
    pages = {name: html.read(site / name) for name in sorted(files) if name.endswith(".html")}
    findings: list[Finding] = list(_twins(files))
    for name, page in pages.items():
        findings.extend(check_page(name, page, files, pages))
    for name in sorted(files):
        if name.endswith(".css"):
            findings.extend(_check_style(name, (site / name).read_text(encoding="utf-8"), files))
    return tuple(sorted(set(findings)))


def _files(site: Path) -> Iterator[str]:
    for root, _, names in os.walk(site):
        for name in names:
            yield Path(root, name).relative_to(site).as_posix()


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _twins(files: frozenset[str]) -> Iterator[Finding]:
    """Two paths that a disk blind to case or to accents' encoding would take for one."""
    seen: dict[str, str] = {}
    paths = set(files)
    for name in files:
        paths.update(name[:end] for end, letter in enumerate(name) if letter == "/")
    for path in sorted(paths):
        twin = seen.setdefault(_key(path), path)
        if twin != path:
            yield Finding(
                path, 0, twin, say("ne se distingue que par la casse ou les accents : un disque les confondrait")
            )


def check_page(
    name: str, page: html.Parsed, files: frozenset[str], pages: Mapping[str, html.Parsed]
) -> Iterator[Finding]:
    """Check one page; `files` are the paths of the whole site, `pages` those that were read."""
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
    for link in page.links:
        reason = _fault(name, link, files, pages)
        if reason:
            yield Finding(name, link.line, link.url, reason)


def _fault(name: str, link: html.Link, files: frozenset[str], pages: Mapping[str, html.Parsed]) -> str:
    """What is wrong with this link, "" if nothing is."""
    if link.element == "base":
        return say("<base> changerait le sens de toutes les adresses de la page")
    followed = link.element in {"a", "area"} and link.attribute == "href"
    declared = link.element == "link" and bool(link.relation) and set(link.relation.lower().split()) <= _NOT_LOADED
    try:
        parts = urlsplit(link.url)
    except ValueError:
        return say("adresse mal formée")
    if parts.scheme:
        if followed or declared:
            return (
                "" if parts.scheme in _SCHEMES else say("schéma d’adresse « {scheme}: » inattendu", scheme=parts.scheme)
            )
        if parts.scheme == "data" and (link.element == "img" or "icon" in link.relation.lower()):
            return ""
        return say("vient d’ailleurs : la page ne doit rien charger d’un autre hôte, ni rien lui envoyer")
    if parts.netloc:
        return say("vient d’un autre hôte, sans schéma")
    target = _resolve(name, parts.path, files)
    if target.reason or not parts.fragment or target.path not in pages:
        return target.reason
    anchor = unquote(parts.fragment)
    if anchor in pages[target.path].anchors or anchor.startswith(":~:"):
        return ""
    return say("l’ancre « #{anchor} » n’existe pas dans {page}", anchor=anchor, page=target.path)


@dataclass(frozen=True)
class _Target:
    path: str
    reason: str = ""


def _resolve(page: str, path: str, files: frozenset[str]) -> _Target:
    """The file that a relative address of `page` (a path in the site) leads to, or why there is none."""
    if path.startswith("/"):
        return _Target("", say("adresse absolue : le site doit pouvoir vivre dans un sous-dossier"))
    if "\\" in path:
        return _Target("", say("barre oblique inverse dans une adresse"))
    if not path:
        return _Target(page)
    parts = page.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            if not parts:
                return _Target("", say("l’adresse sort du site"))
            parts.pop()
        elif step not in {"", "."}:
            parts.append(unquote(step))
    wanted = "/".join(parts)
    last = path.rsplit("/", 1)[-1]
    if last in {"", ".", ".."}:
        wanted = f"{wanted}/index.html".lstrip("/")
    if wanted in files:
        return _Target(wanted)
    if f"{wanted}/index.html" in files:
        return _Target("", say("dossier sans barre finale : écrivez l’adresse avec « / »"))
    for other in files:
        if _key(other) == _key(wanted):
            return _Target("", say("la casse ou les accents diffèrent : le fichier est « {other} »", other=other))
    return _Target("", say("rien à cette adresse dans le site"))


def _check_style(name: str, style: str, files: frozenset[str]) -> Iterator[Finding]:
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
        elif reason := _resolve(name, parts.path, files).reason:
            yield Finding(name, line, url, reason)

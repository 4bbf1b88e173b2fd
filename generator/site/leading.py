"""What addresses lead to, by what they say alone: whether a file is there is another question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.site.html import Link
from generator.text.interface import say

# Outside links a reader may follow; everything a page loads or sends to must be of this site.
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_NOT_LOADED = frozenset({"canonical", "license", "alternate", "author", "me", "describedby", "type", "prev", "next"})
_KEPT = 4096  # addresses whose target is remembered: menus and footers are those of every page


class Target(NamedTuple):
    """The path that an address leads to, and a place in it, "" for none; or why it leads nowhere, in French."""

    path: str = ""
    anchor: str = ""
    reason: str = ""


_ELSEWHERE = Target()
_PLAIN = re.compile(r"((?!/)[\w./-]*)(?:#([\w.%-]*))?", re.ASCII)  # an address that has but a path and a place
_ABROAD = ("https://", "http://")


def targets(name: str, links: Iterable[Link]) -> Iterator[Target]:
    """What each link of a page (`name`, its file) leads to."""
    above = [name.rpartition("/")[0]]  # its folder, then those above, up to the site itself
    while above[-1]:
        above.append(above[-1].rpartition("/")[0])
    most = len(above) - 1
    for element, attribute, url, relation, _ in links:
        steps = 0
        while steps < most and url.startswith("../", 3 * steps):
            steps += 1
        if steps:
            yield _alike(above[steps], steps, element, attribute, url, relation)
        elif url.startswith(_ABROAD):
            yield _alike("", 0, element, attribute, url, relation)
        else:
            yield _target(name, element, attribute, url, relation)


@lru_cache(maxsize=_KEPT)
def _alike(folder: str, steps: int, element: str, attribute: str, url: str, relation: str) -> Target:
    """What a link that starts with so many `../` leads to: the same from all pages that are so far below a folder, and from
    all those of the site for one that leaves it.
    """
    return _target(f"{folder}/{'x/' * steps}x".removeprefix("/"), element, attribute, url, relation)


def _target(page: str, element: str, attribute: str, url: str, relation: str) -> Target:
    """What a link of a page leads to."""
    if element == "base":
        return Target(reason=say("<base> changerait le sens de toutes les adresses de la page"))
    if plain := _PLAIN.fullmatch(url):  # most of them
        return _in_site(page, plain[1], plain[2] or "")
    try:
        parts = urlsplit(url)
    except ValueError:
        return Target(reason=say("adresse mal formée"))
    if parts.scheme:
        return _outside(element, attribute, relation, parts.scheme)
    if parts.netloc:
        return Target(reason=say("vient d’un autre hôte, sans schéma"))
    return _in_site(page, parts.path, parts.fragment)


def _in_site(page: str, path: str, fragment: str) -> Target:
    """A file, and a place in it: in a page alone, and no words to look for."""
    target = resolved(page, path)
    if not fragment or not target.path.endswith(".html"):
        return target
    anchor = unquote(fragment)
    return target if anchor.startswith(":~:") else Target(target.path, anchor)


def resolved(page: str, path: str) -> Target:
    """What a relative address leads to, from a file of the site."""
    if path.startswith("/"):
        return Target(reason=say("adresse absolue : le site doit pouvoir vivre dans un sous-dossier"))
    if "\\" in path:
        return Target(reason=say("barre oblique inverse dans une adresse"))
    if not path:
        return Target(page)
    parts = page.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            if not parts:
                return Target(reason=say("l’adresse sort du site"))
            parts.pop()
        elif step not in {"", "."}:
            parts.append(unquote(step))
    wanted = "/".join(parts)
    if path.rpartition("/")[2] in {"", ".", ".."}:
        wanted = f"{wanted}/index.html".lstrip("/")
    return Target(wanted)


def _outside(element: str, attribute: str, relation: str, scheme: str) -> Target:
    """What is wrong with a link that has a scheme."""
    followed = element in {"a", "area"} and attribute == "href"
    declared = element == "link" and bool(relation) and set(relation.lower().split()) <= _NOT_LOADED
    if followed or declared:
        if scheme in _SCHEMES:
            return _ELSEWHERE
        return Target(reason=say("schéma d’adresse « {scheme}: » inattendu", scheme=scheme))
    if scheme == "data" and (element == "img" or "icon" in relation.lower()):
        return _ELSEWHERE
    return Target(reason=say("vient d’ailleurs : la page ne doit rien charger d’un autre hôte, ni rien lui envoyer"))

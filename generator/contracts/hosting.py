"""Where a project is kept: the addresses, on its forge, of its files and of what tells an error; and, in GitHub's own CI, the
addresses that mkdocs.yml may then leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

from generator.layout import FORM, FORM_FIELDS
from generator.text.interface import say

LONGEST_URL = 8_000  # bytes that every server and browser takes
LONGEST_VALUE = 1_500  # bytes of a value in an address, once written there

# What each field of the form is, for a message that has no form.
FIELDS = dict(
    zip(FORM_FIELDS, ("Paquet", "Table", "Ligne", "Champ", "Valeur actuelle", "Nouvelle valeur", "Source"), strict=True)
)

ASKED = ("nouvelle", "source")  # of who tells the error; the rest is known of the page, or is not

# What GitHub itself accepts as names, and no more: an environment is not ours.
_SERVER = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?\Z")
_OWNER, _NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?", r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}"
_REPOSITORY = re.compile(rf"({_OWNER})/({_NAME})\Z")
_GITHUB, _PAGES = "https://github.com", "github.io"


def hosted(environment: Map[str, str]) -> dict[str, str]:
    """`repo_url` and `site_url` as GitHub's own CI knows them, from its variables; nothing anywhere else, nor when they are not
    what GitHub writes. Another server than github.com says only where the repository is.
    Source: docs.github.com, « Default environment variables » and « Types of GitHub Pages sites ».
    """
    server, repository = environment.get("GITHUB_SERVER_URL", ""), environment.get("GITHUB_REPOSITORY", "")
    found = _REPOSITORY.match(repository)
    if environment.get("GITHUB_ACTIONS") != "true" or not _SERVER.match(server) or found is None:
        return {}
    known = {"repo_url": f"{server}/{repository}"}
    if server == _GITHUB:
        owner, name = found[1].lower(), found[2]
        root = name.lower() == f"{owner}.{_PAGES}"
        known["site_url"] = f"https://{owner}.{_PAGES}/" + ("" if root else f"{name}/")
    return known


def file_url(repository: str, verb: str, branch: str, path: str) -> str:
    """Where a file of a repository is shown (`blob`) or edited (`edit`), or "" when no repository is known."""
    if not repository:
        return ""
    between = "/-" if _forge(repository) == "gitlab" else ""
    return f"{repository.rstrip('/')}{between}/{verb}/{branch}/{quote(path)}"


def issue_url(repository: str, contact: str, title: str, values: Map[str, str]) -> str:
    """Where an error is told, what is known of it filled in: the form of a repository of GitHub, an issue of GitLab, else a
    message to the publisher; "" when there is none of these. `values`: by the fields of the form.
    """
    forge, place = _forge(repository), repository.rstrip("/")
    if not forge and not contact:
        return ""
    said = {name: _cut(values.get(name, "")) for name in FORM_FIELDS}
    if forge == "github":
        filled = {"template": FORM, "title": _cut(title), **{name: value for name, value in said.items() if value}}
        return _address(f"{place}/issues/new?", filled)
    told = {name: value for name, value in said.items() if value or name in ASKED}
    body = "\n".join(say("{field} : {value}", field=say(FIELDS[name]), value=value) for name, value in told.items())
    if forge == "gitlab":
        return _address(f"{place}/-/issues/new?", {"issue[title]": _cut(title), "issue[description]": body})
    return _address(f"mailto:{quote(contact, safe='@')}?", {"subject": _cut(title), "body": body})


@lru_cache(maxsize=8)  # one for each site that is read
def _forge(repository: str) -> str:
    """`github`, `gitlab`, or "" for another forge, or none."""
    host = urlsplit(repository).hostname or ""
    return next((name for name in ("github", "gitlab") if name in host), "")


def _address(start: str, values: Map[str, str]) -> str:
    """An address and its values; the longest ones are left out of one that would be too long."""
    kept = dict(values)
    while len(address := start + urlencode(kept, safe="/:", quote_via=quote)) >= LONGEST_URL and kept:
        del kept[_longest(kept.items())]
    return address


def _longest(values: Iterable[tuple[str, str]]) -> str:
    return max(values, key=lambda pair: len(pair[1]))[0]


def _cut(text: str) -> str:
    """A text on as many bytes as an address can give it, cut between two characters."""
    if len(quote(text)) <= LONGEST_VALUE:
        return text
    kept = ""
    for character in text[:LONGEST_VALUE]:
        if len(quote(kept + character + "…")) > LONGEST_VALUE:
            break
        kept += character
    return kept + "…"

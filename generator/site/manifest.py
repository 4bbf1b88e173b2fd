"""What is published, file by file: the sums of all, and what a site was made from, so that anyone can check it and make it again."""

from __future__ import annotations

import json
import platform
import re
import sqlite3
import zlib
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from generator.layout import DISTRIBUTION, words
from generator.site.listing import Listing
from generator.site.listing import sums as sums  # asked for here
from generator.writing import Writer

FORMAT = 1
ADDRESSES = ("site_url", "repo_url")  # settings that a host may give
_COMMIT = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})?")
_NAME = re.compile(r"[\w.-]+")
_UNUSED = re.compile(r"extra\s*==\s*['\"](?!parquet\b)")  # of the libraries of the tests and of the installation


@dataclass(frozen=True, slots=True)
class Origin:
    """What a site was made from: a commit ("" without git), whether files then differed from it, the reference date (AAAA-MM-JJ), the
    engine, the options of `generator build`, and the addresses that the host of the project gave.
    """

    commit: str
    modified: bool
    date: str
    engine: str
    options: tuple[str, ...] = ()
    hosted: Map[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest: what the site was made from and with (versions, by names), the SHA-256 of each file that a build makes, and of those
    that were placed after.
    """

    origin: Origin
    tools: Map[str, str]
    files: Map[str, str]
    placed: Map[str, str]


class NoManifest(Exception):
    """What is no manifest of ours."""


def write(site: Path, origin: Origin) -> Listing:
    """Write the manifest of the files under a folder; it does not list itself. The listing can be kept, and told what changes."""
    listing = Listing(sums(site))
    _put(site, told(origin, listing))
    return listing


def told(origin: Origin, listing: Listing) -> str:
    """The manifest of the files that are listed."""
    head = {
        "format": FORMAT,
        "commit": origin.commit,
        "modified": origin.modified,
        "date": origin.date,
        "engine": origin.engine,
        "options": list(origin.options),
        "hosted": dict(origin.hosted),
        "tools": tools(),
        "rebuild": f"generator verify {words().manifest}",
    }
    start = _json(head).removesuffix("\n}")
    return f'{start},\n "files": {listing.text()},\n "placed": {{}}\n}}\n'


def place(site: Path, paths: Iterable[str]) -> None:
    """Add to the manifest of a site, if it has one of ours, files that were placed there after its build."""
    file = site / words().manifest
    try:
        read(file)
    except (NoManifest, FileNotFoundError):
        return
    there = json.loads(file.read_bytes())
    placed = there["placed"] | sums(site, paths)
    _put(site, f"{_json(there | {'placed': dict(sorted(placed.items()))})}\n")


def _json(told: Map[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1)


def _put(site: Path, text: str) -> None:
    writer = Writer(site)
    put = writer.rewrite if (site / words().manifest).exists() else writer.write
    put(words().manifest, text)


def tools() -> dict[str, str]:
    """The versions of what makes the bytes of a site here: Python, what it compresses and keeps tables with, the generator, the
    libraries that it asks for.
    """
    return dict(_versions())


@cache  # none of them changes while it runs
def _versions() -> Map[str, str]:
    found = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION, "sqlite": sqlite3.sqlite_version}
    for name in (DISTRIBUTION, *_libraries()):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # run from its files, or without an optional library
    return found


def _libraries() -> list[str]:
    try:
        asked = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []
    return sorted({found[0].lower() for text in asked if not _UNUSED.search(text) and (found := _NAME.match(text))})


def read(file: Path) -> Manifest:
    """What a manifest says; anyone may have written it. Raises NoManifest, OSError."""
    try:
        told = json.loads(file.read_bytes())
        hosted = {key: str(told["hosted"][key]) for key in ADDRESSES if key in told["hosted"]}
        origin = Origin(
            str(told["commit"]), bool(told["modified"]), str(told["date"]), str(told["engine"]),
            tuple(map(str, told["options"])), hosted,
        )  # fmt: skip
        versions = {str(name): str(version) for name, version in told["tools"].items()}
        found = Manifest(origin, versions, _digests(told["files"]), _digests(told["placed"]))
        known = told["format"] == FORMAT and _COMMIT.fullmatch(origin.commit)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoManifest from error
    if not known:
        raise NoManifest
    return found


def _digests(files: Map[str, Map[str, object]]) -> dict[str, str]:
    return {str(path): str(of["sha256"]) for path, of in files.items()}

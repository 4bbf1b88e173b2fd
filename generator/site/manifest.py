"""What is published, file by file: the sums of all, and what a site was made from, so that anyone can check it and make it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from generator.layout import MANIFEST
from generator.writing import Writer, entries

FORMAT = 1


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


class NoManifest(Exception):
    """What is no manifest of ours."""


def write(site: Path, origin: Origin) -> None:
    """Write the manifest of the files under a folder; it does not list itself."""
    told = {
        "format": FORMAT,
        "commit": origin.commit,
        "modified": origin.modified,
        "date": origin.date,
        "engine": {"name": origin.engine, "version": version(origin.engine)},
        "options": list(origin.options),
        "hosted": dict(origin.hosted),
        "rebuild": "generator verify manifeste.json",
        "files": dict(sums(site)),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    writer = Writer(site)
    (writer.rewrite if (site / MANIFEST).exists() else writer.write)(MANIFEST, text)


def sums(site: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """The SHA-256 and the size of each file, by its path."""
    for path, _ in sorted(entries(site)):
        if path != MANIFEST:
            with (site / path).open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            yield path, {"sha256": digest, "size": (site / path).stat().st_size}


def read(file: Path) -> tuple[Origin, dict[str, str]]:
    """What a manifest says: what the site was made from, and the SHA-256 of each file. Raises NoManifest, OSError."""
    try:
        told = json.loads(file.read_bytes())
        origin = Origin(
            str(told["commit"]), bool(told["modified"]), str(told["date"]), str(told["engine"]["name"]),
            tuple(map(str, told["options"])), {str(key): str(text) for key, text in told["hosted"].items()},
        )  # fmt: skip
        return origin, {str(path): str(of["sha256"]) for path, of in told["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoManifest from error

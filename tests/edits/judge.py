"""What a session published, beside what a clean build of a copy publishes: the first byte that differs, with what is around."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics.finding import Diagnostic
from generator.layout import BUILD, CONTENT, PACKAGES, SETTINGS, SITE, THEME

FOLDERS = (SITE, f"{BUILD}/packages", f"{BUILD}/docs")
AROUND = 60  # bytes shown on each side
SHOWN = 5  # files named, of those that differ


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean build: where, what was found, and whether nothing was published."""

    root: Path
    diagnostics: tuple[Diagnostic, ...]
    faulty: bool


def copied(root: Path, place: Path) -> Path:
    """A copy of a project, without anything that was made from it."""
    shutil.rmtree(place, ignore_errors=True)
    for name in (CONTENT, PACKAGES, THEME):
        if (root / name).is_dir():
            shutil.copytree(root / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(root / SETTINGS, place / SETTINGS)
    return place


def prints(root: Path) -> dict[str, str]:
    """The sum of each published file."""
    return {path: hashlib.sha256((root / path).read_bytes()).hexdigest() for path in _paths(root)}


def _paths(root: Path) -> Iterator[str]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix()


def differences(made: Path, wanted: Path) -> list[str]:
    """What differs between what two projects published, file by file: the first ones in full, then how many more."""
    ours, theirs = set(_paths(made)), set(_paths(wanted))
    found = [f"{path} : en trop" for path in sorted(ours - theirs)]
    found += [f"{path} : manque" for path in sorted(theirs - ours)]
    for path in sorted(ours & theirs):
        one, other = (made / path).read_bytes(), (wanted / path).read_bytes()
        if one != other:
            found.append(f"{path} : {_first(one, other)}")
    more = len(found) - SHOWN
    return [*found[:SHOWN], f"et {more} de plus"] if more > 0 else found


def _first(made: bytes, wanted: bytes) -> str:
    """The first byte that differs, with what is around it in both."""
    at = next((n for n, (one, other) in enumerate(zip(made, wanted, strict=False)) if one != other), None)
    at = min(len(made), len(wanted)) if at is None else at
    line = wanted.count(b"\n", 0, at) + 1
    start = max(0, at - AROUND)
    shown = [data[start : at + AROUND].decode("utf-8", "replace") for data in (made, wanted)]
    return f"ligne {line}, octet {at}\n      fait    {shown[0]!r}\n      attendu {shown[1]!r}"


def verdict(
    root: Path, diagnostics: tuple[Diagnostic, ...], faulty: bool, before: dict[str, str], clean: Clean
) -> list[str]:
    """What is wrong in what a session made of a round: `before` are the prints of what was published when it began."""
    found = []
    if faulty != clean.faulty:
        said = {True: "fautif", False: "sans faute"}
        found.append(f"la session dit le projet {said[faulty]}, une construction neuve le dit {said[clean.faulty]}")
    ours, theirs = set(diagnostics), set(clean.diagnostics)
    found += [f"message en trop : {each.position} {each.message}" for each in diagnostics if each not in theirs]
    found += [f"message manquant : {each.position} {each.message}" for each in clean.diagnostics if each not in ours]
    if not found and diagnostics != clean.diagnostics:
        found.append("les messages ne sont pas dans le même ordre")
    if clean.faulty:
        after = prints(root)
        changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
        return found + [f"{path} : changé malgré une faute" for path in changed[:SHOWN]]
    return found + differences(root, clean.root)

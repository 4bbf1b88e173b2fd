"""The record of a version, at the top of the file that lists them: no other byte of it changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.contracts.model import Version
from generator.contracts.noted import written
from generator.contracts.versions import PREFIX, read_versions
from generator.documents.nodes import Document, Mapping, Sequence
from generator.documents.yaml import parse_yaml
from generator.text.interface import say
from generator.text.patching import Edit, OverlapError, patched

_DASH = re.compile(r"( *)-(?: |\Z)")


def recorded(path: str, data: bytes | None, version: Version) -> bytes | None:
    """The bytes of a file of versions with one more, the newest; None when it cannot be written there without changing another.
    `data` is None when there is no file.
    """
    if data is None:
        heading = say("# Versions publiées de ce jeu de données, la plus récente en tête.")
        made = "\n".join((heading, *_lines(version, ""))) + "\n"
        return made.encode() if _says(path, made.encode(), b"", version) else None
    document, said = parse_yaml(path, data)
    place = _first(document, data)
    if said or place is None:
        return None
    line, indent = place
    text = "".join(f"{each}\n" for each in _lines(version, indent))
    try:
        found = patched(data, [Edit(path, (line, 1), (line, 1), text)])
    except (OverlapError, UnicodeError):
        return None
    return found if _says(path, found, data, version) else None


def _lines(version: Version, indent: str) -> Iterator[str]:
    yield f"{indent}- version: {version.version}"
    yield f"{indent}  date: {version.date}"
    yield f"{indent}  resume: {json.dumps(version.summary, ensure_ascii=False)}"
    yield f"{indent}  empreinte: {PREFIX}{version.fingerprint}"
    if version.changes:
        yield f"{indent}  changements:"
        yield from (f"{indent}    - {written(change)}" for change in version.changes)


def _first(document: Document, data: bytes) -> tuple[int, str] | None:
    """The line on which the first element of the list begins, and its indent."""
    root = document.root
    if not isinstance(root, Sequence) or not root.items or not isinstance(root.items[0], Mapping):
        return None
    lines = data.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    number = document.at(root.items[0].mark).line
    for line in range(number, 0, -1):
        found = _DASH.match(lines[line - 1].removeprefix("\ufeff"))
        if found:
            return line, found[1]
    return None


def _says(path: str, data: bytes, before: bytes, version: Version) -> bool:
    """Whether a file says what another said, after one more version."""
    found = _told(path, data)
    return found is not None and found == [_parts(version), *(_told(path, before) or [])]


def _told(path: str, data: bytes) -> list[tuple[object, ...]] | None:
    if not data:
        return []
    document, said = parse_yaml(path, data)
    wrong = list(said)
    versions = read_versions(document, wrong)
    return None if wrong else [_parts(version) for version in versions]


def _parts(version: Version) -> tuple[object, ...]:
    return version.version, version.date, version.summary, version.fingerprint, version.changes

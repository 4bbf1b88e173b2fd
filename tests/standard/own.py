"""The project's own cases, written from the text of the standard alone: `cases/*.yaml`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.standard.completing import PROFILE, cell, dumped
from tests.standard.example import DESCRIPTOR, INVALID, REFUSED, SILENT, VALID, Example

# What the standard recommends of every package (`full: true`).
FULL = {"name": "essai", "id": "https://example.org/essai", "version": "1.0.0", "licenses": [{"name": "CC0-1.0"}]}
CASES = Path(__file__).parent / "cases"
WORDS = {"valid": VALID, "invalid": INVALID, "refused": REFUSED, "silent": SILENT}


@dataclass(frozen=True)
class Case:
    """An example, what is awaited of it, by which rule; `strict`: what is awaited when the SHOULDs are asked too."""

    example: Example
    verdict: str
    rule: str
    strict: str = ""


def cases() -> list[Case]:
    """All of them, in the order of the files."""
    return [*_values(_read("values.yaml")), *_wholes(_read("tables.yaml")), *_wholes(_read("packages.yaml"))]


def _read(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = YAML(typ="safe").load((CASES / name).read_text(encoding="utf-8"))
    return read


def _values(entries: list[dict[str, Any]]) -> Iterator[Case]:
    for entry in entries:
        shown = "{" + ", ".join(f"{key}: {value}" for key, value in entry["field"].items()) + "}"
        for word, verdict in WORDS.items():
            for text in entry.get(word, ()):
                example = Example(f"{shown} « {text} »", cell(entry["field"], text), str(text).encode())
                yield Case(example, verdict, entry["rule"])


def _wholes(entries: list[dict[str, Any]]) -> Iterator[Case]:
    for entry in entries:
        example = Example(entry["case"], _files(entry), entry["case"].encode())
        yield Case(example, WORDS[entry["verdict"]], entry["rule"], WORDS.get(entry.get("strict", ""), ""))


def _files(entry: Mapping[str, Any]) -> dict[str, bytes]:
    files = {path: text.encode() for path, text in entry.get("files", {}).items()}
    files |= {path: bytes.fromhex(digits) for path, digits in entry.get("bytes", {}).items()}
    if "csv" in entry:
        files["t.csv"] = entry["csv"].encode()
    files[DESCRIPTOR] = entry["text"].encode() if "text" in entry else dumped(_descriptor(entry, files))
    return files


def _descriptor(entry: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    resource: dict[str, Any] = {"name": "t", "type": "table", "path": "t.csv", **entry.get("resource", {})}
    resource |= {"schema": {"fields": entry["fields"]}} if "fields" in entry else {}
    resource |= {key: entry[key] for key in ("schema", "dialect") if key in entry}
    if hashed := entry.get("hashed"):
        resource["hash"] = hashed["prefix"] + hashlib.new(hashed["algorithm"], files["t.csv"]).hexdigest()
    if entry.get("drop") == "path":
        del resource["path"]
    descriptor = {} if entry.get("version") == 1 else {"$schema": PROFILE}
    descriptor |= FULL if entry.get("full") else {}
    descriptor |= {"resources": [resource]} | entry.get("package", {})
    if entry.get("drop") == "resources":
        del descriptor["resources"]
    return descriptor

"""The guides of the generator: their blocks of code, and the library that the tutorial makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from samples import ROOT

GUIDES = ROOT / "generator" / "documentation"
ENGLISH = "en/"  # the folder of the guides in English, under the same names
TUTORIAL = "publier-vos-donnees.md"
BOTH = pytest.mark.parametrize("folder", ["", ENGLISH], ids=["fr", "en"])  # of the guides, in each language
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


# What the line above a block says of the file that it is copied to.
_WHOLE = "Fichier|File"
_AFTER = "À la fin de|At the end of"
_INSTEAD = "[^`]*`(pages:|theme:)` (?:et de ce qui la suit, dans|and of what follows it, in)"


@dataclass(frozen=True)
class Block:
    """A block of code of a guide, its language, and the line of text above it."""

    language: str
    text: str
    above: str


def read(name: str) -> str:
    return (GUIDES / name).read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[Block]:
    for found in BLOCK.finditer(text):
        above = text[: found.start()].rstrip().rsplit("\n", 1)[-1]
        yield Block(found[1], found[2], above)


def copy(block: Block, folder: Path) -> bool:
    """Do with a block what the line above it says; False when it says nothing."""
    found = re.fullmatch(rf"({_WHOLE}|{_AFTER}|{_INSTEAD}) `([^`]+)`\s?:", block.above)
    if not found:
        return False
    path = folder / found[3]
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if re.fullmatch(_WHOLE, found[1]):
        before = ""
    elif found[2]:
        start = f"\n{found[2]}\n"
        assert before.count(start) == 1
        before = before[: before.index(start) + 1]
    path.write_text(before + block.text, encoding="utf-8", newline="")
    return True


def write_library(folder: Path) -> Path:
    """What a reader of the tutorial has written at its end: `mkdocs.yml`, `content/` and `datapackages/`, nothing built."""
    for block in blocks(read(TUTORIAL)):
        copy(block, folder)
    return folder

"""What is drawn, and by which seed: the rows of all tables, and the sentences, cells and headings of the texts that sources are.
A draw takes the least of a digest, so that a row added elsewhere changes few of those that were drawn.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.catalogue.records import Catalogue, Record
from generator.values.types import canonical

WORDS = 3  # least words of what is a fact
_BREAK = re.compile(r"(?<=\w)-\n(?=[a-zà-ÿ])")  # a word cut at the end of a line
_SENTENCE = re.compile(r"(?<=[.!?…»])\s+(?=[A-ZÀ-Ý«“])")
_ITEM = re.compile(r"\n\s*(?=[•>*-]\s|\d{1,2}\.\s|\d\.\d(?:\.\d)?\s|\d - |[A-ZÀ-Ý]{5})")
_LINES = re.compile(r"\n\s*\n")

Row = tuple[str, str]  # table and key


def digest(*parts: str) -> str:
    """Twelve digits of the SHA-256 of texts."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:12]


def drawn(names: Iterable[Row], seed: str, number: int) -> list[Row]:
    """So many of them, those whose digest with the seed is least."""
    return sorted(names, key=lambda name: hashlib.sha256("\x00".join((seed, *name)).encode()).digest())[:number]


def rows(catalogue: Catalogue) -> dict[Row, Record]:
    """Every row of every table, by its table and its key."""
    return {(record.resource.name, "/".join(map(canonical, record.id))): record for record in catalogue.records()}


def content(record: Record) -> str:
    """The digest of what a row says: all its columns but the day of its verification."""
    values = zip(record.resource.fields, record.values, strict=True)
    told = (f"{field.name}={canonical(value)}" for field, value in values if value is not None)
    return digest(*(text for text in told if not text.startswith("verifie_le=")))


def units(text: str) -> Iterator[str]:
    """The sentences, items, cells and headings of a text, in order; those of less than three words are no facts."""
    for block in _LINES.split(_BREAK.sub("", text.replace("\u00a0", " "))):
        for item in _ITEM.split(block):
            for sentence in _SENTENCE.split(" ".join(item.split())):
                if len(re.findall(r"\w+", sentence)) >= WORDS:
                    yield sentence


def facts(texts: Iterable[Path], documents: dict[str, str], seed: str, number: int) -> list[tuple[str, int, str]]:
    """The facts drawn from texts: the document, the number of the unit from 1, the unit. `documents`: their identifiers by the SHA-256
    of their texts, by which each text is recognised.
    """
    found: dict[Row, str] = {}
    for path in texts:
        raw = path.read_bytes()
        name = documents[hashlib.sha256(raw).hexdigest()]
        found |= {(name, str(n)): unit for n, unit in enumerate(units(raw.decode("utf-8")), 1)}
    names = sorted(drawn(found, seed, number), key=lambda each: (each[0], int(each[1])))
    return [(name, int(n), found[name, n]) for name, n in names]

"""Every text of a file, read by other means than the generator's: the standard library for CSV and JSON, ruamel's constructor for YAML."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

ABSENT = ("", "~", "null", "Null", "NULL")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_HEAD = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)


def texts(path: Path) -> Counter[str]:
    """The texts of a file, and how many times each is there: its values, and the keys that are dates."""
    data = path.read_bytes().decode("utf-8-sig")
    if path.suffix == ".csv":
        return Counter(cell for row in list(csv.reader(io.StringIO(data, newline="")))[1:] for cell in row if cell)
    if path.suffix == ".md":
        head = _HEAD.match(data)
        body = data[head.end() :] if head else data
        return Counter([*_leaves(_yaml(head[1]) if head else None), *filter(None, [body.strip()])])
    return Counter(_leaves(json.loads(data, parse_float=str, parse_int=str) if path.suffix == ".json" else _yaml(data)))


def _yaml(text: str) -> object:
    """YAML with every scalar as its text."""
    return YAML(typ="base", pure=True).load(text)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (str(key) for key in value if DATE.match(str(key)))
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is True or value is False:
        yield str(value).lower()
    elif value is not None and str(value) not in ABSENT:
        yield str(value)

"""The content as its YAML is, without the generator: rows by the pattern of their files, labels by their identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[3]


@cache
def read(path: Path) -> Any:
    """What a file of YAML holds."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def rows(pattern: str) -> Iterator[dict[str, Any]]:
    """The rows of files under content/: one for each file, or a list in each."""
    for path in sorted((ROOT / "content").glob(pattern)):
        held = read(path)
        yield from held if isinstance(held, list) else [held]


def names(pattern: str, column: str = "libelle") -> dict[str, str]:
    """The name of each row, by its identifier."""
    return {row["id"]: row[column] for row in rows(pattern)}


def figures() -> Iterator[dict[str, Any]]:
    """Every figure, with its `indicateur`, whose identifier, label and theme it takes, and the document and place of its source."""
    for indicator in rows("statistiques/*.yaml"):
        for figure in indicator["observations"]:
            yield {**figure, "indicateur": indicator, **figure["source"]}


def labels(table: str, column: str) -> dict[str, str]:
    """The labels of the categories of a column, by their values, as contracts declare them."""
    for contract in sorted((ROOT / "datapackages").glob("*/datapackage.yaml")):
        for resource in read(contract)["resources"]:
            if resource["name"] == table:
                [field] = [f for f in resource["schema"]["fields"] if f.get("name") == column]
                return {each["value"]: each["label"] for each in field["categories"]}
    raise LookupError(table)

"""The kinds of data files, told by the ends of their names: the only declaration of them."""

from __future__ import annotations

from typing import Literal

Kind = Literal["yaml", "json", "csv", "markdown"]

# How the names of each kind end; the first is the one that is given to a new file.
ENDS: dict[Kind, tuple[str, ...]] = {
    "yaml": (".yaml", ".yml"),
    "json": (".json",),
    "csv": (".csv",),
    "markdown": (".md",),
}
DATA = tuple(end for ends in ENDS.values() for end in ends)  # Markdown is data only where a table takes it
_KINDS: dict[str, Kind] = {end: kind for kind, ends in ENDS.items() for end in ends}


def kind_of(path: str) -> Kind:
    """The kind of a file; YAML for a name that tells none."""
    return _KINDS.get("." + path.rpartition(".")[2], "yaml")


def is_csv(path: str) -> bool:
    """Whether a file is a table of cells."""
    return kind_of(path) == "csv"


def end_of(path: str) -> str:
    """How the name of a data file ends, with its dot; "" when it is the name of none."""
    end = "." + path.rpartition(".")[2]
    return end if end in _KINDS else ""

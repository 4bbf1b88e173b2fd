"""A data package and its versions, as values: what its contract says of it besides its tables."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.contracts.figures import Figure
from generator.contracts.frozen import freeze
from generator.contracts.noted import Noted
from generator.contracts.pages import Page
from generator.diagnostics.finding import Position


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a package, as `versions.yaml` beside its contract lists them, newest first. `fingerprint` (SHA-256,
    64 digits) is that of its data and `changes` what they changed, when `generator release` wrote it; `summary` says why.
    """

    version: str
    date: str
    summary: str
    position: Position
    fingerprint: str = ""
    changes: tuple[Noted, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A data package to be published."""

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    resources: tuple[str, ...]
    pages: tuple[Page, ...]
    versions: tuple[Version, ...]
    position: Position
    cautions: tuple[str, ...] = ()  # what must not be done with its data, in sentences
    figures: tuple[Figure, ...] = ()  # its drawings
    properties: Map[str, object] = field(default_factory=dict)  # published as they are, over the site's own

    def __post_init__(self) -> None:
        freeze(self, "properties")

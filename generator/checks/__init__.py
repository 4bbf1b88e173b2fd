"""What must be true of a project that was read: one file per kind of check, each yields diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map

from generator.catalogue.project import Project
from generator.catalogue.sitemap import sitemap
from generator.checks import (
    acronyms,
    addresses,
    elsewhere,
    figures,
    headings,
    keys,
    leftovers,
    listings,
    locators,
    lost_rows,
    pages,
    pictures,
    prose_headings,
    prose_links,
    prose_numbers,
    prose_shape,
    references,
    rules,
    unnamed,
    vault,
    versions,
)
from generator.checks.places import Places
from generator.contracts.figures import FigureKind
from generator.contracts.pages import PageKind
from generator.diagnostics.finding import Diagnostic
from generator.prose.passages import Lines


def check(project: Project, kinds: Map[str, PageKind], figure_kinds: Map[str, FigureKind]) -> Iterator[Diagnostic]:
    """Every fault of a project; and, when it has none, the packages whose data have no version yet. `kinds`: the generic kinds of
    page; `figure_kinds`: those of drawings.
    """
    faulty = project.faulty
    for found in _content(project, kinds, figure_kinds):
        faulty = faulty or found.severity == "erreur"
        yield found
    if not faulty:
        yield from versions.check(project.catalogue)


def _content(project: Project, kinds: Map[str, PageKind], figure_kinds: Map[str, FigureKind]) -> Iterator[Diagnostic]:
    """Every fault of keys, references, declared rules and pages, and of the headings, links, shape and figures of the prose."""
    catalogue, lines = project.catalogue, Lines(project.root)
    site = tuple(sitemap(catalogue, project.names, kinds, project.settings.guides))
    places = Places(project, site)
    yield from addresses.check(site, catalogue)
    yield from addresses.check_anchors(catalogue)
    yield from places.menu()
    yield from pages.check(catalogue, project.templates, kinds)
    yield from listings.check(catalogue)
    yield from figures.check(catalogue, figure_kinds)
    yield from prose_headings.check(project, lines)
    broken = rules.check(catalogue)
    named = (*prose_links.check(project, lines, places, broken.doubtful), *references.check(catalogue))
    yield from lost_rows.gathered(named, project)
    yield from prose_shape.check(project, lines)
    yield from pictures.check(project, lines)
    yield from prose_numbers.check(project, lines)
    yield from keys.check(catalogue)
    yield from elsewhere.check(catalogue)
    yield from leftovers.check(catalogue)
    yield from broken.diagnostics
    yield from acronyms.check(catalogue)
    yield from vault.check(catalogue)
    yield from unnamed.check(catalogue)
    yield from headings.check(catalogue)
    yield from locators.check(catalogue)
    yield from rules.check_formulas(catalogue, broken.doubtful)

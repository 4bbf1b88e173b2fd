"""What a site would have wrong, told before it is made: an address that one of its files takes, a page that a template spoils."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.project import Project
from generator.catalogue.sitemap import sitemap
from generator.checks.addresses import check_files
from generator.diagnostics.finding import Diagnostic
from generator.packages import folder, sums
from generator.packages.built import Built
from generator.pages.kinds import page_kinds
from generator.pages.proof import files, prove
from generator.text.portable import fold


def covered(project: Project, built: tuple[Built, ...]) -> tuple[Diagnostic, ...]:
    """What is wrong with the addresses of pages: that the site has files there. `built`: its packages, written or planned."""
    asked = tuple(sitemap(project.catalogue, project.names, page_kinds(), project.settings.guides))
    named = {fold(name) for address in asked for name in address.names}
    if not any("." in name or name == fold(sums.NAME) for name in named):  # as the names of all the files have one
        return ()
    return tuple(check_files(asked, files(project, built)))


def proof(project: Project) -> Iterator[Diagnostic]:
    """What a project without faults would have wrong in its site."""
    planned = folder.planned(project.catalogue, project.settings)
    yield from covered(project, planned)
    yield from prove(project, planned)

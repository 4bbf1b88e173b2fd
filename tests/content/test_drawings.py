"""What this content draws: every kind of drawing."""

from __future__ import annotations

from generator.catalogue.project import Project
from generator.pages.figures.gallery import Gallery
from generator.pages.figures.kinds import kinds


def test_every_kind_is_drawn(project: Project) -> None:
    shown = Gallery(project.catalogue, project.settings).shown
    assert {each.picture.figure.kind for each in shown.values()} == set(kinds()) - {
        "map"
    }  # nothing of it has coordinates

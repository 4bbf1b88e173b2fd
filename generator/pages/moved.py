"""The pages left at the old addresses of records that were renamed: each leads to the new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.pages.draft import MOVED, Draft, Ground, told
from generator.pages.views import View
from generator.text.interface import say
from generator.text.links import relative


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of an old address receives."""

    fiche: View = told("La ligne, qui est désormais ailleurs.")


def drafts(ground: Ground) -> Iterator[Draft]:
    """The pages of every table whose records may have been renamed."""
    for resource in ground.project.catalogue.contracts.resources.values():
        for view in ground.views.table(resource.name) if resource.former_ids else ():
            new = ground.addresses.of(view.record)
            for path in ground.addresses.former(view.record):
                yield Draft(
                    path, say("{label} : nouvelle adresse", label=view), "moved.html", Context(view),
                    more={MOVED: relative(path, new)},
                )  # fmt: skip

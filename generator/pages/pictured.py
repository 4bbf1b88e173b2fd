"""The picture of a record: a file of the site, shown with its words; a picture of another host is only linked."""

from __future__ import annotations

from dataclasses import dataclass

from generator.contracts.pages import Page
from generator.pages.views import View
from generator.values.types import canonical

FILES = "fichiers/"  # the files of a site, published as they are
WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its address on the site, or on another one (`ailleurs`), and its words."""

    adresse: str
    texte: str
    ailleurs: bool


def picture(page: Page, view: View) -> Picture | None:
    """The picture that a page declares of a record, or None."""
    value = view[page.picture] if page.picture in view.record.resource.index else None
    if value is None:
        return None
    words = view[page.picture_text] if page.picture_text in view.record.resource.index else None
    path = canonical(value)
    return Picture(path, canonical(words) or str(view), path.startswith(WEB))

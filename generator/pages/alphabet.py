"""The index of the site from A to Z: its letters, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import layout
from generator.catalogue.alphabet import Letter, letters
from generator.pages.draft import Draft, Ground, told
from generator.pages.facets import Shown
from generator.text.interface import say


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of the index receives, and that of a letter."""

    parties: list[Shown] = told("Les lettres : `titre`, `adresse`, `fiches`.")
    partie: Shown | None = told("Sur la page d’une lettre, celle-ci.")


def drafts(ground: Ground) -> Iterator[Draft]:
    """The index, then its letters; nothing for a site that has no row to look up."""
    parts = [_shown(letter, ground) for letter in letters(ground.addresses)]
    if not parts:
        return
    title, description = (
        say("Index de A à Z"),
        say("Tout ce qui a une page ou une entrée sur ce site, par ordre alphabétique."),
    )
    yield Draft(layout.words().alphabet, title, "alphabet.html", Context(parts, None), description)
    for part in parts:
        named = say("Index : {letter}", letter=part.titre)
        yield Draft(part.adresse, named, "alphabet.html", Context(parts, part), description)


def _shown(letter: Letter, ground: Ground) -> Shown:
    return Shown(letter.name, letter.path, letter.name, None, [ground.views.of(row) for row in letter.rows])

"""The index of the site from A to Z: its letters, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator import layout
from generator.catalogue.alphabet import Letter, letters
from generator.pages.draft import Draft, Ground, Later, told
from generator.pages.facets import Shown
from generator.text.interface import say


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of the index receives, and that of a letter."""

    parties: list[Shown] = told("Les lettres : `titre`, `adresse`, `toutes` (l’adresse de l’index), `fiches`.")
    partie: Shown | None = told("Sur la page d’une lettre, celle-ci.")


def later(ground: Ground) -> Iterator[Later]:
    """The index, then its letters; nothing for a site that has no row to look up."""
    found = letters(ground.addresses)
    if not found:
        return
    names = tuple(letter.name for letter in found)
    yield Later(layout.words().alphabet, tuple(found), lambda: _index(found, ground))
    for letter in found:
        yield Later(letter.path, (names, letter), partial(_letter, letter, found, ground))


def _index(found: list[Letter], ground: Ground) -> Draft:
    title, description = say("Index de A à Z"), _description()
    parts = [_shown(letter, ground) for letter in found]
    return Draft(layout.words().alphabet, title, "alphabet.html", Context(parts, None), description)


def _letter(letter: Letter, found: list[Letter], ground: Ground) -> Draft:
    title, parts = say("Index : {letter}", letter=letter.name), [_shown(each, ground) for each in found]
    context = Context(parts, parts[found.index(letter)])
    return Draft(letter.path, title, "alphabet.html", context, _description())


def _description() -> str:
    return say("Tout ce qui a une page ou une entrée sur ce site, par ordre alphabétique.")


def _shown(letter: Letter, ground: Ground) -> Shown:
    whole = layout.words().alphabet
    return Shown(
        letter.name, letter.path, whole, letter.name, None, lambda: [ground.views.of(row) for row in letter.rows]
    )

"""A page cut into parts, by letter, year, decade or column: an index where each row keeps its anchor, and a page for each part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from generator.catalogue.parts import part_title
from generator.catalogue.reads import Memo
from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages import searching
from generator.pages.draft import Draft, Ground, Later, told
from generator.pages.facets import Listed, Shown, by_table, cutting_several, facet, shown
from generator.pages.kinds.index import anchored
from generator.pages.views import View

KIND = PageKind(template="split.html", part_template="part.html")

SCRIPT = "explorer"  # of the theme, on the pages of parts that list the rows of several tables


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of a page that is cut receives, and that of its parts."""

    fiches: list[View] = told("Les lignes de la table de la page ; sur la page d’une partie, celles de cette partie.")
    page: Declared = told("La déclaration de la page.")
    options: object = told("Les options que le contrat donne à la page.")
    ancrees: list[dict[str, object]] = told(
        "Les autres tables que la page montre entières : `table`, `lignes`, `colonnes`."
    )
    etapes: list[tuple[str, str]] = told("Les pages au-dessus, pour `p.fil`.")
    parties: list[Shown] = told(
        "Les parties de la page : `titre`, `adresse`, `toutes` (l’adresse de la page, qui les nomme toutes), `nom` (pour une ancre), `sujet` "
        "(la ligne dont elle parle, ou rien), `fiches`."
    )
    partie: Shown | None = told("Sur la page d’une partie, celle-ci ; rien sur la page qui les nomme toutes.")
    tenues: Callable[[View], list[View]] = told(
        "`tenues(fiche)` : les lignes que contient une ligne, et qui ont leur ancre avec elle."
    )
    tables: list[Listed] = told(
        "Sur la page d’une partie de plusieurs tables : `table`, `facettes` (nom, mot), `lignes` (`fiche`, et `parties`, leurs noms par facette)."
    )
    facettes: list[tuple[str, str]] = told("Les autres pages qui découpent plusieurs tables : leur nom, leur mot.")


def drafts(declared: Declared, ground: Ground) -> Iterator[Draft]:
    """The page, then its parts."""
    return (page.make() for page in later(declared, ground))


def later(declared: Declared, ground: Ground) -> Iterator[Later]:
    """The same, each made when it is asked for."""
    parties = _Parties(declared, ground)
    yield Later(declared.path, (), lambda: _whole(declared, ground, parties))
    for rank, part in enumerate(ground.addresses.divisions.of(declared)):
        yield Later(part.path, (rank,), partial(_part, declared, ground, parties, rank))


class _Parties:
    """The parts of a page as templates see them, made once for all of its pages."""

    def __init__(self, declared: Declared, ground: Ground) -> None:
        self.declared, self.ground = declared, ground
        self._made: Memo[str, list[Shown]] = Memo()

    def __call__(self) -> list[Shown]:
        """Those of the page."""
        return self._made(self.declared.path, self._make)

    def _make(self) -> list[Shown]:
        parts = self.ground.addresses.divisions.of(self.declared)
        return [shown(self.declared, part, self.ground) for part in parts]


def _whole(declared: Declared, ground: Ground, parties: _Parties) -> Draft:
    """The page that names the parts, and shows its rows."""
    rows = ground.views.table(declared.resource) if declared.resource else []
    context = replace(_context(declared, ground, rows, parties()), ancrees=anchored(declared, ground))
    more = searching.of_part(declared, None, ground)
    return Draft(declared.path, declared.title, declared.template_name(KIND), context, declared.description, more=more)


def _part(declared: Declared, ground: Ground, parties: _Parties, rank: int) -> Draft:
    """The page of a part."""
    whole = ground.addresses.divisions.of(declared)[rank]
    part = parties()[rank]
    several = declared.parts is not None and bool(declared.parts.tables)
    context = _context(declared, ground, part.fiches, parties())
    context = replace(
        context,
        etapes=[*context.etapes, (declared.title, declared.path)],
        partie=part,
        tables=by_table(part, declared, ground) if several else [],
    )
    more = searching.of_part(declared, whole, ground) | ({"script": SCRIPT} if several else {})
    title, template = part_title(declared, whole), _part_template(declared)
    return Draft(part.adresse, title, template, context, declared.description, more=more)


def _context(declared: Declared, ground: Ground, rows: list[View], parties: list[Shown]) -> Context:
    """What the page and its parts have in common."""
    several = declared.parts is not None and bool(declared.parts.tables)
    return Context(
        fiches=rows,
        page=declared,
        options=declared.options,
        ancrees=[],
        etapes=[(p.title, p.path) for p in ground.package(declared.package).pages if _above(p, declared)],
        parties=parties,
        partie=None,
        tenues=lambda view: _held(view, declared, ground),
        tables=[],
        facettes=[facet(page) for page in cutting_several(ground) if page is not declared] if several else [],
    )


def _above(page: Declared, declared: Declared) -> bool:
    return not page.per_record and page.path not in ("", declared.path) and declared.path.startswith(page.path)


def _part_template(declared: Declared) -> str:
    own = declared.parts.template if declared.parts is not None else ""
    return f"{declared.package}/{own}" if own else KIND.part_template


def _held(view: View, declared: Declared, ground: Ground) -> list[View]:
    """The rows nested in a row, however deep, whose anchor is on the same page."""
    found: list[View] = []
    for child in ground.project.catalogue.contracts.children(view.record.resource.name):
        place = ground.addresses.places.get(child.name)
        for row in ground.views.children(view.record, child.name):
            found += [row] if place is not None and place.page is declared else []
            found += _held(row, declared, ground)
    return found

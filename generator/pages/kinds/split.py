"""A page cut into parts, by letter, year, decade or column: an index where each row keeps its anchor, and a page for each part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.catalogue.parts import Part, part_title
from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages import searching
from generator.pages.draft import Draft, Ground, told
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
        "Les parties de la page : `titre`, `adresse`, `nom` (pour une ancre), `sujet` (la ligne dont elle parle, ou rien), `fiches`."
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
    several = declared.parts is not None and bool(declared.parts.tables)
    others = [facet(page) for page in cutting_several(ground) if page is not declared] if several else []
    parts = [shown(declared, part, ground) for part in ground.addresses.divisions.of(declared)]
    above = [(p.title, p.path) for p in ground.package(declared.package).pages if _above(p, declared)]
    rows = ground.views.table(declared.resource) if declared.resource else []

    def context(part: Shown | None) -> Context:
        listed = rows if part is None else part.fiches
        steps = above if part is None else [*above, (declared.title, declared.path)]
        return Context(
            fiches=listed,
            page=declared,
            options=declared.options,
            ancrees=anchored(declared, ground) if part is None else [],
            etapes=steps,
            parties=parts,
            partie=part,
            tenues=lambda view: _held(view, declared, ground),
            tables=by_table(listed, declared, ground) if several and part is not None else [],
            facettes=others,
        )

    def draft(path: str, title: str, template: str, part: Shown | None, whole: Part | None) -> Draft:
        more = searching.of_part(declared, whole, ground) | (
            {"script": SCRIPT} if several and whole is not None else {}
        )
        return Draft(path, title, template, context(part), declared.description, more=more)

    yield draft(declared.path, declared.title, declared.template_name(KIND), None, None)
    for part, whole in zip(parts, ground.addresses.divisions.of(declared), strict=True):
        yield draft(part.adresse, part_title(declared, whole), _part_template(declared), part, whole)


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

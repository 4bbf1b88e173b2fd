"""A page for each record of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator.catalogue.addresses import fill
from generator.catalogue.records import Record
from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages import record_parts, searching
from generator.pages.draft import Draft, Ground, Later, told
from generator.pages.figures.situation import Situation, Situations
from generator.pages.pictured import Picture, picture
from generator.pages.record_parts import Naming, Nested, Telling
from generator.pages.reporting import link_to_write, mail_url, report_url
from generator.pages.sharing import description_of, of_record, title_of
from generator.pages.views import View

KIND = PageKind(template="record.html", needs_table=True, per_record=True)


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of a record receives."""

    fiche: View = told("La ligne.")
    page: Declared = told("La déclaration de la page.")
    options: object = told("Les options que le contrat donne à la page.")
    etapes: list[tuple[str, str]] = told("Les pages au-dessus, pour `p.fil`.")
    enfants: Callable[[View], list[dict[str, object]]] = told(
        "`enfants(fiche)` : les listes imbriquées : `table`, `lignes`, `colonnes`."
    )
    renvois_de: Callable[[View], list[dict[str, object]]] = told(
        "`renvois_de(fiche)` : les lignes qui la désignent, table par table : `table`, `lignes`."
    )
    dit: Telling = told(
        "Ce qu’elle dit d’elle : `resume`, `colonnes`, `groupes` (titre, ancre, colonnes), `proses`, `reperes` : des colonnes remplies."
    )
    listes: list[Nested] = told(
        "Ses listes imbriquées, jusqu’au fond : `table`, `niveau` du titre, `lignes`, `colonnes`, `dans` (le titre de ce qui les contient)."
    )
    renvois_nommes: list[Naming] = told(
        "Les lignes qui la désignent, clé par clé : `table`, `titre`, `ancre`, `lignes`, `colonnes`, ou `liens` (la ligne, ses mots)."
    )
    image: Picture | None = told(
        "Son image, si la page en déclare une : `adresse`, `texte`, `ailleurs` (sur un autre site), ou rien."
    )
    situation: Situation | None = told("Où elle est sur Terre : `texte`, `dessin` (une petite carte en SVG), ou rien.")
    contenant: Callable[[View], str] = told("`contenant(ligne)` : le nom de ce qui contient une ligne.")
    precedent: View | None = told("La ligne d’avant, pour `p.voisins`, ou rien.")
    suivant: View | None = told("La ligne d’après, pour `p.voisins`, ou rien.")


def drafts(declared: Declared, ground: Ground) -> Iterator[Draft]:
    """A page per record, in the order of the table."""
    return (page.make() for page in later(declared, ground))


def later(declared: Declared, ground: Ground) -> Iterator[Later]:
    """The same, each made when it is asked for."""
    views = ground.views.table(declared.resource)
    places = Situations(declared, views[0].record.resource, [view.record for view in views]) if views else None
    for rank, view in enumerate(views):
        near = views[rank - 1] if rank else None, views[rank + 1] if rank + 1 < len(views) else None
        path, source = fill(declared.path, view.record), view.record.document.path
        about = view, *near, path, source, places.known if places is not None else ""
        yield Later(
            path, about, partial(_draft, declared, ground, view, path=path, near=near, source=source, places=places)
        )


def _draft(
    declared: Declared,
    ground: Ground,
    view: View,
    *,
    path: str,
    near: tuple[View | None, View | None],
    source: str,
    places: Situations | None,
) -> Draft:
    record, own = view.record, not declared.template  # a template of a package asks for what it shows
    title, description = title_of(declared, view), description_of(declared, view)
    context = Context(
        fiche=view,
        page=declared,
        options=declared.options,
        etapes=_steps(declared, ground),
        enfants=lambda view: _nested(view, ground),
        renvois_de=lambda view: _referring(view, ground),
        dit=Telling(view, declared),
        listes=list(record_parts.nested(view, ground)) if own else [],
        renvois_nommes=list(record_parts.referring(view, ground)) if own else [],
        image=picture(declared, view),
        situation=places.of(record) if own and places is not None else None,
        contenant=lambda view: record_parts.holder(view, ground),
        precedent=near[0],
        suivant=near[1],
    )
    return Draft(
        path, title, declared.template_name(KIND), context, description,
        source=source, more=_told(record, ground) | searching.of_record(declared, view, ground),
        shared=of_record(declared, view, ground.package(declared.package), title, description),
    )  # fmt: skip


def _told(record: Record, ground: Ground) -> dict[str, str]:
    """What the theme says under the page: where to tell an error, and the link by which a prose quotes the record."""
    project = ground.project
    return {
        "signaler": report_url(project.settings, record),
        "courriel": mail_url(project.settings, record),
        "lien": link_to_write(record, project.catalogue),
    }


def _steps(declared: Declared, ground: Ground) -> list[tuple[str, str]]:
    """The index page above a record, when its package declares one there."""
    pages = ground.package(declared.package).pages
    return [(p.title, p.path) for p in pages if not p.per_record and p.path and declared.path.startswith(p.path)]


def _nested(view: View, ground: Ground) -> list[dict[str, object]]:
    """The lists nested in a record: the resource, the rows, and the columns to show (those that its place does not fill)."""
    found: list[dict[str, object]] = []
    for child in ground.project.catalogue.contracts.children(view.record.resource.name):
        rows = ground.views.children(view.record, child.name)
        told = [f for f in child.shown if not f.placed]
        columns = [f.name for f in told if any(row[f.name] is not None for row in rows)]
        found.append({"table": child, "lignes": rows, "colonnes": columns})
    return found


def _referring(view: View, ground: Ground) -> list[dict[str, object]]:
    """The records that name this one, table by table; nested rows are already shown."""
    found: list[dict[str, object]] = []
    name = view.record.resource.name
    for resource in ground.project.catalogue.contracts.naming(name):
        if resource.parent != name:
            rows = ground.views.referring(view.record, resource.name)
            if rows:
                found.append({"table": resource, "lignes": rows})
    return found

"""The pages that contracts declare: a known kind, an existing resource, template, columns and records put forward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from collections.abc import Mapping as Map

from generator.catalogue.records import Catalogue, named
from generator.contracts.derive import Series
from generator.contracts.model import Contracts, Resource
from generator.contracts.pages import COLUMN, Page, PageKind
from generator.contracts.ways import astray
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import Words, nearest
from generator.diagnostics.wording import listed


def check(catalogue: Catalogue, templates: Set[str], kinds: Map[str, PageKind]) -> Iterator[Diagnostic]:
    """Declared pages that cannot be made. `templates`: the full names of those that exist."""
    known = {
        name: Words("/".join(str(part) for part in key) for key in table.by_key)
        for name, table in catalogue.tables.items()
    }
    for package in catalogue.contracts.packages.values():
        for page in package.pages:
            if page.kind in kinds:
                yield from _check(page, kinds[page.kind], catalogue.contracts, templates)
            elif page.kind:
                message, hint = "Le genre de page « {kind} » n’existe pas.", "Genres possibles : {choices}."
                near, choices = nearest(page.kind, kinds), listed(kinds)
                yield fault("contrat-faux", page.at(page.kind), message, hint, near, kind=page.kind, choices=choices)
            yield from _put_forward(page, catalogue, known)
            if page.kind in kinds and kinds[page.kind].computes and page.resource in catalogue.tables:
                yield from _computes(page, catalogue)


def _computes(page: Page, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A page that computes: its table computes something, and has a row to begin with."""
    own = catalogue.contracts.resources[page.resource]
    tables = (own, *catalogue.contracts.children(own.name))
    names, every = {table.name for table in tables}, catalogue.contracts.resources.values()
    series = any(isinstance(table.derive, Series) and table.derive.of in names for table in every)
    if not series and not any(field.computed is not None for table in tables for field in table.fields):
        message = "« {name} » n’a rien à calculer : ni colonne « computed », ni série qui en parte."
        hint = "Donnez à une colonne la formule qui la calcule (« computed »), ou faites-en une page d’un autre genre."
        yield fault("contrat-faux", page.at(page.resource), message, hint, name=own.name)
    elif not catalogue.tables[own.name].records and not catalogue.tables[own.name].incomplete:
        message = "Cette page montre d’abord un exemple, et « {name} » n’a aucune ligne."
        hint = "Écrivez-en une, qui dise qu’elle est un exemple."
        yield fault("contrat-faux", page.at(page.resource), message, hint, name=own.name)


def _check(page: Page, kind: PageKind, contracts: Contracts, templates: Set[str]) -> Iterator[Diagnostic]:
    if kind.per_record and page.path and not page.per_record:
        message, hint = "Toutes les fiches auraient l’adresse « {path} ».", "Mettez-y une colonne : {example}"
        example = f"{page.path.rstrip('/')}/{{id}}/"
        yield fault("contrat-faux", page.at(page.path), message, hint, path=page.path, example=example)
    if page.per_record and not kind.per_record:
        message = "Le chemin « {path} » contient une colonne, mais une page de ce genre est seule."
        hint = "Prenez le genre « record », ou écrivez un chemin sans accolades."
        yield fault("contrat-faux", page.at(page.path), message, hint, path=page.path)
    if kind.needs_table and not page.resource:
        yield fault("contrat-faux", page.position, "Une page de ce genre doit nommer sa ressource (« resource »).")
    if not page.template_name(kind):
        yield fault("contrat-faux", page.position, "Une page libre doit nommer son modèle (« template »).")
    for template in (page.template, page.home_template):
        if template and f"{page.package}/{template}" not in templates:
            message = "Le modèle de page « {name} » n’existe pas."
            hint = "Il se place dans datapackages/{package}/templates/."
            own = [name.split("/", 1)[1] for name in sorted(templates) if name.startswith(f"{page.package}/")]
            suggestion = nearest(template, own)
            place = page.at(template)
            yield fault("contrat-faux", place, message, hint, suggestion, name=template, package=page.package)
    resource = contracts.resources.get(page.resource)
    own = []
    for name in kind.column_options if not page.template else ():
        column = page.options.get(name, "")
        if not isinstance(column, str):
            message = "L’option « {name} » attend le nom d’une colonne."
            yield fault("contrat-faux", page.position, message, name=name)
        elif name in page.options:
            own.append(column)
    yield from _check_parts(page, kind, contracts, templates)
    for way in (*COLUMN.findall(page.path), *page.ways, *own):
        wrong = astray(way, resource, contracts) if resource is not None else None
        if wrong is not None:
            texts = (page.title, page.description, page.path)
            place = page.at(next((text for text in texts if f"{{{way}}}" in text), way))
            near = nearest(wrong.step, wrong.choices)
            yield Diagnostic("contrat-faux", place, wrong.message, suggestion=near)


def _check_parts(page: Page, kind: PageKind, contracts: Contracts, templates: Set[str]) -> Iterator[Diagnostic]:
    """The parts of a page: there when its kind asks for them, of tables, columns and a template that exist."""
    if page.parts is None or not kind.part_template:
        if kind.part_template:
            yield fault("contrat-faux", page.position, "Une page de ce genre dit comment elle se découpe (« parts »).")
        elif page.parts is not None:
            message, hint = (
                "Une page de ce genre ne se découpe pas.",
                "Prenez le genre « split », ou retirez « parts ».",
            )
            yield fault("contrat-faux", page.parts.position, message, hint)
        return
    parts = page.parts
    if not page.resource and not parts.tables:
        message = "Une page découpée nomme sa table (« resource »), ou plusieurs (« tables »)."
        yield fault("contrat-faux", page.position, message)
    for name in parts.tables:
        if name not in contracts.resources and not contracts.unread:
            message, suggestion = "« {name} » n’est pas une table.", nearest(name, contracts.resources)
            yield fault("contrat-faux", page.at(name), message, "", suggestion, name=name)
    cut = [contracts.resources[name] for name in (page.resource, *parts.tables) if name in contracts.resources]
    for path in parts.columns:
        if cut and not contracts.unread and not any(_leads(table, path, contracts) for table in cut):
            message = "Dans aucune table de cette page, « {path} » ne mène à une colonne."
            suggestion = nearest(path[0], {name for table in cut for name in table.index}) if len(path) == 1 else ""
            yield fault("contrat-faux", page.at(".".join(path)), message, "", suggestion, path=".".join(path))
    if parts.template and f"{page.package}/{parts.template}" not in templates:
        message, hint = (
            "Le modèle de page « {name} » n’existe pas.",
            "Il se place dans datapackages/{package}/templates/.",
        )
        place = page.at(parts.template)
        yield fault("contrat-faux", place, message, hint, name=parts.template, package=page.package)


def _leads(table: Resource, path: Sequence[str], contracts: Contracts) -> bool:
    """Whether a path leads from a row of a table to a column, through the rows that it names or holds."""
    first, *rest = path
    if not rest:
        return first in table.index
    named = [key.resource for key in table.foreign_keys if key.fields[-1] == first]
    held = [
        child.name for child in contracts.children(table.name) if child.rows.step == first and first not in table.index
    ]
    return any(
        _leads(contracts.resources[name], rest, contracts) for name in (*named, *held) if name in contracts.resources
    )


def _put_forward(page: Page, catalogue: Catalogue, known: Map[str, Words]) -> Iterator[Diagnostic]:
    for resource, keys in page.put_forward.items():
        table = catalogue.tables.get(resource)
        if table is None:
            message, suggestion = (
                "La page nomme « {name} », qui n’est pas une ressource.",
                nearest(resource, catalogue.tables),
            )
            yield fault("contrat-faux", page.position, message, "", suggestion, name=resource)
            continue
        for key in keys:
            wanted = tuple(key.split("/"))
            if named(table, key) is None and not table.may_hold(wanted):
                message = "La page met en avant « {key} », qui n’existe pas dans la table « {table} »."
                suggestion = known[resource].nearest(key)
                yield fault("contrat-faux", page.at(key), message, "", suggestion, key=key, table=table.resource.title)

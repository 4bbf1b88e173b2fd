"""The pages that contracts declare: a known kind, an existing resource, template and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from generator.contracts import PAGE_KINDS, Contracts, Page
from generator.diagnostics import Diagnostic, fault, listed, nearest


def check(contracts: Contracts, templates: Set[str]) -> Iterator[Diagnostic]:
    """Declared pages that cannot be made. `templates`: the full names of those that exist."""
    for package in contracts.packages.values():
        for page in package.pages:
            yield from _check(page, contracts, templates)


def _check(page: Page, contracts: Contracts, templates: Set[str]) -> Iterator[Diagnostic]:
    if page.kind not in PAGE_KINDS:
        message, hint = "Le genre de page « {kind} » n’existe pas.", "Genres possibles : {choices}."
        suggestion, choices = nearest(page.kind, PAGE_KINDS), listed(PAGE_KINDS)
        yield fault("contrat-faux", page.position, message, hint, suggestion, kind=page.kind, choices=choices)
        return
    if PAGE_KINDS[page.kind][1] and not page.resource:
        yield fault("contrat-faux", page.position, "Une page de ce genre doit nommer sa ressource (« resource »).")
    if not page.template_name:
        yield fault("contrat-faux", page.position, "Une page libre doit nommer son modèle (« template »).")
    elif page.template_name not in templates:
        message = "Le modèle de page « {name} » n’existe pas."
        hint = "Il se place dans datapackages/{package}/templates/."
        own = [name.split("/", 1)[1] for name in sorted(templates) if name.startswith(f"{page.package}/")]
        suggestion = nearest(page.template, own)
        yield fault("contrat-faux", page.position, message, hint, suggestion, name=page.template, package=page.package)
    resource = contracts.resources.get(page.resource)
    for column in re.findall(r"\{([a-z0-9_]+)\}", page.path + page.title):
        if resource is not None and column not in resource.index:
            message = "La page nomme la colonne « {column} », qui n’existe pas."
            suggestion = nearest(column, resource.index)
            yield fault("contrat-faux", page.position, message, "", suggestion, column=column)

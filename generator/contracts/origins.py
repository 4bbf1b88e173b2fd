"""By which columns the rows of a table say where they come from: a key to a table of sources (`cited_as`), and the column that says
the place in it (`locator`).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.contracts.model import Contracts, Field, ForeignKey, Resource
from generator.diagnostics.finding import Diagnostic, fault


def sourced(resource: Resource, contracts: Contracts) -> Iterator[tuple[ForeignKey, Field | None]]:
    """The keys by which a table says where its rows come from, each with the column that says the place there, if there is one."""
    for key in resource.foreign_keys:
        target = contracts.resources.get(key.resource)
        if target is not None and target.cited_as is not None:
            group = resource.field(key.fields[0]).group
            places = (field for field in resource.fields if field.locator and field.group == group)
            yield key, next(places, None)


def check_locators(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """A column says a place only beside the key to a source: in the same group, or both in none. Headings are those of a source."""
    if contracts.unread:
        return
    groups = {resource.field(key.fields[0]).group for key, _ in sourced(resource, contracts)}
    for field in resource.fields:
        if field.locator and field.group not in groups:
            message = "« {name} » dit un endroit (« locator »), mais rien à côté ne dit de quelle source."
            hint = "Ajoutez un renvoi à une table de sources (« cited_as »), ou retirez « locator »."
            yield fault("contrat-faux", field.position, message, hint, name=field.name)
    if resource.headings and not groups:
        message = "« {name} » liste des titres imprimés (« headings »), mais rien n’y dit de quelle source."
        hint = "Ajoutez un renvoi à une table de sources (« cited_as »), ou retirez « headings »."
        yield fault("contrat-faux", resource.position, message, hint, name=resource.name)

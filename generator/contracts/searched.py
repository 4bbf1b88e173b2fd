"""What contracts say of the search, now that every table is known: roles that go together, paths that lead to a column."""

from __future__ import annotations

from collections.abc import Iterator

from generator.contracts.flats import reaching
from generator.contracts.model import Contracts, Field, Resource
from generator.contracts.pages import Page
from generator.contracts.searching import ACRONYM, EXPANSION, Path
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed


def having(resource: Resource, role: str) -> list[Field]:
    """The columns of a table that have a role."""
    return [field for field in resource.fields if field.search == role]


def check_roles(resource: Resource) -> Iterator[Diagnostic]:
    """An acronym stands for something, and what it stands for is that of an acronym."""
    acronyms, expansions = having(resource, ACRONYM), having(resource, EXPANSION)
    if len(acronyms) > 1:
        message = "« {table} » a deux colonnes de sigles pour la recherche."
        yield fault("contrat-faux", acronyms[1].position, message, "Gardez-en une.", table=resource.name)
    for field in (acronyms or expansions) if bool(acronyms) != bool(expansions) else ():
        message = "« {name} » va avec une autre colonne : l’une a le sigle (« acronym »), l’autre ce qu’il veut dire (« expansion »)."
        yield fault("contrat-faux", field.position, message, name=field.name)


def check_found(page: Page, contracts: Contracts) -> Iterator[Diagnostic]:
    """Each path of a page leads, from its record, to a column."""
    resource = contracts.resources.get(page.resource)
    for path in (page.found.context, page.found.figures, page.found.source):
        if path and resource is not None and not contracts.unread:
            yield from _check_path(path, resource, page, contracts)


def _check_path(path: Path, resource: Resource, page: Page, contracts: Contracts) -> Iterator[Diagnostic]:
    here = resource
    for rank, step in enumerate(path):
        last = rank == len(path) - 1
        children = {child.rows.step: child for child in contracts.children(here.name)}
        key = reaching(here, step, contracts)
        if last and step in here.index:
            return
        there = children.get(step) or (contracts.resources.get(key.resource) if key is not None else None)
        if there is None or last:
            message = "Le chemin « {path} » ne mène à rien : « {step} » n’est pas dans « {table} »."
            choices = [*here.index] if last else [*children, *(c for c in here.index if reaching(here, c, contracts))]
            told = {"path": ".".join(path), "step": step, "table": here.name, "choices": listed(choices)}
            near = nearest(step, choices)
            meant = ".".join((*path[:rank], near, *path[rank + 1 :])) if near else ""
            yield fault("contrat-faux", page.at(".".join(path)), message, "Possibles ici : {choices}.", meant, **told)
            return
        here = there

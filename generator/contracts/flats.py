"""Flat tables as contracts declare them: a table with its labels beside its codes, so that a question asked of one subject needs no
other table. Which columns one has, where the value of each comes from, and what is wrong with what a contract asks of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from generator.contracts.model import Contracts, Field, ForeignKey, Resource
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.text.interface import say
from generator.values.constraints import Constraints

SUFFIX = "_a_plat"  # of the name of a flat table
LABEL = "_libelle"  # of that of a column of labels
ADDRESS = "adresse_stable"
SEPARATOR = " ; "  # of the values that come from a nested table


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of a flat table: what is published of it, and where its value comes from. From the row, by the rows of a `nested`
    table if there is one, `keys` are followed to another row, of which a `column` is shown: its value, its words, or those of the
    row that it names (`target`). For an address, of the row itself, there is no column.
    """

    field: Field
    shows: Literal["value", "label", "address"]
    column: Field | None = None
    keys: tuple[ForeignKey, ...] = ()
    nested: Resource | None = None
    target: ForeignKey | None = None


def name_of(resource: Resource) -> str:
    """The name of the flat table of a table."""
    return resource.name + SUFFIX


def plan(resource: Resource, contracts: Contracts) -> tuple[Shown, ...]:
    """The columns of the flat table of a table: each of its own, its words when it has codes, what its contract brings from further,
    its address.
    """
    found: list[Shown] = []
    for field in resource.fields:
        if field.name != resource.former_ids:
            found += _shown(Shown(field, "value", field), resource, contracts)
    for path in resource.flat.brought if resource.flat is not None else ():
        found += _brought(path, resource, contracts)
    title, description = say("Adresse stable"), say("Adresse de la ligne sur le site, qui ne change pas.")
    address = Field(ADDRESS, "string", (), resource.position, title=title, description=description)
    return (*found, Shown(address, "address"))


def _shown(shown: Shown, resource: Resource, contracts: Contracts) -> Iterator[Shown]:
    """A column, and the words of its codes after it."""
    yield shown
    column = shown.column
    if column is None:
        return
    key = naming(resource, column.name)
    target = contracts.resources.get(key.resource) if key is not None else None
    said = target is not None and bool(target.label) and target.label not in target.primary_key
    if column.categories or said:
        field = shown.field
        label = Field(
            field.name + LABEL, "string", (), field.position,
            title=say("{title} (libellé)", title=field.title),
            description=say("Ce que veut dire « {name} », en toutes lettres.", name=field.name),
            separator=field.separator,
        )  # fmt: skip
        yield replace(shown, field=label, shows="label", target=None if column.categories else key)


def _brought(path: tuple[str, ...], resource: Resource, contracts: Contracts) -> Iterator[Shown]:
    """The column at the end of a path, which steps follow from key to key; the first may be a nested list."""
    *steps, end = path
    keys: list[ForeignKey] = []
    nested = next((child for child in contracts.children(resource.name) if steps[0] == child.rows.key), None)
    here = nested or resource
    for step in steps[1:] if nested else steps:
        key = naming(here, step)
        if key is None or key.resource not in contracts.resources:
            return
        keys.append(key)
        here = contracts.resources[key.resource]
    if end not in here.index:
        return
    column = here.field(end)
    separator = SEPARATOR if nested else column.separator
    kind = "string" if nested else column.type
    field = replace(
        column, name="_".join(path), type=kind, constraints=Constraints(), separator=separator, filled=False,
        title=_title(path, resource, contracts), unit="", example="" if nested else column.example,
        categories=() if nested else column.categories, format="" if nested else column.format,
    )  # fmt: skip
    yield from _shown(Shown(field, "value", column, tuple(keys), nested), here, contracts)


def _title(path: tuple[str, ...], resource: Resource, contracts: Contracts) -> str:
    """« Indicateur : Thème »."""
    titles, here = list[str](), resource
    for step in path:
        child = next((child for child in contracts.children(here.name) if step == child.rows.key), None)
        if child is not None:
            titles, here = [*titles, child.title], child
            continue
        titles.append(here.field(step).title)
        key = naming(here, step)
        here = contracts.resources[key.resource] if key is not None and key.resource in contracts.resources else here
    return say(" : ").join(titles)


def naming(resource: Resource, column: str) -> ForeignKey | None:
    """The key by which a column names a row: by itself, else as the last of several columns."""
    keys = [key for key in resource.foreign_keys if key.fields[-1] == column]
    return min(keys, key=lambda key: len(key.fields), default=None)


def check_flat(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """What is wrong with the flat table of a table, now that every table is known."""
    if resource.flat is None:
        return
    position = resource.flat.position
    if name_of(resource) in contracts.resources:
        message, hint = (
            "« {name} » est déjà le nom de la table à plat de « {table} ».",
            "Donnez un autre nom à cette table.",
        )
        place = contracts.resources[name_of(resource)].position
        yield fault("contrat-faux", place, message, hint, name=name_of(resource), table=resource.name)
    for path in resource.flat.brought:
        yield from _check_path(path, resource, contracts)
    seen: set[str] = set()
    for shown in plan(resource, contracts):
        if shown.field.name in seen:
            message, hint = (
                "La table à plat aurait deux colonnes « {name} ».",
                "Changez le nom de l’une, ou retirez ce chemin.",
            )
            yield fault("contrat-faux", position, message, hint, name=shown.field.name)
        seen.add(shown.field.name)


def _check_path(path: tuple[str, ...], resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """Each step of a path but the last leads to a row, and the last is a column of it."""
    assert resource.flat is not None
    told = ".".join(path)
    here: Resource = resource
    for rank, step in enumerate(path):
        children = {child.rows.key: child for child in contracts.children(here.name)} if rank == 0 else {}
        last = rank == len(path) - 1
        if last and rank and step in here.index:
            return
        key = naming(here, step)
        target = children.get(step) or (contracts.resources.get(key.resource) if key is not None else None)
        if target is None or last:
            if target is None and contracts.unread and (key is not None or rank == 0):  # a list that is not known
                return
            choices = [*children, *(k.fields[-1] for k in here.foreign_keys)] if not last else list(here.index)
            message = "Le chemin « {path} » ne mène à rien : « {step} » n’est pas ce qu’on suit depuis « {table} »."
            if last:
                message = "Le chemin « {path} » ne finit pas par une colonne d’une autre table."
            hint = "Possibles ici : {choices}."
            near = ".".join((*path[:rank], found)) if (found := nearest(step, choices)) and not last else ""
            told_of = {"path": told, "step": step, "table": here.name, "choices": listed(dict.fromkeys(choices))}
            yield fault("contrat-faux", resource.flat.position, message, hint, near, **told_of)
            return
        here = target

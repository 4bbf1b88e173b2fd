"""The ways by which a contract names a column from the rows of a table: through the rows that its keys name and those of its nested
lists (`livre.auteur`, `exemplaires.cote`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.contracts.model import Contracts, Resource
from generator.diagnostics.finding import kept
from generator.text.interface import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Astray:
    """A way that leads to no column: what is wrong, the step that leads nowhere, what may be written there."""

    message: Sentence
    step: str
    choices: Iterable[str]


def astray(way: str, resource: Resource, contracts: Contracts) -> Astray | None:
    """What is wrong with a way from the rows of a table; None for one that ends at a column, or goes through what is not known."""
    here, *rest = way.split(".")
    for further in rest:
        after = _after(here, resource, contracts)
        if after is None:
            message = "Le chemin « {way} » s’arrête à « {step} », qui ne mène à aucune ligne depuis « {table} »."
            unknown = contracts.unread or here in contracts.unplaced
            told = sentence(message, way=kept(way), step=kept(here), table=resource.name)
            return None if unknown else Astray(told, here, _steps(resource, contracts))
        resource, here = after, further
    if here in resource.index:
        return None
    message = "Le chemin « {way} » finit par « {step} », qui n’est pas une colonne de « {table} »."
    if not rest:
        message = "La page nomme la colonne « {step} », qui n’existe pas."
    return Astray(sentence(message, way=kept(way), step=kept(here), table=resource.name), here, resource.index)


def _steps(resource: Resource, contracts: Contracts) -> list[str]:
    """What can be followed from the rows of a table."""
    keys = [key.fields[-1] for key in resource.foreign_keys]
    return [*keys, *(child.rows.step for child in contracts.children(resource.name))]


def _after(step: str, resource: Resource, contracts: Contracts) -> Resource | None:
    """The table to whose rows a step leads: that of a nested list, or the one that a key names."""
    nested = (child for child in contracts.children(resource.name) if child.rows.step == step)
    named = (key.resource for key in resource.foreign_keys if key.fields[-1] == step)
    return next(nested, None) or next((contracts.resources[n] for n in named if n in contracts.resources), None)

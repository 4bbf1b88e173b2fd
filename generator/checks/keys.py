"""Unique columns and unique keys (primary keys are checked while loading, which needs them), and identifiers that records
had before they were renamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalogue.former import former_ids
from generator.catalogue.records import Catalogue, Key, Record
from generator.contracts.model import Resource
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.wording import joined, listed
from generator.values.identifiers import ID
from generator.values.types import canonical

MAX_FORMER = 50  # identifiers of a row: its old anchors are those of all that holds it, combined


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Two rows with the same unique key; a row with an absent part is left out (Data Package v2, uniqueKeys). A former
    identifier that is none, or another record's.
    """
    for resource in catalogue.contracts.resources.values():
        if resource.former_ids:
            yield from _former(catalogue, resource)
        unique = [(f.name,) for f in resource.fields if f.constraints.unique]
        for columns in (*unique, *resource.unique_keys):
            seen: dict[Key, Record] = {}
            for record in catalogue[resource.name]:
                key = record.key(columns)
                if None in key:
                    continue
                other = seen.setdefault(key, record)
                if other is not record:
                    titles = joined([resource.field(name).title for name in columns])
                    message = "{titles} : {values} se lit déjà dans une autre ligne ({place})."
                    hint = "Changez cette ligne ou l’autre, ou supprimez l’une des deux."
                    place = other.at(columns[-1])
                    position = record.at(columns[-1])
                    values = listed((canonical(part) for part in key), "avec")
                    yield fault(
                        "cle-unique-en-double", position, message, hint, titles=titles, values=values, place=place
                    )


def _former(catalogue: Catalogue, resource: Resource) -> Iterator[Diagnostic]:
    table, taken = catalogue.tables[resource.name], dict[Key, Record]()
    for record in table.records:
        olds = former_ids(record)
        position = record.at(resource.former_ids) if olds else record.at()
        if len(olds) > MAX_FORMER:
            message = "Cette ligne a {found} anciens identifiants, {max} au plus sont permis."
            hint = "Ne gardez que ceux que des liens emploient encore."
            yield fault("ancien-identifiant", position, message, hint, found=len(olds), max=MAX_FORMER)
            continue
        for old in olds:
            key = (*record.id[:-1], old)
            holder = table.by_key.get(key)
            other = holder or taken.setdefault(key, record)
            if not ID.match(old):
                message = "L’ancien identifiant « {old} » n’en est pas un."
                hint = "Écrivez les anciens identifiants tels qu’ils étaient, séparés par une espace."
                meant = " ".join(re.split(r"[\s,;]+", " ".join(olds).strip(" ,;")))
                meant = meant if all(map(ID.match, meant.split())) else ""
                yield fault("ancien-identifiant", position, message, hint, meant, old=old)
                break
            elif holder is record:
                message = "« {old} » est l’identifiant actuel de cette ligne."
                hint = "Retirez-le : seuls les identifiants qu’elle n’a plus s’écrivent ici."
                yield fault("ancien-identifiant", position, message, hint, old=old)
            elif other is not record:
                message = "« {old} » est déjà un ancien identifiant de « {other} » ({place})."
                hint, place = "Une adresse ne mène qu’à une fiche : retirez-le de l’une des deux.", resource.former_ids
                if holder is not None:
                    message = "« {old} » est encore l’identifiant d’une autre ligne, « {other} » ({place})."
                    hint, place = "Une adresse ne mène qu’à une fiche : retirez-le d’ici.", resource.primary_key[-1]
                yield fault(
                    "ancien-identifiant", position, message, hint, old=old, other=other.label, place=other.at(place)
                )

"""Rows that are named and are not there: told once for all the places that name one, and as a renaming when a row that nothing
names stands where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue, Record
from generator.catalogue.relations import Relations
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.prose.citations import Citations
from generator.values.types import canonical

MANY = 5  # rows of one table that are missing: what names each of them is not blamed
SEVERAL = 3  # files that name missing rows of one table: they were not all mistaken
SHOWN = 4  # places that a sentence names


def gathered(found: Iterable[Diagnostic], project: Project) -> Iterator[Diagnostic]:
    """The same diagnostics, those about one missing row made one cause when several places name it."""
    groups: dict[tuple[str, ...], list[Diagnostic]] = {}
    for said in found:
        if said.about:
            groups.setdefault(said.about, []).append(said)
        else:
            yield said
    unnamed = _unnamed(project)
    cut = {name for name in {about[0] for about in groups} if _is_cut(name, groups)}
    for name in sorted(cut):
        yield from _shortened(name, [about[-1] for about in groups if about[0] == name], project.catalogue)
    for about, group in groups.items():
        if about[0] in cut:
            continue
        places = {(d.position.path, d.position.line) for d in group}
        if len(places) < 2:
            yield from group
            continue
        row = _renamed(about, project.catalogue, unnamed)
        if row is None:
            yield from (_absent(said, about, project.catalogue) for said in group)
        else:
            yield _renaming(row, about, group)


def _is_cut(name: str, groups: dict[tuple[str, ...], list[Diagnostic]]) -> bool:
    """Whether so many rows of a table are missing that it was probably cut: several files name them."""
    lost = [group for about, group in groups.items() if about[0] == name]
    files = {d.position.path for group in lost for d in group}
    return len(lost) >= MANY and len(files) >= SEVERAL


def _shortened(name: str, lost: list[str], catalogue: Catalogue) -> Iterator[Diagnostic]:
    """What is said of a table that lacks many of the rows that are named: a file was probably cut, or lost."""
    table = catalogue.tables[name]
    message = "{n} lignes de la table « {table} » sont nommées ailleurs et n’y sont pas : {names}."
    hint = "Si un fichier a été coupé ou perdu, remettez-le entier ; sinon, corrigez les renvois."
    place = table.records[-1].at() if table.records else table.resource.position
    values = {"n": len(lost), "table": table.resource.title, "names": listed(sorted(lost), "et")}
    yield fault("reference-introuvable", place, message, hint, **values)


def _unnamed(project: Project) -> Callable[[Record], bool]:
    """Whether nothing names a record, outside itself and what it holds."""
    relations, citations = Relations(project.catalogue), Citations(project.catalogue, project.articles)
    resources = project.catalogue.contracts.resources.values()

    def alone(record: Record) -> bool:
        tables = [r.name for r in resources if any(key.resource == record.resource.name for key in r.foreign_keys)]
        naming = (other for name in tables for other in relations.referring(record, name))
        return not citations.of(record) and all(_within(other, record) for other in naming)

    return alone


def _within(record: Record | None, holder: Record) -> bool:
    while record is not None and record is not holder:
        record = record.parent
    return record is holder


def _renamed(about: tuple[str, ...], catalogue: Catalogue, unnamed: Callable[[Record], bool]) -> Record | None:
    """The row that a missing one has probably become: the only one beside it that nothing names, or the one among these whose
    name is alike. None for a table that does not keep former identifiers.
    """
    name, *key = about
    table = catalogue.tables[name]
    if not table.resource.former_ids or len(key) != len(table.resource.primary_key):
        return None
    beside = [r for r in table.records if r.id and None not in r.id and [*map(canonical, r.id[:-1])] == key[:-1]]
    alone = {canonical(record.id[-1]): record for record in beside if unnamed(record)}
    if len(alone) == 1 and len(key) > 1:
        return next(iter(alone.values()))
    return alone.get(nearest(key[-1], alone))


def _renaming(row: Record, about: tuple[str, ...], group: list[Diagnostic]) -> Diagnostic:
    """What is said at the row that a missing one has become."""
    resource = row.resource
    message = (
        "« {old} » n’existe plus dans la table « {table} », mais {n} endroits le nomment ; « {new} », que rien ne nomme, en est"
        " peut-être le nouvel identifiant."
    )
    hint = (
        "Si vous l’avez renommé, ajoutez « {column}: {old} » à cette ligne et corrigez {places} ; sinon, remettez l’ancien"
        " identifiant."
    )
    places = [f"{d.position.path}:{d.position.line}" for d in group]
    named = (
        listed(dict.fromkeys(places), "et") if len(places) <= SHOWN else listed([*dict.fromkeys(places)][:SHOWN], "et")
    )
    values = {"old": about[-1], "new": canonical(row.id[-1]), "table": resource.title, "n": len(places)}
    return fault(
        "reference-introuvable", row.at(resource.primary_key[-1]), message, hint, f"{resource.former_ids}: {about[-1]}",
        **values, column=resource.former_ids, places=named,
    )  # fmt: skip


def _absent(said: Diagnostic, about: tuple[str, ...], catalogue: Catalogue) -> Diagnostic:
    """The same sentence for each place that names a row that is not there."""
    resource = catalogue.tables[about[0]].resource
    message = "« {key} » n’existe pas dans la table « {table} »."
    hint = "Corrigez l’identifiant, ou remettez la ligne."
    told = fault("reference-introuvable", said.position, message, hint, key="/".join(about[1:]), table=resource.title)
    return replace(told, suggestion="")

"""Tables derived from others, now that every table is known: what they name exists, each of their columns is filled by something, and
their key tells their rows apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.contracts.computed import scope, unknown
from generator.contracts.derive import ALL, Crossed, Derive, Grouped, Measure, Selected, Series, Side, Where
from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.text.names import steps
from generator.values.constraints import Constraints
from generator.values.tally import ADDED, COMPARED, MEAN, SUM


def check_derived(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """The first thing that is wrong with a derived table, or with the columns of another that only a derived one has."""
    derive = resource.derive
    found: Iterable[Diagnostic] = ()
    if derive is None:
        found = (*_under(resource, contracts), *_stray(resource))
    elif contracts.faulty.isdisjoint(derive.origins):
        distinct = _distinct(resource, derive, contracts)
        found = (*_named(resource, derive, contracts), *_filled(resource, derive), *_key(resource, distinct))
    yield from list(found)[:1]


def copied(resource: Resource, derive: Derive) -> dict[str, str]:
    """The columns of a derived table that repeat one of the row that they come from, with the way to that one."""
    if isinstance(derive, Series):
        key = next((key for key in resource.foreign_keys if key.resource == derive.of), None)
        return dict(zip(key.fields, key.reference, strict=True)) if key is not None else {}
    if isinstance(derive, Selected):
        return {column.name: column.name for column in resource.fields if column.computed is None}
    return dict(zip(derive.columns, derive.by, strict=True)) if isinstance(derive, Grouped) else {}


def _under(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """A table nested in rows that nobody writes."""
    parent = contracts.resources.get(resource.parent)
    if parent is not None and parent.derive is not None:
        message = "« {name} » est imbriquée dans « {parent} », dont personne n’écrit les lignes."
        yield fault("contrat-faux", resource.position, message, name=resource.name, parent=parent.name)


def _stray(resource: Resource) -> Iterator[Diagnostic]:
    """Columns that say how they are filled in a table that is not derived."""
    for column in resource.fields:
        if column.counts:
            message = "« {name} » compte des lignes, et sa table n’en groupe aucune."
            yield fault("contrat-faux", column.position, message, "Retirez « count ».", name=column.name)
        elif column.measure is not None:
            message = "« {name} » se tire de groupes de lignes (« {word} »), et sa table n’en a aucun."
            word = column.measure.kind
            yield fault("contrat-faux", column.position, message, "Retirez « {word} ».", name=column.name, word=word)
        elif column.decimals and column.computed is None:
            message = "« decimals » va avec « computed » : une valeur écrite est publiée comme elle est écrite."
            yield fault("contrat-faux", column.position, message, "Retirez « decimals ».")


def _named(resource: Resource, derive: Derive, contracts: Contracts) -> Iterator[Diagnostic]:
    """What a derivation names of its own table and of those that it starts from."""
    if isinstance(derive, Series):
        yield from _series(resource, derive, contracts)
    elif isinstance(derive, Grouped):
        origin = contracts.resources[derive.of]
        yield from _missing(derive.columns, resource, derive.position)
        yield from _missing((f.counts for f in resource.fields if f.counts != ALL), origin, derive.position)
        yield from _missing((f.measure.column for f in resource.fields if f.measure), origin, derive.position)
        for name, way in zip(derive.columns, derive.by, strict=True):
            yield from _led(resource, name, way, origin, derive.position, contracts)
        for field in resource.fields:
            if field.measure is not None and field.measure.column in origin.index:
                yield from _measured(field, field.measure, origin.field(field.measure.column))
    elif isinstance(derive, Selected):
        origin, same = contracts.resources[derive.of], copied(resource, derive)
        yield from _missing(same, origin, derive.position)
        yield from _alike(resource, [(name, origin.field(name)) for name in same if name in origin.index])
        yield from _written_alike(resource, origin, same)
        yield from _wanted(origin, derive.where, derive.position)
    else:
        for side in derive.sides:
            yield from _side(resource, side, contracts.resources[side.of])


def _measured(column: Field, measure: Measure, other: Field) -> Iterator[Diagnostic]:
    """A column of groups, and the one whose values it tells of: their types go together."""
    added = measure.kind in (SUM, MEAN)
    if other.type not in (ADDED if added else COMPARED):
        message = "« {word} » ne se tire pas de « {of} », qui est du type « {type} » : il y faut un des types {kinds}."
        kinds = listed(ADDED if added else COMPARED)
        values = {"word": measure.kind, "of": other.name, "type": other.type, "kinds": kinds}
        yield fault("contrat-faux", column.position, message, **values)
        return
    types = ADDED if measure.kind == MEAN or (added and other.type == "integer") else (other.type,)
    if column.type not in types:
        message = "« {name} » se tire de « {of} » par « {word} » : elle est du type {kinds}."
        values = {"name": column.name, "of": other.name, "word": measure.kind, "kinds": listed(types, "ou")}
        yield fault("contrat-faux", column.position, message, **values)
    elif column.decimals and measure.kind != MEAN:
        message = (
            "« decimals » va avec « mean » : une somme est exacte, et un minimum ou un maximum est une des valeurs."
        )
        yield fault("contrat-faux", column.position, message, "Retirez « decimals ».")


def _led(
    resource: Resource, name: str, way: str, origin: Resource, place: Position, contracts: Contracts
) -> Iterator[Diagnostic]:
    """A column that repeats the one to which a way leads, from a row to those that it names."""
    for step in steps(way)[:-1]:
        there = next((key.resource for key in origin.foreign_keys if key.fields[-1] == step), "")
        if there not in contracts.resources:
            message = "« {step} » n’est pas la dernière colonne d’une clé étrangère de « {table} »."
            yield fault("contrat-faux", place, message, step=step, table=origin.name)
            return
        origin = contracts.resources[there]
    yield from _missing((name,), origin, place)
    yield from _alike(resource, [(name, origin.field(name))] if name in origin.index else [])


def _series(resource: Resource, series: Series, contracts: Contracts) -> Iterator[Diagnostic]:
    yield from _missing((series.at, series.value), resource, series.position)
    origin = contracts.resources[series.of]
    same = copied(resource, series)
    if not same:
        message = "« {name} » est tirée de « {of} », mais n’a pas de clé étrangère vers elle."
        hint = "Ajoutez-la à « foreignKeys » : ses colonnes sont remplies par le générateur."
        yield fault("contrat-faux", series.position, message, hint, name=resource.name, of=series.of)
    for name, kinds in ((series.at, ("integer", "year")), (series.value, ("number", "integer"))):
        if name in resource.index and resource.field(name).type not in kinds:
            message = "« {name} » a un des types {kinds}."
            yield fault("contrat-faux", resource.field(name).position, message, name=name, kinds=listed(kinds))
    known = scope(origin, contracts)
    for formula in series.of_row:
        yield from unknown(formula, series.position, known)
    known |= {name: resource.field(name) for name in (series.at, series.value) if name in resource.index}
    for formula in series.following:
        yield from unknown(formula, series.position, known)


def _side(resource: Resource, side: Side, origin: Resource) -> Iterator[Diagnostic]:
    """A column of combinations: it is one of the table, and takes the identifiers of a table that has one column of them."""
    yield from _missing((side.column,), resource, side.position)
    if len(origin.primary_key) != 1:
        message = "Une combinaison prend des lignes que désigne une seule colonne ; celles de « {of} » en ont {count}."
        yield fault("contrat-faux", side.position, message, of=side.of, count=len(origin.primary_key))
    yield from _alike(resource, [(side.column, origin.field(name)) for name in origin.primary_key])
    yield from _wanted(origin, side.where, side.position)


def _wanted(origin: Resource, where: Where, place: Position) -> Iterator[Diagnostic]:
    """The values that rows are to have, in columns that exist and that may have them."""
    for name, texts in where:
        yield from _missing((name,), origin, place)
        categories = [value for value, _ in origin.field(name).categories] if name in origin.index else []
        for text in texts if categories else ():
            if text and text not in categories:
                message = "« {name} » ne peut pas valoir « {text} » : aucune ligne ne serait prise."
                yield fault("contrat-faux", place, message, "", nearest(text, categories), name=name, text=text)


def _missing(names: Iterable[str], resource: Resource, place: Position) -> Iterator[Diagnostic]:
    """Names that are those of no column of a table."""
    for name in names:
        if name and name not in resource.index:
            message, hint = "« {name} » n’est pas une colonne de « {resource} ».", "Colonnes de la table : {choices}."
            values = {"name": name, "resource": resource.name, "choices": listed(resource.index)}
            yield fault("contrat-faux", place, message, hint, nearest(name, resource.index), **values)


def _alike(resource: Resource, pairs: Iterable[tuple[str, Field]]) -> Iterator[Diagnostic]:
    """A column that repeats another has its type and its list of values."""
    for name, other in pairs:
        own = resource.field(name) if name in resource.index else other
        if (own.type, own.categories) != (other.type, other.categories):
            message = "« {name} » reprend une colonne du type « {type} » : elle en a le type, et la liste de valeurs."
            yield fault("contrat-faux", own.position, message, name=name, type=other.type)


def _written_alike(resource: Resource, origin: Resource, names: Iterable[str]) -> Iterator[Diagnostic]:
    """A column whose texts are those of another says as it does what they are: prose with its links, addresses."""
    for name in names:
        if name not in origin.index:
            continue
        own, other = resource.field(name), origin.field(name)
        if (own.prose, own.published_format) != (other.prose, other.published_format):
            word = "prose" if own.prose != other.prose else "format"
            message = "« {name} » reprend les textes d’une colonne de « {of} » : elle a le même « {word} »."
            yield fault("contrat-faux", own.position, message, name=name, of=origin.name, word=word)


def _filled(resource: Resource, derive: Derive) -> Iterator[Diagnostic]:
    """Each column is filled by something, and nobody is asked anything of its values."""
    made = set(copied(resource, derive))
    made.update((derive.at, derive.value) if isinstance(derive, Series) else ())
    made.update((side.column for side in derive.sides) if isinstance(derive, Crossed) else ())
    for column in resource.fields:
        counted = bool(column.counts) and isinstance(derive, Grouped)
        told = counted or (column.measure is not None and isinstance(derive, Grouped))
        if column.name not in made and column.computed is None and not told:
            message = "Rien ne remplit « {name} », dans une table dont personne n’écrit les lignes."
            hint = (
                "Retirez-la, ou dites comment elle se calcule : « computed », ou, dans des groupes, « count », « sum », « mean », "
                "« min » ou « max »."
            )
            yield fault("contrat-faux", column.position, message, hint, name=column.name)
        elif replace(column.constraints, required=False) != Constraints():
            message = "« constraints » se demande à qui écrit une valeur, et personne n’écrit « {name} »."
            yield fault("contrat-faux", column.position, message, "Retirez « constraints ».", name=column.name)
        elif counted and column.type != "integer":
            message = "« {name} » compte des lignes : elle est du type « integer »."
            yield fault("contrat-faux", column.position, message, name=column.name)


def _distinct(resource: Resource, derive: Derive, contracts: Contracts) -> list[str]:
    """The columns that tell the rows of a derived table apart."""
    if isinstance(derive, Selected):
        return list(contracts.resources[derive.of].primary_key)
    if isinstance(derive, Crossed):
        return [side.column for side in derive.sides]
    return [*copied(resource, derive), *([derive.at] if isinstance(derive, Series) else [])]


def _key(resource: Resource, distinct: list[str]) -> Iterator[Diagnostic]:
    """The primary key is what tells the rows apart; other keys would say what no contract knows."""
    if set(resource.primary_key) != set(distinct):
        message, hint = (
            "La clé primaire d’une table tirée d’une autre dit ce qui distingue ses lignes.",
            "Écrivez {key}",
        )
        key = f"primaryKey: [{', '.join(distinct)}]"
        yield fault("contrat-faux", resource.position, message, hint, key=key)
    elif resource.unique_keys or resource.former_ids:
        message = "Une table tirée d’une autre n’a que sa clé primaire : ni « uniqueKeys », ni « former_ids »."
        yield fault("contrat-faux", resource.position, message)

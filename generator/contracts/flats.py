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
from generator.text.names import way as way_of
from generator.text.portable import fold
from generator.values.constraints import Constraints
from generator.values.writing import PLAIN, Writing

SEPARATOR = " ; "  # of the values that come from a nested table
APART = "\u202f; "  # in one of these values, what would separate them: a semicolon as French typography has it
NOTHING = "–"  # in the place of one of these values that is absent: a cell that began with a space would lose it in many readers
_TRUTH = ("true", "false")  # which SQL takes for values, quoted or not, where a view is made

Way = tuple[ForeignKey | Resource, ...]  # keys to follow and nested lists to go through, from a row


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of a flat table: what is published of it, and where its value comes from. From the row, a `way` is followed to other
    rows, of which a `column` is shown: its value, its words, or those of the row that it names (`target`). For an address, of the
    row itself, there is no column.
    """

    field: Field
    shows: Literal["value", "label", "address"]
    column: Field | None = None
    way: Way = ()
    target: ForeignKey | None = None

    @property
    def several(self) -> bool:
        """Whether the way goes through a nested list: a cell then holds a value for each of its rows, empty where it has none."""
        return any(isinstance(step, Resource) for step in self.way)


def ending() -> str:
    """How the name of a column of labels ends, after that of its codes."""
    return say("_libelle")


def name_of(resource: Resource) -> str:
    """The name of the flat table of a table."""
    return resource.name + say("_a_plat")


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
    title, description = (
        say("Adresse stable"),
        say("Adresse de la ligne sur le site, ou de celle qui la contient. Elle ne change pas."),
    )
    address = Field(say("adresse_stable"), "string", (), resource.position, title=title, description=description)
    return (*found, Shown(address, "address"))


def _shown(shown: Shown, resource: Resource, contracts: Contracts) -> Iterator[Shown]:
    """A column, and the words of its codes after it."""
    yield shown
    column = shown.column
    if column is None:
        return
    key = reaching(resource, column.name, contracts)
    target = contracts.resources.get(key.resource) if key is not None else None
    said = target is not None and bool(target.label) and target.label not in target.primary_key
    if column.categories or said:
        field = shown.field
        label = Field(
            field.name + ending(), "string", (), field.position,
            title=say("{title} (libellé)", title=field.title),
            description=say("Ce que veut dire « {name} », en toutes lettres.", name=field.name),
            separator=field.separator,
            writing=Writing(allow=_words(column, target if not column.categories else None).writing.allow),
        )  # fmt: skip
        yield replace(shown, field=label, shows="label", target=None if column.categories else key)


def _words(column: Field, target: Resource | None) -> Field:
    """The column from which the words of a column come: that which names the rows of a table, else itself."""
    return target.field(target.label) if target is not None and target.label in target.index else column


def _brought(path: tuple[str, ...], resource: Resource, contracts: Contracts) -> Iterator[Shown]:
    """The column at the end of a path."""
    way, titles, here = _follow(path[:-1], resource, contracts)
    if not way or len(way) < len(path) - 1 or path[-1] not in here.index:
        return
    column = here.field(path[-1])
    shown = Shown(column, "value", column, way)
    field = replace(
        column, name="_".join(path), constraints=Constraints(), filled=False,
        title=say(" : ").join((*titles, column.title)), unit=_unit(path, column, resource),
    )  # fmt: skip
    if shown.several:
        field = replace(field, type="string", separator=SEPARATOR, example="", categories=(), writing=PLAIN, unit="")
    yield from _shown(replace(shown, field=field), here, contracts)


def _unit(path: tuple[str, ...], column: Field, resource: Resource) -> str:
    """The column of the flat table that says the unit of one that is brought, if it is brought too."""
    beside = (*path[:-1], column.unit)
    return "_".join(beside) if column.unit and resource.flat is not None and beside in resource.flat.brought else ""


def _follow(steps: tuple[str, ...], resource: Resource, contracts: Contracts) -> tuple[Way, list[str], Resource]:
    """As far as the steps lead: what they go through, the titles of it, and the table where they end."""
    way: list[ForeignKey | Resource] = []
    titles: list[str] = []
    here = resource
    for step in steps:
        child, key = _nested(here, resource, contracts).get(step), reaching(here, step, contracts)
        if child is not None:
            way, titles, here = [*way, child], [*titles, child.title], child
        elif key is not None and key.resource in contracts.resources:
            way, titles, here = [*way, key], [*titles, here.field(step).title], contracts.resources[key.resource]
        else:
            break
    return tuple(way), titles, here


def _nested(here: Resource, resource: Resource, contracts: Contracts) -> dict[str, Resource]:
    """The lists nested in the rows of a table, by their keys: those that the package of the flat one publishes."""
    return {child.rows.step: child for child in contracts.children(here.name) if child.package == resource.package}


def reaching(resource: Resource, column: str, contracts: Contracts) -> ForeignKey | None:
    """The key by which a column leads to a row: its own, or, for the first columns of a longer key, that of the column which it
    repeats (`plante` of `plante, variete` leads to the plant, even where no key of its own says so).
    """
    own = naming(resource, column)
    if own is not None:
        return own
    for key in resource.foreign_keys:
        target = contracts.resources.get(key.resource)
        if column in key.fields and target is not None and target is not resource:
            repeated = naming(target, key.reference[key.fields.index(column)])
            if repeated is not None and len(repeated.fields) == 1:
                return replace(repeated, fields=(column,))
    return None


def naming(resource: Resource, column: str) -> ForeignKey | None:
    """The key by which a column names a row: by itself, else as the last of several columns."""
    keys = [key for key in resource.foreign_keys if key.fields[-1] == column]
    return min(keys, key=lambda key: len(key.fields), default=None)


def check_flat(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """What is wrong with the flat table of a table, now that every table is known."""
    if resource.flat is None:
        return
    position = resource.flat.position
    twin = next((name for name in contracts.resources if fold(name) == fold(name_of(resource))), "")
    if twin:
        message, hint = (
            "« {name} » est déjà le nom de la table à plat de « {table} ».",
            "Donnez un autre nom à cette table.",
        )
        place = contracts.resources[twin].position
        yield fault("contrat-faux", place, message, hint, name=twin, table=resource.name)
    for path in resource.flat.brought:
        yield from _check_path(path, resource, contracts)
    seen: set[str] = set()
    for shown in plan(resource, contracts):
        name = shown.field.name.casefold()
        if name in _TRUTH:
            message = "La table à plat aurait une colonne « {name} » : SQLite ne sait pas nommer ainsi celle d’une vue."
            yield fault(
                "contrat-faux", position, message, "Changez ce nom, ou retirez « flat ».", name=shown.field.name
            )
        if name in seen:
            message, hint = (
                "La table à plat aurait deux colonnes « {name} ».",
                "Changez le nom de l’une, ou retirez ce chemin.",
            )
            yield fault("contrat-faux", position, message, hint, name=shown.field.name)
            return  # its words are there twice too
        seen.add(name)


def _check_path(path: tuple[str, ...], resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """Each step of a path but the last leads to rows, and the last is a column of theirs."""
    assert resource.flat is not None
    way, _, here = _follow(path[:-1], resource, contracts)
    rank = len(way)
    step, choices = path[rank], _choices(here, resource, contracts)
    if rank == len(path) - 1:
        if rank and (step in here.index or here.name in contracts.faulty):  # a faulty table may lack its own columns
            return
        choices = [*here.index] if rank else choices
        message = "Le chemin « {path} » ne finit pas par une colonne d’une autre table."
        near = ""
    else:
        if contracts.unread or step in contracts.unplaced:  # what is followed may be a table that is not known
            return
        message = "Le chemin « {path} » ne mène à rien : « {step} » n’est pas ce qu’on suit depuis « {table} »."
        if any(child.rows.step == step for child in contracts.children(here.name)):
            message = "Le chemin « {path} » passe par « {step} », que ce paquet ne publie pas : une liste se suit dans le sien."
        found = nearest(step, choices)
        near = way_of((*path[:rank], found, *path[rank + 1 :])) if found else ""
    hint = "Possibles ici : {choices}."
    told = {"path": way_of(path), "step": step, "table": here.name, "choices": listed(dict.fromkeys(choices))}
    yield fault("contrat-faux", resource.flat.position, message, hint, near, **told)


def _choices(here: Resource, resource: Resource, contracts: Contracts) -> list[str]:
    """What can be followed from the rows of a table."""
    keyed = [column for column in here.index if reaching(here, column, contracts) is not None]
    return [*_nested(here, resource, contracts), *keyed]

"""JSON Schemas (draft-07) of the content files, one for each table that has files of its own: what an editor needs to complete,
explain and underline. Nothing that the check takes is ever underlined: where an editor cannot know, the schema says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map

from generator.authoring.asks import ended, explain, explain_group, explain_list, named_by
from generator.authoring.forms import Schema, value_form
from generator.authoring.placeholders import origin
from generator.catalogue.levels import Level
from generator.catalogue.plan import Plan, make_plan
from generator.catalogue.records import Catalogue, Record
from generator.contracts.meanings import STRUCTURED
from generator.contracts.model import Contracts, Field, ForeignKey, Resource
from generator.text.interface import say
from generator.text.spoken import typeset
from generator.values.conversion import Convert
from generator.values.types import canonical

DRAFT = "http://json-schema.org/draft-07/schema#"
MOST = 2_000  # identifiers that a list offers; a longer one would slow the editor, and nobody reads it
_EMPTY: list[object] = ["", None, [], {}]  # what is written for nothing
Lists = dict[str, Schema | None]  # of identifiers, by their names; None for one that is not worth offering
LONGEST = 120  # characters of the label of an identifier


def schemas(catalogue: Catalogue, site: str = "") -> dict[str, Schema]:
    """Table → the schema of its YAML files, in the order of the contracts. `site`: the address under which they are published,
    "" when it is not known.
    """
    lists: Lists = {}
    return {resource.name: _schema(resource, catalogue, site, lists) for resource in with_files(catalogue.contracts)}


def with_files(contracts: Contracts) -> list[Resource]:
    """The tables that have YAML files of their own."""
    return [resource for resource in contracts.resources.values() if resource.rows.kind in ("records", "list")]


def _schema(resource: Resource, catalogue: Catalogue, site: str, lists: Lists) -> Schema:
    """The schema of the files of a table: one row, or a list of rows; the lists that other schemas made already are taken."""
    drawn = _Drawing(catalogue, lists)
    row = drawn.row(resource)
    root = row
    if resource.rows.keys:
        root = {"type": "object", "additionalProperties": _under_keys(row, {"type": "array", "items": row}, resource)}
    elif resource.rows.kind == "list" and not resource.rows.documents:
        root = {"type": "array", "items": row}
    head = {"$schema": DRAFT, **({"$id": f"{site}{resource.name}.json"} if site else {})}
    texts = {"title": typeset(resource.title), "description": ended(resource.description)}
    return {**head, **texts, **root, **({"definitions": drawn.lists} if drawn.lists else {})}


class _Drawing:
    """One schema, and the lists of identifiers that it refers to, each given once."""

    def __init__(self, catalogue: Catalogue, known: Lists) -> None:
        self.catalogue = catalogue
        self.contracts: Contracts = catalogue.contracts
        self.lists: dict[str, Schema] = {}
        self._known = known
        self._rows: dict[str, Schema] = {}

    def row(self, resource: Resource) -> Schema:
        """A row of a table, with the rows that it holds."""
        if resource.name not in self._rows:
            self._rows[resource.name] = self._row(resource)
        return self._rows[resource.name]

    def _row(self, resource: Resource) -> Schema:
        plan = make_plan(resource, self.contracts)
        row = self._level(plan, plan.top, {"title": typeset(resource.title)})
        ways: list[Schema] = [row]
        if plan.text and not plan.single:
            ways.append(self._column(next(each for each in plan.top.all() if each[1].key == plan.text), resource))
        if plan.own and not self.contracts.resources[plan.own].rows.keys:
            ways.append({"type": "array", "items": self._item(self.contracts.resources[plan.own])})
        elif plan.by_place:
            ways.append({"type": "array"})
        return ways[0] if len(ways) == 1 else {"title": row["title"], "anyOf": ways}

    def _level(self, plan: Plan, level: Level, texts: Map[str, str]) -> Schema:
        """The keys of a row, or of a group in it."""
        depth, properties = len(level.path), {key: self._key(plan, level, key) for key in plan.keys(level)}
        written = [f for _, f in plan.required if not f.filled]
        required = dict.fromkeys(f.key[depth] for f in written if len(f.key) > depth and f.key[:depth] == level.path)
        if not level.path:
            properties |= {key: self._column(known, plan.resource) for key, known in plan.placed.items()}
        properties |= {key: {} for key in sorted(plan.resource.rows.ignored) if key not in properties}
        made = _object(properties, required, texts)
        return made | {"additionalProperties": True} if plan.lenient else made

    def _key(self, plan: Plan, level: Level, key: str) -> Schema:
        """What may be written under a key: a value, a group, rows of other tables."""
        ways = [self._column(level.columns[key], plan.resource)] if key in level.columns else []
        if key in level.groups:
            group = level.groups[key]
            ways.append(self._level(plan, group, {"title": key, "description": explain_group(key)}))
            if all(plan.resource.empty(column) for _, column, _ in group.all()):
                ways.append({"enum": _EMPTY})
        for name in level.nested.get(key, ()):
            ways.append(self._nested(self.contracts.resources[name]))
            if plan.resource.empties or self.contracts.resources[name].empties:
                ways.append({"enum": _EMPTY})
        return ways[0] if len(ways) == 1 else {"anyOf": ways}

    def _item(self, child: Resource) -> Schema:
        """A nested row, which may be a text alone when it has one key."""
        plan, row = make_plan(child, self.contracts), self.row(child)
        return {"anyOf": [self._column(plan.columns[plan.single], child), row]} if plan.single else row

    def _nested(self, child: Resource) -> Schema:
        """Rows in a list, in a map or alone; those of one key may be written without it."""
        plan, row, items = make_plan(child, self.contracts), self.row(child), self._item(child)
        texts = {"title": typeset(child.title), "description": explain_list(child, bool(plan.single))}
        listed = {"type": "array", "items": items}
        if child.rows.keys:
            return {**texts, "type": "object", "additionalProperties": _under_keys(items, listed, child)}
        if child.rows.single:
            return {**texts, "anyOf": [items, listed]}
        if plan.single or "properties" not in row:
            return {**texts, **listed}
        offered = {"label": say("Une ligne de plus : {title}", title=typeset(child.title)), "body": _body(row)}
        return {**texts, **listed, "defaultSnippets": [offered]}

    def _column(self, known: tuple[int, Field, Convert], resource: Resource) -> Schema:
        """A value: its form, and the list of those that are permitted, or known."""
        _, column, convert = known
        status = say("Obligatoire.") if column.required else ""
        texts = {"title": typeset(column.title), "description": explain(resource, column, status, self.contracts)}
        absences = resource.missing_values if column.missing_values is None else column.missing_values
        key = named_by(resource, column)
        known_ones = self._list(column, key) if key is not None else ""
        list_of = {"$ref": f"#/definitions/{known_ones}"} if known_ones else None
        form = {} if column.type in STRUCTURED else value_form(column, convert, tuple(filter(None, absences)), list_of)
        return {**texts, **({"anyOf": [form, {"enum": _EMPTY}]} if form and resource.empty(column) else form)}

    def _list(self, column: Field, key: ForeignKey) -> str:
        """The name of the list of the identifiers that a column may take; "" when there is none worth offering."""
        target = self.contracts.resources[key.resource]
        aimed = target.field(key.reference[key.fields.index(column.name)])
        table, own = origin(target, aimed, self.contracts)
        name = f"{table.name}.{own.name}"
        if name not in self._known:
            self._known[name] = self._listed(table, own)
        made = self._known[name]
        if made is None:
            return ""
        self.lists[name] = made
        return name

    def _listed(self, table: Resource, own: Field) -> Schema | None:
        if own.filled and own.name not in table.rows.placed:
            return None
        found: dict[str, str] = {}
        for record in self.catalogue[table.name]:
            if record[own.name] is not None:
                found.setdefault(canonical(record[own.name]), _label(record))
        if not 0 < len(found) <= MOST:
            return None
        told = say("Choisissez dans la liste (Ctrl + Espace), ou écrivez l’identifiant d’une ligne nouvelle.")
        return {"enum": list(found), "enumDescriptions": list(found.values()), "errorMessage": told}


def _under_keys(row: Schema, rows: Schema, resource: Resource) -> Schema:
    """What stands under each key of a map: a row, or a list of rows."""
    return {"anyOf": [row, rows, *([{"enum": _EMPTY}] if resource.empties else [])]}


def _object(properties: Schema, required: Iterable[str], texts: Map[str, str]) -> Schema:
    needed = list(required)
    return {
        **texts,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": needed} if needed else {}),
    }


def _body(row: Schema) -> Schema:
    """A row to fill in: the keys that it must have, each a place where the cursor stops."""
    stops = iter(range(1, 1_000))

    def filled(part: Schema) -> Schema:
        keys = part.get("required") or list(part["properties"])[:1]
        inner = {key: part["properties"][key] for key in keys}
        return {key: filled(own) if "properties" in own else f"${next(stops)}" for key, own in inner.items()}

    return filled(row)


def _label(record: Record) -> str:
    """What a row is, after what holds it."""
    above = f"{record.parent.label} : " if record.parent is not None else ""
    text = typeset(above + record.label)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

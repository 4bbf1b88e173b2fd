"""One table of a contract, as declared: where its rows come from, its columns, keys and rules. What is wrong is diagnosed
on its line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.contracts.citing import read_approximate, read_cited
from generator.contracts.columns import Named, check_names, check_units, read_field, read_foreign_key
from generator.contracts.derived import read_derive
from generator.contracts.dialects import read_dialect
from generator.contracts.frames import read_frame
from generator.contracts.freshness import KEYS, with_freshness
from generator.contracts.listing import read_listing
from generator.contracts.metadata import read_properties
from generator.contracts.model import Field, ForeignKey, Resource
from generator.contracts.naming import read_written, table_name
from generator.contracts.places import Rows
from generator.contracts.placing import check_received
from generator.contracts.rows import read_rows
from generator.contracts.terms import Flat
from generator.contracts.writings import contradictions, read_allow, with_lifted
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Mapping, Scalar, Sequence
from generator.documents.reader import Reader
from generator.rules.rule import Declared
from generator.text.names import steps

# Of links that name no record: ours, and those to which a browser gives a meaning.
SCHEMES = (
    "https", "http", "mailto", "page", "nombre", "about", "blob", "data", "file", "ftp", "javascript", "sms", "tel", "vbscript",
)  # fmt: skip


_USES = ("reference_list", "headings", "explorer")  # of a table, read once its columns are known


@dataclass(frozen=True, slots=True)
class Group:
    """Columns written together under one key (`source: {document, localisation}`), declared once for all tables."""

    name: str
    fields: tuple[Field, ...]
    foreign_keys: tuple[ForeignKey, ...]
    faulty: bool


def read_resource(item: Reader, package: str, groups: dict[str, Group], written: bool = False) -> Resource:
    """The resource that a mapping declares. `groups`: the columns that contracts share; `written`: names are, in its contract."""
    written = read_written(item, written)
    name = table_name(item, written)
    title, description = item.text("title") or name, item.text("description")
    derive, frame = read_derive(item), read_frame(item)
    rows = read_dialect(item, read_rows(item))
    schema = item.mapping("schema", required=True)
    declared, keys = _read_columns(schema, groups, read_allow(item), written)
    primary_key, unique_keys = schema.texts("primaryKey", True, distinct=True), schema.text_lists("uniqueKeys")
    own_keys, missing = _read_keys(schema, name), schema.texts("missingValues") or ("",)
    keys += (key for _, key in own_keys)
    rules = tuple(_read_rule(rule) for rule in schema.mappings("rules") if not rule.unread)
    schema.close("un schéma")
    label = item.text("label") or (primary_key[-1] if primary_key else "")
    cited, lists = item.mapping("cited_as"), item.mapping("listing")
    cited_as, cited_columns = read_cited(cited)
    scheme, quoted, former = _read_scheme(item), item.texts("quoted", distinct=True), item.text("former_ids")
    flat = _read_flat(item.mapping("flat")) if item.has("flat") else None
    properties = read_properties(item)
    item.skip(*KEYS, *_USES)
    item.close("une ressource")
    fields = _completed(declared, rows, keys, primary_key, former)
    columns = _by_name(fields, item)
    item.diagnostics += contradictions(columns, missing)
    named: list[Named] = [
        (schema, "primaryKey", primary_key),
        *((schema, "uniqueKeys", unique) for unique in unique_keys),
        *((reader, "fields", key.fields) for reader, key in own_keys),
        *((cited, word, columns) for word, columns in cited_columns.items()),
        *((item, word, item.texts(word)) for word in ("label", "quoted", "former_ids")),
    ]
    check_names(named, columns, item, name)
    check_received(item, rows, columns)
    _check_former(item, columns.get(former), primary_key)
    resource = Resource(
        name=name,
        package=package,
        title=title,
        description=description,
        rows=rows,
        label=label if label in columns else "",
        fields=fields,
        primary_key=tuple(c for c in primary_key if c in columns),
        unique_keys=tuple(u for u in unique_keys if all(c in columns for c in u)),
        foreign_keys=tuple(k for k in keys if k.fields and all(c in columns for c in k.fields)),
        rules=rules,
        missing_values=missing,
        empties=schema.has("missingValues") and "" in missing,
        position=item.position,
        cited_as=cited_as if cited_columns else None,
        scheme=scheme,
        quoted=quoted,
        flat=flat,
        derive=derive,
        frame=frame,
        former_ids=former,
        properties=properties,
    )
    return _used(_listing(with_freshness(_dated(resource, cited), item), lists, item), item)


def _read_keys(schema: Reader, name: str) -> list[tuple[Reader, ForeignKey]]:
    """The foreign keys of a schema, each with where it is written."""
    return [(key, read_foreign_key(key, name)) for key in schema.mappings("foreignKeys")]


def _used(resource: Resource, item: Reader) -> Resource:
    """The resource, now that its columns are known, with what its rows are to others: named by them, headings of sources."""
    headings = item.texts("headings", distinct=True)
    check_names([(item, "headings", headings)], {f.name: f for f in resource.fields}, item, resource.name)
    known = tuple(name for name in headings if name in resource.index)
    explorer = item.boolean("explorer") if item.has("explorer") else None
    return replace(resource, reference_list=item.boolean("reference_list"), headings=known, explorer=explorer)


def _dated(resource: Resource, cited: Reader) -> Resource:
    """The resource, now that its columns are known, with the rows whose date is only approximate."""
    if resource.cited_as is None or not cited.has("approximate"):
        return resource
    return replace(resource, cited_as=replace(resource.cited_as, approximate=read_approximate(cited, resource)))


def _listing(resource: Resource, lists: Reader, item: Reader) -> Resource:
    """The resource, now that its columns are known, with what lists show of its rows."""
    listing, named = read_listing(lists)
    known = {f.name: f for f in resource.fields}
    check_names([(lists, word, columns) for word, columns in named.items()], known, item, resource.name)
    return replace(resource, listing=listing.among(known))


def groups_of(item: Reader) -> list[str]:
    """The groups of columns that a resource names."""
    schema = item.node.nodes.get("schema")
    fields = schema.nodes.get("fields") if isinstance(schema, Mapping) else None
    entries = fields.items if isinstance(fields, Sequence) else []
    named = [entry.nodes.get("group") for entry in entries if isinstance(entry, Mapping)]
    return [node.text for node in named if isinstance(node, Scalar)]


def _read_rule(item: Reader) -> Declared:
    return Declared(item.node, item.document, item.position, item.text("message", required=True))


def _read_flat(item: Reader) -> Flat:
    """The flat table of a table; where its paths lead is known once all tables are."""
    brought = tuple(map(steps, item.texts("with", distinct=True)))
    description = item.text("description")
    item.close("« flat »")
    return Flat(brought, description, item.position)


def _read_scheme(item: Reader) -> str:
    scheme = item.text("scheme", pattern="[a-z]+")
    if scheme in SCHEMES:
        item.fault("scheme", "« {scheme} » a déjà un sens dans les liens.", "Choisissez un autre mot.", scheme=scheme)
    return scheme


def _read_columns(
    schema: Reader, groups: dict[str, Group], lifted: frozenset[str], written: bool
) -> tuple[list[Field], list[ForeignKey]]:
    """The columns of a schema, those of the groups it names among them, and the foreign keys of these groups; `lifted`: the guards
    that the table lifts; `written`: names are published as they are written.
    """
    fields: list[Field] = []
    keys: list[ForeignKey] = []
    for entry in schema.mappings("fields", required=True):
        if not entry.has("group"):
            fields.append(read_field(entry, (), lifted, written))
            continue
        wanted = entry.text("group")
        entry.close("un renvoi à un groupe")
        if wanted in groups:
            fields += (with_lifted(replace(f, position=entry.position), lifted) for f in groups[wanted].fields)
            keys += groups[wanted].foreign_keys
        elif wanted and "" not in groups:
            message, hint = "Aucun groupe ne s’appelle « {name} ».", "Groupes déclarés : {choices}."
            entry.fault("group", message, hint, nearest(wanted, groups), name=wanted, choices=listed(groups))
    check_units(schema, {f.name: f for f in fields if f.name})
    return fields, keys


def _completed(
    declared: list[Field], rows: Rows, keys: list[ForeignKey], primary_key: tuple[str, ...], former: str
) -> tuple[Field, ...]:
    """The columns with what their table says of them: where a row writes them, what is filled, what is required, which holds the
    identifiers that a row had, separated by spaces.
    """
    placed = _placed(rows, keys)
    return tuple(
        replace(
            f,
            key=_header(f) if rows.kind in ("csv", "table") else f.key,
            filled=f.name in placed or f.computed is not None or rows.kind == "derived",
            placed=f.name in placed,
            separator=" " if f.name == former else f.separator,
            constraints=replace(f.constraints, required=True) if f.name in primary_key else f.constraints,
        )
        for f in declared
        if f.name
    )


def _header(column: Field) -> tuple[str, ...]:
    """What the header of a CSV calls a column: a group has no place of its own there."""
    return (column.name,) if column.group else column.key


def _check_former(item: Reader, column: Field | None, primary_key: tuple[str, ...]) -> None:
    """The column of the identifiers that rows had is one of texts, and not that of those that they have."""
    if column is not None and (column.name in primary_key or column.type != "string"):
        message, hint = (
            "« {name} » ne peut pas contenir d’anciens identifiants.",
            "Déclarez pour eux une colonne du type « string ».",
        )
        item.fault("former_ids", message, hint, name=column.name)


def _by_name(fields: tuple[Field, ...], item: Reader) -> dict[str, Field]:
    """The columns by their names, of which each is declared once."""
    found: dict[str, Field] = {}
    folded: dict[str, str] = {}
    for f in fields:
        other = folded.setdefault(f.name.casefold(), f.name)
        if f.name in found:
            item.faults(f.position, "La colonne « {name} » est déclarée deux fois.", name=f.name)
        elif other != f.name:
            message = "Les noms « {name} » et « {other} » ne diffèrent que par des majuscules : une base de données les confond."
            item.faults(f.position, message, "Donnez à l’une des deux colonnes un autre nom.", name=f.name, other=other)
        found[f.name] = f
    return found


def _placed(rows: Rows, keys: list[ForeignKey]) -> set[str]:
    """The columns that say the place of a row: those of the key to its parent, its rank, the name of its file."""
    parent = next((k for k in keys if k.resource == rows.parent), None) if rows.kind == "within" else None
    return {*(parent.fields if parent else ()), *rows.received}

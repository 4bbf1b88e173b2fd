"""Columns and foreign keys of a contract, read from their descriptors (Table Schema of Data Package v2)."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map

from generator.contracts.categories import check_values, read_categories
from generator.contracts.computed import read_computed, read_decimals
from generator.contracts.derived import read_count, read_measure
from generator.contracts.metadata import read_properties
from generator.contracts.model import Field, ForeignKey
from generator.contracts.naming import column_name
from generator.contracts.searching import read_role
from generator.contracts.writings import read_allow, read_writing, suited
from generator.diagnostics.suggestions import Words, nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Scalar, Sequence
from generator.documents.reader import Reader
from generator.values.constraints import read_constraints
from generator.values.types import TYPES


def read_field(item: Reader, group: tuple[str, ...] = (), lifted: Iterable[str] = (), written: bool = False) -> Field:
    """A column; `group` is the key under which records write it, if any; `lifted`: the guards that its table lifts; `written`: its name
    is published as it is written.
    """
    own = column_name(item, written, "formulas" in (*lifted, *item.texts("allow")))
    name, kind = "_".join((*group, own)), item.text("type", required=True)
    if kind and kind not in TYPES:
        message, hint = "Le type « {type} » n’est pas pris en charge.", "Types possibles : {choices}."
        item.fault("type", message, hint, nearest(kind, TYPES), type=kind, choices=listed(TYPES))
        return Field(name, "string", (*group, *_read_from(item, own)), item.position)  # the rest depends on it
    value_type = TYPES[kind or "string"]
    before = len(item.diagnostics)
    allow = read_allow(item, kind) | suited(lifted, value_type.name)
    writing = read_writing(item, value_type.name, item.boolean("prose"), allow)
    read = Field(
        name, value_type.name, (*group, *_read_from(item, own)), item.position,
        title=item.text("title") or _written(item, own),
        description=item.text("description"),
        writing=writing,
        example=item.text("example"),
        constraints=read_constraints(item.mapping("constraints"), value_type, writing),
        categories=read_categories(item, value_type.name, writing),
        categories_ordered=item.boolean("categoriesOrdered"),
        missing_values=item.texts("missingValues") or None,
        group="".join(group[:1]),
        unit=item.text("unit"),
        separator=item.text("separator"),
        locator=item.boolean("locator"),
        search=read_role(item, kind),
        computed=read_computed(item, kind),
        decimals=read_decimals(item, kind),
        counts=read_count(item),
        measure=read_measure(item, kind),
        properties=read_properties(item),
    )  # fmt: skip
    _check_uses(item, read, kind)
    if len(item.diagnostics) == before:
        check_values(item, read)
    _check_constraints(item, value_type.constraints)
    item.close("une colonne")
    return read


def _read_from(item: Reader, own: str) -> tuple[str, ...]:
    """The key under which rows write a column, through groups or not: its name unless it says otherwise."""
    texts = item.texts("from")
    if item.has("from") and (not texts or "" in texts):
        message, hint = "« from » nomme la clé que portent les lignes, ou un chemin de clés.", "Exemple : {example}"
        item.fault("from", message, hint, example="from: [capitale, ville]")
    return tuple(filter(None, texts)) or (own,)


def _written(item: Reader, name: str) -> str:
    """The name of a column as rows write it: its title, when the contract gives none."""
    key = item.node.nodes.get("from")
    last = key.items[-1] if isinstance(key, Sequence) and key.items else key
    return last.text if isinstance(last, Scalar) and last.text else name


def _check_uses(item: Reader, read: Field, kind: str) -> None:
    """What a column is declared to be, besides its type, goes with its type."""
    if item.has("categoriesOrdered") and not item.has("categories"):
        item.faults(item.key_place("categoriesOrdered"), "« categoriesOrdered » va avec « categories », qui manque.")
    if item.boolean("prose") and kind and kind != "string":
        item.fault("prose", "Un texte avec des liens (« prose ») est du type « string ».")
    if read.separator and kind and (kind != "string" or read.categories):
        message = "Une cellule de plusieurs valeurs (« separator ») est du type « string », sans liste fermée."
        item.fault("separator", message, "Le type « list » et une liste imbriquée disent le type de chaque valeur.")


def _check_constraints(item: Reader, known: Iterable[str]) -> None:
    """A constraint does not stand beside « constraints »."""
    for word in known:
        if item.has(word):
            item.skip(word)
            message = "« {word} » est une contrainte : elle s’écrit dans « constraints »."
            text = item.node.nodes[word]
            meant = f"constraints: {{{word}: {text.text}}}" if isinstance(text, Scalar) else ""
            item.faults(item.key_place(word), message, "", meant, word=word)


def check_units(item: Reader, columns: Map[str, Field]) -> None:
    """The column that says the unit of another is one of the same table; only a number has one."""
    for column in columns.values():
        if column.unit and column.type not in ("number", "integer"):
            item.faults(
                column.position, "« {name} » a une unité et n’est pas un nombre.", "Retirez « unit ».", name=column.name
            )
        elif column.unit and (column.unit not in columns or column.unit == column.name):
            message = "L’unité de « {name} » se lit dans « {unit} », qui n’est pas une autre colonne de la table."
            choices = [name for name in columns if name != column.name]
            hint, near = "Colonnes de la table : {choices}.", nearest(column.unit, choices)
            told = {"name": column.name, "unit": column.unit, "choices": listed(choices)}
            item.faults(column.position, message, hint, near, **told)


def read_foreign_key(item: Reader, resource: str, group: str = "") -> ForeignKey:
    """A foreign key of a resource, or of a group of columns."""
    before = len(item.diagnostics)
    fields = item.texts("fields", required=True, distinct=True)
    if group:
        fields = tuple(f"{group}_{name}" for name in fields)
    reference = item.mapping("reference", required=True)
    reference.skip("package")  # resource names are unique across packages: `package` is for the reader
    target = reference.text("resource") or resource
    columns = reference.texts("fields", required=item.has("reference"))
    reference.close("« reference »")
    item.close("une clé étrangère")
    position = reference.spot("resource" if reference.has("resource") else "fields", target)
    if not columns or len(item.diagnostics) > before:
        fields = ()
    elif fields and len(fields) != len(columns):
        message = "Cette clé étrangère n’a pas le même nombre de colonnes des deux côtés ({a} et {b})."
        item.fault("fields", message, a=len(fields), b=len(columns))
        fields = ()
    return ForeignKey(fields, target, columns, position)


Named = tuple[Reader, str, tuple[str, ...]]  # the columns that a key of a mapping names


def check_names(named: Iterable[Named], known: Map[str, Field], item: Reader, resource: str) -> None:
    """What is named must be a column of the resource; `item` takes what is said."""
    message, hint = "« {name} » n’est pas une colonne de « {resource} ».", "Colonnes de la table : {choices}."
    words, choices = Words(known), listed(known)
    for reader, word, columns in named:
        for column in columns:
            if column and known and column not in known:
                place, suggestion = reader.spot(word, column), words.nearest(column)
                item.faults(place, message, hint, suggestion, name=column, resource=resource, choices=choices)

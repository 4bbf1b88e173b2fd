"""Columns and foreign keys of a contract, read from their descriptors (Table Schema of Data Package v2)."""

from __future__ import annotations

import re

from generator.contracts.model import Field, ForeignKey
from generator.contracts.types import TYPES, Constraints, ValueType, compile_pattern, fits
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader


def read_field(item: Reader, group: tuple[str, ...] = ()) -> Field:
    """A column; `group` is the key under which records write it, if any."""
    own = item.text("name", required=True, pattern=r"[a-z][a-z0-9_]*")
    name = "_".join((*group, own))
    kind = item.text("type", required=True)
    if kind and kind not in TYPES:
        message, hint = "Le type « {type} » n’est pas pris en charge.", "Types possibles : {choices}."
        item.fault("type", message, hint, nearest(kind, TYPES), type=kind, choices=listed(TYPES))
        return Field(name, "string", (*group, own), item.position)  # the rest depends on it
    form = item.text("format")
    value_type = TYPES.get(kind or "string", TYPES["string"])
    if form and form not in value_type.formats:
        hint = "Formats possibles : {choices}." if value_type.formats else "Retirez « format »."
        message = "Le format « {format} » n’existe pas pour le type « {type} »."
        item.fault("format", message, hint, format=form, type=kind, choices=listed(value_type.formats))
        form = ""
    categories = _read_categories(item, kind, form)
    constraints = _read_constraints(item.mapping("constraints"), value_type, form)
    read = Field(
        name, kind or "string", (*group, own), item.position,
        title=item.text("title", required=True),
        description=item.text("description"),
        format=form,
        example=item.text("example"),
        prose=item.boolean("prose"),
        constraints=constraints,
        categories=categories,
        categories_ordered=item.boolean("categoriesOrdered"),
        missing_values=item.texts("missingValues") or None,
        group="".join(group[:1]),
        properties=item.others(),
    )  # fmt: skip
    if read.example and not fits(value_type, read.example, form):
        message = "L’exemple « {example} » n’est pas du type « {type} »."
        item.fault("example", message, example=read.example, type=kind)
    item.close("une colonne")
    return read


def _read_categories(item: Reader, kind: str, form: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for entry in item.mappings("categories"):
        value = entry.text("value", required=True)
        if value in [known for known, _ in found]:
            entry.fault(
                "value", "La catégorie « {value} » est donnée deux fois.", "Retirez l’une des deux.", value=value
            )
        elif value and kind in ("string", "integer") and not fits(TYPES[kind], value, form):
            entry.fault("value", "La catégorie « {value} » n’est pas du type « {type} ».", value=value, type=kind)
        found.append((value, entry.text("label") or value))
        entry.close("une catégorie")
    if found and kind in TYPES and kind not in ("string", "integer"):
        item.fault("categories", "Des catégories ne vont qu’aux types « string » et « integer ».")
    return tuple(found)


def _read_constraints(item: Reader, value_type: ValueType, form: str) -> Constraints:
    if not item.node.nodes:
        return Constraints()
    values: dict[str, object] = {"required": item.boolean("required"), "unique": item.boolean("unique")}
    values["enum"] = enum = item.texts("enum")
    for text in enum:
        if not fits(value_type, text, form):
            message = "La valeur « {text} » n’est pas du type « {type} »."
            item.faults(item.spot("enum", text), message, text=text, type=value_type.name)
    bounds = {
        "minimum": "minimum",
        "maximum": "maximum",
        "exclusiveMinimum": "exclusive_minimum",
        "exclusiveMaximum": "exclusive_maximum",
    }
    for key, name in bounds.items():
        text = item.text(key)
        if text:
            value, problem = value_type.read(text, "")
            if problem or not value_type.ordered:
                message = "La borne « {bound} » n’est pas une valeur du type « {type} »."
                item.fault(key, message, bound=text, type=value_type.name)
            else:
                values[name] = value
    lengths = {"minLength": "min_length", "maxLength": "max_length"}
    for key, name in lengths.items():
        text = item.text(key, pattern="[0-9]+")
        if re.fullmatch("[0-9]+", text):
            values[name] = int(text)
    for low, high in (("minimum", "maximum"), ("exclusiveMinimum", "exclusiveMaximum"), ("minLength", "maxLength")):
        least, most = (values.get({**bounds, **lengths}[key]) for key in (low, high))
        if least is not None and most is not None and least > most:  # type: ignore[operator]
            message, hint = (
                "« {low} » dépasse « {high} » : aucune valeur ne convient.",
                "Corrigez l’une des deux bornes.",
            )
            item.fault(low, message, hint, low=low, high=high)
    pattern = item.text("pattern")
    if pattern:
        compiled = compile_pattern(pattern)
        if compiled is None:
            message = "Le motif « {pattern} » n’est pas une expression régulière valable."
            item.fault("pattern", message, pattern=pattern)
        else:
            values["pattern"] = compiled
    item.close("« constraints »")
    return Constraints(**values)  # type: ignore[arg-type]


def read_foreign_key(item: Reader, resource: str, group: str = "") -> ForeignKey:
    """A foreign key of a resource, or of a group of columns."""
    fields = item.texts("fields", required=True)
    if group:
        fields = tuple(f"{group}_{name}" for name in fields)
    reference = item.mapping("reference", required=True)
    reference.skip("package")  # resource names are unique across packages: `package` is for the reader
    target = reference.text("resource") or resource
    columns = reference.texts("fields", required=item.has("reference"))
    reference.close("« reference »")
    item.close("une clé étrangère")
    position = reference.spot("resource" if reference.has("resource") else "fields", target)
    if not columns:
        fields = ()
    elif fields and len(fields) != len(columns):
        message = "Cette clé étrangère n’a pas le même nombre de colonnes des deux côtés ({a} et {b})."
        item.fault("fields", message, a=len(fields), b=len(columns))
        fields = ()
    return ForeignKey(fields, target, columns, position)

"""Columns and foreign keys of a contract, read from their descriptors (Table Schema of Data Package v2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import replace

from generator.contracts.computed import read_computed, read_decimals
from generator.contracts.derived import read_count
from generator.contracts.metadata import read_properties
from generator.contracts.model import Field, ForeignKey
from generator.contracts.searching import read_role
from generator.diagnostics.suggestions import Words, nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Scalar, Sequence
from generator.documents.reader import NAME, Reader
from generator.text.interface import Sentence
from generator.values.constraints import read_constraints
from generator.values.conversion import converter
from generator.values.formulas import executed
from generator.values.problem import RESERVED_WORD
from generator.values.types import TYPES, fits

Categories = tuple[tuple[str, str], ...]


def read_field(item: Reader, group: tuple[str, ...] = ()) -> Field:
    """A column; `group` is the key under which records write it, if any."""
    own = item.text("name", required=True, pattern=NAME)
    name = "_".join((*group, own))
    kind = item.text("type", required=True)
    if kind and kind not in TYPES:
        message, hint = "Le type « {type} » n’est pas pris en charge.", "Types possibles : {choices}."
        item.fault("type", message, hint, nearest(kind, TYPES), type=kind, choices=listed(TYPES))
        return Field(name, "string", (*group, *_read_from(item, own)), item.position)  # the rest depends on it
    value_type, form = TYPES.get(kind or "string", TYPES["string"]), _read_format(item, kind)
    before = len(item.diagnostics)
    categories = _read_categories(item, kind, form)
    constraints = read_constraints(item.mapping("constraints"), value_type, form)
    read = Field(
        name, value_type.name, (*group, *_read_from(item, own)), item.position,
        title=item.text("title", required=True),
        description=item.text("description"),
        format=form,
        example=item.text("example"),
        prose=item.boolean("prose"),
        formulas=item.boolean("formulas"),
        constraints=constraints,
        categories=categories,
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
        properties=read_properties(item),
    )  # fmt: skip
    if item.has("categoriesOrdered") and not item.has("categories"):
        item.faults(item.key_place("categoriesOrdered"), "« categoriesOrdered » va avec « categories », qui manque.")
    if read.prose and kind and kind != "string":
        item.fault("prose", "Un texte avec des liens (« prose ») est du type « string ».")
    if read.separator and kind and (kind != "string" or categories):
        message = "Une cellule de plusieurs valeurs (« separator ») est du type « string », sans liste fermée."
        item.fault("separator", message, "Une liste imbriquée dit le type de chaque valeur.")
    if read.formulas and kind and kind != "string":
        item.fault("formulas", "Ce qu’un tableur exécuterait (« formulas ») n’est permis que dans le type « string ».")
    if len(item.diagnostics) == before:
        _check_values(item, read)
    for word in value_type.constraints:
        if item.has(word):  # a constraint beside « constraints »
            item.skip(word)
            message = "« {word} » est une contrainte : elle s’écrit dans « constraints »."
            text = item.node.nodes[word]
            meant = f"constraints: {{{word}: {text.text}}}" if isinstance(text, Scalar) else ""
            item.faults(item.key_place(word), message, "", meant, word=word)
    item.close("une colonne")
    return read


def _read_from(item: Reader, own: str) -> tuple[str, ...]:
    """The key under which rows write a column, through groups or not: its name unless it says otherwise."""
    texts = item.texts("from")
    if item.has("from") and (not texts or "" in texts):
        message, hint = "« from » nomme la clé que portent les lignes, ou un chemin de clés.", "Exemple : {example}"
        item.fault("from", message, hint, example="from: [capitale, ville]")
    return tuple(filter(None, texts)) or (own,)


def _read_format(item: Reader, kind: str) -> str:
    """The format that a column declares; "" for that of its type."""
    form, formats = item.text("format"), TYPES.get(kind or "string", TYPES["string"]).formats
    if not form or form == "default" or form in formats:  # the standard's own word for none
        return "" if form == "default" else form
    message = "Le format « {format} » n’existe pas pour le type « {type} »."
    if formats:
        hint = "Formats possibles : {choices}."
    elif kind in ("date", "datetime", "time"):
        hint = "Retirez « format » : les valeurs s’écrivent toutes de la même façon ({sample})."
    else:
        hint = "Retirez « format »."
    sample = {"date": "AAAA-MM-JJ", "datetime": "AAAA-MM-JJTHH:MM:SSZ", "time": "HH:MM:SS"}.get(kind, "")
    near = nearest(form, formats)
    item.fault("format", message, hint, near, format=form, type=kind, choices=listed(formats), sample=sample)
    return ""


def _check_values(item: Reader, column: Field) -> None:
    """The values that the contract itself gives: those of a list, which the other constraints must let pass, and the example."""
    own = column.constraints
    values = [value for value, _ in column.categories]
    for word, texts in (("categories", values), ("enum", own.enum)):
        reader = item if word == "categories" else item.mapping("constraints")
        first = next(_refused(column, texts), None)
        if first is not None:  # the others may be refused too, by the same constraint
            text, told = first
            message = "La valeur « {text} » de « {word} » ne respecte pas les autres contraintes : {told}"
            hint = "Corrigez-la, ou corrigez la contrainte."
            reader.faults(reader.spot(word, text), message, hint, text=text, word=word, told=told)
            return
    for text in own.enum if column.categories else ():
        if text not in values:
            reader, message = item.mapping("constraints"), "« {text} » n’est pas dans « categories »."
            hint = "Retirez « enum » : « categories » suffit à fermer la liste."
            reader.faults(reader.spot("enum", text), message, hint, text=text)
    convert = converter(
        column.type, column.format, own, categories=column.categories, prose=column.prose, separator=column.separator,
        formulas=column.formulas,
    )  # fmt: skip
    problem = convert(column.example)[1] if column.example else None
    if problem is not None:
        message = "L’exemple « {example} » ne convient pas à sa propre colonne : {told}"
        hint, meant = "{todo}" if problem.hint else "", problem.suggestion
        item.fault("example", message, hint, meant, example=column.example, told=problem.message, todo=problem.hint)


def _refused(column: Field, texts: Iterable[str]) -> Iterator[tuple[str, Sentence]]:
    """The values of a list that the other constraints of the column refuse, and why."""
    narrow = replace(column.constraints, enum=())
    convert = converter(column.type, column.format, narrow, formulas=column.formulas)
    for text in texts:
        problem = convert(text)[1]
        if problem is not None and problem.code != RESERVED_WORD:  # which the list itself permits
            yield text, problem.message


def _read_categories(item: Reader, kind: str, form: str) -> Categories:
    if item.has("categories") and kind in TYPES and kind not in ("string", "integer"):
        item.fault("categories", "Des catégories ne vont qu’aux types « string » et « integer ».")
        item.skip("categories")
        return ()
    found: list[tuple[str, str]] = []
    values, labels = set[str](), set[str]()
    for entry in item.entries("categories", "value"):
        value = entry.text("value", required=True)
        label = entry.text("label") or value
        if value in values:
            entry.fault(
                "value", "La catégorie « {value} » est donnée deux fois.", "Retirez l’une des deux.", value=value
            )
        elif value and kind in TYPES and not fits(TYPES[kind], value, form):
            message, meant = "La catégorie « {value} » n’est pas du type « {type} ».", TYPES[kind].read(value, form)[1]
            entry.fault("value", message, "", meant.suggestion if meant else "", value=value, type=kind)
        elif label in labels:
            message, hint = "Deux catégories ont le même libellé, « {label} ».", "Donnez-leur deux libellés différents."
            entry.fault("label" if entry.has("label") else "value", message, hint, label=label)
        elif entry.has("label") and executed(label)[0]:
            message = "Le libellé « {label} » commence par « {first} » : un tableur pourrait l’exécuter."
            entry.fault("label", message, "Ajoutez un mot devant.", label=label, first=executed(label)[0])
        found.append((value, label))
        values.add(value)
        labels.add(label)
        entry.close("une catégorie")
    if item.has("categories") and not found and isinstance(item.node.nodes["categories"], Sequence):
        item.fault("categories", "« categories » attend au moins une valeur.")
    return tuple(found)


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

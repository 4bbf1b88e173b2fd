"""A column of a schema (https://datapackage.org/standard/table-schema/#field): its type, its format, what is asked of its values."""

from __future__ import annotations

from dataclasses import replace

from generator.diagnostics.finding import fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Mapping, Scalar
from generator.standard.constraints import read_constraints, read_value
from generator.standard.json_schemas import read_json_schema
from generator.standard.model import MISSING, Field
from generator.standard.part import SCHEMA, TEXT, Part, is_text
from generator.tables.shape import FREE
from generator.text.interface import sentence
from generator.values import booleans
from generator.values.constraints import Constraints
from generator.values.strptime import is_form
from generator.values.types import TYPES
from generator.values.writing import ITEMS, Writing

_TEXTS = ("title", "description", "example", "rdfType")


def read_field(part: Part, missing: tuple[str, ...]) -> Field:
    """The column that a group says; `missing` are the words of an absence in the whole schema."""
    name = part.text("name")
    if "name" not in part:
        part.missing("name", "Donnez à chaque colonne son nom : celui qu’elle a dans les données.")
    for key in _TEXTS:
        part.text(key)
    kind = part.word("type", tuple(TYPES)) or "any"
    writing = _writing(part, kind)
    asked = part.group("constraints")
    found = Field(name, part.at("name"), kind, writing, missing=missing)
    if "missingValues" in part:
        found = replace(found, missing=read_missing(part))
    found = replace(found, categories=_categories(part, kind, writing))
    if asked is None:
        return found
    constraints = read_constraints(asked, kind, writing)
    categories = _check_enum(part, found, constraints)
    return replace(
        found,
        categories=categories,
        constraints=constraints,
        json_schema=read_json_schema(asked) if kind in ("object", "array") else None,
    )


def _writing(part: Part, kind: str) -> Writing:
    """How the texts of a column are written: its format, and the properties of its type."""
    writing = Writing(format=_format(part, kind), allow=FREE)
    if kind in ("number", "integer"):
        group, decimal = part.text("groupChar"), part.text("decimalChar") if kind == "number" else ""
        if group and kind == "number" and group == (decimal or "."):
            message, hint = "« groupChar » et « decimalChar » sont le même signe.", "Changez l’un des deux."
            part.tell(fault(SCHEMA, part.at("groupChar"), message, hint))
            group = ""
        return replace(writing, decimal=decimal or ".", group=group, bare=part.flag("bareNumber", default=True))
    if kind == "boolean":
        true, false = (tuple(text for text, _ in part.texts(key)) for key in ("trueValues", "falseValues"))
        true, false = booleans.words(replace(writing, true=true, false=false))
        writing = replace(writing, true=true, false=false)
        both = sorted({*writing.true} & {*writing.false})
        if both:
            message = "« {text} » est à la fois dans « trueValues » et dans « falseValues »."
            key = "trueValues" if "trueValues" in part else "falseValues"
            part.tell(fault(SCHEMA, part.at(key), message, "Retirez-le de l’une des deux listes.", text=both[0]))
        return writing
    if kind == "list":
        delimiter, item = part.text("delimiter"), part.word("itemType", ITEMS)
        writing = replace(writing, delimiter=delimiter or ",", item=item or "string")
    return writing


def _format(part: Part, kind: str) -> str:
    form = part.text("format").removeprefix("fmt:")  # version 0 wrote it before the patterns of dates
    formats = TYPES[kind].formats
    if form in ("", "default", *formats) or kind == "any":
        return "" if form == "default" or kind == "any" else form
    if TYPES[kind].patterned and is_form(form):
        return form
    message, hint = "Le format « {format} » n’existe pas pour le type « {type} ».", "Formats possibles : {choices}."
    if TYPES[kind].patterned:
        hint = "Formats possibles : {choices}, ou un motif comme « %d/%m/%Y »."
    choices = ("default", *formats)
    place, near = part.at("format"), nearest(form, choices)
    part.tell(fault(SCHEMA, place, message, hint, near, format=form, type=kind, choices=listed(choices)))
    return ""


def read_missing(part: Part) -> tuple[str, ...]:
    """The words of an absence that a schema or a column declares: texts, or groups with a label."""
    found: dict[str, None] = {}
    labels: set[str] = set()
    kinds: set[type] = set()
    for path, node in part.items("missingValues"):
        kinds.add(type(node))
        one = Part(node, part.file, path) if isinstance(node, Mapping) else None
        if one is not None:
            if "value" not in one:
                one.missing("value", "Écrivez le texte qui dit l’absence.")
                continue
            text, label = one.text("value"), one.text("label")
            _once(one, "label", label, labels)
        elif isinstance(node, Scalar) and is_text(node):
            text = node.text
        else:
            part.unfit(part.file.at(node), path, TEXT, node)
            continue
        if text in found:
            message, hint = "« {text} » est donné deux fois dans « {key} ».", "Retirez l’un des deux."
            part.tell(fault(SCHEMA, part.file.at(node), message, hint, text=text, key=part.within("missingValues")))
        found[text] = None
    if len(kinds) > 1:
        part.fault("missingValues", "« {key} » mêle des textes et des groupes.", "Écrivez-les tous de la même façon.")
    return tuple(found) if "missingValues" in part else MISSING


def _once(part: Part, key: str, text: str, known: set[str]) -> None:
    """Say a label that another has."""
    if text and text in known:
        message, hint = "Le libellé « {text} » est donné deux fois.", "Un libellé ne désigne qu’une valeur."
        part.tell(fault(SCHEMA, part.at(key), message, hint, text=text))
    known.add(text)


def _categories(part: Part, kind: str, writing: Writing) -> tuple[tuple[str, str], ...]:
    """The values and the labels of a closed list."""
    if "categoriesOrdered" in part:
        part.flag("categoriesOrdered")
    if "categories" not in part:
        return ()
    if kind not in ("string", "integer"):
        message, hint = (
            "« categories » ne va pas au type « {type} ».",
            "Seuls « string » et « integer » en ont : prenez « enum ».",
        )
        part.tell(fault(SCHEMA, part.key_at("categories"), message, hint, type=kind))
        return ()
    found: dict[object, tuple[str, str]] = {}
    labels: set[str] = set()
    for path, node in part.items("categories", least=1):
        one = Part(node, part.file, path) if isinstance(node, Mapping) else None
        value = one.get("value") if one is not None else node
        if one is not None and "value" not in one:
            one.missing("value", "Écrivez la valeur que ce libellé désigne.")
            continue
        if value is None or (one is None and not isinstance(node, Scalar)):
            part.unfit(part.file.at(node), path, sentence("une valeur, ou un groupe qui a la clé « value »"), node)
            continue
        label = one.text("label") if one is not None else ""
        if one is not None:
            _once(one, "label", label, labels)
        read = read_value(part, path, value, kind, writing)
        if read is not None and read[1] in found:
            message, hint = "La valeur « {text} » est donnée deux fois dans « {key} ».", "Retirez l’une des deux."
            part.tell(fault(SCHEMA, part.file.at(value), message, hint, text=read[0], key=part.within("categories")))
        elif read is not None:
            found[read[1]] = (read[0], label)
    return tuple(found.values())


def _check_enum(part: Part, column: Field, constraints: Constraints) -> tuple[tuple[str, str], ...]:
    """The categories that the constraint `enum` leaves; its values are among them, or it is said."""
    read = TYPES[column.type].written(column.writing)
    known = {read(text)[0] for text, _ in column.categories}
    kept = {read(text)[0] for text in constraints.enum} if known else set()
    strange = [text for text in constraints.enum if known and read(text)[0] not in known]
    if strange:
        message = "« {text} », dans « enum », n’est pas dans « categories »."
        hint = "Les valeurs de « enum » sont une partie de celles de « categories »."
        place = part.at("constraints")
        part.tell(fault(SCHEMA, place, message, hint, text=strange[0]))
        return column.categories
    return tuple(pair for pair in column.categories if not kept or read(pair[0])[0] in kept)

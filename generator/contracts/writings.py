"""How the texts of a column are written, as its contract says: format and properties of Table Schema, guards that it lifts. Two ways out
that contradict each other are faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import replace

from generator.contracts.model import Field
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.values.booleans import words
from generator.values.strptime import wrong_form
from generator.values.types import TYPES
from generator.values.writing import GUARDS, ITEMS, Writing

_PROPERTIES = tuple(dict.fromkeys(name for kind in TYPES.values() for name in kind.properties))


def read_writing(item: Reader, kind: str, prose: bool, allow: frozenset[str]) -> Writing:
    """How a column of a type writes its texts; `allow`: the guards that are lifted there."""
    own = TYPES[kind].properties
    for word in _PROPERTIES:
        if item.has(word) and word not in own:
            item.skip(word)
            types = [name for name, each in TYPES.items() if word in each.properties]
            message, hint = (
                "« {word} » ne va pas au type « {type} ».",
                "Retirez-la, ou prenez l’un de ces types : {choices}.",
            )
            item.faults(item.key_place(word), message, hint, word=word, type=kind, choices=listed(types))
    if kind == "boolean":
        return _booleans(item, allow)
    if kind in ("number", "integer"):
        return _numbers(item, kind, allow)
    if kind == "list":
        return _lists(item, allow)
    return Writing(_format(item, kind), prose=prose, allow=allow)


def read_allow(item: Reader, kind: str = "") -> frozenset[str]:
    """The guards that a column of a type lifts, or, without a type, all the columns of a table."""
    found = set[str]()
    for word in item.texts("allow", distinct=True):
        if word not in GUARDS:
            message, hint = "« {word} » n’est pas ce qu’« allow » permet.", "Possibles : {choices}."
            item.faults(
                item.spot("allow", word), message, hint, nearest(word, GUARDS), word=word, choices=listed(GUARDS)
            )
        elif kind and kind not in GUARDS[word]:
            message = "« allow: [{word}] » ne change rien pour le type « {type} »."
            hint = "Retirez-le. Il va aux types {choices}."
            item.faults(
                item.spot("allow", word), message, hint, word=word, type=kind, choices=listed(GUARDS[word], "et")
            )
        else:
            found.add(word)
    return frozenset(found)


def suited(allow: Iterable[str], kind: str) -> frozenset[str]:
    """Of the guards that a table lifts, those that look at the texts of a type."""
    return frozenset(word for word in allow if kind in GUARDS[word])


def with_lifted(column: Field, allow: Iterable[str]) -> Field:
    """A column shared by tables, in one that lifts guards."""
    whole = column.writing.allow | suited(allow, column.type)
    return replace(column, writing=replace(column.writing, allow=whole))


def contradictions(columns: Map[str, Field], missing: tuple[str, ...]) -> Iterator[Diagnostic]:
    """The words that a contract takes both for an absence and for a value of a column; `missing`: those of the table."""
    for column in columns.values():
        absent = set(missing if column.missing_values is None else column.missing_values)
        values = {*column.constraints.enum, *(value for value, _ in column.categories)}
        values |= {*column.writing.true, *column.writing.false}
        for word in sorted(filter(None, absent & values)):
            message = "« {word} » est à la fois une absence (« missingValues ») et une valeur de « {name} »."
            hint = "Retirez-le de l’un des deux ; une colonne peut avoir ses propres « missingValues »."
            yield fault("contrat-faux", column.position, message, hint, word=word, name=column.name)


def _format(item: Reader, kind: str) -> str:
    """The format that a column declares; "" for that of its type."""
    form, formats = item.text("format"), TYPES[kind].formats
    if not form or form == "default" or form in formats:  # the standard's own word for none
        return "" if form == "default" else form
    near, choices = nearest(form, formats), listed(("default", *formats))
    if TYPES[kind].patterned:
        why = wrong_form(form, kind)
        if why:
            hint = "Écrivez « any », ou un motif comme {example} ; sans « format », les valeurs s’écrivent {sample}."
            example = {"date": "%d/%m/%Y", "time": "%H:%M"}.get(kind, "%d/%m/%Y %H:%M")
            sample = {"date": "AAAA-MM-JJ", "time": "HH:MM:SS"}.get(kind, "AAAA-MM-JJTHH:MM:SSZ")
            message = "Ce format ne dit pas une valeur du type « {type} ». {why}"
            item.fault("format", message, hint, near, type=kind, why=why, example=example, sample=sample)
        return "" if why else form
    message = "Le format « {format} » n’existe pas pour le type « {type} »."
    hint = "Formats possibles : {choices}." if formats else "Retirez « format »."
    item.fault("format", message, hint, near, format=form, type=kind, choices=choices)
    return ""


def _booleans(item: Reader, allow: frozenset[str]) -> Writing:
    found = Writing(
        _format(item, "boolean"),
        true=item.texts("trueValues", required=item.has("trueValues"), distinct=True),
        false=item.texts("falseValues", required=item.has("falseValues"), distinct=True),
        allow=allow,
    )
    true, false = words(found)
    for word in sorted({*true} & {*false}):
        key = "trueValues" if found.true else "falseValues"
        hint = "Retirez-le de l’un des deux."
        item.faults(item.spot(key, word), "« {word} » veut dire à la fois vrai et faux.", hint, word=word)
    return found


def _numbers(item: Reader, kind: str, allow: frozenset[str]) -> Writing:
    decimal = item.text("decimalChar") or "." if kind == "number" else "."
    group, bare = item.text("groupChar"), item.boolean("bareNumber") if item.has("bareNumber") else True
    for word, mark in (("decimalChar", decimal), ("groupChar", group)):
        if len(mark) > 1 or (mark and (mark.isalnum() or mark in "+-")):
            message = "« {word} » attend un seul signe, qui n’est ni un chiffre ni une lettre."
            item.fault(word, message, "Par exemple : {example}", word=word, example=f'{word}: ","')
            return Writing(allow=allow)
    if kind == "number" and decimal == group:
        message = "« {mark} » sépare à la fois les décimales et les milliers."
        item.fault("groupChar", message, "Changez l’un des deux.", mark=group)
        group = ""
    return Writing(_format(item, kind), decimal=decimal, group=group, bare=bare, allow=allow)


def _lists(item: Reader, allow: frozenset[str]) -> Writing:
    delimiter, kind = item.text("delimiter") or ",", item.text("itemType") or "string"
    if kind not in ITEMS:
        message, hint = "Le type « {type} » n’est pas celui des éléments d’une liste.", "Types possibles : {choices}."
        item.fault("itemType", message, hint, nearest(kind, ITEMS), type=kind, choices=listed(ITEMS))
        kind = "string"
    return Writing(_format(item, "list"), delimiter=delimiter, item=kind, allow=allow)

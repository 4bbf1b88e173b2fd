"""Keys that a row should not have, and those that it lacks: one mistake, one message, with the lines to write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.catalogue.levels import Level
from generator.catalogue.plan import Plan
from generator.catalogue.records import Record
from generator.contracts.model import Field
from generator.diagnostics.finding import Diagnostic, fault, kept
from generator.diagnostics.suggestions import synonym
from generator.diagnostics.wording import listed
from generator.documents.nodes import COLUMN_BITS, Document, Mapping, Node, Scalar
from generator.documents.places import key as quoted
from generator.text.interface import say
from generator.text.patching import Edit

_ONE_WORD = re.compile(r"\S*\Z")  # which stands on one line, wherever it is written


def is_empty(node: object) -> bool:
    """Whether nothing is written."""
    return isinstance(node, Scalar) and not node.text


def unknown_key(plan: Plan, document: Document, node: Mapping, name: str) -> tuple[Diagnostic, list[int]]:
    """A key that the table has not, and the places of the columns that it was meant to fill: these are not said to be
    missing as well.
    """
    position = document.at(node.key_mark(name), len(name))
    cut = _cut_at_comma(document, node, name) if document.header is None else None
    if cut is not None:
        return cut, []
    known = plan.resource.field(name) if name in plan.resource.index else None
    if known is not None and known.filled:
        return filled_column(document, node, known), []
    if known is not None:
        message, hint = "« {key} » s’écrit dans un groupe.", "Écrivez {meant}"
        if len(known.key) == 1:
            message = "La colonne « {key} » s’écrit sous une autre clé."
        said = fault("cle-inconnue", position, message, hint, key=name, meant=kept(as_written(known.key)))
        return said, [plan.resource.index[name]]
    invisible = next((c for c in name if not c.isprintable() or (c.isspace() and c != " ")), "")
    if invisible:
        message = "La clé « {key} » contient une espace insécable (U+{code})."
        hint, code = "Retapez-la au clavier, les deux-points collés à la clé.", f"{ord(invisible):04X}"
        if document.header is not None:
            message = "Le nom de colonne « {key} » contient une espace insécable (U+{code})."
            hint = "Retapez-le au clavier."
        said = fault("espace-insecable", position, message, hint, name.strip(), key=name, code=code)
        return said, plan.top.places(name.strip())
    holder = (
        next((group for group, inner in plan.groups.items() if name in inner.columns), "")
        if document.header is None
        else ""
    )
    held = node.nodes.get(holder)
    if holder and (held is None or (isinstance(held, Mapping) and name not in held.nodes)):
        return _outside_its_group(document, node, holder, name), [plan.groups[holder].columns[name][0]]
    message, hint = "La clé « {key} » est inconnue dans la table « {title} ».", "Clés possibles : {choices}."
    if document.header is not None:
        message, hint = "La table « {title} » n’a pas de colonne « {key} ».", "Colonnes possibles : {choices}."
    suggestion = plan.top.words.nearest(name) or synonym(name, *plan.free(node.nodes))
    if not suggestion and plan.below(name):
        hint = "Cette clé s’écrit dans chaque élément de « {below} »."
    title, choices = plan.resource.title, listed(plan.top.keys)
    values = {"key": name, "title": title, "choices": choices, "below": plan.below(name)}
    said = fault("cle-inconnue", position, message, hint, suggestion, **values)
    return said, plan.top.places(suggestion)


def unknown_key_in_group(level: Level, document: Document, node: Mapping, key: str) -> tuple[Diagnostic, list[int]]:
    """A key that a group has not, and the places of the columns that it was meant to fill."""
    cut = _cut_at_comma(document, node, key)
    if cut is not None:
        return cut, []
    message, hint = "La clé « {key} » est inconnue dans « {name} ».", "Clés possibles : {choices}."
    position, suggestion = document.at(node.key_mark(key), len(key)), level.words.nearest(key)
    suggestion = suggestion or synonym(key, [name for name in level.keys if name not in node.nodes])
    said = fault(
        "cle-inconnue", position, message, hint, suggestion, key=key, name=level.name, choices=listed(level.keys)
    )
    return said, level.places(suggestion)


def _outside_its_group(document: Document, node: Mapping, group: str, name: str) -> Diagnostic:
    """A key of a group that is written at the level of the row."""
    mark, value = node.key_mark(name), node.nodes[name]
    line, column = mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)
    message = "« {key} » s’écrit sous « {group} », en retrait : cette ligne est trop à gauche."
    hint = "Ajoutez deux espaces devant, juste après les autres clés de « {group} »."
    if group not in node.nodes:
        message, hint = "« {key} » s’écrit dans le groupe « {group} ».", "Écrivez {group}: {{{key}: …}}"
    said = fault("cle-inconnue", document.at(mark, len(name)), message, hint, key=name, group=group)
    names = list(node.nodes)
    after = names.index(name) and names[names.index(name) - 1] == group
    if not after or not isinstance(value, Scalar) or "\n" in value.text:
        return said
    edit = Edit(document.path, (line, column), (line, column), "  ")
    return replace(said, suggestion=f"{' ' * (column + 1)}{quoted(name)}: {value.text}", edits=(edit,))


def _cut_at_comma(document: Document, node: Mapping, key: str) -> Diagnostic | None:
    """A text that a comma cuts between braces: what follows the comma is read as a key without a value."""
    names = list(node.nodes)
    place, line = names.index(key), node.key_mark(key) >> COLUMN_BITS
    before = names[place - 1] if place else ""
    value = node.nodes.get(before)
    if not isinstance(value, Scalar) or value.quoted or not value.text or not is_empty(node.nodes[key]):
        return None
    if {value.mark >> COLUMN_BITS, node.nodes[key].mark >> COLUMN_BITS} - {line}:
        return None
    message = "Entre accolades, une virgule sépare deux clés : le texte de « {key} » s’arrête avant « {rest} »."
    hint = "Mettez entre guillemets un texte qui contient une virgule."
    whole = f"{value.text}, {key}".strip("“”")
    meant = f"{before}: {json.dumps(whole, ensure_ascii=False)}"
    return fault("cle-inconnue", document.at(node.key_mark(key), len(key)), message, hint, meant, key=before, rest=key)


def missing(record: Record, columns: Sequence[Field]) -> Iterator[Diagnostic]:
    """Required columns without a value: one message for the row, with the lines to add; those of a CSV file or of a group that
    is written, one each.
    """
    apart = [c for c in columns if record.document.header is not None or _group_written(record, c)]
    yield from (_one_missing(record, column) for column in apart)
    others = [column for column in columns if column not in apart]
    if len(others) == 1:
        yield _one_missing(record, others[0])
    elif others:
        message = "Il manque {n} clés obligatoires : {names}."
        hint = "Ajoutez ces lignes au même retrait que les autres clés, et remplissez-les."
        lines = [as_written(*ways) for ways in _by_first(column.key for column in others)]
        names = ", ".join(say("« {name} » ({title})", name=column.key[-1], title=column.title) for column in others)
        yield fault("valeur-manquante", record.at(), message, hint, "\n".join(lines), n=len(others), names=names)


def as_written(*ways: tuple[str, ...]) -> str:
    """Keys to fill in as they are written, in groups when their ways have several steps; all begin with one key."""
    first, rest = ways[0][0], [way[1:] for way in ways if way[1:]]
    if not rest:
        return f"{quoted(first)}: …"
    return f"{quoted(first)}: {{{', '.join(as_written(*inner) for inner in _by_first(rest))}}}"


def _by_first(ways: Iterable[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Ways by their first step, in their order."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for way in ways:
        found.setdefault(way[0], []).append(way)
    return list(found.values())


def _group_written(record: Record, column: Field) -> bool:
    return len(column.key) > 1 and column.key[0] in record.node.nodes


def _holder(record: Record, column: Field) -> tuple[int, int] | None:
    """Where the deepest group of a column that is written stands: the mark and the length of its key."""
    node: Node = record.node
    found = None
    for step in column.key[:-1]:
        if not isinstance(node, Mapping) or step not in node.nodes:
            break
        found = node.key_mark(step), len(step)
        node = node.nodes[step]
    return found


def _one_missing(record: Record, column: Field) -> Diagnostic:
    message, hint = "Il manque « {inner} » ({title}).", "Ajoutez la ligne « {inner}: … »."
    position = record.at()
    if record.document.header is not None:
        hint = "Remplissez cette cellule."
    if len(column.key) > 1:
        hint = "Écrivez {meant}"
        held = _holder(record, column)
        position = record.document.at(*held) if held is not None else position
    elif column.name == record.resource.rows.body:
        hint = "Écrivez un texte après l’en-tête."
    values = {"inner": column.key[-1], "meant": kept(as_written(column.key)), "title": column.title}
    return fault("valeur-manquante", position, message, hint, **values)


def filled_column(document: Document, holder: Mapping, column: Field) -> Diagnostic:
    """A column that the place of the row, or a calculation, already says; with the edit that removes its line when it has one."""
    message, values = "La colonne « {name} » est remplie par le générateur.", {"name": column.key[-1]}
    if column.computed is not None:
        message, values["formula"] = "La colonne « {name} » est calculée ({formula}).", column.computed.text
    hint = "Supprimez cette ligne." if document.header is None else "Supprimez cette colonne."
    mark = holder.key_mark(column.key[-1])
    said = fault("colonne-remplie", document.at(mark, len(column.key[-1])), message, hint, **values)
    line = mark >> COLUMN_BITS
    alone = document.header is None and _alone(holder, column.key[-1], line)
    return replace(said, edits=(Edit(document.path, (line, 1), (line + 1, 1), ""),)) if alone else said


def _alone(holder: Mapping, name: str, line: int) -> bool:
    """Whether a key and its value have a line of their own, in a group that is not between braces."""
    value, first = holder.nodes[name], next(iter(holder.nodes))
    others = [mark >> COLUMN_BITS for key, mark in zip(holder.nodes, holder.key_marks, strict=True) if key != name]
    below = name != first and holder.mark == holder.key_mark(first) and line not in others
    return below and isinstance(value, Scalar) and not value.quoted and _ONE_WORD.match(value.text) is not None

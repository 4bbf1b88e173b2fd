"""What is wrong with a row being loaded, in sentences: one mistake, one message, at the place to mend."""

from __future__ import annotations

from generator.catalogue.plan import Plan
from generator.catalogue.records import Record
from generator.contracts.conversion import Convert
from generator.contracts.model import Field
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar, mark_at
from generator.text.interface import sentence


def refused_value(
    document: Document, holder: Mapping, name: str, value: Node, column: Field, convert: Convert
) -> Diagnostic | None:
    """What is wrong with a value that could not be read; None when it has been said already."""
    if isinstance(value, Broken):
        return None
    at_key = document.at(holder.key_mark(name), len(name))
    if column.filled:
        return filled_column(document, holder, name)
    if not isinstance(value, Scalar):
        message = "« {title} » attend une valeur simple, pas une liste ni un groupe."
        return fault("valeur-simple-attendue", document.at(value.mark), message, title=column.title)
    if not value.text:
        message = "La clé « {name} » est donnée sans valeur."
        hint = "Donnez-lui une valeur." if column.required else "Supprimez la ligne : absent veut dire absent."
        return fault("valeur-vide", at_key, message, hint, name=name)
    problem = convert(value.text)[1]
    if problem is None:
        return None
    position = document.at(value.mark, len(value.text) + 2 * value.quoted if "\n" not in value.text else 1)
    told = sentence("{title} : {problem}", title=column.title, problem=problem.message)
    return Diagnostic(problem.code, position, told, problem.hint, problem.suggestion)


def filled_column(document: Document, holder: Mapping, name: str) -> Diagnostic:
    """A column that the place of the row already says."""
    message = "La colonne « {name} » est remplie par le générateur."
    position = document.at(holder.key_mark(name), len(name))
    return fault("colonne-remplie", position, message, "Supprimez cette ligne.", name=name)


def unknown_key(plan: Plan, document: Document, node: Mapping, name: str) -> tuple[Diagnostic, list[int]]:
    """A key that the table has not, and the places of the columns that it was meant to fill: these are not said to be
    missing as well.
    """
    position = document.at(node.key_mark(name), len(name))
    if any(f.filled and f.name == name for f in plan.resource.fields):
        return filled_column(document, node, name), []
    if name in plan.resource.index:
        group, inner = plan.resource.field(name).key
        message, hint = "« {key} » s’écrit dans un groupe.", "Écrivez {group}: {{{inner}: …}}"
        said = fault("cle-inconnue", position, message, hint, key=name, group=group, inner=inner)
        return said, [plan.resource.index[name]]
    invisible = next((c for c in name if not c.isprintable() or (c.isspace() and c != " ")), "")
    if invisible:
        message = "La clé « {key} » contient une espace insécable (U+{code})."
        hint, code = "Retapez-la au clavier, les deux-points collés à la clé.", f"{ord(invisible):04X}"
        said = fault("espace-insecable", position, message, hint, name.strip(), key=name, code=code)
        return said, plan.filled_by(name.strip())
    message, hint = "La clé « {key} » est inconnue dans la table « {title} ».", "Clés possibles : {choices}."
    if document.header:
        message, hint = "La table « {title} » n’a pas de colonne « {key} ».", "Colonnes possibles : {choices}."
    candidates = [*plan.columns, *plan.groups, *plan.nested]
    suggestion = nearest(name, candidates, [f.title for _, f, _ in plan.columns.values()])
    title, choices = plan.resource.title, listed(candidates)
    said = fault("cle-inconnue", position, message, hint, suggestion, key=name, title=title, choices=choices)
    return said, plan.filled_by(suggestion)


def unknown_key_in_group(
    plan: Plan, document: Document, node: Mapping, group: str, key: str
) -> tuple[Diagnostic, list[int]]:
    """A key that a group has not, and the place of the column that it was meant to fill."""
    columns = plan.groups[group]
    message, hint = "La clé « {key} » est inconnue dans « {name} ».", "Clés possibles : {choices}."
    position, suggestion = document.at(node.key_mark(key), len(key)), nearest(key, columns)
    said = fault("cle-inconnue", position, message, hint, suggestion, key=key, name=group, choices=listed(columns))
    return said, [columns[suggestion][0]] if suggestion in columns else []


def missing(record: Record, column: Field) -> Diagnostic:
    """A required column without a value."""
    group, inner = column.key[0], column.key[-1]
    message, hint = "Il manque « {inner} » ({title}).", "Ajoutez la ligne « {inner}: … »."
    position = record.at()
    if record.document.header:
        hint = "Remplissez cette cellule."
        if inner not in record.document.header:  # once for the whole file
            message, hint = "Il manque la colonne « {inner} » ({title}).", "Ajoutez-la à l’en-tête."
            position = record.document.at(mark_at(1, 1))
    if len(column.key) > 1:
        hint = "Écrivez {group}: {{{inner}: …}}"
        if group in record.node.nodes:
            position = record.document.at(record.node.key_mark(group), len(group))
    return fault("valeur-manquante", position, message, hint, group=group, inner=inner, title=column.title)

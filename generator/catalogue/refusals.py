"""What is wrong with a file or a row being loaded, in sentences: one mistake, one message, at the place to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from generator.catalogue.plan import Plan
from generator.catalogue.records import Record
from generator.contracts.model import Field, Resource
from generator.diagnostics.finding import Diagnostic, Position, fault, kept
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar
from generator.documents.yaml_errors import long_dash
from generator.documents.yaml_texts import is_dashed
from generator.layout import CONTENT
from generator.text.interface import Sentence, sentence
from generator.values.conversion import ID, Convert


def is_empty(node: Node) -> bool:
    """Whether nothing is written."""
    return isinstance(node, Scalar) and not node.text


def no_table(document: Document, read: Sequence[Resource]) -> Diagnostic:
    """A file that none of the resources takes."""
    name = document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    patterns = [f"{CONTENT}/{resource.rows.pattern}" for resource in read]
    message, hint = "Aucune table ne lit ce fichier.", "Emplacements lus : {choices}."
    near = nearest(document.path, [pattern.replace("*", name) for pattern in patterns])
    return fault("fichier-sans-table", Position(document.path), message, hint, near, choices=listed(patterns, "et"))


def two_tables(document: Document, first: Resource, second: Resource) -> Diagnostic:
    """A file that two resources take."""
    message = "Ce fichier est lu par deux tables : « {a} » et « {b} »."
    hint = "Précisez « content » dans l’un des deux contrats."
    return fault("contrat-faux", Position(document.path), message, hint, a=first.name, b=second.name)


def not_a_list(document: Document, node: Node, resource: Resource) -> Diagnostic:
    """A file of rows that holds something else."""
    message = "Une liste est attendue : chaque élément commence par « - »."
    if isinstance(node, Scalar) and is_dashed(node.text):
        return long_dash(document.at(node.mark))
    hint = "Ce fichier contient des lignes de la table « {title} »."
    return fault("liste-attendue", document.at(node.mark), message, hint, title=resource.title)


def empty_file(document: Document, plan: Plan) -> Diagnostic:
    """A record without anything in it."""
    message, hint = "Cette fiche est vide.", "Clés obligatoires : {choices}."
    choices = listed(dict.fromkeys(f.key[0] for _, f in plan.required), "et")
    return fault("fiche-vide", Position(document.path), message, hint, choices=choices)


def other_identifier(record: Record, given: str, stem: str) -> Diagnostic:
    """A record whose identifier is not the name of its file."""
    message = "L’identifiant « {id} » ne correspond pas au nom du fichier « {stem} »."
    hint, suggestion = "Le nom du fichier, l’identifiant et l’adresse de la page sont le même mot.", stem
    if not ID.match(stem):
        hint, suggestion = "Renommez le fichier en « {id}.yaml ».", ""
    position = record.at(record.resource.primary_key[0])
    return fault("identifiant-et-fichier", position, message, hint, suggestion, id=given, stem=stem)


def same_key(record: Record, other: Record) -> Diagnostic:
    """A row with the key of another."""
    resource = record.resource
    message = "« {key} » est déjà l’identifiant d’une autre ligne de « {title} » ({place})."
    hint = "Donnez-lui un autre identifiant, ou supprimez l’une des deux lignes."
    position, place = (row.at(resource.primary_key[-1]) for row in (record, other))
    shown = " + ".join(str(part) for part in record.id)
    return fault("cle-primaire-en-double", position, message, hint, key=shown, title=resource.title, place=place)


def not_a_row(plan: Plan, document: Document, node: Node) -> Diagnostic:
    """Something else than keys and values where a row is awaited."""
    code, hint = "groupe-attendu", ""
    message = "Une ligne de la table « {title} » s’écrit avec des clés « cle: valeur »."
    if plan.single and is_empty(node):
        code, message = "valeur-vide", "Un élément de la liste est vide."
        hint = "Remplissez-le ou supprimez-le."
    elif plan.single:
        code, message = "valeur-simple-attendue", "Chaque élément de cette liste est une simple valeur."
    return fault(code, document.at(node.mark), message, hint, title=plan.resource.title)


def not_a_nested_list(child: Plan, parent: Record, name: str, value: Node) -> Diagnostic:
    """Something else than a list where the rows of a nested table are awaited."""
    document = parent.document
    if is_empty(value):
        position = document.at(parent.node.key_mark(name), len(name))
        hint = "Ajoutez un élément qui commence par « - », ou supprimez la ligne."
        return fault("valeur-vide", position, "La liste « {name} » est vide.", hint, name=name)
    if isinstance(value, Scalar) and is_dashed(value.text):
        return long_dash(document.at(value.mark))
    message = "« {name} » attend une liste : chaque élément commence par « - »."
    hint, suggestion = "", ""
    if isinstance(value, Scalar) and value.text.startswith("-"):
        hint = "Il manque une espace après le tiret."
    elif child.single and isinstance(value, Scalar):
        suggestion = f"[{value.text}]"
    return fault("liste-attendue", document.at(value.mark), message, hint, suggestion, name=name)


def not_a_group(document: Document, holder: Mapping, name: str, keys: Iterable[str]) -> Diagnostic:
    """Something else than keys and values under the name of a group of columns."""
    message, hint = "« {name} » attend un groupe de clés.", "Écrivez {name}: {{{keys}}}"
    position = document.at(holder.nodes[name].mark or holder.key_mark(name))
    shown = ", ".join(f"{key}: …" for key in keys)
    return fault("groupe-attendu", position, message, hint, name=name, keys=shown)


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
        hint = "Si c’est un texte qui commence par un crochet ou une accolade, mettez-le entre guillemets."
        return fault("valeur-simple-attendue", document.at(value.mark), message, hint, title=column.title)
    if not value.text:
        message = "La clé « {name} » est donnée sans valeur."
        hint = "Donnez-lui une valeur." if column.required else "Supprimez la ligne : absent veut dire absent."
        return fault("valeur-vide", at_key, message, hint, name=name)
    problem = convert(value.text)[1]
    if problem is None:
        return None
    position = document.at(value.mark, len(value.text) + 2 * value.quoted if "\n" not in value.text else 1)
    told = sentence("{title} : {problem}", title=kept(column.title), problem=problem.message)
    return Diagnostic(problem.code, position, told, with_absence(problem.hint, document), problem.suggestion)


def with_absence(hint: Sentence, document: Document) -> Sentence:
    """A hint that may tell how an absence is written, in the words of the file: a table of cells, or keys and values."""
    if "{absent}" not in hint.key:
        return hint
    absent = sentence("supprimez la ligne") if document.header is None else sentence("laissez la cellule vide")
    return Sentence(hint.key, (*hint.values, ("absent", absent)))


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
    known = plan.resource.field(name) if name in plan.resource.index else None
    if known is not None and known.filled:
        return filled_column(document, node, name), []
    if known is not None:
        group, inner = known.key
        message, hint = "« {key} » s’écrit dans un groupe.", "Écrivez {group}: {{{inner}: …}}"
        said = fault("cle-inconnue", position, message, hint, key=name, group=group, inner=inner)
        return said, [plan.resource.index[name]]
    invisible = next((c for c in name if not c.isprintable() or (c.isspace() and c != " ")), "")
    if invisible:
        message = "La clé « {key} » contient une espace insécable (U+{code})."
        hint, code = "Retapez-la au clavier, les deux-points collés à la clé.", f"{ord(invisible):04X}"
        if document.header is not None:
            message = "Le nom de colonne « {key} » contient une espace insécable (U+{code})."
            hint = "Retapez-le au clavier."
        said = fault("espace-insecable", position, message, hint, name.strip(), key=name, code=code)
        return said, plan.filled_by(name.strip())
    message, hint = "La clé « {key} » est inconnue dans la table « {title} ».", "Clés possibles : {choices}."
    if document.header is not None:
        message, hint = "La table « {title} » n’a pas de colonne « {key} ».", "Colonnes possibles : {choices}."
    suggestion = plan.known[""].nearest(name)
    title, choices = plan.resource.title, listed(chain(plan.columns, plan.groups, plan.nested))
    said = fault("cle-inconnue", position, message, hint, suggestion, key=name, title=title, choices=choices)
    return said, plan.filled_by(suggestion)


def unknown_key_in_group(
    plan: Plan, document: Document, node: Mapping, group: str, key: str
) -> tuple[Diagnostic, list[int]]:
    """A key that a group has not, and the place of the column that it was meant to fill."""
    columns = plan.groups[group]
    message, hint = "La clé « {key} » est inconnue dans « {name} ».", "Clés possibles : {choices}."
    position, suggestion = document.at(node.key_mark(key), len(key)), plan.known[group].nearest(key)
    said = fault("cle-inconnue", position, message, hint, suggestion, key=key, name=group, choices=listed(columns))
    return said, [columns[suggestion][0]] if suggestion in columns else []


def missing(record: Record, column: Field) -> Diagnostic:
    """A required column without a value."""
    group, inner = column.key[0], column.key[-1]
    message, hint = "Il manque « {inner} » ({title}).", "Ajoutez la ligne « {inner}: … »."
    position = record.at()
    if record.document.header is not None:
        hint = "Remplissez cette cellule."
    if len(column.key) > 1:
        hint = "Écrivez {group}: {{{inner}: …}}"
        if group in record.node.nodes:
            position = record.document.at(record.node.key_mark(group), len(group))
    return fault("valeur-manquante", position, message, hint, group=group, inner=inner, title=column.title)

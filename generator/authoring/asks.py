"""What a column, a nested list or a table asks for, in French sentences: the comments of annotated templates. Everything
comes from the contracts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.authoring.placeholders import is_identifier, origin
from generator.contracts.conversion import Convert
from generator.contracts.model import Contracts, Field, ForeignKey, Resource
from generator.contracts.types import Constraints
from generator.diagnostics.wording import listed
from generator.text.french import french

MOST = 12  # values of a closed list that a comment tells

# How a type is written; a plain text needs no word.
_TYPES = {
    "number": "Un nombre, avec un point pour les décimales, sans espace ni unité.",
    "integer": "Un nombre entier, sans espace ni unité.",
    "boolean": "Écrivez true (oui) ou false (non).",
    "date": "Une date, de la forme AAAA-MM-JJ.",
    "datetime": "Une date et une heure, de la forme AAAA-MM-JJTHH:MM:SSZ.",
    "time": "Une heure, de la forme HH:MM:SS.",
    "year": "Une année, en quatre chiffres.",
    "yearmonth": "Un mois, de la forme AAAA-MM.",
    "uri": "Une adresse web, qui commence par https://.",
    "email": "Une adresse électronique.",
    "uuid": "Un identifiant UUID.",
}


def place(resource: Resource) -> str:
    """Where the file of a table stands, as a pattern: `content/a/*.yaml`."""
    return f"content/{resource.rows.pattern}"


def _files(resource: Resource) -> str:
    """Where the rows of a table stand, in words."""
    folder, _, name = place(resource).rpartition("/")
    return f"les fichiers de {folder}/" if "*" in name else f"{folder}/{name}"


def where(resource: Resource, contracts: Contracts) -> str:
    """One sentence: where a new row of a table is written."""
    rows = resource.rows
    folder, _, name = place(resource).rpartition("/")
    if rows.kind == "within":
        parent = contracts.resources[rows.parent]
        text = f"Dans une ligne de « {parent.title} », sous la clé « {rows.key} »."
    elif rows.kind == "records":
        text = f"Un nouveau fichier dans {folder}/, nommé d’après l’identifiant."
    elif rows.kind == "csv":
        text = f"Une ligne de plus à la fin de {folder}/{name}."
    elif "*" in rows.pattern:
        text = f"Un élément de plus dans l’un des fichiers de {folder}/, ou dans un nouveau fichier de ce dossier."
    else:
        text = f"Un élément de plus à la fin de {folder}/{name}."
    return french(text)


def limits(constraints: Constraints) -> list[str]:
    """The bounds of a column, in words."""
    bounds = (
        (constraints.minimum, "au moins"),
        (constraints.maximum, "au plus"),
        (constraints.exclusive_minimum, "plus que"),
        (constraints.exclusive_maximum, "moins que"),
    )
    words = [f"{text} {bound}" for bound, text in bounds if bound is not None]
    if constraints.min_length is not None:
        words.append(f"{constraints.min_length} caractères au moins")
    if constraints.max_length is not None:
        words.append(f"{constraints.max_length} caractères au plus")
    return words


def sentence(text: str) -> str:
    """A text with its final period."""
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?…" else f"{text}."


def explain(resource: Resource, column: Field, convert: Convert, label: str, contracts: Contracts) -> str:
    """What a column asks for, in one paragraph that starts with a label."""
    c = column.constraints
    parts = [label, sentence(column.description), _TYPES.get(column.format or column.type, "")]
    if column.prose:
        parts.append("Un texte, à la ligne et en retrait sous « >- » ; il peut contenir des liens.")
    if is_identifier(convert):
        alone = resource.primary_key == (column.name,)
        such = f", par exemple {column.example}" if alone and column.example else ""
        parts.append(f"Des minuscules sans accent, des chiffres et des traits d’union{such}.")
        if alone and resource.rows.kind == "records":
            parts.append("Le nom du fichier est le même mot, avec « .yaml ».")
    if limits(c):
        words = ", ".join(limits(c))
        parts.append(f"{words[:1].upper()}{words[1:]}.")
    if c.enum:
        parts.append(f"Valeurs permises : {', '.join(c.enum[:MOST])}{', …' if len(c.enum) > MOST else ''}.")
    if c.pattern is not None:
        shape = (
            "De la même forme que l’exemple."
            if column.example
            else f"Forme (expression régulière) : « {c.pattern.pattern[3:-3]} »."
        )
        parts.append(shape)
    parts.append("Une valeur différente à chaque ligne." if c.unique else "")
    key = named_by(resource, column)
    if key is not None:
        parts.append(_reference(resource, column, key, contracts))
    return french(" ".join(part for part in parts if part))


def explain_group(name: str, columns: Sequence[Field]) -> str:
    """What a group of columns is, and its other form."""
    status = "obligatoire" if any(column.required for column in columns) else "facultatif"
    short = ", ".join(f"{column.key[-1]}: …" for column in columns)
    text = f"Groupe « {name} » ({status}). Des clés qui vont ensemble, en retrait sous celle-ci. S’écrit aussi sur une ligne : "
    return french(text) + f"{name}: {{{short}}}"


def explain_list(child: Resource, single: bool) -> str:
    """What a nested list is; `single` when its rows have one key, and are written without it."""
    form = (
        "Une liste entre crochets, dont les éléments sont séparés par des virgules."
        if single
        else "Une liste : chaque élément commence par un tiret ; pour en ajouter un, recopiez-le, tiret compris."
    )
    parts = (f"{child.title} (facultatif).", sentence(child.description), form)
    return french(" ".join(part for part in parts if part))


def choices(column: Field) -> Iterator[str]:
    """The values of a closed list, each with its label, at most a dozen."""
    if column.categories:
        yield french("Écrivez l’une des valeurs de gauche :")
    for value, label in column.categories[:MOST]:
        yield french(f"  {value} : {label}")
    if len(column.categories) > MOST:
        yield french(f"  … ({len(column.categories) - MOST} de plus dans le dictionnaire de la table)")


def named_by(resource: Resource, column: Field) -> ForeignKey | None:
    """The foreign key of a column: the one that it makes alone, else a composite one."""
    keys = sorted((k for k in resource.foreign_keys if column.name in k.fields), key=lambda k: len(k.fields))
    return keys[0] if keys else None


def _reference(resource: Resource, column: Field, key: ForeignKey, contracts: Contracts) -> str:
    """Which table a column names a row of, and how to write its identifier."""
    target = contracts.resources[key.resource]
    aimed = target.field(key.reference[key.fields.index(column.name)])
    others = [resource.field(name) for name in key.fields if name != column.name]
    with_them = listed((f.key[-1] for f in others if not f.filled), "et")
    table, own = origin(target, aimed, contracts)
    such = f", par exemple {own.example}" if own.example and not column.example else ""
    text = f"L’identifiant (pas le titre) d’une ligne de la table « {table.title} » : {_written(table, own, contracts)}{such}."
    if with_them:
        text += f" S’écrit avec {with_them}."
    elif others:
        text += " Dans la même fiche."
    return text


def _written(table: Resource, column: Field, contracts: Contracts) -> str:
    """Where an identifier is read."""
    key = column.key[-1]
    if table.rows.kind == "csv":
        return f"la colonne « {key} » de {place(table)}"
    if table.rows.kind == "within":
        root = holder(table, contracts)
        what = "son rang" if column.filled else f"la clé « {key} »"
        return f"{what} sous « {table.rows.key} », dans {_files(root)}"
    if table.rows.kind == "records" and table.primary_key == (column.name,):
        return f"le nom d’un fichier de {place(table).rpartition('/')[0]}/, sans « .yaml »"
    return f"la clé « {key} » dans {_files(table)}"


def holder(resource: Resource, contracts: Contracts) -> Resource:
    """The table whose files hold the rows of a nested one; a table that is not nested is its own."""
    while resource.rows.kind == "within":
        resource = contracts.resources[resource.rows.parent]
    return resource


def rules(resource: Resource) -> list[str]:
    """What the check holds of the rows of a table, beyond its columns: combinations that are unique, declared rules."""
    found = []
    for names in resource.unique_keys:
        own = [resource.field(name) for name in names if not resource.field(name).filled]
        rows = "Deux lignes de la même fiche" if len(own) < len(names) else "Deux lignes"
        same = "le même" if len(own) == 1 else "à la fois le même"
        found.append(f"{rows} ont {same} {listed((column.key[-1] for column in own), 'et')}.")
    return [french(sentence(text)) for text in (*found, *(rule.message for rule in resource.rules))]

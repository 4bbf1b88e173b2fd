"""What a column, a nested list or a table asks for, in French sentences: the comments of annotated templates. Everything
comes from the contracts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.authoring.placeholders import origin
from generator.authoring.written import how_written
from generator.contracts.model import Contracts, Field, ForeignKey, Resource
from generator.diagnostics.wording import listed
from generator.documents.kinds import end_of
from generator.layout import CONTENT
from generator.text.interface import say
from generator.text.spoken import typeset
from generator.values.constraints import counted, limits

MOST = 12  # values of a closed list that a comment tells


def place(resource: Resource) -> str:
    """Where the file of a table stands, as a pattern: `content/a/*.yaml`."""
    return f"{CONTENT}/{resource.rows.pattern}"


def folder_of(resource: Resource) -> str:
    """The folder of the files of a table, without those that may be any."""
    return f"{CONTENT}/{resource.rows.folder}".rstrip("/")


def _files(resource: Resource) -> str:
    """Where the rows of a table stand, in words."""
    return say("les fichiers de {folder}/", folder=folder_of(resource)) if "*" in place(resource) else place(resource)


def where(resource: Resource, contracts: Contracts) -> str:
    """One sentence: where a new row of a table is written."""
    rows, folder = resource.rows, folder_of(resource)
    if resource.derive is not None:
        return say("Nulle part : ses lignes sont tirées de {tables}.", tables=derived_from(resource, contracts))
    if rows.elsewhere:
        return say("Dans l’un de ses fichiers, qui sont hors de git et que son contrat nomme.")
    if rows.kind == "within":
        parent = contracts.resources[rows.parent]
        return say(
            "Dans une ligne de « {parent} », sous la clé « {key} ».", parent=typeset(parent.title), key=rows.under
        )
    if rows.kind == "records" and rows.placed:
        return say("Un nouveau fichier de la forme {place}, dont la place remplit des colonnes.", place=place(resource))
    if rows.kind == "records":
        return say("Un nouveau fichier dans {folder}/, nommé d’après l’identifiant.", folder=folder)
    if rows.kind == "csv":
        return say("Une ligne de plus à la fin de {place}.", place=place(resource))
    if "*" in rows.pattern:
        several = "Un élément de plus dans l’un des fichiers de {folder}/, ou dans un nouveau fichier de ce dossier."
        return say(several, folder=folder)
    return say("Un élément de plus à la fin de {place}.", place=place(resource))


def derived_from(resource: Resource, contracts: Contracts) -> str:
    """The tables from which the rows of a derived one come, by their titles."""
    return listed((contracts.resources[name].title for name in resource.origins), "et")


def ended(text: str) -> str:
    """A text of a contract, typeset, with its final period."""
    text = typeset(" ".join(text.split()))
    return text if not text or text[-1] in ".!?…" else f"{text}."


def explain(resource: Resource, column: Field, label: str, contracts: Contracts) -> str:
    """What a column asks for, in one paragraph that starts with a label."""
    parts = [*wanted(resource, column, label)]
    key = named_by(resource, column)
    if key is not None:
        parts.append(_reference(resource, column, key, contracts))
    return " ".join(part for part in parts if part)


def wanted(resource: Resource, column: Field, label: str) -> list[str]:
    """What a column asks for in itself, in sentences after a label: which row it names is not told."""
    parts = [label, ended(column.description), how_written(column)]
    if column.prose:
        parts.append(say("Un texte, à la ligne et en retrait sous « >- » ; il peut contenir des liens."))
    if resource.identifies(column):
        alone = resource.primary_key == (column.name,)
        such = say(", par exemple {example}", example=column.example) if alone and column.example else ""
        parts.append(say("Des minuscules sans accent, des chiffres et des traits d’union{such}.", such=such))
        if alone and resource.rows.kind == "records":
            parts.append(say("Le nom du fichier est le même mot, avec « {end} ».", end=end_of(resource.rows.pattern)))
    return [*parts, *_constrained(column)]


def _constrained(column: Field) -> Iterator[str]:
    """What the constraints of a column ask for, a sentence each."""
    c = column.constraints
    bounds = limits(c, counted(column.type))
    if bounds:
        words = ", ".join(bounds)
        yield f"{words[:1].upper()}{words[1:]}."
    if c.enum:
        values = ", ".join(c.enum[:MOST]) + (", …" if len(c.enum) > MOST else "")
        yield say("Valeurs permises : {values}.", values=values)
    if c.pattern is not None and column.example:
        yield say("De la même forme que l’exemple.")
    elif c.pattern is not None:
        yield say("Forme (expression régulière) : « {pattern} ».", pattern=c.pattern.written)
    if c.unique:
        yield say("Une valeur différente à chaque ligne.")


def brief(resource: Resource, column: Field, contracts: Contracts, status: str, width: int) -> str:
    """What a column asks for, in what fits on one line: its title, then what matters most."""
    told = f"{typeset(column.title or column.name)}{status}."
    key, alone = named_by(resource, column), resource.primary_key == (column.name,)
    pieces = []
    if column.categories:
        pieces.append(_among([value for value, _ in column.categories], width - len(told)))
    elif key is not None:
        pieces.append(
            say("Un identifiant de la table « {table} ».", table=typeset(contracts.resources[key.resource].title))
        )
    elif resource.identifies(column):
        pieces.append(say("En minuscules, sans accent ni espace."))
        pieces += [say("C’est aussi le nom du fichier.")] if alone and resource.rows.kind == "records" else []
    else:
        pieces.append(how_written(column))
    pieces.append(ended(re.split(r"(?<=[.?!])\s", column.description.strip(), maxsplit=1)[0]))
    pieces += _constrained(column)
    if column.example and not column.categories:
        pieces.append(say("Par exemple {example}.", example=column.example))
    for piece in pieces:
        if piece and len(told) + 1 + len(piece) <= width and "\n" not in piece:
            told += f" {piece}"
    return told


def _among(values: Sequence[str], width: int) -> str:
    """The values of a closed list, as many as fit."""
    shown = list(values)
    while len(shown) > 1 and len(_one_of(shown, values)) >= width:
        shown.pop()
    return _one_of(shown, values)


def _one_of(shown: Sequence[str], values: Sequence[str]) -> str:
    more = ", …" if len(shown) < len(values) else ""
    return ended(say("L’une de ces valeurs : {values}", values=", ".join(shown) + more))


def explain_group(name: str) -> str:
    """What a group of columns is."""
    return say("Groupe « {name} » : ses clés sont en retrait sous lui.", name=name)


def explain_list(child: Resource, single: bool) -> str:
    """What a nested list is; `single` when its rows have one key, and are written without it."""
    form = (
        "Une liste entre crochets, séparée par des virgules."
        if single
        else "Une liste : un tiret devant chaque élément."
    )
    if child.rows.keys:
        form = "Une ligne sous chaque clé."
    elif child.rows.single:
        form = "Un groupe de clés ; s’il y en a plusieurs, une liste."
    parts = (f"{typeset(child.title)}.", ended(child.description), say(form))
    return " ".join(part for part in parts if part)


def choices(column: Field) -> Iterator[str]:
    """The values of a closed list, each with its label, at most a dozen."""
    if column.categories:
        yield say("Écrivez l’une des valeurs de gauche :")
    for value, label in column.categories[:MOST]:
        yield say("  {value} : {label}", value=value, label=typeset(label))
    if len(column.categories) > MOST:
        yield say("  … ({more} de plus dans le dictionnaire de la table)", more=len(column.categories) - MOST)


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
    such = say(", par exemple {example}", example=own.example) if own.example and not column.example else ""
    text = "L’identifiant (pas le titre) d’une ligne de la table « {table} » : {where}{such}."
    parts = [say(text, table=typeset(table.title), where=_written(table, own, contracts), such=such)]
    if with_them:
        parts.append(say("S’écrit avec {columns}.", columns=with_them))
    elif others:
        parts.append(say("Dans la même fiche."))
    return " ".join(parts)


def _written(table: Resource, column: Field, contracts: Contracts) -> str:
    """Where an identifier is read."""
    key = column.key[-1]
    if table.derive is not None:
        return say("ses lignes sont tirées de {tables}", tables=derived_from(table, contracts))
    if table.rows.kind == "csv":
        return say("la colonne « {key} » de {place}", key=key, place=place(table))
    if table.rows.elsewhere:
        return say("la colonne « {key} » des fichiers de « {title} », hors de git", key=key, title=typeset(table.title))
    if table.rows.kind == "within":
        files, under = _files(holder(table, contracts)), table.rows.under
        if column.filled:
            return say("son rang sous « {under} », dans {files}", under=under, files=files)
        return say("la clé « {key} » sous « {under} », dans {files}", key=key, under=under, files=files)
    if table.rows.kind == "records" and table.primary_key == (column.name,):
        said = "le nom d’un fichier de {folder}/, sans « {end} »"
        return say(said, folder=folder_of(table), end=end_of(table.rows.pattern))
    return say("la clé « {key} » dans {files}", key=key, files=_files(table))


def holder(resource: Resource, contracts: Contracts) -> Resource:
    """The table whose files hold the rows of one that is nested, or derived from it; any other is its own."""
    while not (resource.rows.in_files or resource.rows.elsewhere):
        resource = contracts.resources[resource.origins[0]]
    return resource


def rules(resource: Resource) -> list[str]:
    """What the check holds of the rows of a table, beyond its columns: combinations that are unique, declared rules."""
    found = []
    for names in resource.unique_keys:
        own = [resource.field(name) for name in names if not resource.field(name).filled]
        rows = say("Deux lignes de la même fiche" if len(own) < len(names) else "Deux lignes")
        text = "{rows} ont le même {columns}." if len(own) == 1 else "{rows} ont à la fois le même {columns}."
        found.append(say(text, rows=rows, columns=listed((column.key[-1] for column in own), "et")))
    return [*found, *(ended(rule.message) for rule in resource.rules)]

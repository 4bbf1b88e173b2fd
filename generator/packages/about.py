"""What accompanies the data of a package wherever they go, in words: what it is, what must not be done with it, where it comes from,
under which licence, how to cite it, what its columns mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.contracts.model import Field, Resource
from generator.packages.built import Built, Written
from generator.packages.making import making
from generator.packages.said import mappings, text
from generator.packages.sheets import Sheet
from generator.packages.styles import styles
from generator.text.interface import count, say
from generator.text.spoken import date, semicolon
from generator.values.several import separated
from generator.values.types import in_words

Lines = list[tuple[str, ...]]


def about(built: Built, sheets: Sequence[tuple[str, str, int]]) -> Lines:
    """Pairs (what, in words) on a package; `sheets`: the names, titles and numbers of rows of its tables."""
    return [(what, text) for what, text in _about(built, sheets) if text]


def _about(built: Built, sheets: Sequence[tuple[str, str, int]]) -> Iterator[tuple[str, str]]:
    said = built.descriptor
    yield say("Jeu de données"), str(said.get("title", ""))
    yield say("Ce qu’il contient"), str(said.get("description", "")).strip()
    version, created = str(said.get("version", "")), str(said.get("created", ""))[:10]
    if version:
        yield say("Version"), say("{version}, du {date}", version=version, date=date(created))
    yield say("Adresse"), str(said.get("homepage", ""))
    for licence in mappings(said.get("licenses")):
        yield (
            say("Licence"),
            " ".join(filter(None, (text(licence, "title") or text(licence, "name"), text(licence, "path")))),
        )
    for contributor in mappings(said.get("contributors")):
        yield say("Producteur"), text(contributor, "title")
    yield say("Pour citer"), styles()[0].text(built.citation) if built.citation is not None else ""
    for caution in built.package.cautions:
        yield say("Attention"), caution
    for name, title, rows in sheets:
        yield say("Table « {name} »", name=name), say("{title} ({rows})", title=title, rows=count(rows, "ligne"))
    yield say("Les codes"), say("Une colonne « …_libelle » dit en toutes lettres le code de la colonne qui la précède.")
    yield say("Les unités"), say("Le dictionnaire dit quelle colonne donne l’unité d’un nombre.")
    yield say("Les absences"), say("Une cellule vide est une absence, et rien d’autre n’en est une.")
    for source in mappings(said.get("sources")):
        yield say("Source"), " ".join(filter(None, (text(source, "title"), text(source, "path"))))


HEAD = ("Table", "Colonne", "Titre", "Type", "Description", "Valeurs et règles")


def dictionary(sheets: Sequence[Sheet]) -> Lines:
    """A line for each column of tables, under a heading."""
    return [tuple(say(word) for word in HEAD), *(line for sheet in sheets for line in _columns(sheet))]


def _columns(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    for field in sheet.columns:
        rules = (*(f"{value} : {label}" for value, label in field.categories), *reading(sheet.resource, field))
        kind = in_words(field.type, field.format)
        yield sheet.resource.name, field.name, field.title, kind, field.description, "\n".join(rules)


def reading(resource: Resource, field: Field) -> Iterator[str]:
    """How the values of a column are made, when nobody writes them, and how they are to be read, in words."""
    yield from making(resource, field)
    if field.unit:
        yield say("unité : colonne « {column} »", column=field.unit)
    if field.separator:
        yield separated(field.separator)
    if field.prose:
        yield say("texte en Markdown")
    if field.type == "list":
        yield say("éléments : {kind}", kind=in_words(field.writing.item))
        yield separated(field.writing.delimiter)
    if field.formulas:
        yield say("un tableur qui ouvre le CSV peut en exécuter les textes")


def readme(built: Built) -> str:
    """What to read first, in Markdown."""
    title, *lines = about(built, [])
    parts = [f"# {title[1]}", *(f"**{what}.** {text}" for what, text in lines), f"## {say('Les fichiers')}"]
    parts.append("\n".join(_file(table) for table in built.tables))
    parts.append(
        say("Dans un tableur, préférez le classeur XLSX du même jeu : un CSV y perd souvent ses accents ou ses codes.")
    )
    if any(field.formulas for table in built.tables for field in table.sheet.columns):
        parts.append(
            say("Des textes de ces tables commencent comme une formule : un tableur qui ouvre le CSV peut l’exécuter.")
        )
    parts += [f"## {say('Les colonnes')}", *(part for table in built.own for part in _explained(table.sheet))]
    return "\n\n".join(parts) + "\n"


def _explained(sheet: Sheet) -> Iterator[str]:
    """A heading, then a line for each column of a table."""
    yield f"### {sheet.name}"
    yield "\n".join(
        say(
            "- `{column}` ({kind}) : {told}",
            column=column,
            kind=kind,
            told=semicolon().join(_said(title, description, rules)),
        )
        for _, column, title, kind, description, rules in _columns(sheet)
    )


def _said(*texts: str) -> Iterator[str]:
    """What is said, on one line, each without its stop."""
    lines = (" ".join(line.split()) for line in "\n".join(texts).splitlines())
    return (line.removesuffix(".") for line in lines if line)


def _file(table: Written) -> str:
    told = say(
        "`{path}` : {title}, {rows}.", path=table.path, title=table.sheet.title, rows=count(table.sheet.count, "ligne")
    )
    return f"- {told} {table.sheet.description}".rstrip()


def licence(built: Built) -> str:
    """The licence of a package, by its name and its address, and what it asks."""
    found = mappings(built.descriptor.get("licenses"))
    if not found:
        return (
            say("Aucune licence n’est donnée : demandez à qui publie ce que vous pouvez faire de ces données.") + "\n"
        )
    named = "\n".join(
        " ".join(filter(None, (text(one, "title") or text(one, "name"), text(one, "path")))) for one in found
    )
    citation = styles()[0].text(built.citation) if built.citation is not None else ""
    asked = say(
        "Le texte de la licence est à cette adresse. Citez la source de ces données : {citation}", citation=citation
    )
    return f"{named}\n\n{asked}\n"

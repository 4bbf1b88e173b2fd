"""What a spreadsheet leaves in texts: errors in place of values, codes turned into numbers, codes without their first zeros."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.catalogue.records import Catalogue, Record
from generator.catalogue.refusals import with_absence
from generator.contracts.model import Field, Resource
from generator.diagnostics.finding import Diagnostic, fault
from generator.text.interface import sentence
from generator.text.links import LINK, without_links
from generator.text.memory import TEXTS
from generator.values.spreadsheets import error, scientific

_CODE = re.compile(r"[0-9A-Z]{1,20}\Z")
_LONG = 5  # characters of a code that is too long to be a number that grows

Texts = Sequence[tuple[Record, str]]


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A warning for each kind of leftover in each column of texts, at the first place."""
    for resource in catalogue.contracts.resources.values():
        yield from catalogue.of((resource.name,), _of_table, resource.name, resource)


def _of_table(catalogue: Catalogue, resource: Resource) -> tuple[Diagnostic, ...]:
    rows = catalogue[resource.name]
    columns = (f for f in resource.fields if f.type in ("string", "any") and not f.filled)
    return tuple(said for column in columns for said in _of_column(column, resource.index[column.name], rows))


def _of_column(column: Field, place: int, rows: Iterable[Record]) -> Iterator[Diagnostic]:
    texts = [(record, text) for record in rows if isinstance(text := record.values[place], str)]
    odd = [(record, text) for record, text in texts if _odd(text)]
    yield from _errors(odd, column)
    if not column.prose:
        yield from _links(odd, column)
        yield from _quotes(odd, column)
    if not column.categories and not column.constraints.enum:
        yield from _numbers(odd, column)
        yield from _short(texts, column)


_CURLY = re.compile(r"[\u201c\u201d\u201e][^\u201c\u201d\u201e]+[\u201c\u201d]")


@lru_cache(maxsize=TEXTS)
def _odd(text: str) -> bool:
    """Whether a text has something of what is looked for in it alone, which some columns may well hold."""
    return bool(error(text) or scientific(text) or "](" in text or _CURLY.fullmatch(text.strip()))


def _quotes(texts: Texts, column: Field) -> Iterator[Diagnostic]:
    """Texts that curly quotes surround, as they would for a program that took them for quotes."""
    for record, text in texts:
        if _CURLY.fullmatch(text.strip()):
            message = "{title} : les guillemets « {a} {b} » entourent tout le texte, et seraient publiés avec lui."
            hint = "Retirez-les ; pour citer un mot dans une phrase, employez « »."
            values = {"title": column.title, "a": text.strip()[0], "b": text.strip()[-1]}
            yield fault("guillemets", record.at(column.name), message, hint, text.strip()[1:-1].strip(), **values)


def _links(texts: Texts, column: Field) -> Iterator[Diagnostic]:
    """Texts that hold a link, in a column that reads none."""
    for record, text in texts:
        if "](" in text and LINK.search(text):
            message = "{title} (« {name} ») n’est pas une colonne de prose : un lien s’y lirait tel quel."
            hint = "Écrivez le texte sans lien."
            values = {"title": column.title, "name": column.key[-1]}
            yield fault("markdown-inconnu", record.at(column.name), message, hint, without_links(text), **values)


def _errors(texts: Texts, column: Field) -> Iterator[Diagnostic]:
    found = [(record, said) for record, text in texts if (said := error(text))]
    if found:
        message = "{title} : « {text} » est une erreur de tableur, publiée comme un texte."
        if len(found) > 1:
            message = (
                "{title} : « {text} » est une erreur de tableur, publiée comme un texte ; {n} valeurs sont dans ce cas."
            )
        record, text = found[0]
        hint = with_absence(sentence("Reprenez la valeur dans le classeur, ou {absent}."), record.document)
        values = {"title": column.title, "text": text, "n": len(found)}
        yield Diagnostic("reste-de-tableur", record.at(column.name), sentence(message, **values), hint)


def _numbers(texts: Texts, column: Field) -> Iterator[Diagnostic]:
    found = [(record, text) for record, text in texts if scientific(text)]
    if found:
        message = (
            "{title} : « {text} » est un code dont un tableur a fait un nombre : ses derniers chiffres sont perdus."
        )
        if len(found) > 1:
            message = (
                "{title} : « {text} » est un code dont un tableur a fait un nombre ; {n} valeurs sont dans ce cas."
            )
        hint = "Reprenez le code à sa source ; dans le tableur, mettez la colonne au format Texte avant d’y coller."
        record, text = found[0]
        values = {"title": column.title, "text": text, "n": len(found)}
        yield fault("reste-de-tableur", record.at(column.name), message, hint, **values)


def _short(texts: Texts, column: Field) -> Iterator[Diagnostic]:
    """Codes of a CSV file, all digits, that are shorter than all the others of their column, of one length."""
    codes = [text for _, text in texts]
    known = [*codes, *([column.example] if column.example else [])]
    if not texts or texts[0][0].document.header is None or not all(map(_CODE.match, known)):
        return
    length = max(map(len, known))
    short = [text for text in codes if len(text) < length]
    whole = [text for text in known if len(text) == length]
    if not short or len(short) > len(whole) or not all(text.isdigit() and text[0] != "0" for text in short):
        return
    zeros = any(text[0] == "0" and text.isdigit() for text in whole)
    if not zeros and not _apart(short, whole, length):
        return
    message = "{title} : « {text} » est plus court que les autres codes : un tableur a pu en retirer le zéro du début."
    if len(short) > 1:
        message = (
            "{title} : « {text} » est plus court que les autres codes, un tableur a pu en retirer le zéro du début ;"
            " {n} codes sont dans ce cas."
        )
    hint = (
        "Si c’est le cas, remettez-le ; dans le tableur, mettez la colonne au format Texte avant d’ouvrir le fichier."
    )
    record = next(record for record, text in texts if text == short[0])
    meant = short[0].rjust(length, "0") if zeros else ""
    values = {"title": column.title, "text": short[0], "n": len(short)}
    yield fault("reste-de-tableur", record.at(column.name), message, hint, meant, **values)


def _apart(short: list[str], whole: list[str], length: int) -> bool:
    """Whether short codes are no numbers that grow to more digits: long, one digit fewer, and not followed by the others."""
    numbers = [int(text) for text in whole if text.isdigit()]
    lengths = Counter(map(len, short))
    follows = bool(numbers) and min(numbers) - max(map(int, short)) <= 1
    return length >= _LONG and set(lengths) == {length - 1} and len(whole) > 1 and not follows

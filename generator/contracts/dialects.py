"""How the CSV files of a table are written, as its contract declares it: `dialect` (Table Dialect of Data Package v2) and
`encoding`. Only what changes the reading may be said.
"""

from __future__ import annotations

import codecs
from dataclasses import replace

from generator.contracts.places import Rows
from generator.diagnostics.wording import listed
from generator.documents.dialect import DELIMITERS, QUOTES, Dialect
from generator.documents.encodings import ENCODINGS
from generator.documents.reader import Reader
from generator.text.characters import visible


def read_dialect(resource: Reader, rows: Rows) -> Rows:
    """The rows of a resource with the dialect and the encoding that it declares; without a dialect when these are wrong."""
    resource.skip("dialect", "encoding")
    for word in ("dialect", "encoding"):
        if resource.has(word) and not (rows.kind == "csv" or (rows.elsewhere and ".csv" in rows.pattern)):
            message = "« {word} » dit comment un CSV est écrit : cette table n’en lit pas."
            resource.faults(resource.key_place(word), message, "Retirez « {word} ».", word=word)
            return rows
    before = len(resource.diagnostics)
    encoding = _read_encoding(resource)
    dialect = _read_dialect(resource.mapping("dialect")) if resource.has("dialect") else Dialect()
    return replace(rows, encoding=encoding, dialect=dialect if len(resource.diagnostics) == before else None)


def _read_encoding(resource: Reader) -> str:
    encoding = resource.text("encoding").lower() or ENCODINGS[0]
    if encoding not in ENCODINGS:
        message, hint = "L’encodage « {encoding} » n’est pas pris en charge.", "Encodages possibles : {choices}."
        shown = [name for name in ENCODINGS if name not in ("utf-16le", "utf-16be")]
        resource.fault("encoding", message, hint, _same(encoding), encoding=encoding, choices=listed(shown))
    return encoding


def _same(encoding: str) -> str:
    """The encoding that Python knows by another name (`latin1`), or ""."""
    try:
        wanted = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return ""
    return next((name for name in ENCODINGS if codecs.lookup(name).name == wanted), "")


def _read_dialect(item: Reader) -> Dialect:
    """The dialect that a mapping declares."""
    usual = Dialect()
    dialect = Dialect(
        delimiter=_one_of(item, "delimiter", DELIMITERS, usual.delimiter),
        quote=_one_of(item, "quoteChar", QUOTES, usual.quote),
        comment=item.text("commentChar"),
        header_row=_header_row(item),
        skip_initial_space=item.boolean("skipInitialSpace"),
    )
    for word in ("header", "doubleQuote"):
        if item.text(word) not in ("", "true"):
            message = "« {word} » ne peut être que « true »."
            hint = "Un CSV nomme ses colonnes sur une ligne, et double les guillemets que contient un texte."
            item.fault(word, message, hint, word=word)
    taken = (dialect.delimiter, dialect.quote)
    if len(dialect.comment) > 1 or dialect.comment in taken or dialect.comment.isalnum() or dialect.comment.isspace():
        message = "« commentChar » est un signe seul, qui n’est pas le séparateur ni une lettre."
        item.fault("commentChar", message, "Exemple : {example}", example='dialect: {commentChar: "#"}')
    item.close("« dialect »")
    return dialect


def _one_of(item: Reader, key: str, choices: tuple[str, ...], usual: str) -> str:
    """A character that must be one of a few."""
    text = item.text(key)
    if not text or text in choices:
        return text or usual
    message, hint = "« {key} » ne peut pas être « {text} ».", "Signes possibles : {choices}."
    item.fault(key, message, hint, key=key, text=visible(text), choices=listed(map(_shown, choices)))
    return usual


def _shown(character: str) -> str:
    return "\\t" if character == "\t" else character


def _header_row(item: Reader) -> int:
    """The row that names the columns; 0 when it is the first one."""
    item.skip("headerRows")
    if not item.has("headerRows"):
        return 0
    texts = item.texts("headerRows")
    if len(texts) == 1 and texts[0].isdecimal() and texts[0].isascii() and 0 < int(texts[0][:6]) < 1000:
        return int(texts[0][:6])
    message = "« headerRows » attend le numéro de la ligne qui nomme les colonnes, une seule."
    item.fault("headerRows", message, "Exemple : {example}", example="dialect: {headerRows: [2]}")
    return 0

"""Table Dialect: how a table is written (https://datapackage.org/standard/table-dialect/)."""

from __future__ import annotations

from generator.standard.model import Dialect
from generator.standard.part import Part, is_text
from generator.tables import source as tables

_TEXTS = ("headerJoin", "commentChar", "delimiter", "lineTerminator", "quoteChar", "escapeChar", "nullSequence",
          "property", "sheetName", "table")  # fmt: skip
_OLD = ("csvddfVersion", "caseSensitiveHeader")  # of version 1, which say nothing any more


def read_dialect(part: Part, form: str) -> Dialect:
    """The dialect that a group says, of a file of a form."""
    texts = {key: part.text(key) for key in _TEXTS if key in part}
    texts = {key: text for key, text in texts.items() if is_text(part.node.nodes[key])}
    for key in ("quoteChar", "escapeChar"):
        if len(texts.get(key, "")) > 1 or (texts.get(key) == "" and key == "escapeChar"):
            part.fault(key, "« {key} » attend un seul signe.", "Écrivez-en un, ou retirez la clé.")
            texts.pop(key)
    for key in ("delimiter", "lineTerminator", "commentChar"):
        if texts.get(key) == "":
            part.fault(key, "« {key} » ne peut pas être un texte vide.", "Écrivez-le, ou retirez la clé.")
            texts.pop(key)
    part.whole("sheetNumber", 1)
    rows = _rows(part, "headerRows")
    header = part.flag("header", default=True)
    delimiter, quote, escape = (
        texts.get("delimiter", default_delimiter(form)),
        texts.get("quoteChar", '"'),
        texts.get("escapeChar", ""),
    )
    _exclude(part, delimiter, quote, escape)
    written = tables.Dialect(
        delimiter=delimiter,
        terminator=texts.get("lineTerminator", tables.NEWLINE),
        quote="" if escape and "quoteChar" not in texts else quote,
        double=part.flag("doubleQuote", default=True),
        escape=escape,
        skip_initial_space=part.flag("skipInitialSpace"),
        header_rows=((1,) if rows is None else rows) if header else (),
        header_join=texts.get("headerJoin", " "),
        comment_rows=_rows(part, "commentRows") or (),
        comment=texts.get("commentChar", ""),
    )
    return Dialect(
        rows=written,
        null=texts.get("nullSequence"),
        property=texts.get("property", ""),
        item_type=part.word("itemType", ("array", "object")),
        item_keys=tuple(text for text, _ in part.texts("itemKeys")),
    )


def default_delimiter(form: str) -> str:
    """What separates the cells of a file when no dialect says it: a tabulation in « tsv », whose name says so."""
    return "\t" if form == "tsv" else ","


def _rows(part: Part, key: str) -> tuple[int, ...] | None:
    """The numbers of rows of a key, from 1; None when it is absent or wrong."""
    if key not in part:
        return None
    numbers = part.wholes(key, 1)
    return None if numbers is None else tuple(sorted(set(numbers)))


def _exclude(part: Part, delimiter: str, quote: str, escape: str) -> None:
    """Signs that cannot be one and the same."""
    if delimiter and delimiter == quote:
        key = "quoteChar" if "quoteChar" in part else "delimiter"
        part.fault(key, "« delimiter » et « quoteChar » sont le même signe.", "Changez l’un des deux.")
    if escape and escape in (quote if "quoteChar" in part else "", delimiter):
        part.fault("escapeChar", "« escapeChar » est aussi le séparateur ou le guillemet.", "Changez l’un des deux.")

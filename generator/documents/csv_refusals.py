"""What a CSV file is, against what its contract says, in sentences: one mistake, one message, at the place to mend."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.wording import listed
from generator.documents.cells import Cells, Row
from generator.documents.dialect import Dialect
from generator.documents.files import too_many as passed
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import COLUMN_BITS, Document, Scalar, mark_at
from generator.documents.recognition import header_of, known
from generator.text.interface import sentence

_DELIMITERS = {
    ",": ("une virgule", "des virgules"),
    ";": ("un point-virgule", "des points-virgules"),
    "\t": ("une tabulation", "des tabulations"),
    "|": ("une barre verticale", "des barres verticales"),
}
_QUOTES = {'"': ("guillemets", "des guillemets"), "'": ("apostrophes", "des apostrophes")}


def too_many(document: Document, rows: list[Row], manner: Manner) -> Diagnostic | None:
    """What is said of a table with too many values, at the row where they are."""
    count = 0
    for row in rows:
        count += len(row)
        if count > manner.limits.values:
            return passed(document.at(row[0].mark), manner)
    return None


def twice(document: Document, header: Row) -> Diagnostic | None:
    """Two columns of one name, which keep a table from being read."""
    seen = set[str]()
    for cell in header:
        if cell.text in seen:
            message, hint = "La colonne « {key} » est donnée deux fois.", "Gardez une seule des deux."
            return fault("cle-en-double", document.at(cell.mark), message, hint, key=cell.text)
        seen |= {cell.text} - {""}
    return None


def repeated(document: Document, marks: list[int]) -> Diagnostic:
    """Rows that are the header again."""
    message = "Cette ligne répète l’en-tête." if len(marks) == 1 else "Cette ligne répète l’en-tête ; il y en a {n}."
    hint = "L’en-tête ne se donne qu’une fois : gardez celui de la première ligne."
    return fault("csv-en-tete", document.at(marks[0]), message, hint, n=len(marks))


def nameless(document: Document, header: Row, rows: list[Row]) -> list[Diagnostic]:
    """The columns that the header leaves without a name, in one message."""
    places = [place for place, cell in enumerate(header) if not cell.text]
    if not places:
        return []
    message = "La colonne {number} n’a pas de nom." if len(places) == 1 else "{count} colonnes n’ont pas de nom."
    hint = "Nommez-la dans l’en-tête, ou supprimez-la."
    if not any(row[place].text for row in rows if len(row) == len(header) for place in places):
        hint = "Supprimez-la : elle est vide." if len(places) == 1 else "Supprimez-les : elles sont vides."
    elif len(places) > 1:
        hint = "Nommez-les dans l’en-tête, ou supprimez-les."
    place = document.at(header[places[0]].mark)
    return [fault("csv-en-tete", place, message, hint, number=places[0] + 1, count=len(places))]


def uneven(document: Document, row: Row, expected: int, dialect: Dialect) -> Diagnostic:
    """A row that has not the cells of the header."""
    message = "Il y a {found} cellule{s} dans cette ligne, {expected} dans l’en-tête : il en manque {n}."
    if len(row) > expected:
        message = "Il y a {found} cellule{s} dans cette ligne, {expected} dans l’en-tête : c’est {n} de trop."
    hint = "Ajoutez ou retirez {delimiters} ; un texte qui contient {delimiter} s’écrit entre {quotes}."
    place, s = document.at(row[0].mark), "s" if len(row) > 1 else ""
    whole = dialect.delimiter.join(cell.text for cell in row)
    for other in ";\t":
        if len(row) == 1 and dialect.delimiter == "," and whole.count(other) == expected - 1:
            message = "Cette ligne est séparée par des points-virgules, les autres par des virgules."
            if other == "\t":
                message = "Cette ligne est séparée par des tabulations, les autres par des virgules."
            meant = whole.replace(other, ",")
            return fault("csv-mal-forme", place, message, "Séparez ses cellules par des virgules.", meant)
    joined = _joined(row) if dialect.delimiter == "," and len(row) == expected + 1 else ""
    if joined:
        hint = "Un texte qui contient une virgule s’écrit entre guillemets."
        values = {"found": len(row), "s": s, "expected": expected, "n": 1}
        return fault("csv-mal-forme", place, message, hint, joined, **values)
    decimal = _decimal(row) if dialect.delimiter == "," and len(row) > expected else ""
    if decimal:
        hint = (
            "« {decimal} » est peut-être un nombre à virgule : écrivez-le avec un point, sans en changer les chiffres."
        )
    return fault(
        "csv-mal-forme", place, message, hint,
        found=len(row), s=s, expected=expected, n=abs(expected - len(row)), decimal=decimal, **_words(dialect),
    )  # fmt: skip


def cut(document: Document, row: Row, returns: frozenset[int], dialect: Dialect) -> Diagnostic | None:
    """A row that a carriage return alone cuts, whichever half it is; `returns`: the lines that one ends."""
    line = row[0].mark >> COLUMN_BITS
    ended = next((each for each in (line, line - 1) if each in returns), 0)
    if not ended:
        return None
    message = "Un retour chariot seul (CR) coupe ici une ligne en deux : la suite est à la ligne {next}."
    hint = "Joignez les deux ; pour garder le passage à la ligne, mettez le texte entre {quotes}."
    place = document.at(mark_at(ended, 1))
    return fault("csv-mal-forme", place, message, hint, next=ended + 1, **_words(dialect))


def _decimal(row: Row) -> str:
    """The first two cells of a row that a decimal comma may have parted; "" when there are none."""
    for whole, part in pairwise(row):
        if not whole.quoted and re.fullmatch(r"-?[0-9]{1,9}", whole.text) and re.fullmatch(r"[0-9]{1,9}", part.text):
            return f"{whole.text},{part.text}"
    return ""


def is_total(row: Row) -> bool:
    """Whether a row begins like the one that a spreadsheet adds at the foot of a table."""
    first = next((cell.text for cell in row if cell.text), "")
    return re.fullmatch(r"(?i)(?:sous-)?tota(?:l|ux)(?: g[ée]n[ée]ral)?|somme|ensemble", first.strip()) is not None


def total(document: Document, row: Row) -> Diagnostic:
    """A row of totals."""
    message = "Cette ligne est un total, pas une ligne de la table."
    hint = "Retirez-la : un total se recalcule, et se compterait deux fois."
    return fault("csv-mal-forme", document.at(row[0].mark), message, hint)


def _joined(row: Row) -> str:
    """A line whose text holds a comma and a space, this text between quotes; "" when none does, or several."""
    cells = [cell.text for cell in row]
    places = [n for n in range(1, len(cells)) if cells[n].startswith(" ") and cells[n - 1]]
    if len(places) != 1:
        return ""
    place = places[0]
    return ",".join([*cells[: place - 1], f'"{cells[place - 1]},{cells[place]}"', *cells[place + 1 :]])


def misplaced_quote(document: Document, mark: int, unclosed: bool, dialect: Dialect) -> Diagnostic:
    """A quote that keeps from reading on, at the cell that it opens or spoils."""
    message = "Un guillemet mal placé empêche de lire cette cellule."
    if unclosed:
        message = "Le guillemet ouvert ici n’est pas refermé à la fin de la cellule."
    hint = (
        "Un texte qui contient {delimiter} ou un guillemet s’écrit entre {quotes}, les guillemets intérieurs doublés."
    )
    return fault("csv-mal-forme", document.at(mark), message, hint, **_words(dialect))


def another_dialect(document: Document, cells: Cells, seen: Dialect, manner: Manner) -> Diagnostic:
    """A file that is not written in the dialect of its contract, at the first separator of its header."""
    rows, expected = cells.filled, manner.dialect
    first = rows[header_of(rows, known(manner.columns))] if rows else [Scalar("", mark_at(1, 1))]
    changes = {
        "delimiter": _yaml(seen.delimiter) if seen.delimiter != expected.delimiter else "",
        "quoteChar": _yaml(seen.quote) if seen.quote != expected.quote else "",
        "skipInitialSpace": "true" if seen.skip_initial_space != expected.skip_initial_space else "",
    }
    place, message = _end(first), "Les colonnes de ce fichier sont séparées par {delimiters}."
    again = sentence("avec {delimiters}", **_words(expected))
    if not changes["delimiter"] and changes["quoteChar"]:
        place, message = first[0].mark, "Les textes de ce fichier sont entre {quotes}."
        again = sentence("avec {marks}", **_words(expected))
    elif not changes["delimiter"]:
        place, message = _end(first) + 1, "Une espace suit les séparateurs de ce fichier."
        again = sentence("sans ces espaces")
    hint = "Enregistrez-le de nouveau {again}, ou déclarez dans le contrat de la table : dialect: {{{changes}}}"
    if expected != AS_USUAL.dialect:
        hint = (
            "Ce n’est pas ce que déclare le contrat de sa table : corrigez-y « dialect » ({changes}), ou enregistrez le"
            " fichier de nouveau {again}."
        )
    told = ", ".join(f"{key}: {value}" for key, value in changes.items() if value)
    return fault("csv-mal-forme", document.at(place), message, hint, again=again, changes=told, **_words(seen))


def _end(row: Row) -> int:
    """The place of the separator after the first cell of a row; that of the cell when it is the only one."""
    cell = row[0]
    if len(row) == 1 or "\n" in cell.text:
        return cell.mark
    return cell.mark + len(cell.text) + (2 + cell.text.count('"') if cell.quoted else 0)


def for_excel(document: Document, delimiter: str, dialect: Dialect) -> Diagnostic:
    """`sep=;`, which only Excel reads."""
    message = "La première ligne n’est pas l’en-tête : « sep={delimiter} » est une consigne pour Excel."
    hint = "Supprimez-la."
    if delimiter not in _DELIMITERS:
        hint = "Supprimez-la, et enregistrez le fichier de nouveau avec des virgules."
    elif delimiter != dialect.delimiter:
        hint = "Supprimez-la, et déclarez dans le contrat de la table : dialect: {{delimiter: {value}}}"
    place = document.at(mark_at(1, 1))
    return fault("csv-en-tete", place, message, hint, delimiter=delimiter, value=_yaml(delimiter))


def not_the_header(
    document: Document, rows: list[Row], place: int, line: int, comment: str, manner: Manner
) -> Diagnostic:
    """A first row that names no column, and the row that seems to be the header, if any."""
    choices, written = listed(manner.columns, "et"), manner.dialect.delimiter.join(manner.columns)
    message = "La première ligne n’est pas l’en-tête : aucune de ses cellules n’est une colonne de la table."
    if manner.dialect.header_row > 1:
        message = (
            "Cette ligne n’est pas l’en-tête, quoi qu’en dise le contrat : aucune de ses cellules n’est une colonne."
        )
    if not place:
        hint = "Écrivez d’abord une ligne qui nomme les colonnes : {choices}."
        return fault("csv-en-tete", document.at(rows[0][0].mark), message, hint, written, choices=choices)
    message = "La première ligne n’est pas l’en-tête : les colonnes sont nommées plus bas, à la ligne {line}."
    hint = (
        "Supprimez ce qui précède l’en-tête, ou déclarez dans le contrat de la table : dialect: {{headerRows: [{row}]}}"
    )
    if comment:
        hint = "Supprimez ce qui précède l’en-tête, ou déclarez dans le contrat de la table : dialect: {{commentChar: {value}}}"
    shown = rows[place][0].mark >> COLUMN_BITS
    return fault("csv-en-tete", document.at(rows[0][0].mark), message, hint, line=shown, row=line, value=_yaml(comment))


def _words(dialect: Dialect) -> dict[str, object]:
    """The separator and the quotes of a dialect, in words."""
    (delimiter, delimiters), (quotes, marks) = _DELIMITERS[dialect.delimiter], _QUOTES[dialect.quote]
    return {
        "delimiter": sentence(delimiter),
        "delimiters": sentence(delimiters),
        "quotes": sentence(quotes),
        "marks": sentence(marks),
    }


def _yaml(text: str) -> str:
    """A character as a contract writes it."""
    return '"\\t"' if text == "\t" else "'\"'" if text == '"' else f'"{text}"'

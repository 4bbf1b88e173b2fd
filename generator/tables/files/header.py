"""The names that a file gives to its columns, against those of the schema (Table Schema, « fieldsMatch »)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.dialect import DELIMITERS
from generator.tables.shape import Shape
from generator.tables.source import Dialect


@dataclass(frozen=True, slots=True)
class Order:
    """Where the file has each column of the schema, -1 when it has not; how many cells its rows have."""

    places: tuple[int, ...]
    width: int


def joined(rows: Sequence[Sequence[str]], dialect: Dialect) -> list[str]:
    """The names of the columns, which several rows may say together: above, an empty cell has the words of the one before it."""
    width = max(map(len, rows), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    for rank, row in enumerate(rows):
        cells = [*row, *[""] * (width - len(row))]
        for place, cell in enumerate(cells):
            if not cell and place and rank < len(rows) - 1:
                cells[place] = cells[place - 1]
            if cells[place] and cells[place] not in parts[place][-1:]:
                parts[place].append(cells[place])
    return [dialect.header_join.join(part) for part in parts]


def order_of(shape: Shape, names: list[str], dialect: Dialect, place: Position) -> Order | list[Diagnostic]:
    """Where each column is; else what is wrong with the header, at its place."""
    same = (lambda name: name) if dialect.case else str.casefold
    found, wanted = list(map(same, names)), [same(column.header) for column in shape.columns]
    if found == wanted:
        return Order(tuple(range(len(wanted))), len(wanted))
    other = _separator(names, shape, dialect)
    if other:
        message = "Les colonnes sont séparées par « {found} », et le dialecte dit « {mark} »."
        hint = 'Écrivez « "dialect": {{"delimiter": "{found}"}} » dans la ressource.'
        shown = {"\t": "\\t"}
        values = {"found": shown.get(other, other), "mark": shown.get(dialect.delimiter, dialect.delimiter)}
        return [fault("csv-en-tete", place, message, hint, **values)]
    wrong = list(_wrong(shape, dict(zip(found, names, strict=True)), found, wanted, place))
    if wrong:
        return wrong
    places = {name: place for place, name in enumerate(found)}
    return Order(tuple(places.get(name, -1) for name in wanted), len(found))


def _separator(names: list[str], shape: Shape, dialect: Dialect) -> str:
    """What separates the names of a header that was read as one, when the columns of the schema are among them; ""."""
    if len(names) != 1 or len(shape.columns) < 2:
        return ""
    wanted = {column.header for column in shape.columns}
    return next((sign for sign in DELIMITERS if len(wanted.intersection(names[0].split(sign))) > 1), "")


def _wrong(
    shape: Shape, written: dict[str, str], found: list[str], wanted: list[str], place: Position
) -> Iterator[Diagnostic]:
    times, known = Counter(found), set(wanted)
    twice = next((name for name in found if name and times[name] > 1), None)
    if twice is not None:
        message, hint = "La colonne « {key} » est donnée deux fois.", "Gardez une seule des deux."
        yield fault("cle-en-double", place, message, hint, key=written[twice])
        return
    headers = [column.header for column in shape.columns]
    absent = [header for header, name in zip(headers, wanted, strict=True) if name not in times]
    more = [written[name] for name in dict.fromkeys(found) if name not in known]
    if shape.match == "partial":
        if len(absent) == len(headers):
            yield refused_header(
                place, "Aucune colonne de ce fichier n’est dans le schéma, qui connaît {names}.", headers
            )
        return
    if len(absent) == len(more) == 1 and shape.match in ("exact", "equal"):
        message = "« {name} » n’est pas une colonne du schéma, qui attend « {expected} »."
        yield fault("csv-en-tete", place, message, _ADVICE, absent[0], name=more[0], expected=absent[0])
        return
    if absent and shape.match != "superset":
        yield refused_header(place, "Il manque à ce fichier des colonnes du schéma : {names}.", absent)
    if more and shape.match != "subset":
        meant = nearest(more[0], absent) if len(more) == 1 else ""
        yield refused_header(place, "Le schéma ne connaît pas ces colonnes du fichier : {names}.", more, meant)
    if shape.match == "exact" and not absent and not more:
        rank = next(n for n, (name, own) in enumerate(zip(found, wanted, strict=True)) if name != own)
        message = "La colonne {rank} de ce fichier est « {name} » ; le schéma y attend « {expected} »."
        hint = "Mettez les colonnes dans l’ordre du schéma, ou écrivez-y « fieldsMatch: equal »."
        values = {"rank": rank + 1, "name": written[found[rank]], "expected": headers[rank]}
        yield fault("csv-en-tete", place, message, hint, **values)


_ADVICE = "Corrigez l’en-tête, ou le schéma : ses champs, ou ce qu’il en demande (« fieldsMatch »)."


def refused_header(place: Position, message: str, names: list[str], meant: str = "") -> Diagnostic:
    """What is wrong with names of a header."""
    return fault("csv-en-tete", place, message, _ADVICE, meant, names=listed(names, "et"))

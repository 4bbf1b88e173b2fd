"""What the first sheet of a workbook tells of what it does not hold as the other files do."""

from __future__ import annotations

from generator.packages.sheets import Sheet
from generator.text.interface import count, say
from generator.text.spoken import number

LARGE = 100_000  # rows of a large table that a workbook holds whole
FIRST = 10_000  # of one that has more, its first rows


def is_cut(sheet: Sheet) -> bool:
    """Whether the first rows of a table are all that a workbook holds of it."""
    return sheet.large and sheet.count > LARGE


def cut(sheet: Sheet) -> tuple[str, str]:
    """What a reader is told of a large table that the workbook does not hold whole."""
    told = "« {name} » : seules les {most} premières lignes sont ici, des {rows} de la table. Le CSV et le Parquet les ont toutes."
    return say("Table coupée"), say(told, name=sheet.name, most=number(FIRST), rows=number(sheet.count))


def changed(kind: str, column: str, amount: int) -> tuple[str, str]:
    """What a reader is told of the cells of a column that a workbook cannot hold as they are."""
    if kind == "text":
        told = "« {column} », {n} : au-delà de 32 767 signes, la fin d’un texte manque ici (« … »). Le CSV l’a."
        return say("Textes coupés"), say(told, column=column, n=count(amount, "cellule"))
    if kind == "date":
        told = "« {column} », {n} : avant le 1er mars 1900, un tableur ne sait pas compter les jours."
        return say("Dates en texte"), say(told, column=column, n=count(amount, "cellule"))
    told = "« {column} », {n} : au-delà de 15 chiffres, un tableur arrondirait."
    return say("Nombres en texte"), say(told, column=column, n=count(amount, "cellule"))

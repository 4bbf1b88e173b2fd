"""The names that a contract gives to its tables and columns: those of our style, which need quotes nowhere, unless it says that they
are published as they are written (`names: written`).
"""

from __future__ import annotations

import re
import unicodedata

from generator.documents.reader import Reader
from generator.text.characters import blank
from generator.text.french import fold
from generator.text.interface import NOTHING, Sentence, sentence
from generator.text.portable import device
from generator.values.formulas import executed

STRICT = re.compile(r"[a-z][a-z0-9_]{0,59}")
WRITTEN = "written"
LONGEST_TABLE, LONGEST_COLUMN = 60, 100  # signs
# Of tables whose files, or whose views, would be those of something else.
_TAKEN = re.compile(r"csv-metadata|sha256sums|index\.json|sqlite_.*", re.IGNORECASE)
_ROWS = "_rowid_"  # by which SQLite orders its rows, whatever a table has


def read_written(item: Reader, inherited: bool = False) -> bool:
    """Whether the names of a contract, or of one of its tables, are published as they are written."""
    text = item.text("names")
    if item.has("names") and text != WRITTEN:
        message, hint = "« {text} » n’est pas une façon de nommer.", "Écrivez « names: written », ou retirez « names »."
        item.fault("names", message, hint, WRITTEN, text=text)
    return inherited or text == WRITTEN


def table_name(item: Reader, written: bool) -> str:
    """The name of the table that a mapping declares."""
    name = item.text("name", required=True)
    wrong = _wrong_table(name) if written else NOTHING
    if not written and name:
        _strict(item, name)
    elif name and wrong:
        message = "« {name} » ne peut pas nommer une table : {wrong}."
        hint = "Ce nom est celui de fichiers et d’adresses : des lettres, des chiffres, « _ », « - » et « . », soixante signes au plus."
        item.fault("name", message, hint, name=name, wrong=wrong)
    return name


def column_name(item: Reader, written: bool, formulas: bool = False) -> str:
    """The name of the column, or of the group of columns, that a mapping declares; `formulas`: a spreadsheet may execute it."""
    name = item.text("name", required=True)
    sign = executed(name)[0] if written and not formulas else ""
    wrong = _wrong_column(name) if written else NOTHING
    if not written and name:
        _strict(item, name)
    elif name and wrong:
        message = "« {name} » ne peut pas nommer une colonne : {wrong}."
        item.fault("name", message, "Changez ce nom.", name=name, wrong=wrong)
    elif sign:
        message = "Le nom « {name} » commence par « {sign} » : un tableur pourrait l’exécuter."
        hint = "Mettez un mot devant, ou permettez-le dans le contrat : « allow: [formulas] »."
        item.fault("name", message, hint, name=name, sign=sign)
    return name


def _strict(item: Reader, name: str) -> None:
    """Say that a name is not of our style, and that it may stay as it is."""
    if STRICT.fullmatch(name):
        return
    message = "« {text} » n’a pas la forme attendue pour « {key} »."
    hint = (
        "Un nom s’écrit en minuscules sans accent, avec des chiffres et « _ », commence par une lettre et a soixante signes au plus. "
        "Pour publier les noms tels que vous les écrivez, ajoutez au contrat « names: written »."
    )
    meant = re.sub(r"[^a-z0-9]+", "_", fold(name).replace(" ", "_")).strip("_")
    item.fault("name", message, hint, meant if STRICT.fullmatch(meant) else "", text=name, key="name")


def _wrong_table(name: str) -> Sentence:
    """Why a name cannot be that of a table; nothing when it can."""
    stray = next(
        (
            sign
            for sign in name
            if sign not in "-_." and unicodedata.category(sign)[0] not in "LM" and not sign.isdecimal()
        ),
        "",
    )
    if stray:
        return sentence("« {sign} » n’est ni une lettre, ni un chiffre, ni « _ », « - » ou « . »", sign=stray)
    if len(name) > LONGEST_TABLE:
        return sentence("il a {count} signes, {most} au plus sont permis", count=len(name), most=LONGEST_TABLE)
    if not name[0].isalnum() or name[-1] == "." or ".." in name:
        return sentence(
            "il commence par une lettre ou un chiffre, ne finit pas par un point, et n’en a pas deux de suite"
        )
    if device(name):
        return sentence("Windows réserve ce nom")
    return (
        sentence("ce nom est pris par un fichier ou une base que nous publions") if _TAKEN.fullmatch(name) else NOTHING
    )


def _wrong_column(name: str) -> Sentence:
    """Why a name cannot be that of a column; nothing when it can."""
    if len(name) > LONGEST_COLUMN:
        return sentence("il a {count} signes, {most} au plus sont permis", count=len(name), most=LONGEST_COLUMN)
    if blank(name):
        return sentence("il ne montre rien")
    if name != name.strip():
        return sentence("il commence ou finit par une espace")
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in name):
        return sentence("il contient un saut de ligne ou une tabulation")
    return sentence("SQLite le garde pour le rang de ses lignes") if name.casefold() == _ROWS else NOTHING

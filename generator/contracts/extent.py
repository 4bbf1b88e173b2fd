"""What a contract says of a package in the words that catalogues share: the period and the place that its data cover, how often they
change, their themes. These four properties of other vocabularies are published as they are written, like all of them; their shape
is known here, because catalogues read them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from collections.abc import Mapping as Map

from generator.diagnostics.suggestions import Words
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.values.types import TYPES

PERIOD, PLACE, FREQUENCY, THEMES = "dct:temporal", "dct:spatial", "dct:accrualPeriodicity", "dcat:theme"

# The vocabularies of the Publications Office of the European Union, which DCAT-AP asks for (https://op.europa.eu/en/web/eu-vocabularies).
AUTHORITY = "http://publications.europa.eu/resource/authority/"
FREQUENCIES, THEME = f"{AUTHORITY}frequency/", f"{AUTHORITY}data-theme/"
# Those that are chosen most often are first: a message shows these.
_FREQUENCIES = (
    *("ANNUAL", "QUARTERLY", "MONTHLY", "WEEKLY", "DAILY", "BIENNIAL", "IRREG", "NEVER", "ANNUAL_2"),
    *("ANNUAL_3", "BIMONTHLY", "MONTHLY_2", "MONTHLY_3", "BIWEEKLY", "WEEKLY_2", "WEEKLY_3", "WEEKLY_5", "DAILY_2"),
    *("DAILY_3", "12HRS", "TRIHOURLY", "BIHOURLY", "HOURLY", "30MIN", "15MIN", "10MIN", "5MIN"),
    *(
        "1MIN",
        "CONT",
        "UPDATE_CONT",
        "TRIENNIAL",
        "QUADRENNIAL",
        "QUINQUENNIAL",
        "DECENNIAL",
        "BIDECENNIAL",
        "TRIDECENNIAL",
    ),
    *("AS_NEEDED", "NOT_PLANNED", "OTHER", "UNKNOWN"),
)
_THEMES = (
    *("SOCI", "HEAL", "ECON", "EDUC", "ENVI", "GOVE", "REGI", "TRAN", "AGRI", "ENER"),
    *("INTR", "JUST", "TECH", "OP_DATPRO"),
)

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def first_day(date: str) -> str:
    """The first day (AAAA-MM-JJ) of a year, a month or a day."""
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def last_day(date: str) -> str:
    """The last day (AAAA-MM-JJ) of a year, a month or a day."""
    month = f"{date}-12" if len(date) == 4 else date
    return f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:]))[1]}" if len(month) == 7 else month


def _period(item: Reader, key: str) -> None:
    period = item.mapping(key)
    told = {word: period.text(word, required=period.has(word)) for word in ("start", "end")}
    period.close("« {word} »", word=key)
    wrong = [word for word, text in told.items() if text and not _is_date(text)]
    for word in wrong:
        message, hint = (
            "« {text} » n’est ni une année, ni un mois, ni un jour.",
            "Écrivez AAAA, AAAA-MM ou AAAA-MM-JJ.",
        )
        period.fault(word, message, hint, text=told[word])
    start, end = told["start"], told["end"]
    if start and end and not wrong and first_day(start) > last_day(end):
        message, hint = "Cette période finit avant de commencer.", "Échangez « start » et « end », ou corrigez-les."
        period.fault("end", message, hint)


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None and TYPES["date"].read(first_day(text), "")[1] is None


def _place(item: Reader, key: str) -> None:
    place = item.mapping(key)
    place.text("title", required=True)
    path = place.text("path", required=place.has("path"))
    if path and TYPES["string"].read(path, "uri")[1]:
        message, hint = "« {text} » n’est pas une adresse web.", "Une adresse commence par https://."
        place.fault("path", message, hint, text=path)
    place.close("« {word} »", word=key)


def _frequency(item: Reader, key: str) -> None:
    _term(item, key, item.text(key, required=True), FREQUENCIES, _FREQUENCIES)


def _themes(item: Reader, key: str) -> None:
    for theme in item.texts(key, required=True, distinct=True):
        _term(item, key, theme, THEME, _THEMES)


def _term(item: Reader, key: str, text: str, vocabulary: str, codes: tuple[str, ...]) -> None:
    """A term of a vocabulary, by its address; its code alone tells which one is meant."""
    code = text.rpartition("/")[2]
    if not text or (text == f"{vocabulary}{code}" and code in codes):
        return
    near = code.upper() if code.upper() in codes else Words(codes).nearest(code)
    message = "« {text} » n’est pas un terme de ce vocabulaire de l’Union européenne."
    hint = "Écrivez {vocabulary} suivi d’un de ces codes : {choices}."
    suggestion = f"{vocabulary}{near}" if near else ""
    place = item.spot(key, text)
    item.faults(place, message, hint, suggestion, text=text, vocabulary=vocabulary, choices=listed(codes))


SHAPES: Map[str, Callable[[Reader, str], None]] = {
    PERIOD: _period,
    PLACE: _place,
    FREQUENCY: _frequency,
    THEMES: _themes,
}

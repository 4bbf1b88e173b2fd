"""What a spreadsheet leaves in a table: an error in place of a value, a code turned into a number."""

from __future__ import annotations

import re

from generator.values.patterns import Pattern

# Errors of Excel, in English and in French, and of LibreOffice; a column too narrow, copied as it was shown.
_ERRORS = r"#(?:REF!|DIV/0!|NAME\?|NOM\s?\?|VALUE!|VALEUR\s?!|NULL!|NUL\s?!|NUM!|NOMBRE\s?!|SPILL!|CALC!|FIELD!|N/A|PROPAGATION!|CALCUL!|CHAMP!)"
_ERROR = re.compile(rf"(?<!\w){_ERRORS}|\AErr\s?:\s?5[0-9]{{2}}\Z|\A#{{3,}}\Z", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-][0-9]{2,3}\Z")
_MOST_ZEROS = 14


def error(text: str) -> str:
    """The error of a spreadsheet that a text holds, or ""."""
    found = _ERROR.search(text) if "#" in text or text[:3].lower() == "err" else None
    return found[0] if found else ""


def scientific(text: str) -> bool:
    """Whether a text is a long code that a spreadsheet took for a number: `7,92E+13`."""
    return bool(_SCIENTIFIC.match(text))


def with_zeros(text: str, pattern: Pattern) -> str:
    """The code that a spreadsheet took the first zeros from, when its form says how many: `1001` → `01001`; else ""."""
    if not (text.isascii() and text.isdigit()):
        return ""
    return next((code for n in range(1, _MOST_ZEROS + 1) if pattern.matches(code := "0" * n + text)), "")

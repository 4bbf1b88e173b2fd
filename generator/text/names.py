"""The names of tables and columns, as publishers write them, in the places that have a grammar of their own: the ways and the
calculations of contracts, SQL, R, Python, JavaScript, Power Query, an element of HTML, a URI. No other module writes a name there.

In a way (`livre.titre`), between braces (`{livre.titre}`) and in a calculation, a name that holds a sign of that grammar stands
between backquotes: `Prix (€)`. A backquote that belongs to it is doubled there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from urllib.parse import quote

QUOTED = r"`(?:[^`]|``)++`"  # a name between backquotes
BRACED = re.compile(rf"\{{((?:{QUOTED}|[^`{{}}])++)\}}")  # in a sentence or an address
BARE = r"[^\W\d]\w*"  # a name that a calculation tells from its signs

_OWN = re.compile(r"[.`|{}=]")  # the signs of ways
_TRIMMED = 40  # signs of an identifier that are read, before what makes it unique


# --- In a contract -----------------------------------------------------------------------------------------------


def steps(way: str) -> tuple[str, ...]:
    """The names of a way: `livre.titre` has two, and `` `a.b` `` one."""
    return tuple(map(bare, apart(way, "."))) if "." in way or "`" in way else (way,)


def way(names: Iterable[str]) -> str:
    """The way that goes by these names, as a contract writes it."""
    return ".".join(f"`{name.replace('`', '``')}`" if _OWN.search(name) else name for name in names)


def alternatives(ways: str) -> list[str]:
    """Ways with a bar between them, of which the first that leads to something counts."""
    return apart(ways, "|") if "|" in ways or "`" in ways else [ways]


def apart(text: str, sign: str) -> list[str]:
    """A text cut at a sign, but for where it stands between backquotes."""
    found = [""]
    for rank, part in enumerate(text.split("`")):
        first, *others = part.split(sign) if rank % 2 == 0 else [part]
        found[-1] += "`" * bool(rank) + first
        found += others
    return found


def bare(name: str) -> str:
    """A name without the backquotes between which it may stand."""
    return name[1:-1].replace("``", "`") if len(name) > 2 and name[0] == name[-1] == "`" else name


def in_calculation(name: str) -> str:
    """A name in a calculation."""
    return name if re.fullmatch(BARE, name) else f"`{name.replace('`', '``')}`"


# --- In a language -----------------------------------------------------------------------------------------------


def in_sql(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def in_script(text: str) -> str:
    """A text in Python or JavaScript, which read alike all that is escaped here."""
    return json.dumps(text, ensure_ascii=False)


def in_r(text: str) -> str:
    """A text in R. A letter that ASCII has not is written by its code: the text is then UTF-8 in any locale (R, ?Quotes)."""
    return "".join(sign if sign.isascii() else f"\\u{{{ord(sign):x}}}" for sign in in_script(text))


def in_python_sql(name: str) -> str:
    """A name in SQL, in a formatted text of Python that stands between three quotation marks."""
    named = in_sql(name).replace("\\", "\\\\").replace("{", "{{").replace("}", "}}")
    return named.replace('"', '\\"') if '""' in named else named


def in_power_query(text: str) -> str:
    """A text in the language of Power Query, where « #( » begins the code of a sign (M, « Lexical Structure », Text literals)."""
    return '"' + text.replace("#(", "#(#)(").replace('"', '""') + '"'


# --- In an address -----------------------------------------------------------------------------------------------


def in_uri(name: str) -> str:
    """A name as one step of a URI, or of the identifier of a node of JSON-LD."""
    return quote(name, safe="")


def in_template(name: str) -> str:
    """A name as a variable of a template of URI (RFC 6570, 2.3), of which CSV on the Web keeps those that begin with « _ »."""
    coded = re.sub("[^A-Za-z0-9_]", lambda found: _coded(found[0]), name)
    return _coded("_") + coded[1:] if coded[:1] == "_" else coded


def _coded(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())


def in_page(name: str) -> str:
    """A name as an identifier of an element of HTML, and a part of an anchor, without dot: itself when it has letters, digits, « - »
    and « _ » alone, else what can be read of it and a print of the whole, which no other name has.
    """
    if re.fullmatch(r"[\w-]+", name):
        return name
    read = re.sub(r"[^\w-]+", "-", name).strip("-")[:_TRIMMED]
    return f"{read or 'n'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"

"""The text of a mail that asks for a correction: its words (MIME), then a line for each field of the form, « Table : livres ». Nobody's
name nor address is kept, and no attachment is opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from generator.text.french import fold

# What a mail begins with (RFC 5322), or a mailbox in one file (« From », a space).
_HEADERS = ("received", "return-path", "delivered-to", "from", "to", "subject", "date", "message-id", "mime-version")
_OPENINGS = ("from ", ">from ", "content-type:", *(f"{name}:" for name in _HEADERS))
_LABEL = 40  # characters of a label, at most
_QUOTED = re.compile(r"^(?:[ \t]*>)+[ \t]?")
_SIGNATURE = "--"


def is_mail(data: bytes) -> bool:
    """Whether bytes begin as a mail does, by its headers."""
    return data.lstrip()[:_LABEL].decode("latin-1").casefold().startswith(_OPENINGS)


def words(data: bytes) -> str | None:
    """The text of a mail; None when it has none that is plain, or when it does not read."""
    message = message_from_bytes(data, policy=default)
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    try:
        found = body.get_content() if body is not None else None
    except (LookupError, ValueError):
        return None
    return found.replace("\r\n", "\n") if isinstance(found, str) else None


def fields(text: str, names: Map[str, str], long: frozenset[str]) -> list[tuple[str, str]]:
    """The fields that a text fills, in its order: identifier, answer. `names`: label → identifier; `long`: those whose answer may have
    several lines, up to the next field. What stands before the first field is left, as is a signature.
    """
    known = {fold(label): name for label, name in names.items()}
    found = list[tuple[str, list[str]]]()
    for line in text.split("\n"):
        clear = _QUOTED.sub("", line).rstrip()
        if clear.rstrip() == _SIGNATURE:
            break
        label, mark, answer = clear.partition(":")
        name = known.get(fold(label)) if mark and len(label) <= _LABEL else None
        if name is not None:
            found.append((name, [answer.strip()]))
        elif found and (found[-1][0] in long or not any(found[-1][1])):
            found[-1][1].append(clear)
    return [(name, "\n".join(lines).strip()) for name, lines in found]

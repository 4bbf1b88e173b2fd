"""What `serve` tells the pages that are open: which site is shown, what goes on, and what the check says. The script and the style
of the panel that shows it are served from here, and are part of no site.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.text.interface import say
from generator.text.language import spoken

STATE = "/__etat"  # where it is asked for, with the mark of the last state that was seen
_HERE = Path(__file__).resolve().parent
PARTS = {  # path → kind and file
    "/__panneau.js": ("text/javascript; charset=utf-8", _HERE / "panel.js"),
    "/__panneau.css": ("text/css; charset=utf-8", _HERE / "panel.css"),
}
NO_SITE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{said}</title></head>
<body><p>{said}</p></body></html>
"""
ONLY_OURS = {  # the headers of what is no file of the site
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


MOST = 20  # pages that are named


@dataclass(frozen=True, slots=True)
class Told:
    """One state. `site` grows with each build, `number` with each change, `messages` with each report that differs; `kind`: busy,
    fault, warning or calm; `text` says it, `report` has the messages (values of JSON).
    """

    site: int = 0
    number: int = 0
    messages: int = 0
    kind: str = "busy"
    text: str = ""
    pages: tuple[str, ...] = ()  # the addresses of those that show the last edit
    report: dict[str, object] = field(default_factory=dict)


class Board:
    """Written by one thread, read by those that answer."""

    def __init__(self) -> None:
        self.start = secrets.token_hex(8)  # which server: the numbers of another one mean nothing here
        self.told = Told()

    def tell(
        self,
        kind: str = "",
        text: str = "",
        report: dict[str, object] | None = None,
        built: bool = False,
        pages: Sequence[str] | None = None,
    ) -> None:
        """Tell what changes: what goes on, the messages, that a site was built, the pages that show the last edit."""
        old = self.told
        new = old.report if report is None else report
        self.told = replace(
            old,
            site=old.site + built,
            number=old.number + 1,
            messages=old.messages + (new != old.report),
            kind=kind or old.kind,
            text=text or old.text,
            pages=old.pages if pages is None else tuple(pages[:MOST]),
            report=new,
        )

    def since(self, seen: str) -> bytes:
        """What is told, in JSON, to a page that has `seen` a state; nothing when it is the last one."""
        told = self.told
        mark = f"{self.start}-{told.number}"
        if seen == mark:
            return b""
        words = {
            "language": spoken(),
            "region": say("Contrôle du contenu"),
            "close": say("Fermer (Échap)"),
            "place": say("Où :"),
            "write": say("Écrivez :"),
            "edited": say("Voir la page modifiée"),
            "stopped": say("Le serveur est arrêté"),
        }
        state = {
            "mark": mark,
            "site": f"{self.start}-{told.site}",
            "messages": f"{self.start}-{told.messages}",
            "kind": told.kind,
            "text": told.text,
            "pages": told.pages,
            "report": told.report,
            "words": words,
        }
        return json.dumps(state, ensure_ascii=False).encode("utf-8", "replace")

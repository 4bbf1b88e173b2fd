"""What `serve` tells the pages that are open: which site is shown, what goes on, and what the check says. The script and the style
of the panel that shows it are served from here, and are part of no site.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.layout import INDEX
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


MOST = 20  # pages that are named, or that are known to be open
OPEN = 6.0  # seconds since a page asked for the state: a hidden one asks every two seconds


@dataclass(frozen=True, slots=True)
class Told:
    """One state. `site` grows each time that files of the site changed, `number` with each change, `messages` with each report that
    differs; `kind`: busy, fault, warning or calm; `text` says it, `report` has the messages (values of JSON).
    """

    site: int = 0
    number: int = 0
    messages: int = 0
    kind: str = "busy"
    text: str = ""
    pages: tuple[str, ...] = ()  # the addresses of those that show the last edit
    report: dict[str, object] = field(default_factory=dict)


class Board:
    """Written by one thread, read by those that answer. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.start = secrets.token_hex(8)  # which server: the numbers of another one mean nothing here
        self.told = Told()
        self._clock = clock
        self._all = 0  # the number of the site in which all pages changed last, then of those in which some did since
        self._some: dict[str, int] = {}
        self._asked: dict[str, float] = {}  # when each open page asked last

    def tell(
        self,
        kind: str = "",
        text: str = "",
        report: dict[str, object] | None = None,
        pages: Sequence[str] | None = None,
    ) -> None:
        """Tell what changes: what goes on, the messages, the pages that show the last edit."""
        old = self.told
        new = old.report if report is None else report
        self.told = replace(
            old,
            number=old.number + 1,
            messages=old.messages + (new != old.report),
            kind=kind or old.kind,
            text=text or old.text,
            pages=old.pages if pages is None else tuple(pages[:MOST]),
            report=new,
        )

    def published(self, files: Collection[str] | None = None) -> None:
        """Files of the site changed, which is told next: their pages are read again, or all pages when it is something that any of them may
        show (None: all changed).
        """
        site = self.told.site + 1
        if files is None or any(not path.endswith((".html", ".xml")) for path in files):
            self._all = site
        else:
            self._some.update(dict.fromkeys(files, site))
        self.told = replace(self.told, site=site)

    def looked(self) -> list[str]:
        """The addresses of the pages that are open, the last that asked first."""
        now = self._clock()
        asked = sorted(self._asked.copy().items(), key=lambda each: -each[1])
        return [path.removesuffix(INDEX) for path, when in asked[:MOST] if now - when < OPEN]

    def since(self, seen: str, page: str = "") -> bytes:
        """What is told, in JSON, to who has `seen` a state, nothing when it is the last one: to a page (its file), the site is that in which it
        changed.
        """
        told = self.told
        site = told.site
        if page:
            self._ask(page)
            site = max(self._all, *(self._some.get(path, 0) for path in (page, f"{page}/{INDEX}")))
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
            "site": f"{self.start}-{site}",
            "messages": f"{self.start}-{told.messages}",
            "kind": told.kind,
            "text": told.text,
            "pages": told.pages,
            "report": told.report,
            "words": words,
        }
        return json.dumps(state, ensure_ascii=False).encode("utf-8", "replace")

    def _ask(self, page: str) -> None:
        """A page asked: it is open. Those that are open no more are forgotten."""
        self._asked[page] = self._clock()
        if len(self._asked) > 10 * MOST:
            for other in sorted(self._asked.copy(), key=lambda each: self._asked.get(each, 0.0))[:-MOST]:
                self._asked.pop(other, None)

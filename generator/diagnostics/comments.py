"""What a request for changes gives, as one comment: diagnostics told in JSON, Markdown told by other commands. All of it may come
from anybody: fields are taken one by one, cut, and written so that nothing of them acts (see text/quoting.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Map

from generator.text.interface import count, say
from generator.text.quoting import code, plain, tamed

MARKER = "<!-- verification -->"  # by which the comment is found again
REPORT = "rapport.md"
PARTS = ("numero.txt", REPORT, "diagnostics.json", "diff.md")  # what is read of a request, and nothing else
LONGEST_PART = 1_000_000  # bytes of each
TOLD = 50  # causes in a comment
LONGEST = {
    "rapport.md": 15_000,
    "diff.md": 20_000,
    "diagnostics.json": 25_000,
}  # characters of each in a comment, of 65,536
_SENTENCE, _PLACE = 800, 300

HEAD = ("| Où | Quoi | Que faire |", "|---|---|---|")


def row(place: str, others: str, message: str, hint: str, suggestion: str) -> str:
    """A cause as a row under HEAD; `others` says how many other places it has."""
    where = " ".join(part for part in (code(place, _PLACE), others) if part)
    write = say("Écrivez : {text}", text=code(suggestion, _SENTENCE)) if suggestion else ""
    return f"| {where} | {plain(message, _SENTENCE)} | {' '.join(part for part in (plain(hint, _SENTENCE), write) if part)} |"


def composed(parts: Map[str, str], link: str = "", passed: bool | None = None) -> str:
    """The comment made of the parts that are there. `link`: the page of the run; `passed`: whether all of it did."""
    told = [MARKER, f"## {say('Vérification de cette demande')}"]
    if passed is not None:
        told.append(_ended(passed, link))
    if REPORT in parts:
        told.append(tamed(parts[REPORT], LONGEST[REPORT]))
    if "diagnostics.json" in parts:
        told.append(_diagnostics(parts["diagnostics.json"]))
    if parts.get("diff.md", "").strip():
        told += [f"### {say('Ce qui change')}", tamed(parts["diff.md"], LONGEST["diff.md"])]
    if link and passed is not None:
        told.append(_preview(link))
    return "\n\n".join(part for part in told if part) + "\n"


def _ended(passed: bool, link: str) -> str:
    told = "Toutes les vérifications ont réussi." if passed else "Une vérification au moins n’a pas réussi."
    return say(told) + (say(" Leur détail est [sur cette page]({link}).", link=link) if link else "")


def _preview(link: str) -> str:
    text = (
        "**Aperçu.** Le site que donnerait cette demande se télécharge en bas de [cette page]({link}), sous le nom « apercu » :"
        " décompressez-le, puis ouvrez « index.html ». Il est fait par le code de la demande : relisez d’abord ce qu’elle change."
    )
    return say(text, link=link)


def _diagnostics(text: str) -> str:
    """The table of what `check --format json` told, bounded."""
    try:
        found = json.loads(text)
        rows = [_row(each) for each in found]
    except (ValueError, TypeError, LookupError, RecursionError):
        return say("Les messages du contrôle manquent ou ne se lisent pas.")
    if not rows:
        return say("Aucune faute : le contenu est valide.")
    room, kept = LONGEST["diagnostics.json"], list[str]()
    for _, line in sorted(rows, key=lambda told: not told[0])[:TOLD]:  # errors first
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    errors = sum(1 for is_error, _ in rows if is_error)
    counts = (
        count(errors, "erreur") if errors else "",
        count(len(rows) - errors, "avertissement") if len(rows) > errors else "",
    )
    lines = [say("{counts}.", counts=", ".join(filter(None, counts))), "", say(HEAD[0]), HEAD[1], *kept]
    if len(kept) < len(rows):
        lines += ["", say("{unsaid} de plus.", unsaid=count(len(rows) - len(kept), "message"))]
    return "\n".join(lines)


def _row(told: Map[str, object]) -> tuple[bool, str]:
    """Whether an entry of the JSON is an error, and its row. Raises LookupError, TypeError or ValueError for what is none."""
    texts = {name: _text(told[name]) for name in ("path", "severity", "message", "hint", "suggestion")}
    line, column, places = (_number(told[name]) for name in ("line", "column", "count"))
    if texts["severity"] not in ("erreur", "avertissement"):
        raise ValueError(texts["severity"])
    place = f"{texts['path']}:{line}:{column}" if line else texts["path"]
    others = say("et {others}", others=count(places - 1, "autre endroit", "autres endroits")) if places > 1 else ""
    return texts["severity"] == "erreur", row(place, others, texts["message"], texts["hint"], texts["suggestion"])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value < 10**9:
        raise TypeError(value)
    return value

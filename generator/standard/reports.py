"""A validation for different readers: a terminal, GitHub, a comment in Markdown, a program, a page to keep."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.diagnostics import reports
from generator.diagnostics.causes import Cause, causes, chosen
from generator.diagnostics.excerpts import Excerpts
from generator.diagnostics.sheet import escaped, page
from generator.standard.validating import Validation
from generator.text.interface import count, say
from generator.text.quoting import code

SHOWN = 1_000  # causes on a page


def verdict(found: Validation) -> str:
    """Whether the package is valid, how many faults it has, what was read of it."""
    amounts = Counter(each.severity for each in found.diagnostics)
    parts = [count(found.errors, "erreur")] if found.errors else []
    parts += [count(amounts["avertissement"], "avertissement")] if amounts["avertissement"] else []
    rows = sum(table.rows for table in found.tables)
    if found.tables:
        parts += [count(len(found.tables), "table lue", "tables lues"), count(rows, "ligne")]
    name, end = _name(found), say(" ({parts})", parts=", ".join(parts)) if parts else ""
    if found.faulty:
        return say("Le paquet « {name} » n’est pas valide{end}.", name=name, end=end)
    return say("Le paquet « {name} » est valide{end}.", name=name, end=end)


def _name(found: Validation) -> str:
    """The name of a package, or of its folder when it has none."""
    return found.name or found.folder.resolve().name


def as_text(found: Validation, root: Path) -> str:
    """For a terminal: each fault as `check` tells it, then the verdict."""
    return "\n".join(filter(None, (reports.as_text(found.diagnostics, root), verdict(found))))


def as_github(found: Validation, root: Path) -> str:
    """GitHub annotations, on the lines of the files."""
    return reports.as_github(found.diagnostics, root)


def as_json(found: Validation, root: Path) -> str:
    """One object for programs: the verdict, the tables, the causes as `check` tells them."""
    told = {
        "package": found.name,
        "valid": not found.faulty,
        "tables": [
            {"name": each.name, "rows": each.rows, "faults": each.faults, "partial": each.partial}
            for each in found.tables
        ],
        "diagnostics": json.loads(reports.as_json(found.diagnostics, root)),
    }
    return reports.harmless(json.dumps(told, ensure_ascii=False, indent=2))


def as_markdown(found: Validation, root: Path) -> str:
    """A comment: the verdict, the faults, the tables."""
    body = reports.as_markdown(found.diagnostics, root).partition("\n")[2].strip()
    out = [f"## {verdict(found)}", body]
    if found.tables:
        rows = [f"| {code(each.name, 200)} | {each.rows} | {each.faults} |" for each in found.tables]
        out.append("\n".join([say("| Table | Lignes | Fautes |"), "|---|--:|--:|", *rows]))
    return "\n\n".join(filter(None, out)) + "\n"


def as_html(found: Validation, root: Path) -> str:
    """A page of its own: the verdict, the tables, each cause with its line, its correction and its other places."""
    told = causes(found.diagnostics)
    shown, excerpts = chosen(told, SHOWN, SHOWN), Excerpts(root)
    body = [f"<h1>{escaped(verdict(found))}</h1>"]
    if found.tables:
        body += _table(say("Tables"), "tables", (say("Table"), say("Lignes"), say("Fautes")), _tables(found))
    if shown:
        heads = say("Où"), say("Quoi"), say("Que faire")
        body += _table(say("Fautes"), "fautes", heads, (_cause(cause, excerpts) for cause in shown))
    if len(shown) < len(told):
        body.append(f"<p>{escaped(reports.unsaid(len(told) - len(shown)))}.</p>")
    return page(say("Validation du paquet « {name} »", name=_name(found)), body)


def _tables(found: Validation) -> Iterator[tuple[str, str, str]]:
    for each in found.tables:
        yield escaped(each.name), escaped(count(each.rows, "ligne")), escaped(str(each.faults))


def _cause(cause: Cause, excerpts: Excerpts) -> tuple[str, str, str]:
    """The cells of a cause: its place and its code; what is wrong, and the line, the place marked; what to do."""
    first = cause.first
    place = f'<span class="place">{escaped(str(first.position))}</span><br>{escaped(say(first.severity))} {escaped(first.code)}'
    excerpt, line = excerpts(first.position), ""
    if excerpt is not None:
        parts = excerpt.text[: excerpt.start], excerpt.text[excerpt.start : excerpt.end], excerpt.text[excerpt.end :]
        before, marked, after = map(escaped, parts)
        line = f'<br><span class="place">{before}<mark>{marked}</mark>{after}</span>'
    others = reports.others(cause)
    write = say("Écrivez : {text}", text=first.suggestion) if first.suggestion else ""
    todo = "<br>".join(escaped(part) for part in (reports.cut(first.hint), write, others) if part)
    return place, f"{escaped(reports.cut(first.message))}{line}", todo


def _table(title: str, name: str, heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """A table of cells that are HTML."""
    yield f'<section>\n<h2 id="{name}">{escaped(title)}</h2>'
    yield f'<div class="wide" role="region" tabindex="0" aria-labelledby="{name}">\n<table>'
    yield "<thead><tr>" + "".join(f'<th scope="col">{escaped(head)}</th>' for head in heads) + "</tr></thead>\n<tbody>"
    for row in rows:
        cells = zip(heads, row, strict=True)
        yield "<tr>" + "".join(f'<td data-head="{escaped(head)}">{cell}</td>' for head, cell in cells) + "</tr>"
    yield "</tbody>\n</table>\n</div>\n</section>"


REPORTS: dict[str, Callable[[Validation, Path], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "markdown": as_markdown,
    "html": as_html,
}

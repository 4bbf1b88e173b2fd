"""How a reader tells an error, or quotes a row: addresses, links to write and their HTML, for a record or one of its values."""

from __future__ import annotations

import html

from generator.catalogue.records import Catalogue, Record
from generator.contracts.settings import Settings
from generator.prose.targets import quotable, record_of
from generator.text.interface import say
from generator.text.numerals import NUMBER
from generator.values.types import canonical

LONGEST = 60  # characters of the name of a row, in what is said of a link


def report_url(settings: Settings, record: Record, column: str = "") -> str:
    """Where an error in a record, or in one of its values, is told, with what is known of it; "" when there is nowhere."""
    return settings.report_url(*_known(record, column)) if settings.repo_url or settings.contact else ""


def mail_url(settings: Settings, record: Record) -> str:
    """The same by mail, for who has no account; "" when this is how errors are told already, or when nobody reads mail."""
    if not settings.contact:
        return ""
    mail = settings.mail_url(*_known(record))
    return mail if mail != report_url(settings, record) else ""


def _known(record: Record, column: str = "") -> tuple[str, dict[str, str]]:
    """The subject of what tells an error, and the fields that are known."""
    resource, key = record.resource, written_key(record)
    values = {"paquet": resource.package, "table": resource.name, "ligne": key}
    if column:
        values |= {"champ": column, "valeur": canonical(record[column])}
    return say("Erreur dans {row}", row=f"{resource.name}/{key}"), values


def written_key(record: Record) -> str:
    """The key of a record as links write it: `id` or `parent/id`."""
    return "/".join(canonical(part) for part in record.id)


def link_to_write(record: Record, catalogue: Catalogue) -> str:
    """The link of a prose to a record, its words being what such a link may quote: `[71 %](chiffre:emploi/dares)`; "" when no
    scheme names it.
    """
    target = f"{record.resource.scheme}:{written_key(record)}"
    if not record.resource.scheme or record_of(target, catalogue) is not record:
        return ""
    values = list(quotable(record))
    words = next((value for value in values if NUMBER.search(value)), values[0] if values else record.label)
    for sign in "\\[]":
        words = words.replace(sign, f"\\{sign}")
    return f"[{' '.join(words.split())}]({_target(target)})"


def _target(target: str) -> str:
    """A target as Markdown reads it: between < and > when it holds a space or a parenthesis."""
    return f"<{target}>" if any(sign in target for sign in " ()") else target


# --- Their HTML ------------------------------------------------------------------------------------------------------


def line_url(settings: Settings, record: Record, column: str = "") -> str:
    """Where the line of a record, or of one of its values, is shown; "" without repository."""
    if not settings.repo_url:
        return ""
    position = record.at(column)
    return settings.line_url(position.path, position.line)


def row_links(settings: Settings, record: Record, column: str = "") -> str:
    """What stands beside a row, or one of its values: its line in the repository, and where an error in it is told."""
    line, report = line_url(settings, record, column), report_url(settings, record, column)
    if not line and not report:
        return ""
    row = html.escape(_short(record.label))
    shown = (
        (line, say("voir la ligne"), say("de « {row} » dans le dépôt", row=row)),
        (report, say("signaler une erreur"), say("sur « {row} »", row=row)),
    )
    links = [
        f'<a href="{html.escape(url)}">{words}<span class="visuellement-cache"> {hidden}</span></a>'
        for url, words, hidden in shown
        if url
    ]
    return f' <span class="ligne" data-pagefind-ignore>{" ".join(links)}</span>'


def folded_link(record: Record, catalogue: Catalogue) -> str:
    """The link to write, folded, or nothing."""
    written = link_to_write(record, catalogue)
    hidden = say("pour citer « {row} »", row=html.escape(_short(record.label)))
    summary = f'{say("lien à écrire")}<span class="visuellement-cache"> {hidden}</span>'
    opening = '<details class="lien-a-ecrire" data-pagefind-ignore>'
    return f"{opening}<summary>{summary}</summary><code>{html.escape(written)}</code></details>" if written else ""


def _short(text: str) -> str:
    """The name of a row for who hears it rather than sees it: its first words."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"

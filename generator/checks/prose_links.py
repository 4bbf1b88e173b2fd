"""The links of the prose, in pages and in records: each leads somewhere, and a sentence that quotes a record, or counts a
table, says what they say today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.catalogue.former import Renamed
from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue, Record
from generator.checks.places import Blame, Places
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import Words
from generator.documents.articles import Article
from generator.prose.markdown import links
from generator.prose.passages import Lines, passages
from generator.prose.targets import COUNT, PAGE, quotable, record_of, schemes, target_of
from generator.text.french import number
from generator.text.numerals import NUMBER, digits


def check(project: Project, lines: Lines, places: Places) -> Iterator[Diagnostic]:
    """Links that name nothing, and quotations that have drifted."""
    catalogue, names = project.catalogue, frozenset(project.names)
    meant = _Meant(catalogue, project.articles)
    for passage in passages(catalogue, project.articles):
        for link in links(passage.text):
            wrong: Blame | None
            if not link.text.strip():
                wrong = _wordless(link.target)
            elif re.match(r"https?:(?!//[^\s/?#])", link.target):
                wrong = _no_host(link.target)
            elif link.target.startswith(COUNT):
                wrong = _miscounted(link.text, link.target, catalogue, meant.tables)
            elif target_of(link.target, catalogue, names) is None:
                wrong = None if _may_exist(link.target, catalogue) else meant.broken(link.target)
            else:
                wrong = places.wrong(link.target, passage.owner) or _drifted(link.text, link.target, catalogue)
            if wrong is not None:
                yield wrong(passage.at(link.offset, link.length, lines))


def _wordless(target: str) -> Blame:
    message, hint = "Le lien « {target} » n’a pas de mots.", "Écrivez-les entre les crochets : [mots]({target})."
    return lambda place: fault("lien-casse", place, message, hint, target=target)


def _no_host(target: str) -> Blame:
    message, hint = "« {target} » n’est pas une adresse web.", "Une adresse commence par https://, puis le nom du site."
    return lambda place: fault("lien-casse", place, message, hint, target=target)


def _drifted(text: str, target: str, catalogue: Catalogue) -> Blame | None:
    record = record_of(target, catalogue)
    if record is None or not record.resource.quoted or _quotes(text, record):
        return None
    if any(record[name] is None and record.writes(name) for name in record.resource.quoted):
        return None  # a value could not be read, which is said of it: the sentence may well quote it
    message = "La phrase dit « {text} », mais « {target} » dit « {value} »."
    hint = "Reprenez la valeur telle qu’elle est imprimée, ou une partie de celle-ci."
    values, is_number = list(quotable(record)), bool(NUMBER.search(text))
    value = next((v for v in values if bool(NUMBER.search(v)) == is_number), values[0] if values else "")
    suggestion = f"[{value}]({target})"
    return lambda place: fault(
        "citation-perimee", place, message, hint, suggestion, text=text, target=target, value=value
    )


def _miscounted(text: str, target: str, catalogue: Catalogue, tables: Words) -> Blame | None:
    """`[21](nombre:livres)` counts the records of a table; `[12](nombre:)` only says that it is no figure."""
    name = target.removeprefix(COUNT)
    if not name:
        return None
    table = catalogue.tables.get(name)
    if table is None:
        if catalogue.contracts.unread:
            return None
        near = tables.nearest(name)
        message, hint = "Aucune table ne s’appelle « {name} ».", "Écrivez le nom d’une table, ou rien : [12](nombre:)."
        suggestion = f"{COUNT}{near}" if near else ""
        return lambda place: fault("lien-casse", place, message, hint, suggestion, name=name)
    found, said = len(table.records), NUMBER.search(text)
    if table.incomplete or (said is not None and digits(said[0]) == str(found)):
        return None
    message = "La phrase dit « {text} », mais la table « {title} » a {found} lignes."
    corrected = text.replace(said[0], number(found), 1) if said is not None else number(found)
    return lambda place: fault(
        "citation-perimee", place, message, "Corrigez le nombre.", f"[{corrected}]({target})",
        text=text, title=table.resource.title, found=found,
    )  # fmt: skip


def _may_exist(target: str, catalogue: Catalogue) -> bool:
    """Whether a target that is not found may stand in something that could not be read."""
    scheme, colon, rest = target.partition(":")
    contracts, key = catalogue.contracts, tuple(rest.split("/"))
    named = [r for r in contracts.resources.values() if colon and r.scheme == scheme]
    if not named:
        return bool(colon) and (contracts.unread or bool(contracts.faulty))
    return any(catalogue.tables[r.name].may_hold(key) for r in named)


def _quotes(text: str, record: Record) -> bool:
    """Whether a text is one of the values of a record, or a whole part of one: no part of a number."""
    wanted = re.compile(rf"(?<!\w){re.escape(_plain(text))}(?!\w)")
    return any(_is_whole(found, value) for value in map(_plain, quotable(record)) for found in wanted.finditer(value))


def _is_whole(found: re.Match[str], value: str) -> bool:
    """Whether a part of a value cuts none of its numbers; « 71 » is the whole of « 71 % »."""
    spans = ((n.start(), n.start() + len(n[0].rstrip("% \u00a0\u202f"))) for n in NUMBER.finditer(value))
    return all(
        end <= found.start() or start >= found.end() or (start >= found.start() and end <= found.end())
        for start, end in spans
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class _Meant:
    """What the links that lead nowhere were meant to name, among all that can be named."""

    def __init__(self, catalogue: Catalogue, articles: Sequence[Article]) -> None:
        self.catalogue = catalogue
        self.former = Renamed(catalogue)
        self.resources = {r.scheme: r for r in catalogue.contracts.resources.values() if r.scheme}
        self.schemes = Words(sorted(schemes(catalogue)))
        self.articles = Words([article.name for article in articles])
        self.tables = Words(catalogue.tables)
        self.keys = {
            scheme: Words("/".join(str(part) for part in key) for key in catalogue.tables[resource.name].by_key)
            for scheme, resource in self.resources.items()
        }

    def broken(self, target: str) -> Blame:
        """A link that leads nowhere."""
        scheme, colon, rest = target.partition(":")
        message = "Le lien « {target} » ne mène nulle part."
        hint = "Écrivez une adresse web, le nom d’une page (« methode.md »), ou un renvoi ({choices})."
        near, label = "", ""
        if colon and scheme in self.resources:
            new = self.former.find(self.resources[scheme].name, tuple(rest.split("/")))
            if new is not None:
                message = "Le lien « {target} » emploie un ancien identifiant de « {label} »."
                near, label, hint = "/".join(str(part) for part in new.id), new.label, "Employez le nouveau."
            else:
                near = self.keys[scheme].nearest(rest)
        elif not colon:
            near = self.articles.nearest(target)
        suggestion = f"{scheme}:{near}" if near and colon else near
        meant = self.schemes.nearest(scheme) if colon and scheme not in self.resources else ""
        suggestion = f"{meant}:{rest}" if meant and meant != scheme else suggestion
        choices = ", ".join(f"{name}…" for name in (*(f"{scheme}:" for scheme in sorted(self.resources)), PAGE))
        return lambda place: fault(
            "lien-casse", place, message, hint, suggestion, target=target, choices=choices, label=label
        )

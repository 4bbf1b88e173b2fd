"""The links of the prose, in pages and in records: each leads somewhere, and a sentence that quotes a record, compares two, or
counts a table, says what they say today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from generator.catalogue.former import Renamed
from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue, Record
from generator.checks.claims import claims, denied
from generator.checks.places import Blame, Places
from generator.checks.quotations import drifted, quotes, requoted
from generator.checks.references import about
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import Words
from generator.diagnostics.wording import listed
from generator.documents.articles import Article
from generator.prose.markdown import links
from generator.prose.passages import Lines, passages
from generator.prose.targets import COUNT, PAGE, schemes, target_of, terms
from generator.text.numerals import NUMBER, digits
from generator.text.spoken import number
from generator.values.types import canonical


def check(project: Project, lines: Lines, places: Places, doubtful: Set[int] = frozenset()) -> Iterator[Diagnostic]:
    """Links that name nothing, and sentences that do not say what a record says that is not among the `doubtful`."""
    catalogue, names = project.catalogue, project.targets
    meant = _Meant(catalogue, project.articles, project.files)
    for passage in passages(catalogue, project.articles):
        for link in links(passage.text):
            wrong: Blame | None
            if not link.text.strip():
                wrong = _wordless(link.target)
            elif re.match(r"https?:(?!//[^\s/?#])", link.target):
                wrong = _no_host(link.target)
            elif link.target.startswith(COUNT):
                wrong = _miscounted(link.text, link.target, catalogue, meant.tables)
            elif lost := [term for term in terms(link.target) if target_of(term, catalogue, names) is None]:
                wrong = None
                if not _may_exist(lost[0], catalogue):
                    said = meant.broken(lost[0] or link.target, link.text)(passage.at(link.offset, link.length, lines))
                    yield replace(said, about=meant.about(lost[0]))
            elif claims(link.text, link.target, catalogue):
                wrong = denied(link.text, link.target, catalogue, doubtful)
            else:
                wrong = places.wrong(link.target, passage.owner)
                drift = None if wrong else drifted(link.text, link.target, catalogue, doubtful)
                if drift is not None:
                    yield requoted(drift, link, passage, lines)
            if wrong is not None:
                yield wrong(passage.at(link.offset, link.length, lines))


def _wordless(target: str) -> Blame:
    message, hint = "Le lien « {target} » n’a pas de mots.", "Écrivez-les entre les crochets : [mots]({target})."
    return lambda place: fault("lien-casse", place, message, hint, target=target)


def _no_host(target: str) -> Blame:
    message, hint = "« {target} » n’est pas une adresse web.", "Une adresse commence par https://, puis le nom du site."
    return lambda place: fault("lien-casse", place, message, hint, target=target)


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
    rows = len(table.records) if table.elsewhere is None else table.elsewhere.size
    found, said = rows, NUMBER.search(text)
    if table.incomplete or table.strays or (said is not None and digits(said[0]) == str(found)):
        return None
    message = "La phrase dit « {text} », mais la table « {title} » a {found} lignes."
    if found < 2:
        message = "La phrase dit « {text} », mais la table « {title} » n’a qu’une ligne."
    if not found:
        message = "La phrase dit « {text} », mais la table « {title} » n’a aucune ligne."
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


class _Meant:
    """What the links that lead nowhere were meant to name, among all that can be named."""

    def __init__(self, catalogue: Catalogue, articles: Sequence[Article], files: Sequence[str]) -> None:
        self.catalogue = catalogue
        self.former = Renamed(catalogue)
        self.resources = {r.scheme: r for r in catalogue.contracts.resources.values() if r.scheme}
        self.schemes = Words(sorted(schemes(catalogue)))
        self.articles = Words([*(article.name for article in articles), *files])
        self.tables = Words(catalogue.tables)
        self.keys = {
            scheme: Words("/".join(str(part) for part in key) for key in catalogue.tables[resource.name].by_key)
            for scheme, resource in self.resources.items()
        }

    def about(self, target: str) -> tuple[str, ...]:
        """The table and the key of the row that a link names and that is missing; nothing when it was renamed."""
        scheme, _, rest = target.partition(":")
        resource, parts = self.resources.get(scheme), tuple(rest.split("/"))
        if resource is None or len(parts) != len(resource.primary_key) or self.former.find(resource.name, parts):
            return ()
        table, held = self.catalogue.tables[resource.name], 0
        while held < len(parts) - 1 and any(
            tuple(map(canonical, key[: held + 1])) == parts[: held + 1] for key in table.by_key
        ):
            held += 1
        return about(self.catalogue, table, parts[: held + 1])

    def _begun(self, scheme: str, rest: str) -> list[tuple[str, Record]]:
        """The rows whose key has one part more than what a link gives, each with its key as a link writes it."""
        table, parts = self.catalogue.tables[self.resources[scheme].name], rest.split("/")
        if len(parts) + 1 != len(table.resource.primary_key):
            return []
        keys = ((list(map(canonical, key)), record) for key, record in table.by_key.items())
        return [("/".join(key), record) for key, record in keys if key[:-1] == parts]

    def _half(self, target: str, text: str, held: list[tuple[str, Record]]) -> Blame:
        """A link that gives the first parts of a key, to which several rows answer, or one."""
        scheme, _, rest = target.partition(":")
        message = (
            "Le lien « {target} » s’arrête à « {rest} » : il lui manque, après une barre, l’identifiant de la ligne"
            " ({table})."
        )
        hint = "Précisez-le : {choices}."
        values = {"target": target, "rest": rest, "choices": listed(f"{scheme}:{key}" for key, _ in held)}
        values["table"] = self.resources[scheme].title
        quoting = [key for key, record in held if len(held) == 1 or quotes(text, record)]
        sure = f"{scheme}:{quoting[0]}" if quoting else ""
        return lambda place: fault("lien-casse", place, message, hint, sure, **values)

    def broken(self, target: str, text: str) -> Blame:
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
            elif held := self._begun(scheme, rest):
                return self._half(target, text, held)
            else:
                near = self.keys[scheme].nearest(rest)
                message = "Le lien « {target} » ne mène nulle part : « {rest} » n’existe pas dans la table « {table} »."
                hint = "Corrigez l’identifiant, ou ajoutez la ligne."
                others = [name for name, words in self.keys.items() if words.nearest(rest) == rest]
                if not near and len(others) == 1:
                    scheme, near = others[0], rest
        elif not colon:
            name, hash_mark, anchor = target.partition("#")
            near = self.articles.nearest(name)
            near = f"{near}{hash_mark}{anchor}" if near else ""
            if name.endswith(".md"):
                message = "Le lien « {target} » ne mène nulle part : la page « {name} » n’existe pas."
        suggestion = f"{scheme}:{near}" if near and colon else near
        if colon and scheme not in self.resources and not rest.startswith("//"):
            message = "Le lien « {target} » : aucun renvoi ne commence par le mot « {scheme} », qui n’existe pas."
            holding = [name for name, words in self.keys.items() if words.nearest(rest) == rest]
            meant = holding[0] if len(holding) == 1 else self.schemes.nearest(scheme)
            suggestion = f"{meant}:{rest}" if meant and meant != scheme else suggestion
        elif not colon and f"{target}:" == COUNT:
            message = "Le lien « {target} » ne mène nulle part : il manque le deux-points."
            suggestion = COUNT
        elif not colon and re.match(r"www\.|[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|eu|net)(?:/|\Z)", target):
            message, suggestion = (
                "Le lien « {target} » ne mène nulle part : il manque « https:// » devant.",
                f"https://{target}",
            )
        choices = ", ".join(f"{name}…" for name in (*(f"{scheme}:" for scheme in sorted(self.resources)), PAGE))
        return lambda place: fault(
            "lien-casse",
            place,
            message,
            hint,
            suggestion,
            target=target,
            choices=choices,
            label=label,
            scheme=scheme,
            rest=rest,
            name=target.partition("#")[0],
            table=self.resources[scheme].title if scheme in self.resources else "",
        )

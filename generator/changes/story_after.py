"""The end of the story of a change: what it reaches, what somebody would ask, what should be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.catalogue.records import Record
from generator.changes.consequences import Derived, Quote
from generator.changes.lines import Line, Section, name_of, place_of, section
from generator.changes.lost import Lost
from generator.changes.questions import Question
from generator.changes.release import Reason, Release
from generator.changes.review import Review
from generator.changes.schemas import Weight
from generator.changes.values import shown
from generator.contracts.model import Contracts
from generator.text.interface import count, say

_NAMED = 3  # figures from which a value is computed, named one by one


def sections(review: Review) -> Iterator[Section]:
    """What comes after the differences themselves."""
    reached = review.reached
    still = [found for found in reached.derived if found.old == found.new]
    yield section("unchanged", say("Calculs à revoir"), still, lambda found: _still(found, review))
    yield section(
        "quotes", say("Phrases qui citent une ligne changée"), reached.quotes, lambda found: _quote(found, review)
    )
    yield section(
        "pages", say("Pages touchées"), reached.pages, lambda page: Line(what=page or say("la page d’accueil"))
    )
    yield section("packages", say("Jeux de données touchés"), reached.packages, lambda found: _package(*found, review))
    yield section("lost", say("Adresses perdues"), reached.lost, _lost)
    yield section("questions", say("Questions"), review.questions, lambda asked: _question(asked, review))
    yield section("releases", say("Versions"), review.releases, lambda release: _release(release, review))


def _still(found: Derived, review: Review) -> Line:
    names = ", ".join(map(name_of, found.of[:_NAMED])) + ("…" if len(found.of) > _NAMED else "")
    return Line(
        table=found.row.resource.title,
        what=name_of(found.row),
        column=found.row.resource.field(found.column).title,
        new=shown(found.row, found.column, review.new.catalogue),
        note=say("inchangé, alors que change : {names}", names=names),
        place=place_of(found.row, found.column, review.new),
    )


def _quote(found: Quote, review: Review) -> Line:
    place = "" if review.new.published else f"{found.position.path}:{found.position.line}"
    owner = name_of(found.owner) if isinstance(found.owner, Record) else found.owner.title
    note = say("cite « {words} » : {row}", words=found.words, row=name_of(found.row))
    return Line(table=owner, what=found.sentence, note=note, place=place)


def _package(name: str, own: bool, review: Review) -> Line:
    title = review.new.catalogue.contracts.packages[name].title
    return Line(
        what=say("{title} ({name})", title=title, name=name),
        note="" if own else say("contient une table changée d’un autre jeu"),
    )


def _lost(found: Lost) -> Line:
    note = say("ne mène plus nulle part")
    if found.page_leads:
        note = say("mène à la page, mais plus à cette ligne")
    elif found.moved is not None:
        note = say("sa page a changé d’adresse")
    return Line(table=found.row.resource.title, what=name_of(found.row), old=found.address, note=note)


def _question(asked: Question, review: Review) -> Line:
    row, told = asked.row, str(asked.told)
    if row is None:
        return Line(note=told)
    return Line(table=row.resource.title, what=name_of(row), note=told, place=place_of(row, asked.column, review.new))


_WEIGHTS = {
    Weight.MAJOR: "majeure : il faut adapter ce qui lit les données",
    Weight.MINOR: "mineure : des données s’ajoutent ou se relient autrement",
    Weight.PATCH: "correctif : des valeurs ou des mots sont corrigés",
}
_REASONS = {
    "added": ("ligne ajoutée", "lignes ajoutées"),
    "removed": ("ligne supprimée", "lignes supprimées"),
    "removed, used": (
        "ligne supprimée à laquelle d’autres renvoyaient",
        "lignes supprimées auxquelles d’autres renvoyaient",
    ),
    "renamed": ("ligne renommée", "lignes renommées"),
    "renamed, used": (
        "ligne renommée à laquelle d’autres renvoyaient",
        "lignes renommées auxquelles d’autres renvoyaient",
    ),
    "references": ("ligne qui renvoie ailleurs", "lignes qui renvoient ailleurs"),
    "followed": ("ligne qui suit un renvoi renommé", "lignes qui suivent un renvoi renommé"),
    "moved": ("ligne qui change de rang", "lignes qui changent de rang"),
    "corrected": ("ligne corrigée", "lignes corrigées"),
}


def _release(release: Release, review: Review) -> Line:
    package = review.new.catalogue.contracts.packages[release.package]
    note = because(release.weight, release.reasons, review.new.catalogue.contracts)
    if release.proposed and release.enough and release.new != release.old:
        note = say("{note} ; la nouvelle version, {new}, convient", note=note, new=release.new)
    title = say("{title} ({name})", title=package.title, name=release.package)
    return Line(what=title, old=release.old, new=release.proposed, note=note)


def because(weight: Weight, reasons: Sequence[Reason], contracts: Contracts) -> str:
    """« mineure : des données s’ajoutent ou se relient autrement (Variétés : 3 lignes ajoutées) »."""
    told = [reason for reason in reasons if reason.weight is weight]
    contract = sum(1 for reason in told if not reason.count)
    parts = [_reason(reason, contracts) for reason in told if reason.count]
    parts += [count(contract, "changement de contrat", "changements de contrat")] if contract else []
    return say("{weight} ({because})", weight=say(_WEIGHTS[weight]), because=", ".join(parts))


def _reason(reason: Reason, contracts: Contracts) -> str:
    resource = contracts.resources[reason.table]
    return say("{title} : {rows}", title=resource.title, rows=count(reason.count, *_REASONS[reason.what]))

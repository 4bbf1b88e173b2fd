"""A change told to people: one sentence that sums it up, then a short list for each kind of thing. Each form lays these out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue.former import Renamed
from generator.catalogue.records import Record
from generator.changes import story_after
from generator.changes.diff import Cell, Pair, TableDiff
from generator.changes.lines import Line, Section, name_of, place_of, section
from generator.changes.review import Head, Review
from generator.changes.schemas import ContractChange
from generator.changes.values import excerpts, is_figure, shown
from generator.packages.noted import PROPERTIES
from generator.text.interface import count, say
from generator.text.spoken import agreed
from generator.values.types import canonical

_BESIDE = 3  # figures told of a row that is added or removed


@dataclass(frozen=True, slots=True)
class Story:
    """What a change is: between what, in one sentence, with what reserve, and in detail."""

    title: str
    summary: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]


def tell(review: Review) -> Story:
    """The story of a change; what does not happen in it is not told."""
    cells, more = review.cells(), review.more_cells()
    heaviest = sorted(review.contract, key=lambda change: -change.weight)
    sections = [
        section(
            "figures", say("Chiffres corrigés"), cells["figure"], lambda found: _cell(review, *found), more["figure"]
        ),
        section(
            "derived", say("Calculs refaits"), cells["derived"], lambda found: _cell(review, *found), more["derived"]
        ),
        *_rows(review),
        section(
            "values", say("Autres valeurs changées"), cells["value"], lambda found: _cell(review, *found), more["value"]
        ),
        section("moved", say("Changements de rang"), [t for t in review.tables if t.moved], _moved),
        section("contract", say("Contrats"), heaviest, lambda change: _contract(change, review)),
        *story_after.sections(review),
    ]
    title = say("Ce qui change entre {old} et {new}", old=review.old.name, new=review.new.name)
    return Story(title, summary(review), tuple(_notes(review)), tuple(part for part in sections if part.total))


def summary(review: Review) -> str:
    """« 3 chiffres corrigés · 3 calculs refaits · 1 ligne supprimée · 1 renommée »."""
    if review.empty and any(state.faults for state in (review.old, review.new)):
        return say("Rien ne change dans ce qui a pu être lu.")
    if review.empty:
        return say("Rien ne change : mêmes données, mêmes contrats.")
    more = review.more_cells()
    amounts = {kind: len(found) + more[kind] for kind, found in review.cells().items()}
    parts = [
        (amounts["figure"], "chiffre corrigé", "chiffres corrigés"),
        (amounts["derived"], "calcul refait", "calculs refaits"),
    ]
    told = [count(amount, one, many) for amount, one, many in parts if amount]
    told += _counted_rows(review)
    if amounts["value"]:
        words = ("autre valeur changée", "autres valeurs changées") if told else ("valeur changée", "valeurs changées")
        told.append(count(amounts["value"], *words))
    moved = sum(len(table.moved) for table in review.tables)
    told += [count(moved, "ligne change de rang", "lignes changent de rang")] if moved else []
    changes = len(review.contract)
    told += [count(changes, "changement de contrat", "changements de contrat")] if changes else []
    return " · ".join(told)


def _counted_rows(review: Review) -> list[str]:
    """« 2 lignes ajoutées », then « 1 supprimée », the word being said once."""
    told = list[str]()
    for amount, one, many in (
        (len(review.heads("added")) + review.more_heads("added"), "ajoutée", "ajoutées"),
        (len(review.heads("removed")) + review.more_heads("removed"), "supprimée", "supprimées"),
        (len(review.renamed()), "renommée", "renommées"),
    ):
        if amount:
            words = (one, many) if told else (f"ligne {one}", f"lignes {many}")
            told.append(count(amount, *words))
    return told


def _notes(review: Review) -> Iterator[str]:
    """What keeps the story from being complete."""
    for state in (review.old, review.new):
        if state.faults:
            told = count(state.faults, "faute", "fautes")
            yield say(
                "Lecture incomplète : {state} a {told}. Ce qui n’a pu être lu n’est pas comparé.",
                state=state.name,
                told=told,
            )
    unread = sum(table.unread for table in review.tables)
    if unread:
        rows = count(unread, "ligne est laissée", "lignes sont laissées")
        yield say("{rows} de côté, faute d’avoir pu lire tous les fichiers.", rows=rows)
    yield from (str(told) for table in review.tables for told in table.told)
    if review.old.published != review.new.published:
        yield say(
            "D’un côté, seul ce que les paquets publient est connu : les liens des textes, les règles et les pages ne sont pas comparés."
        )


def _cell(review: Review, pair: Pair, cell: Cell) -> Line:
    old, new = shown(pair.old, cell.column, review.old.catalogue), shown(pair.new, cell.column, review.new.catalogue)
    if old == new:  # two rows with one name, two writings of a value
        old, new = canonical(cell.old), canonical(cell.new)
    gap, unit = review.gap(pair, cell), review.unit(pair.new, cell.column)
    old, new = excerpts(old, new)
    note = "" if gap is not None or not unit else say("en {unit}", unit=unit)
    return Line(
        table=pair.new.resource.title, what=name_of(pair.new), column=pair.new.resource.field(cell.column).title,
        old=old, new=new, gap=str(gap or ""), note=note, place=place_of(pair.new, cell.column, review.new),
    )  # fmt: skip


def _rows(review: Review) -> Iterator[Section]:
    """The rows that come, go, or have another key; of a table that is new or gone, the contract tells."""
    names = Renamed(review.new.catalogue)
    yield section(
        "added",
        say("Lignes ajoutées"),
        review.heads("added"),
        lambda head: _added(head, review),
        review.more_heads("added"),
    )
    yield section(
        "removed",
        say("Lignes supprimées"),
        review.heads("removed"),
        lambda head: _removed(head, names, review),
        review.more_heads("removed"),
    )
    yield section("renamed", say("Lignes renommées"), review.renamed(), lambda pair: _renamed(pair, review))


def _added(head: Head, review: Review) -> Line:
    row, figures = head.row, _figures(head.row, review, old=False)
    place = place_of(row, "", review.new)
    return Line(table=row.resource.title, what=name_of(row), new=figures, note=_held(head), place=place)


def _removed(head: Head, names: Renamed, review: Review) -> Line:
    row, figures = head.row, _figures(head.row, review, old=True)
    kept = names.find(row.resource.name, row.id)
    note = say("reprise par « {name} »", name=name_of(kept)) if kept is not None else _held(head)
    return Line(table=row.resource.title, what=name_of(row), old=figures, note=note)


def _held(head: Head) -> str:
    """« avec 2 lignes : Termes des calculs », for the rows that a row holds."""
    if not head.held:
        return ""
    rows, tables = count(head.held.total(), "ligne"), ", ".join(head.held)
    return say("avec {rows} qu’elle contient : {tables}", rows=rows, tables=tables)


def _figures(row: Record, review: Review, old: bool) -> str:
    """The first figures of a row, in their units."""
    catalogue = (review.old if old else review.new).catalogue
    names = [f.name for f in row.resource.fields if row[f.name] is not None and is_figure(row.resource, f.name)]
    units = [(name, agreed(row[name], review.unit(row, name, old))) for name in names[:_BESIDE]]
    return ", ".join(f"{shown(row, name, catalogue)} {unit}".rstrip() for name, unit in units)


_HOW = {
    "declared": "son ancien identifiant est noté",
    "holder": "suit la ligne qui la contient",
    "alike": "reconnue à ses autres valeurs, toutes égales",
}


def _renamed(pair: Pair, review: Review) -> Line:
    old, new = ("/".join(map(canonical, row.id)) for row in (pair.old, pair.new))
    note, place = say(_HOW[pair.how or "alike"]), place_of(pair.new, "", review.new)
    return Line(table=pair.new.resource.title, what=name_of(pair.new), old=old, new=new, note=note, place=place)


def _moved(table: TableDiff) -> Line:
    rows = count(len(table.moved), "ligne change de rang", "lignes changent de rang")
    return Line(table=table.moved[0].new.resource.title, what=rows)


def _contract(change: ContractChange, review: Review) -> Line:
    """A change of a contract: what it touches, then the property, with the name of the standard when ours has none."""
    contracts = [state.catalogue.contracts for state in (review.new, review.old)]
    tables = [c.resources[change.table] for c in contracts if change.table in c.resources]
    resource = next((t for t in tables if change.column in t.index), tables[0] if tables else None)
    package = next((c.packages[change.package] for c in contracts if change.package in c.packages), None)
    where = resource.title if resource is not None else package.title if package is not None else change.package
    known = resource is not None and change.column in resource.index
    title = resource.field(change.column).title if known and resource is not None else change.column
    what = say("colonne « {title} »", title=title) if change.column else ""
    if change.what in _PARTS and not (change.old and change.new):
        told = say(_PARTS[change.what][1 if change.new else 0])
        rule = {"old": change.old, "new": change.new} if change.what == "rule" else {}
        return Line(table=where, what=what, column=told, **rule)
    old, new = excerpts(*_apart(change))
    word = PROPERTIES.get(change.what, change.what)
    return Line(table=where, what=what or say("le contrat"), column=say(word), old=old, new=new)


_PARTS = {
    "package": ("paquet retiré", "paquet ajouté"),
    "table": ("table retirée", "table ajoutée"),
    "column": ("colonne retirée", "colonne ajoutée"),
    "rule": ("règle retirée", "règle ajoutée"),
}


def _apart(change: ContractChange) -> tuple[str, str]:
    """The two values of a property; of a list, what it loses and what it gains."""
    if change.what in ("enum", "categories", "keywords", "uniqueKeys", "foreignKeys", "files"):
        one, other = (text.split(", ") if text else [] for text in (change.old, change.new))
        lost, won = [part for part in one if part not in other], [part for part in other if part not in one]
        if lost or won:
            return say("− {words}", words=", ".join(lost)) if lost else "", say(
                "+ {words}", words=", ".join(won)
            ) if won else ""
    return _yes(change.old), _yes(change.new)


def _yes(text: str) -> str:
    return say("oui") if text == "true" else text or say("(rien)")

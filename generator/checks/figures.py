"""The drawings that contracts declare: a known kind with its roles, something to draw, and only what may stand on one scale or be
added.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from decimal import Decimal
from itertools import combinations

from generator.catalogue.figures import Picture, pictures
from generator.catalogue.records import Catalogue
from generator.checks.rules import apart
from generator.contracts.drawable import ending, sound
from generator.contracts.figures import Drawn, Figure, FigureKind
from generator.contracts.model import Contracts
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.text.names import BRACED, bare
from generator.text.spoken import number

Pairs = frozenset[frozenset[Position]]


def check(catalogue: Catalogue, kinds: Map[str, FigureKind]) -> Iterator[Diagnostic]:
    """Declared drawings that cannot be made, or would say what is not so."""
    contracts = catalogue.contracts
    for package in contracts.packages.values():
        for figure in package.figures:
            if not figure.kind or contracts.unread or contracts.faulty:
                continue
            kind = kinds.get(figure.kind)
            if kind is None:
                message, hint = "Le genre de dessin « {kind} » n’existe pas.", "Genres possibles : {choices}."
                near, place = nearest(figure.kind, kinds), figure.at(figure.kind)
                yield fault("contrat-faux", place, message, hint, near, kind=figure.kind, choices=listed(sorted(kinds)))
            elif sound(figure, contracts):
                wrong = list(_declared(figure, kind, contracts))
                yield from wrong or _drawn(figure, kind, catalogue)


def _declared(figure: Figure, kind: FigureKind, contracts: Contracts) -> Iterator[Diagnostic]:
    """What a kind of drawing does not take, or needs."""
    for option in figure.options:
        if option not in kind.options:
            message, hint = "Un dessin « {kind} » n’a pas d’option « {option} ».", "Ses options : {choices}."
            hint = hint if kind.options else "Retirez-la."
            choices = listed(kind.options)
            place = figure.position
            yield fault("contrat-faux", place, message, hint, kind=figure.kind, option=option, choices=choices)
    for drawn in figure.rows:
        yield from _roles(figure, drawn, kind, contracts)
    if kind.adds and not figure.total and any("value" in drawn.roles for drawn in figure.rows):
        message = "Ce dessin additionne des valeurs sans dire de quel tout elles sont les parts."
        hint = "Nommez la ligne qui porte le tout : « total: identifiant », ou comptez des lignes, sans « value »."
        yield fault("contrat-faux", figure.position, message, hint)


def _roles(figure: Figure, drawn: Drawn, kind: FigureKind, contracts: Contracts) -> Iterator[Diagnostic]:
    for role in drawn.roles:
        if role not in kind.roles:
            message, hint = "Un dessin « {kind} » n’a pas de rôle « {role} ».", "Ses rôles : {choices}."
            near, choices = nearest(role, kind.roles), listed(kind.roles)
            yield fault(
                "contrat-faux", drawn.position, message, hint, near, kind=figure.kind, role=role, choices=choices
            )
    for role in kind.required:
        if role not in drawn.roles:
            message = "Il manque à ce dessin « {kind} » le rôle « {role} »."
            yield fault(
                "contrat-faux", drawn.position, message, "Dites quelle colonne le donne.", kind=figure.kind, role=role
            )
    if kind.one_of and not any(role in drawn.roles for role in kind.one_of):
        message = "Il manque à ce dessin « {kind} » l’un des rôles {choices}."
        yield fault("contrat-faux", drawn.position, message, "", kind=figure.kind, choices=listed(kind.one_of))
    for group in kind.together:
        lacking = [role for role in group if role not in drawn.roles]
        if lacking and len(lacking) < len(group):
            message = "Les rôles {roles} vont ensemble : il manque « {role} »."
            hint = "Dites quelle colonne le donne."
            yield fault("contrat-faux", drawn.position, message, hint, roles=listed(group, "et"), role=lacking[0])
    table = contracts.resources[drawn.table]
    for role, paths in drawn.roles.items():
        for path in paths if kind.roles.get(role) == "number" else ():
            column = ending(path, table, contracts)
            if column is not None and column.type not in ("number", "integer"):
                message = "Le rôle « {role} » attend un nombre, mais « {path} » est du type « {type} »."
                yield fault("contrat-faux", drawn.at(path), message, "", role=role, path=path, type=column.type)


def _drawn(figure: Figure, kind: FigureKind, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """What is wrong with the rows of a drawing; of one for each record, the first that is wrong is told."""
    if any(catalogue.tables[drawn.table].lacking for drawn in figure.rows):
        return
    found = list(pictures(figure, catalogue))
    if not any(_enough(picture, kind) for picture in found):
        message = "Ce dessin n’a rien à montrer : aucune ligne ne convient."
        hint = "Relisez « when » et « least », ou retirez le dessin."
        yield fault("contrat-faux", figure.position, message, hint)
        return
    yield from _words(figure, kind, found, catalogue.contracts)
    pairs = apart(catalogue) if kind.adds else frozenset()
    for picture in found:
        wrong = _compared(picture, kind) or (_added(picture, pairs) if kind.adds else None)
        if wrong is not None:
            yield wrong
            return


def _enough(picture: Picture, kind: FigureKind) -> bool:
    numbers = [role for role in kind.required if kind.roles[role] == "number"] or list(kind.one_of)
    filled = [item for item in picture.items if not numbers or any(item.cells.get(role) for role in numbers)]
    return len(filled) >= kind.least


def _words(figure: Figure, kind: FigureKind, found: list[Picture], contracts: Contracts) -> Iterator[Diagnostic]:
    """What stands between braces in the sentences of a drawing: a column of its record, or something that it counts."""
    columns = list(contracts.resources[figure.each].index) if figure.each else []
    counted = {item.code(kind.counts) for picture in found for item in picture.items} if kind.counts else set()
    known = [*columns, "total", *sorted(counted)]
    for text, place in figure.told():
        for name in map(bare, BRACED.findall(text)):
            if name not in known:
                message, hint = "« {name} » ne se remplace par rien dans cette phrase.", "Possibles ici : {choices}."
                yield fault(
                    "contrat-faux", place, message, hint, nearest(name, known), name=name, choices=listed(known)
                )


def _compared(picture: Picture, kind: FigureKind) -> Diagnostic | None:
    """Two values on one scale whose units differ, and that the drawing is not said to tell apart."""
    allowed = frozenset(picture.figure.units)
    rows = [[item] for item in picture.items] if kind.scale == "row" else [picture.items] if kind.scale else []
    for items in rows:
        units = {unit: name or unit for item in items for unit, name in item.units}
        if len(units) > 1 and not allowed.issuperset(units):
            message = "Ce dessin met sur une même échelle des unités différentes : {units}."
            hint = "Choisissez des lignes d’une même unité (« when », « alike »), ou nommez dans « units » celles qu’il distingue."
            return fault("contrat-faux", picture.figure.position, message, hint, units=listed(units.values(), "et"))
        if len(units) > 1 and not any(
            role in drawn.roles for drawn in picture.figure.rows for role in ("shape", "printed", "printed_a")
        ):
            message = "Ce dessin mêle des unités et ne dit pas laquelle est celle de chaque valeur."
            return fault("contrat-faux", picture.figure.position, message, "Donnez le rôle « shape » ou « printed ».")
    return None


def _added(picture: Picture, pairs: Pairs) -> Diagnostic | None:
    """Values that are added and must not be, or that exceed their whole."""
    figure, items = picture.figure, [item for item in picture.items if item.number("value") is not None]
    for one, other in combinations([item.record for item in items if item.record is not None], 2):
        if frozenset((one.at(), other.at())) in pairs:
            message = "Ce dessin additionne « {a} » et « {b} », qu’une relation dit de ne pas additionner."
            return fault("contrat-faux", figure.position, message, "Retirez l’un des deux.", a=one.label, b=other.label)
    if not items:
        return None
    if picture.total is None:
        message = "Le tout de ce dessin, « {key} », n’existe pas dans la table « {table} »."
        return fault("contrat-faux", figure.at(figure.total), message, "", key=figure.total, table=figure.rows[0].table)
    units = {unit: name or unit for item in (*items, picture.total) for unit, name in item.units}
    if len(units) > 1:
        message = "Ce dessin additionne des unités différentes : {units}."
        return fault("contrat-faux", figure.position, message, "", units=listed(units.values(), "et"))
    added = sum((item.number("value") or Decimal(0) for item in items), Decimal(0))
    whole = picture.total.number("value") or Decimal(0)
    if added > whole:
        message = "Les parts de ce dessin font {added}, plus que leur tout ({whole})."
        return fault("contrat-faux", figure.position, message, "", added=number(added), whole=number(whole))
    return None

"""What a contract says of a drawing, now that every table is known: tables, columns and paths that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.contracts.figures import OR, Drawn, Figure
from generator.contracts.flats import reaching
from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed


def check_figures(contracts: Contracts) -> Iterator[Diagnostic]:
    """What is wrong with the drawings of all packages, taken alone and together: each has a name of its own."""
    seen: dict[str, Figure] = {}
    for package in contracts.packages.values():
        for figure in package.figures:
            other = seen.setdefault(figure.name, figure)
            if other is not figure and figure.name:
                message = "Le dessin « {name} » est déjà déclaré ({place})."
                hint = "Donnez-leur deux noms : un modèle de page les appelle par leur nom seul."
                place = figure.at(figure.name)
                yield fault("contrat-faux", place, message, hint, name=figure.name, place=str(other.position))
            yield from check_figure(figure, contracts)


def sound(figure: Figure, contracts: Contracts) -> bool:
    """Whether all that a drawing names exists."""
    return bool(figure.name and figure.rows) and next(check_figure(figure, contracts), None) is None


def check_figure(figure: Figure, contracts: Contracts) -> Iterator[Diagnostic]:
    """The tables, the columns and the paths that a drawing names in vain."""
    if figure.each and figure.each not in contracts.resources:
        yield _no_table(figure.each, figure.at(figure.each), contracts)
        return
    for drawn in figure.rows:
        table = contracts.resources.get(drawn.table)
        if table is None:
            yield _no_table(drawn.table, drawn.at(drawn.table), contracts)
            continue
        yield from _check_rows(figure, drawn, table, contracts)
    if figure.complete and not any("label" in drawn.roles for drawn in figure.rows):
        message = "« complete » ajoute les étiquettes qui manquent : il faut le rôle « label »."
        yield fault("contrat-faux", figure.position, message)


def _check_rows(figure: Figure, drawn: Drawn, table: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    for name in (*drawn.when, *(figure.alike if drawn is figure.rows[0] else ())):
        if name not in table.index:
            place = figure.at(name) if name in figure.alike else drawn.at(name)
            yield _no_column(name, table, place, table.index)
    for name, values in drawn.when.items():
        if name in table.index:
            yield from _check_values(name, values, drawn, table)
    for paths in drawn.roles.values():
        for written in paths:
            for path in written.split(OR):
                yield from _check_path(path, drawn.at(written), table, contracts)
    known = {path for paths in drawn.roles.values() for path in paths}
    for path in drawn.titles:
        if path not in known:
            message, hint = "« titles » nomme « {path} », qu’aucun rôle ne lit.", "Chemins des rôles : {choices}."
            near, choices = nearest(path, known), listed(sorted(known))
            yield fault("contrat-faux", drawn.position, message, hint, near, path=path, choices=choices)
    if figure.each and not _owned(table, figure.each):
        message = "Un dessin par ligne de « {each} », mais les lignes de « {table} » n’en désignent aucune."
        hint = "Il faut une clé étrangère de « {table} » vers « {each} »."
        yield fault("contrat-faux", figure.at(figure.each), message, hint, each=figure.each, table=table.name)


def _owned(table: Resource, each: str) -> bool:
    return any(key.resource == each for key in table.foreign_keys)


def _check_values(name: str, values: tuple[str, ...], drawn: Drawn, table: Resource) -> Iterator[Diagnostic]:
    categories = [value for value, _ in table.field(name).categories]
    for value in values:
        if value and ((categories and value not in categories) or table.value(name, value) is None):
            message = "Le dessin attend « {value} » dans « {name} », qui ne peut pas prendre cette valeur."
            near = nearest(value, categories)
            yield fault("contrat-faux", drawn.at(value), message, "", near, value=value, name=name)


def _check_path(path: str, place: Position, table: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    here, (*steps, last) = table, path.split(".")
    for step in steps:
        found = _followed(here, step, contracts)
        if found is None:
            yield _no_column(step, here, place, _choices(here, contracts))
            return
        here = found
    if last not in here.index:
        yield _no_column(last, here, place, here.index)


def _followed(table: Resource, step: str, contracts: Contracts) -> Resource | None:
    """The table to which a step leads: that of a nested list, or that whose rows a column names."""
    child = next((child for child in contracts.children(table.name) if child.rows.step == step), None)
    if child is not None:
        return child
    key = reaching(table, step, contracts) if step in table.index else None
    return contracts.resources.get(key.resource) if key is not None else None


def _choices(table: Resource, contracts: Contracts) -> list[str]:
    keyed = [column for column in table.index if reaching(table, column, contracts) is not None]
    return [*(child.rows.step for child in contracts.children(table.name)), *keyed]


def ending(written: str, table: Resource, contracts: Contracts) -> Field | None:
    """The column at the end of a path, the first one of several."""
    here: Resource | None = table
    *steps, last = written.split(OR)[0].split(".")
    for step in steps:
        here = _followed(here, step, contracts) if here is not None else None
    return here.field(last) if here is not None and last in here.index else None


def _no_table(name: str, place: Position, contracts: Contracts) -> Diagnostic:
    message = "Le dessin nomme la table « {name} », qui n’existe pas."
    return fault("contrat-faux", place, message, "", nearest(name, contracts.resources), name=name)


def _no_column(name: str, table: Resource, place: Position, choices: Iterable[str]) -> Diagnostic:
    message, hint = "Le dessin nomme « {name} », qui n’est pas dans « {table} ».", "Possibles ici : {choices}."
    known = list(choices)
    near, told = nearest(name, known), listed(known)
    return fault("contrat-faux", place, message, hint, near, name=name, table=table.name, choices=told)

"""The addresses of the site: each made of names that every disk and browser takes, and each asked for once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator import layout
from generator.catalogue.addresses import Addresses
from generator.catalogue.records import Catalogue, Record
from generator.catalogue.sitemap import Address, Asker
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.text.interface import Sentence, sentence
from generator.text.portable import FARTHEST, fold, unportable


def check_anchors(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """The rows that stand on a page of others under a key that makes the anchor of another row."""
    places, taken = catalogue.once(Addresses), dict[tuple[str, str, int], Record]()
    for resource, place in places.places.items():
        for row in catalogue[resource] if place.anchored and resource in catalogue.tables else ():
            page = places.page_of(row) if None not in row.id and row.id in catalogue.tables[resource].by_key else ""
            if not page or catalogue.tables[resource].by_key[row.id] is not row:
                continue
            anchor = places.anchor(row)
            whose = id(_outermost(row)) if place.page.per_record else 0  # two pages at one address are said as such
            other = taken.setdefault((page, anchor, whose), row)
            if other is not row:
                message = "L’ancre « #{anchor} » de la page « {page} » est déjà prise ({owner})."
                values = {"anchor": anchor, "page": page, "owner": str(other.at())}
                yield fault(
                    "adresse-prise", row.at(row.resource.primary_key[-1]), message, "Changez cette valeur.", **values
                )


def _outermost(row: Record) -> Record:
    """The row of a file in which a row stands."""
    while row.parent is not None:
        row = row.parent
    return row


def check(addresses: Sequence[Address], catalogue: Catalogue) -> Iterator[Diagnostic]:
    """What cannot be an address, is reserved, or is already taken: of two that ask for one, the second is blamed."""
    taken: dict[str, Address] = {}
    folders: dict[str, Address] = {}  # the addresses above one that is taken, as they are written
    for address in addresses:
        if address.asker.row is not None and _told(address, address.asker.row, catalogue):
            continue
        wrong = _unusable(address)
        if wrong is not None:
            yield from () if address.asker.former else (wrong,)  # an identifier that is none is said as such
            continue
        other = taken.setdefault(fold(address.path), address)
        if other is not address:
            if not _said_of_keys(address, other):
                yield _taken(address, other)
            continue
        for depth in range(1, len(address.names)):
            above = "/".join(address.names[:depth])
            other = folders.setdefault(fold(above), address)
            if other.names[:depth] != address.names[:depth]:
                yield _taken(address, other)
                break


def check_files(addresses: Sequence[Address], files: Iterable[str]) -> Iterator[Diagnostic]:
    """The addresses at which, or on the way to which, the site has a file: `files`, their paths."""
    there = {fold(path): path for path in files}
    for address in addresses:
        ways = ("/".join(address.names[: depth + 1]) for depth in range(len(address.names)))
        found = next((there[fold(way)] for way in ways if fold(way) in there), None)
        if found is not None:
            message, hint = (
                "L’adresse « {path} » est celle d’un fichier du site : {file}.",
                "Choisissez une autre adresse : {way}.",
            )
            values = {"path": address.path, "file": found, "way": _way(address.asker)}
            yield fault("adresse-prise", _place(address), message, hint, **values)


def _told(address: Address, row: Record, catalogue: Catalogue) -> bool:
    """Whether what is wrong with the address of a row is said of its key, which is that of another row, or of a value that is
    missing or could not be read.
    """
    if catalogue.tables[row.resource.name].by_key.get(row.id, row) is not row:
        return True
    absent = [name for names in address.columns for name in names if row[name] is None]
    return any(row.resource.field(name).required or row.writes(name) for name in absent)


def _said_of_keys(address: Address, other: Address) -> bool:
    """Whether a former address is that of another row of its table: the former identifier has its own message."""
    row, holder = address.asker.row, other.asker.row
    return address.asker.former and row is not None and holder is not None and row.resource is holder.resource


def _unusable(address: Address) -> Diagnostic | None:
    """What is wrong with the names of an address."""
    for rank, name in enumerate(address.names):
        reason = unportable(name)
        if reason:
            return _unportable(address, rank, reason)
    if len(address.path.encode("utf-8", "surrogatepass")) > FARTHEST:
        return _unportable(address, len(address.names) - 1, sentence("l’adresse dépasse {most} octets", most=FARTHEST))
    if address.names and fold(address.names[0]) in layout.RESERVED and address.asker != Asker():
        message, hint = "L’adresse « {path} » est réservée.", "Choisissez une autre adresse : {way}."
        return fault("adresse-prise", _place(address), message, hint, path=address.path, way=_way(address.asker))
    return None


def _unportable(address: Address, rank: int, reason: Sentence) -> Diagnostic:
    message = "« {name} » ne peut pas servir d’adresse : {reason}."
    hint = "Employez des lettres, des chiffres, - et _ : {way}."
    if not address.names[rank]:
        message = "Cette page n’a pas d’adresse : un des noms de « {path} » est vide."
        hint = "Donnez une valeur à chaque colonne de l’adresse : {way}."
    values = {"name": address.names[rank], "path": address.path, "reason": reason, "way": _way(address.asker)}
    return fault("adresse", _place(address, rank), message, hint, **values)


def _taken(address: Address, other: Address) -> Diagnostic:
    """An address that another thing asks for, or that only its case or its accents distinguish."""
    message = "L’adresse « {path} » est déjà prise ({owner})."
    if other.path != address.path:
        message = (
            "L’adresse « {path} » ne se distingue de « {other} » ({owner}) que par la casse ou la forme des lettres."
        )
    hint = "Choisissez une autre adresse : {way}."
    if address.asker.former:
        hint = "Une ancienne adresse de cette fiche y est : retirez cet ancien identifiant, ou changez l’autre page."
    machine = other.asker == Asker()
    owner = sentence("une page du site") if machine else str(_place(other))
    values = {"path": address.path, "other": other.path, "owner": owner, "way": _way(address.asker)}
    return fault("adresse-prise", _place(address), message, hint, **values)


def _place(address: Address, rank: int | None = None) -> Position:
    """Where an address is asked for: the value of a row that gives it, or the one that gives one of its names."""
    asker = address.asker
    if asker.row is not None and asker.former:
        return asker.row.at(asker.row.resource.former_ids)
    if asker.row is not None:
        ranks = range(len(address.columns)) if rank is None else (rank,)
        given = [column for each in ranks for column in address.columns[each]]
        if given:
            return asker.row.at(given[-1])
    if asker.page is not None:
        return asker.page.at(asker.page.path)
    return asker.package.position if asker.package is not None else Position(f"{layout.PAGES}/{asker.file}")


def _way(asker: Asker) -> Sentence:
    """What to change to have another address."""
    if asker.row is not None and asker.former:
        return sentence("retirez cet ancien identifiant")
    if asker.row is not None and asker.page is not None:
        return sentence("changez cette valeur, ou la colonne de « path: {path} »", path=asker.page.path)
    if asker.page is not None:
        return sentence("changez « path »")
    return sentence("changez le nom du paquet et de son dossier") if asker.package else sentence("renommez ce fichier")

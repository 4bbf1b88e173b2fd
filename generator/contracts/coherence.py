"""Contracts taken together: parents before children, keys that find their target, links and pages that name something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from collections.abc import Mapping as Map

from generator.contracts.computed import check_computed
from generator.contracts.derivable import check_derived
from generator.contracts.drawable import check_figures
from generator.contracts.flats import check_flat
from generator.contracts.framing import check_frame
from generator.contracts.largeness import check_large, check_shown
from generator.contracts.meanings import check_keys
from generator.contracts.model import Contracts, ForeignKey, Resource
from generator.contracts.origins import check_locators
from generator.contracts.searched import check_found, check_roles
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.text.portable import fold


def distinct(declared: Iterable[Resource], diagnostics: list[Diagnostic]) -> dict[str, Resource]:
    """Resources by their names, each its own on any disk; the second of a name is blamed and left out."""
    found: dict[str, Resource] = {}
    for resource in declared:
        other = found.setdefault(fold(resource.name), resource)
        if other is resource:
            continue
        message = "La ressource « {name} » est déjà déclarée dans le paquet « {other} »."
        if other.name != resource.name:
            message = "« {name} » ne diffère de « {twin} », du paquet « {other} », que par des majuscules."
        hint, values = (
            "Le nom d’une ressource est unique dans tout le site.",
            {"other": other.package, "twin": other.name},
        )
        diagnostics.append(fault("contrat-faux", resource.position, message, hint, name=resource.name, **values))
    return {resource.name: resource for resource in found.values()}


def in_order(resources: dict[str, Resource], unread: bool, diagnostics: list[Diagnostic]) -> dict[str, Resource]:
    """Parents before children, and tables before those derived from them; a resource whose parent, or origin, is missing or comes
    from itself is left out, and blamed unless what is missing may be in what was not read.
    """
    ordered: dict[str, Resource] = {}

    def usable(resource: Resource) -> bool:
        return all(name in ordered for name in resource.origins)

    pending = list(resources.values())
    while pending:
        ready = [r for r in pending if usable(r)]
        if not ready:
            diagnostics += (
                _lost(r, resources) for r in pending if any(r.origins) and not (unread and _waits(r, resources))
            )
            break
        ordered |= {r.name: r for r in ready}
        pending = [r for r in pending if r.name not in ordered]
    return ordered


def _waits(resource: Resource, resources: dict[str, Resource]) -> bool:
    """Whether a table comes, by others or not, from one that is not there."""
    seen, pending = set[str](), [resource.name]
    while pending:
        name = pending.pop()
        if name not in resources:
            return True
        if name not in seen:
            seen.add(name)
            pending += [origin for origin in resources[name].origins if origin]
    return False


def _lost(resource: Resource, resources: dict[str, Resource]) -> Diagnostic:
    """The blame for a resource whose rows stand nowhere."""
    if resource.derive is not None:
        return _underived(resource, resources)
    parent, above = resource.rows.parent, [resource.name]
    while above[-1] in resources and resources[above[-1]].rows.parent not in above:
        above.append(resources[above[-1]].rows.parent)
    message = "La ressource englobante « {parent} » de « {name} » n’existe pas."
    hint, suggestion = "", nearest(parent, [name for name in resources if name != resource.name])
    if above[-1] in resources:
        message = "« {name} » est imbriquée dans « {parent} », et par elle dans elle-même."
        hint, suggestion = "Une table au moins de cette suite a ses propres fichiers : records, list ou csv.", ""
    elif parent in resources:
        message, suggestion = "« {name} » est imbriquée dans « {parent} », dont les lignes ne sont nulle part.", ""
    return fault("contrat-faux", resource.position, message, hint, suggestion, parent=parent, name=resource.name)


def _underived(resource: Resource, resources: dict[str, Resource]) -> Diagnostic:
    """The blame for a resource whose rows come from nowhere, or from themselves."""
    known = [name for name in resources if name != resource.name]
    lost = next((name for name in resource.origins if name not in resources), "")
    message = "« {name} » est tirée de tables qui ne sont nulle part, ou qui sont tirées d’elle : {names}."
    suggestion = ""
    if lost:
        message, suggestion = "La table « {lost} », dont « {name} » est tirée, n’existe pas.", nearest(lost, known)
    values = {"name": resource.name, "lost": lost, "names": listed(resource.origins, "et")}
    return fault("contrat-faux", resource.position, message, "", suggestion, **values)


def check_together(contracts: Contracts, lost: Map[str, Resource]) -> Iterator[tuple[str, Diagnostic]]:
    """Faults that only show once all contracts are read, each with the resource that has it. What stands in a contract
    that could not be read, or in a `lost` resource, is not blamed, nor what a wrong resource brings upon another.
    """
    faulty = set(contracts.faulty)
    for name, blame in _faults(contracts, lost, faulty):
        faulty.add(name)
        yield name, blame


def _faults(contracts: Contracts, lost: Map[str, Resource], faulty: Set[str]) -> Iterator[tuple[str, Diagnostic]]:
    """The faults, in order; those that were told are in `faulty` when the next is looked for."""
    schemes: dict[str, str] = {}
    for resource in contracts.resources.values():
        for key in resource.foreign_keys:
            found = None if key.resource in lost else _check_key(key, resource, contracts, faulty)
            if found is not None:
                yield resource.name, found
        parent = resource.rows.parent
        orphan = resource.rows.kind == "within" and not any(k.resource == parent for k in resource.foreign_keys)
        if orphan and resource.name not in faulty:
            message = "« {name} » est imbriquée dans « {parent} » mais n’a pas de clé étrangère vers elle."
            hint = "Ajoutez-la à « foreignKeys » : ses colonnes sont remplies par le générateur."
            blame = fault("contrat-faux", resource.position, message, hint, name=resource.name, parent=parent)
            yield resource.name, blame
        for blame in check_keys(resource, contracts):
            yield resource.name, blame
        checks = (check_large, check_flat, check_locators, check_computed, check_derived, check_frame)
        own = () if resource.name in faulty else [each for check in checks for each in check(resource, contracts)]
        for blame in (*_check_rank(resource), *check_roles(resource), *own):
            yield resource.name, blame
        other = schemes.setdefault(resource.scheme, resource.name) if resource.scheme else resource.name
        if other != resource.name:
            message, hint = (
                "« {scheme} » désigne déjà les lignes de « {other} » dans les liens.",
                "Choisissez un autre mot.",
            )
            blame = fault("contrat-faux", resource.position, message, hint, scheme=resource.scheme, other=other)
            yield resource.name, blame
    yield from (("", blame) for blame in check_shown(contracts))
    for package in contracts.packages.values():
        for page in package.pages:
            for blame in check_found(page, contracts):
                yield "", blame
            for name in (*([page.resource] if page.resource else ()), *page.anchors):
                if name not in contracts.resources and name not in lost and not contracts.unread:
                    message = "La page nomme la table « {name} », qui n’existe pas."
                    suggestion = nearest(name, contracts.resources)
                    yield "", fault("contrat-faux", page.at(name), message, "", suggestion, name=name)
    if not (contracts.unread or lost or faulty):  # what a drawing names may be what is wrong
        yield from (("", blame) for blame in check_figures(contracts))


def _check_rank(resource: Resource) -> Iterator[Diagnostic]:
    """The column that receives the rank is one of whole numbers, that nothing else fills."""
    name, hint = resource.rows.rank, "Déclarez-la dans « fields », de type integer."
    if not name:
        return
    filled = {column for key in resource.foreign_keys if key.resource == resource.rows.parent for column in key.fields}
    if name not in resource.index:
        message = "La colonne de rang « {name} » n’existe pas."
    elif name in filled:
        message, hint = (
            "La colonne de rang « {name} » est déjà celle de la table qui contient.",
            "Nommez une autre colonne.",
        )
    elif resource.field(name).type != "integer":
        message, hint = "La colonne de rang « {name} » reçoit des nombres entiers.", "Donnez-lui le type integer."
    else:
        return
    yield fault("contrat-faux", resource.position, message, hint, name=name)


def _check_key(key: ForeignKey, resource: Resource, contracts: Contracts, faulty: Set[str]) -> Diagnostic | None:
    """What is wrong with a foreign key, now that every resource is known."""
    target = contracts.resources.get(key.resource)
    if target is None:
        if contracts.unread:
            return None
        message = "La clé étrangère vise la table « {name} », qu’aucun contrat ne déclare."
        suggestion = nearest(key.resource, contracts.resources)
        return fault("contrat-faux", key.position, message, "", suggestion, name=key.resource)
    if key.resource in faulty:
        return None
    if key.reference != target.primary_key and key.reference not in target.unique_keys:
        message = "La clé étrangère doit viser la clé primaire de « {name} » ({columns}) ou une clé unique."
        columns = listed(target.primary_key, "et")
        return fault("contrat-faux", key.position, message, name=key.resource, columns=columns)
    if key.resource == resource.name and key.fields == key.reference:
        message, hint = (
            "Cette clé étrangère désigne les colonnes d’où elle part.",
            "Retirez-la, ou nommez ce qu’elle désigne.",
        )
        return fault("contrat-faux", key.position, message, hint)
    for own, other in zip(key.fields, key.reference, strict=True):
        types = resource.field(own).type, target.field(other).type
        if types[0] != types[1]:
            message = "« {own} » est du type « {a} », mais désigne « {other} », du type « {b} »."
            hint = "Donnez-leur le même type."
            return fault(
                "contrat-faux", resource.field(own).position, message, hint,
                own=own, other=other, a=types[0], b=types[1],
            )  # fmt: skip
    return None

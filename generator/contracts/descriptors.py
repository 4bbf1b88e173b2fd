"""Contracts read from `datapackages/<name>/datapackage.yaml`: Data Package v2 in YAML, plus a few properties that say
where rows and pages come from. A faulty contract is diagnosed on its line, like any content.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.contracts.coherence import check_together, distinct, in_order
from generator.contracts.contract import CONTRACT, VERSIONS, Contract, Written, read_contract, read_groups
from generator.contracts.largeness import check_rules
from generator.contracts.model import Contracts, Resource
from generator.contracts.placing import with_steps
from generator.contracts.rows import is_placed
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.folder import read_file
from generator.documents.keeping import Keep, anew
from generator.documents.reader import is_mapping
from generator.layout import PACKAGES
from generator.rules import read_rule
from generator.rules.rule import Rule


def read_contracts(root: Path, folder: str = PACKAGES, keep: Keep = anew) -> tuple[Contracts, list[Diagnostic]]:
    """Read every contract under `root/folder`. Packages and resources that are faulty beyond use are left out."""
    diagnostics: list[Diagnostic] = []
    written, unread = _read_descriptors(root, folder, diagnostics, keep)
    grouped = [keep(read_groups, each.document.path, b"", each) for each in written]
    groups = {name: group for each in grouped for name, group in each.found.items()}
    read = tuple(
        keep(read_contract, each.document.path, b"", each, groups, own.written)
        for each, own in zip(written, grouped, strict=True)
    )
    contracts, found = keep(_together, folder, b"", read, unread)
    for said in (*(each.diagnostics for each in grouped), *(each.diagnostics for each in read), found):
        diagnostics += said
    return contracts, diagnostics


def _together(
    folder: str, data: bytes, descriptors: tuple[Contract, ...], unread: bool
) -> tuple[Contracts, list[Diagnostic]]:
    """The contracts of a folder, of which each was read; `unread`: not all of them could be."""
    diagnostics: list[Diagnostic] = []
    packages = {each.package.name: each.package for each in descriptors}
    declared = [resource for descriptor in descriptors for resource in descriptor.resources]
    resources = with_steps(distinct(declared, diagnostics))
    unread = unread or len(resources) < len(declared)  # the rows of the second of a name are those of no table
    unread = unread or any(descriptor.partial for descriptor in descriptors)
    ordered = in_order(resources, unread, diagnostics)
    lost = {name: resource for name, resource in resources.items() if name not in ordered}
    contracts = Contracts(
        packages=packages,
        resources=ordered,
        faulty=frozenset(name for descriptor in descriptors for name in descriptor.faulty),
        unread=unread or not all(is_placed(resource.rows) for resource in resources.values()),
        unplaced=frozenset(word for r in lost.values() for word in (*r.rows.key[:1], r.rows.step)),
    )
    found = tuple(check_together(contracts, lost))
    diagnostics += (blame for _, blame in found)
    faulty = contracts.faulty | {name for name, _ in found}
    rules = {resource.name: _read_rules(resource, ordered, diagnostics) for resource in ordered.values()}
    return replace(contracts, faulty=faulty, rules=rules), diagnostics


def _read_rules(resource: Resource, tables: dict[str, Resource], diagnostics: list[Diagnostic]) -> tuple[Rule, ...]:
    """The rules of a table, now that every table is known."""
    found = [(declared, read_rule(declared, resource, tables, diagnostics)) for declared in resource.rules]
    diagnostics += check_rules(resource, found)
    return tuple(rule for _, rule in found if rule is not None)


def _read_descriptors(
    root: Path, folder: str, diagnostics: list[Diagnostic], keep: Keep
) -> tuple[tuple[Written, ...], bool]:
    """The descriptors that can be read, in the order of their folders, and whether something is unknown for lack of one."""
    place = root / folder
    if place.is_symlink():
        diagnostics.append(_link(folder))
        return (), True
    names = sorted(p.name for p in place.iterdir() if p.is_dir() and p.name[0] != ".") if place.is_dir() else []
    found = [_read_descriptor(root, folder, name, diagnostics, keep) for name in names]
    if not names:
        message = "Aucun contrat de paquet : le générateur ne sait pas quelles tables lire."
        hint = "Créez {path} ; la page « Publier vos propres données » en donne un modèle."
        path = f"{folder}/<nom>/{CONTRACT}"
        diagnostics.append(fault("contrat-manquant", Position(folder), message, hint, path=path))
    return tuple(written for written in found if written is not None), not names or None in found


def _read_descriptor(root: Path, folder: str, name: str, diagnostics: list[Diagnostic], keep: Keep) -> Written | None:
    """The contract in the folder of a package, and its versions; None when it cannot be read."""
    path = f"{folder}/{name}/{CONTRACT}"
    links = _links(root, f"{folder}/{name}")
    diagnostics += links
    if any(link.position.path == f"{folder}/{name}" for link in links):
        return None
    if not (root / path).exists():
        message, hint = "Ce dossier de paquet n’a pas de contrat.", "Créez {path}, ou supprimez le dossier."
        diagnostics.append(fault("contrat-manquant", Position(f"{folder}/{name}"), message, hint, path=path))
        return None
    document, said = read_file(root, path, keep=keep)
    diagnostics += said
    if document.mended or not is_mapping(document, diagnostics, "contrat-faux"):
        return None  # of a contract read as it was probably meant, nothing is blamed
    versions_path = f"{folder}/{name}/{VERSIONS}"
    versions = None
    if (root / versions_path).exists():
        versions, said = read_file(root, versions_path, keep=keep)
        diagnostics += said
    return Written(name, document, versions)


def _links(root: Path, folder: str) -> list[Diagnostic]:
    """The symbolic links among the files of a package, which are not followed; its contract says so itself."""
    found = []
    own = (root / folder / CONTRACT, root / folder / VERSIONS)
    for path in sorted([root / folder, *(root / folder).rglob("*")]):
        if path.is_symlink() and path not in own:
            found.append(_link(path.relative_to(root).as_posix()))
    return found


def _link(path: str) -> Diagnostic:
    message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par ce qu’il désigne."
    return fault("lien-symbolique", Position(path), message, hint)

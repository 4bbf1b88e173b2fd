"""Contracts read from `datapackages/<name>/datapackage.yaml`: Data Package v2 in YAML, plus a few properties that say
where rows and pages come from. A faulty contract is diagnosed on its line, like any content.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.contracts.coherence import check_together, distinct, in_order
from generator.contracts.columns import read_field, read_foreign_key
from generator.contracts.figures import read_figure
from generator.contracts.largeness import check_rules
from generator.contracts.metadata import read_metadata
from generator.contracts.model import Contracts, Package, Resource
from generator.contracts.naming import column_name, read_written
from generator.contracts.pages import read_page
from generator.contracts.placing import with_steps
from generator.contracts.rows import is_placed
from generator.contracts.tables import Group, groups_of, read_resource
from generator.contracts.versions import read_versions
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.folder import read_file
from generator.documents.keeping import Keep, anew
from generator.documents.nodes import Document
from generator.documents.reader import Reader, is_mapping
from generator.layout import PACKAGES
from generator.rules import read_rule
from generator.rules.rule import Rule

CONTRACT = "datapackage.yaml"
VERSIONS = "versions.yaml"
LONGEST = 60  # signs of the name of a package


def read_contracts(root: Path, folder: str = PACKAGES, keep: Keep = anew) -> tuple[Contracts, list[Diagnostic]]:
    """Read every contract under `root/folder`. Packages and resources that are faulty beyond use are left out."""
    diagnostics: list[Diagnostic] = []
    written, unread = _read_descriptors(root, folder, diagnostics, keep)
    contracts, found = keep(_together, folder, b"", written, unread)
    return contracts, diagnostics + found


def _together(
    folder: str, data: bytes, written: tuple[_Written, ...], unread: bool
) -> tuple[Contracts, list[Diagnostic]]:
    """The contracts of what is written in a folder; `unread`: not all of it could be read."""
    diagnostics: list[Diagnostic] = []
    descriptors = [_Descriptor(each) for each in written]
    groups: dict[str, Group] = {}
    for descriptor in descriptors:
        groups |= descriptor.read_groups(diagnostics)
    packages = {d.name: d.read_package(diagnostics, groups) for d in descriptors}
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
) -> tuple[tuple[_Written, ...], bool]:
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


def _read_descriptor(root: Path, folder: str, name: str, diagnostics: list[Diagnostic], keep: Keep) -> _Written | None:
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
    return _Written(name, document, versions)


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


def _nested(item: Reader) -> bool:
    """Whether a column of a group names another group, which is said."""
    if item.has("group"):
        item.fault("group", "Un groupe ne contient pas d’autre groupe.", "Écrivez ses colonnes une à une.")
    return item.has("group")


@dataclass(frozen=True, slots=True)
class _Written:
    """What stands in the folder of a package: its contract and its versions."""

    name: str
    document: Document
    versions: Document | None


class _Descriptor:
    """One contract being read."""

    def __init__(self, written: _Written) -> None:
        self.name = written.name
        self.document = written.document
        self.versions = written.versions
        self.resources: list[Resource] = []
        self.faulty: set[str] = set()
        self.written = False  # its names are published as they are written
        self.partial = False  # some of its tables are unknown

    def read_groups(self, diagnostics: list[Diagnostic]) -> dict[str, Group]:
        """The groups of columns that this contract declares for all."""
        root = Reader(self.document, self.document.root, diagnostics)
        self.written = read_written(root)
        found = {}
        first = len(diagnostics)
        for item in root.mappings("groups"):
            before = len(diagnostics)
            name = column_name(item, self.written)
            fields = tuple(
                read_field(f, (name,), written=self.written)
                for f in item.mappings("fields", required=True)
                if not _nested(f)
            )
            keys = tuple(read_foreign_key(k, "", name) for k in item.mappings("foreignKeys"))
            item.close("un groupe de colonnes")
            if name in found:
                message = "Le groupe « {name} » est déclaré deux fois."
                item.fault("name", message, "Donnez-leur deux noms différents.", name=name)
            found[name] = Group(name, fields, keys, len(diagnostics) > before)
        if len(diagnostics) > first:
            found[""] = Group("", (), (), True)  # what is wrong may be the one that a table names
        return found

    def read_package(self, diagnostics: list[Diagnostic], groups: dict[str, Group]) -> Package:
        """The package of this contract; its resources are gathered in `self.resources`, the names of those that are
        wrong in `self.faulty`.
        """
        root = Reader(self.document, self.document.root, diagnostics)
        name = root.text("name", required=True)
        if name and name != self.name:
            message = "Le paquet s’appelle « {name} » mais son dossier « {folder} »."
            root.fault("name", message, "Donnez-leur le même nom.", self.name, name=name, folder=self.name)
        if len(name) > LONGEST:
            message, hint = "Le nom du paquet a {count} signes.", "Il est celui de ses fichiers : soixante suffisent."
            root.fault("name", message, hint, count=len(name))
        title = root.text("title", required=True)
        description = root.text("description", required=True)
        keywords = root.texts("keywords", required=root.has("keywords"), distinct=True)
        if len(keywords) == 1 and "," in keywords[0]:
            message, hint = "« keywords » n’a qu’un mot-clé, qui contient une virgule.", "Écrivez une liste."
            listed = ", ".join(word.strip() for word in keywords[0].split(",") if word.strip())
            root.fault("keywords", message, hint, f"[{listed}]")
        cautions = root.texts("cautions", required=root.has("cautions"), distinct=True)
        root.skip("groups", "names")
        for item in root.mappings("resources", required=True):
            before = len(diagnostics)
            if item.unread:
                self.partial = True
                continue
            unknown_group = any(wanted not in groups or groups[wanted].faulty for wanted in groups_of(item))
            resource = read_resource(item, self.name, groups, self.written)
            if resource.name:
                self.resources.append(resource)
            if len(diagnostics) > before or unknown_group:
                self.faulty.add(resource.name)
            self.partial = self.partial or not resource.name
        self.partial = self.partial or not self.resources
        pages = tuple(read_page(item, self.name) for item in root.mappings("pages") if not item.unread)
        figures = tuple(read_figure(item, self.name) for item in root.mappings("figures") if not item.unread)
        properties = read_metadata(root)
        for word in ("version", "created", "dct:issued"):
            if root.has(word):
                message = "« {word} » ne s’écrit pas dans le contrat."
                hint = "La version et sa date se donnent dans {path}."
                path = f"{self.document.path.rpartition('/')[0]}/{VERSIONS}"
                root.faults(root.key_place(word), message, hint, word=word, path=path)
                root.skip(word)
        root.close("un contrat")
        versions = read_versions(self.versions, diagnostics)
        own = tuple(dict.fromkeys(r.name for r in self.resources))
        return Package(
            name=self.name,
            title=title,
            description=description,
            keywords=keywords,
            resources=own,
            pages=pages,
            versions=versions,
            position=root.position,
            cautions=cautions,
            figures=figures,
            properties=properties,
        )

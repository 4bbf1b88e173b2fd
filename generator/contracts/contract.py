"""One contract, read by itself: its groups of columns, which any contract may name, then its package and its tables."""

from __future__ import annotations

from dataclasses import dataclass

from generator.contracts.columns import read_field, read_foreign_key
from generator.contracts.figures import read_figure
from generator.contracts.metadata import read_metadata
from generator.contracts.model import Package, Resource
from generator.contracts.naming import column_name, read_written
from generator.contracts.pages import read_page
from generator.contracts.tables import Group, groups_of, read_resource
from generator.contracts.versions import read_versions
from generator.diagnostics.finding import Diagnostic
from generator.documents.nodes import Document
from generator.documents.reader import Reader

CONTRACT = "datapackage.yaml"
VERSIONS = "versions.yaml"
LONGEST = 60  # signs of the name of a package


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the folder of a package: its contract and its versions."""

    name: str
    document: Document
    versions: Document | None


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of columns that a contract declares for all; whether its names are published as they are `written`."""

    found: dict[str, Group]
    written: bool
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """What a contract declares; the names of its tables that are `faulty`, and whether some of them are unknown (`partial`)."""

    package: Package
    resources: tuple[Resource, ...]
    faulty: frozenset[str]
    partial: bool
    diagnostics: tuple[Diagnostic, ...]


def _nested(item: Reader) -> bool:
    """Whether a column of a group names another group, which is said."""
    if item.has("group"):
        item.fault("group", "Un groupe ne contient pas d’autre groupe.", "Écrivez ses colonnes une à une.")
    return item.has("group")


def read_groups(path: str, data: bytes, written: Written) -> Groups:
    """The groups of columns of a contract."""
    diagnostics: list[Diagnostic] = []
    root = Reader(written.document, written.document.root, diagnostics)
    as_written = read_written(root)
    found = {}
    first = len(diagnostics)
    for item in root.mappings("groups"):
        before = len(diagnostics)
        name = column_name(item, as_written)
        fields = tuple(
            read_field(f, (name,), written=as_written) for f in item.mappings("fields", required=True) if not _nested(f)
        )
        keys = tuple(read_foreign_key(k, "", name) for k in item.mappings("foreignKeys"))
        item.close("un groupe de colonnes")
        if name in found:
            message = "Le groupe « {name} » est déclaré deux fois."
            item.fault("name", message, "Donnez-leur deux noms différents.", name=name)
        found[name] = Group(name, fields, keys, len(diagnostics) > before)
    if len(diagnostics) > first:
        found[""] = Group("", (), (), True)  # what is wrong may be the one that a table names
    return Groups(found, as_written, tuple(diagnostics))


def read_contract(path: str, data: bytes, written: Written, groups: dict[str, Group], as_written: bool) -> Contract:
    """A contract, of which the `groups` that it may name are known; `as_written`: how its names are published."""
    diagnostics: list[Diagnostic] = []
    resources: list[Resource] = []
    faulty: set[str] = set()
    partial, folder = False, written.name
    root = Reader(written.document, written.document.root, diagnostics)
    name = root.text("name", required=True)
    if name and name != folder:
        message = "Le paquet s’appelle « {name} » mais son dossier « {folder} »."
        root.fault("name", message, "Donnez-leur le même nom.", folder, name=name, folder=folder)
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
            partial = True
            continue
        unknown_group = any(wanted not in groups or groups[wanted].faulty for wanted in groups_of(item))
        resource = read_resource(item, folder, groups, as_written)
        if resource.name:
            resources.append(resource)
        if len(diagnostics) > before or unknown_group:
            faulty.add(resource.name)
        partial = partial or not resource.name
    partial = partial or not resources
    pages = tuple(read_page(item, folder) for item in root.mappings("pages") if not item.unread)
    figures = tuple(read_figure(item, folder) for item in root.mappings("figures") if not item.unread)
    properties = read_metadata(root)
    _dated(root, f"{written.document.path.rpartition('/')[0]}/{VERSIONS}")
    root.close("un contrat")
    versions = read_versions(written.versions, diagnostics)
    own = tuple(dict.fromkeys(r.name for r in resources))
    package = Package(
        name=folder,
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
    return Contract(package, tuple(resources), frozenset(faulty), partial, tuple(diagnostics))


def _dated(root: Reader, path: str) -> None:
    """A contract says no version nor date: those of its package stand at `path`."""
    for word in ("version", "created", "dct:issued"):
        if root.has(word):
            message = "« {word} » ne s’écrit pas dans le contrat."
            hint = "La version et sa date se donnent dans {path}."
            root.faults(root.key_place(word), message, hint, word=word, path=path)
            root.skip(word)

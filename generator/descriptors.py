"""Contracts read from `datapackages/<name>/datapackage.yaml`: Data Package v2 in YAML, plus a few properties that say
where rows and pages come from. A faulty contract is diagnosed on its line, like any content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from generator.coherence import check_together, in_order
from generator.contracts import Contracts, Field, ForeignKey, Package, Page, Resource, Rows, Rule, Version
from generator.diagnostics import Diagnostic, Position, fault, listed, nearest
from generator.documents import read_file
from generator.fields import read_field, read_foreign_key
from generator.nodes import Document, Mapping
from generator.reading import Reader, is_mapping
from generator.values import TYPES

CONTRACT = "datapackage.yaml"
VERSIONS = "versions.yaml"

SCHEMES = ("https", "http", "mailto", "page", "nombre")  # of links that name no record
# Standard properties of a package that a contract may give itself; the others are worked out.
STANDARD = ("id", "homepage", "image", "licenses", "contributors", "sources")


def read_contracts(root: Path, folder: str = "datapackages") -> tuple[Contracts, list[Diagnostic]]:
    """Read every contract under `root/folder`. Packages and resources that are faulty beyond use are left out."""
    diagnostics: list[Diagnostic] = []
    descriptors: list[_Descriptor] = []
    unread = False
    place = root / folder
    names = (
        sorted(p.name for p in place.iterdir() if p.is_dir() and not p.name.startswith(".")) if place.is_dir() else []
    )
    for name in names:
        path = f"{folder}/{name}/{CONTRACT}"
        links = _links(root, f"{folder}/{name}")
        diagnostics += links
        if any(link.position.path == f"{folder}/{name}" for link in links):
            unread = True
            continue
        if not (root / path).exists():
            unread = True
            message, hint = "Ce dossier de paquet n’a pas de contrat.", "Créez {path}, ou supprimez le dossier."
            diagnostics.append(fault("contrat-manquant", Position(f"{folder}/{name}"), message, hint, path=path))
            continue
        document, found = read_file(root, path)
        diagnostics += found
        if not is_mapping(document, diagnostics, "contrat-faux"):
            unread = True
            continue
        versions_path = f"{folder}/{name}/{VERSIONS}"
        versions = None
        if (root / versions_path).exists():
            versions, found = read_file(root, versions_path)
            diagnostics += found
        descriptors.append(_Descriptor(name, document, versions))
    if not names:
        unread = True
        message = "Aucun contrat de paquet : le générateur ne sait pas quelles tables lire."
        hint = "Créez {path} ; la page « Publier vos propres données » en donne un modèle."
        path = f"{folder}/<nom>/{CONTRACT}"
        diagnostics.append(fault("contrat-manquant", Position(folder), message, hint, path=path))
    groups: dict[str, Group] = {}
    faulty: set[str] = set()
    for descriptor in descriptors:
        groups |= descriptor.read_groups(diagnostics)
    packages = {d.name: d.read_package(diagnostics, groups, faulty) for d in descriptors}
    resources: dict[str, Resource] = {}
    for descriptor in descriptors:
        for resource in descriptor.resources:
            if resource.name in resources:
                other = resources[resource.name].package
                message = "La ressource « {name} » est déjà déclarée dans le paquet « {other} »."
                hint = "Le nom d’une ressource est unique dans tout le site."
                diagnostics.append(
                    fault("contrat-faux", resource.position, message, hint, name=resource.name, other=other)
                )
                unread = True  # the rows of the second are those of no table
            else:
                resources[resource.name] = resource
    ordered = in_order(resources, diagnostics)
    unread = unread or any(r.rows.kind != "within" and not _inside(r.rows.pattern) for r in ordered.values())
    lost = {name: resource for name, resource in resources.items() if name not in ordered}
    contracts = Contracts(packages, ordered, faulty, unread, {resource.rows.key for resource in lost.values()})
    for name, blame in check_together(contracts, lost):
        diagnostics.append(blame)
        faulty.add(name)
    return contracts, diagnostics


def _links(root: Path, folder: str) -> list[Diagnostic]:
    """The symbolic links among the files of a package, which are not followed; its contract says so itself."""
    found = []
    for path in sorted([root / folder, *(root / folder).rglob("*")]):
        if path.is_symlink() and path.name not in (CONTRACT, VERSIONS):
            message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par ce qu’il désigne."
            found.append(fault("lien-symbolique", Position(path.relative_to(root).as_posix()), message, hint))
    return found


@dataclass(frozen=True, slots=True)
class Group:
    """Columns written together under one key (`source: {document, localisation}`), declared once for all tables."""

    name: str
    fields: tuple[Field, ...]
    foreign_keys: tuple[ForeignKey, ...]
    faulty: bool


class _Descriptor:
    """One contract being read."""

    def __init__(self, name: str, document: Document, versions: Document | None) -> None:
        self.name = name
        self.document = document
        self.versions = versions
        self.resources: list[Resource] = []

    def read_groups(self, diagnostics: list[Diagnostic]) -> dict[str, Group]:
        """The groups of columns that this contract declares for all."""
        root = Reader(self.document, self.document.root, diagnostics)
        found = {}
        for item in root.mappings("groups"):
            before = len(diagnostics)
            name = item.text("name", required=True)
            fields = tuple(read_field(f, (name,)) for f in item.mappings("fields", required=True))
            keys = tuple(read_foreign_key(k, "", name) for k in item.mappings("foreignKeys"))
            item.close("un groupe de colonnes")
            found[name] = Group(name, fields, keys, len(diagnostics) > before)
        return found

    def read_package(self, diagnostics: list[Diagnostic], groups: dict[str, Group], faulty: set[str]) -> Package:
        """The package of this contract; its resources are gathered in `self.resources`, the names of those that are
        wrong in `faulty`.
        """
        root = Reader(self.document, self.document.root, diagnostics)
        name = root.text("name", required=True)
        if name and name != self.name:
            message = "Le paquet s’appelle « {name} » mais son dossier « {folder} »."
            root.fault("name", message, "Donnez-leur le même nom.", self.name, name=name, folder=self.name)
        title = root.text("title", required=True)
        description = root.text("description", required=True)
        keywords = root.texts("keywords")
        root.skip("groups")
        for item in root.mappings("resources", required=True):
            before = len(diagnostics)
            resource = _read_resource(item, self.name, groups)
            if resource.name:
                self.resources.append(resource)
            if len(diagnostics) > before or any(groups[f.key[0]].faulty for f in resource.fields if f.key[0] in groups):
                faulty.add(resource.name)
        pages = tuple(_read_page(item, self.name) for item in root.mappings("pages"))
        properties = root.others(*STANDARD)
        root.close("un contrat")
        versions = self._read_versions(diagnostics)
        own = tuple(dict.fromkeys(r.name for r in self.resources))
        return Package(self.name, title, description, keywords, own, pages, versions, root.position, properties)

    def _read_versions(self, diagnostics: list[Diagnostic]) -> tuple[Version, ...]:
        if self.versions is None or self.versions.root is None:
            return ()
        holder = Mapping(self.versions.root.mark)
        holder.nodes["versions"] = self.versions.root
        holder.key_marks.append(self.versions.root.mark)
        found = []
        for item in Reader(self.versions, holder, diagnostics).mappings("versions"):
            version = item.text("version", required=True, pattern=r"[0-9]+\.[0-9]+\.[0-9]+")
            date = item.text("date", required=True)
            if date and TYPES["date"].read(date, "")[1]:
                item.fault("date", "« {date} » n’est pas une date.", "Une date s’écrit AAAA-MM-JJ.", date=date)
            found.append(Version(version, date, item.text("resume", required=True)))
            item.close("une version")
        return tuple(found)


def _read_resource(item: Reader, package: str, groups: dict[str, Group]) -> Resource:
    name = item.text("name", required=True, pattern=r"[a-z][a-z0-9_]*")
    title = item.text("title", required=True)
    description = item.text("description")
    rows = _read_rows(item.mapping("content", required=True)) if item.has("content") else Rows("list")
    if not item.has("content"):
        message, hint = "La clé « content » manque : elle dit d’où viennent les lignes.", "Exemple : {example}"
        item.faults(item.position, message, hint, example="content: {records: jardins/*.yaml}")
        item.skip("content")
    schema = item.mapping("schema", required=True)
    fields: list[Field] = []
    keys: list[ForeignKey] = []
    for entry in schema.mappings("fields", required=True):
        if entry.has("group"):
            wanted = entry.text("group")
            entry.close("un renvoi à un groupe")
            if wanted not in groups:
                message, hint = "Aucun groupe ne s’appelle « {name} ».", "Groupes déclarés : {choices}."
                entry.fault("group", message, hint, nearest(wanted, groups), name=wanted, choices=listed(groups))
                continue
            fields += (replace(f, position=entry.position) for f in groups[wanted].fields)
            keys += groups[wanted].foreign_keys
        else:
            fields.append(read_field(entry, ()))
    primary_key = schema.texts("primaryKey", required=True)
    unique_keys = schema.text_lists("uniqueKeys")
    missing = schema.texts("missingValues") or ("",)
    own_keys = [(k, read_foreign_key(k, name)) for k in schema.mappings("foreignKeys")]
    keys += (key for _, key in own_keys)
    rules = tuple(
        Rule(rule.node, item.document, rule.position, rule.text("message", required=True))
        for rule in schema.mappings("rules")
    )
    schema.close("un schéma")
    label = item.text("label") or (primary_key[-1] if primary_key else "")
    cited = item.mapping("cited_as")
    cited_as = {name: cited.text(name) for name in ("title", "path", "version") if cited.has(name)}
    cited.close("« cited_as »")
    scheme = item.text("scheme", pattern="[a-z]+")
    if scheme in SCHEMES:
        item.fault("scheme", "« {scheme} » a déjà un sens dans les liens.", "Choisissez un autre mot.", scheme=scheme)
    quoted = item.texts("quoted")
    former = item.text("former_ids")
    properties = item.others()
    item.close("une ressource")
    filled = _filled(rows, keys)
    fields = [
        replace(
            f,
            key=(f.name,) if rows.kind == "csv" else f.key,
            filled=f.name in filled,
            constraints=replace(f.constraints, required=True) if f.name in primary_key else f.constraints,
        )
        for f in fields
        if f.name
    ]
    index = {f.name: i for i, f in enumerate(fields)}
    for f in fields:
        if fields[index[f.name]] is not f:
            item.faults(f.position, "La colonne « {name} » est déclarée deux fois.", name=f.name)
    named: list[tuple[Reader, str, tuple[str, ...]]] = [
        (schema, "primaryKey", primary_key),
        *((schema, "uniqueKeys", columns) for columns in unique_keys),
        *((reader, "fields", key.fields) for reader, key in own_keys),
        (item, "label", (label,) if item.has("label") else ()),
        *((cited, word, (column,)) for word, column in cited_as.items()),
        (item, "quoted", quoted),
        (item, "former_ids", (former,) if former else ()),
    ]
    for reader, word, columns in named:
        for column in columns:
            if column not in index:
                message, hint = (
                    "« {name} » n’est pas une colonne de « {resource} ».",
                    "Colonnes de la table : {choices}.",
                )
                item.faults(
                    reader.spot(word, column), message, hint, nearest(column, index),
                    name=column, resource=name, choices=listed(index),
                )  # fmt: skip
    label = label if label in index else ""
    keys = [k for k in keys if k.fields and all(c in index for c in k.fields)]
    primary_key = tuple(c for c in primary_key if c in index)
    unique_keys = tuple(u for u in unique_keys if all(c in index for c in u))
    return Resource(
        name, package, title, description, rows, label, tuple(fields), primary_key, unique_keys, tuple(keys), rules,
        missing, item.position, index, cited_as, scheme, quoted, former, properties,
    )  # fmt: skip


def _filled(rows: Rows, keys: list[ForeignKey]) -> set[str]:
    """The columns that the generator fills: those of the key to the parent, and the rank."""
    if rows.kind != "within":
        return set()
    parent = next((k for k in keys if k.resource == rows.parent), None)
    return {*(parent.fields if parent else ()), *([rows.rank] if rows.rank else [])}


def _read_rows(item: Reader) -> Rows:
    kinds = [k for k in ("records", "list", "csv", "within") if item.has(k)]
    if len(kinds) != 1:
        message = "« content » dit d’où viennent les lignes par une seule de ces clés : records, list, csv ou within."
        item.faults(item.position, message, "Exemple : content: {{records: jardins/*.yaml}}")
        item.skip("records", "list", "csv", "within", "key", "rank")
        return Rows("list")
    kind = kinds[0]
    if kind == "within":
        rows = Rows("within", "", item.text("within", True), item.text("key", True), item.text("rank"))
    else:
        rows = Rows(kind, item.text(kind, True))  # type: ignore[arg-type]
        if rows.pattern and not _inside(rows.pattern):
            item.fault(kind, "Le chemin « {path} » doit rester sous content/.", path=rows.pattern)
    item.close("« content »")
    return rows


def _inside(pattern: str) -> bool:
    """Whether a pattern names files under content/."""
    return bool(pattern) and not pattern.startswith("/") and ".." not in pattern.split("/") and "\\" not in pattern


def _read_page(item: Reader, package: str) -> Page:
    kind = item.text("kind", required=True)
    path = item.text("path", required=True)
    if path and (".." in path or not re.fullmatch(r"[a-z0-9_{}-][a-z0-9_{}/-]*/", path)):
        message = "Le chemin « {path} » doit être relatif, en minuscules sans accent, et finir par « / »."
        item.fault("path", message, path=path)
    if kind == "record" and path and "{" not in path:
        message, hint = "Toutes les fiches auraient l’adresse « {path} ».", "Mettez-y une colonne : {example}"
        item.fault("path", message, hint, path=path, example=f"{path.rstrip('/')}/{{id}}/")
    page = Page(
        kind, path, item.text("title", required=True), item.text("template"), item.text("resource"),
        item.texts("anchors"), item.text("description"), item.plain("options"), item.position, package, item.spots(),
    )  # fmt: skip
    item.close("une page")
    return page

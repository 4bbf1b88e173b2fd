"""A descriptor → the package that it describes, and all that is wrong with it (https://datapackage.org/standard/data-package/)."""

from __future__ import annotations

from generator.diagnostics.finding import fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.standard.descriptors import Descriptors
from generator.standard.metadata import advise_package, read_package
from generator.standard.model import ForeignKey, Package, Resource
from generator.standard.part import PROPERTY, SCHEMA, UNCHECKED, Part
from generator.standard.resources import Resources

_PROFILES = "https://datapackage.org/profiles/"
_OLD = ("https://specs.frictionlessdata.io/", "http://specs.frictionlessdata.io/", "https://frictionlessdata.io/")
_WORDS = ("data-package", "tabular-data-package", "data-resource", "tabular-data-resource", "default")
TABULAR = ("tabular-data-package", "https://specs.frictionlessdata.io/schemas/tabular-data-package.json")


def read(descriptors: Descriptors, path: str, strict: bool) -> Package | None:
    """The package of a descriptor; None when it cannot be read at all."""
    part = descriptors.root(path)
    if part is None:
        return None
    read_package(part)
    version = _version(part)
    if strict:
        advise_package(part, path)
    if "resources" not in part:
        part.missing("resources", "Un paquet a une liste de ressources, une au moins.")
    reader = Resources(descriptors, version, part.text("profile") in TABULAR, strict)
    groups = list(part.groups("resources", least=1))
    resources = tuple(map(reader.read, groups))
    _say_twins(groups, resources)
    for group, resource in zip(groups, resources, strict=True):
        _check_references(group, resource, resources)
    return Package(part.text("name"), version, resources)


def _version(part: Part) -> str:
    """The version of the standard that a descriptor declares; "" for none. A profile of somebody else is said not to be asked."""
    key = "$schema" if "$schema" in part else "profile"
    profile = part.text(key)
    if profile.startswith(_PROFILES):
        return profile.removeprefix(_PROFILES).partition("/")[0]
    if profile and not profile.startswith(_OLD) and profile not in _WORDS:
        message = "Ce profil n’est pas celui de la norme : il n’a pas été lu, et ce qu’il demande n’est pas vérifié."
        part.tell(fault(UNCHECKED, part.at(key), message, ""))
        return "2" if key == "$schema" else ""
    return ""


def _say_twins(groups: list[Part], resources: tuple[Resource, ...]) -> None:
    """Names of resources that are given twice."""
    known: set[str] = set()
    for group, resource in zip(groups, resources, strict=True):
        if resource.name and resource.name in known:
            message, hint = (
                "Deux ressources s’appellent « {name} ».",
                "Donnez à chacune un nom qu’elle est seule à avoir.",
            )
            group.tell(fault(PROPERTY, group.at("name"), message, hint, name=resource.name))
        known.add(resource.name)


def _check_references(group: Part, resource: Resource, resources: tuple[Resource, ...]) -> None:
    """Say the foreign keys that lead to no resource, or to columns that it does not have."""
    for key in resource.schema.foreign_keys if resource.schema else ():
        target = referred(key, resource, resources)
        if target is None:
            names = [each.name for each in resources]
            message, hint = "Aucune ressource ne s’appelle « {name} ».", "Ressources du paquet : {choices}."
            near = nearest(key.resource, names)
            values = {"name": key.resource, "choices": listed(names, "et")}
            group.tell(fault(SCHEMA, key.place, message, hint, near, **values))
            continue
        if key.resource and target is resource:
            message = "Cette clé étrangère désigne sa propre table par son nom, « {name} »."
            group.tell(
                fault(
                    SCHEMA,
                    key.place,
                    message,
                    "Retirez « resource » : sans lui, c’est d’elle qu’il s’agit.",
                    name=key.resource,
                )
            )
        if target.schema is not None:
            _check_columns(group, key, target)


def referred(key: ForeignKey, resource: Resource, resources: tuple[Resource, ...]) -> Resource | None:
    """The resource that a foreign key names; none is its own."""
    return resource if not key.resource else next((each for each in resources if each.name == key.resource), None)


def _check_columns(group: Part, key: ForeignKey, target: Resource) -> None:
    assert target.schema is not None
    names = [column.name for column in target.schema.fields]
    for name in key.named:
        if name not in names:
            message, hint = "« {table} » n’a pas de colonne « {name} ».", "Ses colonnes : {choices}."
            values = {"table": target.name, "name": name, "choices": listed(names, "et")}
            group.tell(fault(SCHEMA, key.place, message, hint, nearest(name, names), **values))

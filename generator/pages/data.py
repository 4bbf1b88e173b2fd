"""The data catalogue: an index of the packages, and a page each with dictionary, licence, downloads and validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import layout
from generator.authoring.asks import holder, limits
from generator.contracts.model import Contracts, Field, Resource
from generator.packages.descriptor import DESCRIPTOR, Built
from generator.packages.validation import Report
from generator.pages.page import Page, finish
from generator.pages.renderer import Renderer
from generator.text.french import french


def render(renderer: Renderer, built: Sequence[Built], reports: Sequence[Report], validator: str) -> Iterator[Page]:
    """The catalogue page, then one page per package."""
    by_name = {report.package: report for report in reports}
    packages = [(each, by_name.get(each.package.name)) for each in built]
    description = "Tous les jeux de données ouverts du site, à télécharger, avec leur dictionnaire et leur licence."
    contracts = renderer.views.catalogue.contracts
    yield finish(
        renderer, layout.DATA, "Données", "data.html", description,
        paquets=packages, ressources=contracts.resources, telecharge=layout.download,
    )  # fmt: skip
    for package, report in packages:
        tables = [(table, contracts.resources[table.resource]) for table in package.tables]
        path = layout.package(package.package.name)
        yield finish(
            renderer, path, french(f"Données : {package.package.title}"), "package.html", package.package.description,
            package.package.position.path,
            paquet=package.package, tables=tables, rapport=report, validateur=validator,
            descripteur=layout.download(package.package.name, DESCRIPTOR),
            telecharge=layout.download, page_du_paquet=layout.package,
            gabarit=lambda resource: _specimen(holder(resource, contracts)),
            pages=[page for page in package.package.pages if page.kind != "record"],
            colonnes=lambda resource: [
                (field, _constraints(resource, field), _target(resource, field, contracts)) for field in resource.fields
            ],
        )  # fmt: skip


def _constraints(resource: Resource, field: Field) -> list[str]:
    """The constraints of a column, in words."""
    c = field.constraints
    words = []
    if field.name in resource.primary_key:
        words.append("clé" if len(resource.primary_key) == 1 else "partie de la clé")
    if field.required:
        words.append("obligatoire")
    if c.unique:
        words.append("unique")
    words += limits(c)
    if field.filled:
        words.append("remplie par le générateur")
    return words


def _specimen(resource: Resource) -> str:
    """The address of the annotated template of a table."""
    return f"{layout.specimens(resource.package)}#{resource.name}_"


def _target(resource: Resource, field: Field, contracts: Contracts) -> Resource | None:
    """The table that a column names a record of."""
    key = next((key for key in resource.foreign_keys if field.name == key.fields[-1]), None)
    return contracts.resources.get(key.resource) if key is not None else None

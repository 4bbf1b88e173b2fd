"""The data catalogue: an index of the packages, and a page each with dictionary, licence, downloads and validation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from types import ModuleType

from generator import layout
from generator.authoring.asks import derived_from
from generator.catalogue.explored import explored
from generator.catalogue.reads import Memo
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Package, Resource, Version
from generator.contracts.pages import Page
from generator.contracts.settings import Settings
from generator.packages import folder, metadata, sums
from generator.packages.built import Built, File, Written
from generator.packages.descriptor import DESCRIPTOR
from generator.packages.formats import formats
from generator.packages.metadata import Link
from generator.packages.quality import Quality, quality
from generator.packages.sheets import Sheet
from generator.packages.snippets import Snippet, snippets
from generator.packages.validation import Verdict, begun
from generator.packages.workbook_notes import FIRST, is_cut
from generator.pages import exploring
from generator.pages.dictionary import Entry, entries, preview
from generator.pages.draft import Draft, Ground, told
from generator.pages.figures.relations import Relation, drawing, relations
from generator.pages.framing import frames
from generator.pages.versions import feed, latest
from generator.text.interface import say
from generator.values.absence import RESERVED


@dataclass(frozen=True, slots=True)
class IndexContext:
    """What the template of the data catalogue receives."""

    paquets: list[tuple[Built, Verdict | None]] = told(
        "Les jeux de données écrits, chacun avec ce que dit sa relecture."
    )
    ressources: Mapping[str, Resource] = told("Les déclarations des tables, par leur nom.")
    telecharge: Callable[[str, str], str] = told("`telecharge(paquet, chemin)` : l’adresse d’un fichier.")
    page_du_paquet: Callable[[str], str] = told("`page_du_paquet(nom)` : l’adresse de la page d’un jeu.")
    formats: Mapping[str, ModuleType] = told("Les formats de téléchargement, par leur nom.")
    ensembles: list[tuple[str, str]] = told("Les fichiers qui contiennent tous les jeux : leur adresse, leur nom.")
    descriptions: list[tuple[str, str]] = told("Ce qui décrit le site aux logiciels : adresse, titre.")
    versions: list[tuple[Version, list[Package]]] = told("Les versions récentes, chacune avec ses jeux de données.")


@dataclass(frozen=True, slots=True)
class PackageContext:
    """What the template of a package receives."""

    paquet: Package = told("Le jeu de données.")
    version: Version | None = told("Sa version, ou rien.")
    etat: str = told("Ce numéro, suivi d’une empreinte quand les données ont changé depuis.")
    atom: str = told("L’adresse du flux Atom de ses versions, ou rien.")
    licence: str = told("Le titre de la licence des données, ou rien.")
    tables: list[tuple[Written, Resource]] = told("Ses tables écrites, chacune avec sa déclaration.")
    siennes: list[tuple[Written, Resource]] = told("Celles qu’il déclare.")
    a_plat: list[tuple[Written, Resource]] = told("Les formes à plat de ses tables principales.")
    fichiers: tuple[File, ...] = told("Les fichiers qui contiennent le jeu entier.")
    cadres: list[tuple[str, File]] = told("Ses classeurs à remplir : le titre de la table, le fichier.")
    communes: list[tuple[Written, Resource]] = told("Celles que ses colonnes désignent, et qu’un autre jeu déclare.")
    rapport: Verdict | None = told("Ce que dit sa relecture, ou rien.")
    validateur: str = told("La version de qui l’a relu.")
    descriptions: list[tuple[str, str]] = told("Ce qui décrit le jeu aux logiciels : adresse, titre.")
    descripteur: str = told("L’adresse de `datapackage.json`.")
    telecharge: Callable[[str, str], str] = told("`telecharge(paquet, chemin)` : l’adresse d’un fichier.")
    page_du_paquet: Callable[[str], str] = told("`page_du_paquet(nom)` : l’adresse de la page d’un jeu.")
    tirees_de: Callable[[Resource], str] = told("`tirees_de(table)` : d’où viennent les lignes que personne n’écrit.")
    pages: list[Page] = told("Les pages du site que ce jeu déclare.")
    mots: list[str] = told("Les mots de ses cellules que des logiciels prennent d’office pour une absence (« NA »).")
    dictionnaire: Callable[[Sheet], list[Entry]] = told(
        "`dictionnaire(table)` : ses colonnes : `column`, `constraints`, `target` (la table désignée), `example`, `filled` (part des "
        "lignes remplies, en pour cent), `anchor`, `values` (d’une grande table, ce que sont ses valeurs, en mots)."
    )
    apercus: list[Written] = told("Ses tables dont les premières lignes se lisent, chacune à plat si elle l’est.")
    apercu: Callable[[Sheet], list[list[str]]] = told("`apercu(table)` : ses premières lignes, en textes.")
    dessin: str = told("Les tables et leurs clés, en SVG, ou rien.")
    cles: list[Relation] = told("Les mêmes clés : `source`, `columns`, `target`.")
    sources: list[tuple[str, str, str]] = told("Ses sources : leur titre, leur adresse et leur date, ou rien.")
    qualite: Quality = told(
        "Ce qui est vrai de sa description : `criteria` (chacun `told`, `met`, `missing`) et `met`, combien."
    )
    coupees: list[tuple[str, int]] = told(
        "Ses grandes tables dont le classeur n’a que le début : leur titre, les lignes qu’il en a."
    )
    debutees: list[tuple[str, int]] = told(
        "Ses grandes tables dont Frictionless ne lit que le début : leur titre, leurs lignes."
    )
    noms: frozenset[str] = told("Les noms de ses tables.")
    parcourues: list[str] = told("Les noms de celles qui ont une page où parcourir leurs lignes.")
    formats: Mapping[str, ModuleType] = told("Les formats de téléchargement, par leur nom.")
    extraits: tuple[Snippet, ...] = told("Comment un programme lit sa table principale : `title`, `language`, `code`.")


def drafts(ground: Ground, built: Sequence[Built], reports: Sequence[Verdict], validator: str) -> Iterator[Draft]:
    """The catalogue page, then one page per package."""
    by_name = {report.package: report for report in reports}
    packages = [(each, by_name.get(each.package.name)) for each in built]
    contracts, settings = ground.project.catalogue.contracts, ground.project.settings
    held = metadata.embedded(built, settings)
    whole = [(f"{layout.words().data}{name}", name) for name in folder.all_files()]
    words: Words = Memo()
    yield Draft(
        layout.words().data, say("Données"), "data.html",
        IndexContext(
            paquets=packages,
            ressources=contracts.resources,
            telecharge=layout.download,
            page_du_paquet=layout.package,
            formats=formats(),
            ensembles=whole,
            descriptions=[*_told(metadata.links(settings)), *_indexes()],
            versions=latest(contracts),
        ),
        say("Tous les jeux de données ouverts du site, à télécharger, avec leur dictionnaire et leur licence."),
        links=tuple(metadata.links(settings)), data=held.get(layout.words().data, ""),
    )  # fmt: skip
    for each, report in packages:
        package = each.package
        title, path = say("Données : {title}", title=package.title), layout.package(package.name)
        context = _context(each, report, validator, ground, words)
        yield Draft(
            path, title, "package.html", context, package.description, source=package.position.path,
            links=(_descriptor(package), *metadata.links(settings, package)), data=held.get(path, ""),
        )  # fmt: skip
        titles = {name: module.TITLE for name, module in formats().items()}
        yield from exploring.drafts(each, ground.project.catalogue, titles)


Words = Memo[str, frozenset[str]]  # by the names of tables, those of their values that software takes for an absence


def _context(each: Built, report: Verdict | None, validator: str, ground: Ground, words: Words) -> PackageContext:
    """What the page of a package is made from."""
    settings, contracts = ground.project.settings, ground.project.catalogue.contracts
    package, licence = each.package, settings.data_licence
    tables = _with_resources(each.tables)
    own = [table.sheet.resource for table in each.own]
    keys = relations(own, contracts.resources)
    return PackageContext(
        paquet=package,
        version=package.versions[0] if package.versions else None,
        etat=str(each.descriptor.get("version", "")),
        atom=feed(package, ground),
        licence=licence.title or licence.name,
        tables=tables,
        siennes=_with_resources(each.own),
        a_plat=_with_resources(each.flat),
        communes=_with_resources(each.reached),
        fichiers=each.files,
        cadres=frames(each),
        rapport=report,
        validateur=validator,
        descriptions=_descriptions(package, settings),
        descripteur=layout.download(package.name, DESCRIPTOR),
        telecharge=layout.download,
        page_du_paquet=layout.package,
        tirees_de=lambda resource: derived_from(resource, contracts),
        pages=[page for page in package.pages if not page.per_record],
        mots=_words_for_absence(contracts.reached(package.name), ground.project.catalogue, words),
        dictionnaire=lambda sheet: entries(sheet, contracts),
        apercus=_previewed(each),
        apercu=preview,
        dessin=drawing(package.name, own, keys) if keys else "",
        cles=keys,
        sources=_sources(each),
        coupees=[(sheet.title, FIRST) for sheet in each.labelled if is_cut(sheet)],
        debutees=[(sheet.title, sheet.count) for sheet in begun(each)],
        noms=frozenset(package.resources),
        parcourues=list(explored(package, ground.project.catalogue)),
        qualite=quality(each, report.valid if report is not None else None),
        formats=formats(),
        extraits=snippets(each, settings),
    )


def _descriptor(package: Package) -> Link:
    path = layout.download(package.name, DESCRIPTOR)
    return Link(path, "alternate", "application/json", say("Description du jeu (Data Package)"))


def _descriptions(package: Package, settings: Settings) -> list[tuple[str, str]]:
    """What describes a package for machines: addresses and titles."""
    links = (_descriptor(package), *metadata.links(settings, package))
    return [*_told(links), (layout.download(package.name, sums.NAME), say("Empreintes des fichiers (SHA-256)"))]


def _told(links: Iterable[Link]) -> Iterator[tuple[str, str]]:
    return ((link.path, link.title) for link in links)


def _indexes() -> list[tuple[str, str]]:
    """What describes the whole site for machines, besides what packages/metadata/ links to."""
    return [
        (f"{layout.API}index.json", say("Les fiches en JSON (index)")),
        (layout.words().manifest, say("Tous les fichiers publiés et leurs empreintes")),
    ]


def _sources(built: Built) -> list[tuple[str, str, str]]:
    """The sources that a package names: title, web address, version; "" for what is not said."""
    listed = built.descriptor.get("sources", ())
    found = [source for source in listed if isinstance(source, Mapping)] if isinstance(listed, list) else []
    return [(str(s.get("title", "")), _web(str(s.get("path", ""))), str(s.get("version", ""))) for s in found]


def _web(path: str) -> str:
    return path if path.startswith(("https://", "http://")) else ""


def _with_resources(tables: Iterable[Written]) -> list[tuple[Written, Resource]]:
    return [(table, table.sheet.resource) for table in tables]


def _previewed(built: Built) -> list[Written]:
    """A table for each that a package declares: its flat form, first, when it has one."""
    flat = {table.sheet.resource.name for table in built.flat}
    return [*built.flat, *(table for table in built.own if table.sheet.resource.name not in flat and table.sheet.count)]


def _words_for_absence(tables: Iterable[str], catalogue: Catalogue, known: Words) -> list[str]:
    """The values of tables that software takes for an absence unless it is told otherwise."""
    return sorted(frozenset[str]().union(*(known(name, partial(_words, catalogue[name])) for name in tables)))


def _words(rows: Iterable[Record]) -> frozenset[str]:
    return RESERVED.intersection(chain.from_iterable(row.values for row in rows))

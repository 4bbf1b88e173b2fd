"""A project, read and checked: settings, contracts, catalogue, prose pages, and every fault found in one run."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import addresses
from generator.articles import Article, read_articles
from generator.catalogue import Catalogue, find, load
from generator.checks import check
from generator.descriptors import read_contracts
from generator.diagnostics import Diagnostic, Position, fault, nearest, sort
from generator.documents import Document, read_folder
from generator.pages import declared
from generator.prose import links
from generator.rendering import TEMPLATES
from generator.settings import Settings, read_settings

CONTENT = "content"

Report = Callable[[str, str], None]  # a stage that is done, and its counts


@dataclass(frozen=True, slots=True)
class Project:
    """Everything the rest is made from."""

    root: Path
    settings: Settings
    catalogue: Catalogue
    articles: tuple[Article, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def faulty(self) -> bool:
        """Whether the content has faults (warnings are not)."""
        return any(d.severity == "erreur" for d in self.diagnostics)


def read_project(root: Path, done: Report = lambda stage, counts: None) -> Project:
    """Read and check a project; nothing raises for what is wrong with its content."""
    settings, diagnostics = read_settings(root)
    contracts, found = read_contracts(root)
    diagnostics += found
    documents: list[Document] = []
    if not (root / CONTENT).is_dir():
        message, hint = (
            "Le dossier « content » manque ou n’est pas un dossier.",
            "Créez-le : il contient tout ce que l’on écrit.",
        )
        diagnostics.append(fault("contenu-vide", Position(CONTENT), message, hint))
    else:
        for document, found in read_folder(root, CONTENT, (".yaml", ".yml", ".csv")):
            diagnostics += found
            if document is not None:
                documents.append(document)
        if not documents and contracts.resources:
            message, hint = (
                "Il n’y a aucune donnée dans « content ».",
                "Ajoutez-y une première fiche ; les contrats disent où.",
            )
            diagnostics.append(fault("contenu-vide", Position(CONTENT), message, hint))
    articles, found = read_articles(root)
    diagnostics += found
    done("lecture", f"{len(documents)} fichiers de données, {len(articles)} pages")
    catalogue, found = load(documents, contracts)
    diagnostics += found
    done(
        "chargement",
        f"{sum(len(t.records) for t in catalogue.tables.values())} lignes dans {len(catalogue.tables)} tables",
    )
    diagnostics += check(catalogue)
    diagnostics += declared.check(contracts, templates(root))
    diagnostics += _links(catalogue, articles)
    done("contrôle", f"{len(diagnostics)} messages")
    return Project(root, settings, catalogue, tuple(articles), tuple(sort(diagnostics)))


def templates(root: Path) -> frozenset[str]:
    """The names of all templates: `record.html`, `propositions/fiche.html`."""
    own = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    for path in (root / "datapackages").glob("*/templates/**/*.html"):
        parts = path.relative_to(root / "datapackages").parts
        own.add("/".join((parts[0], *parts[2:])))
    return frozenset(own)


def resolver(catalogue: Catalogue, articles: tuple[Article, ...] | list[Article]) -> Callable[[str], str]:
    """The function that turns the target of a link in prose into an address of the site, or leaves a web address as it
    is; "" when it names nothing. Targets: https://…, mailto:…, #anchor, `page.md` (a prose page, from content/pages),
    `page:propositions/` (any page), and the schemes that the contracts give to tables (`source:humanifest`).
    """
    schemes = {r.scheme: r for r in catalogue.contracts.resources.values() if r.scheme}
    names = {article.name for article in articles}
    places = addresses.Addresses(catalogue)

    def resolve(target: str) -> str:
        scheme, colon, rest = target.partition(":")
        if scheme in ("https", "http", "mailto") or target.startswith("#"):
            return target
        if colon and scheme == "page":
            return rest.strip("/") + "/" if rest.strip("/") else addresses.HOME
        if colon and scheme in schemes:
            resource = schemes[scheme]
            record = find(catalogue.tables[resource.name], resource.primary_key, tuple(rest.split("/")))
            return (places.of(record) or addresses.DATA) if record is not None else ""
        name, hash_mark, anchor = target.partition("#")
        return addresses.article(name) + hash_mark + anchor if name in names else ""

    return resolve


def _links(catalogue: Catalogue, articles: list[Article]) -> Iterator[Diagnostic]:
    """Links in prose that name nothing."""
    resolve = resolver(catalogue, articles)
    schemes = {r.scheme: r for r in catalogue.contracts.resources.values() if r.scheme}

    def blame(target: str, position: Position) -> Diagnostic:
        scheme, colon, rest = target.partition(":")
        message, suggestion = "Le lien « {target} » ne mène nulle part.", ""
        hint = "Écrivez une adresse web, le nom d’une page (« methode.md »), ou un renvoi ({choices})."
        if colon and scheme in schemes:
            keys = ["/".join(str(part) for part in key) for key in catalogue.tables[schemes[scheme].name].by_key]
            near = nearest(rest, keys)
            suggestion = f"{scheme}:{near}" if near else ""
        elif not colon:
            suggestion = nearest(target, [article.name for article in articles])
        choices = ", ".join(f"{name}:…" for name in (*sorted(schemes), "page"))
        return fault("lien-casse", position, message, hint, suggestion, target=target, choices=choices)

    for article in articles:
        for link in links(article.text):
            if not resolve(link.target):
                yield blame(link.target, Position(article.file, article.first_line + link.line, 1))
    for resource in catalogue.contracts.resources.values():
        for field in resource.fields:
            if not field.prose:
                continue
            place = resource.index[field.name]
            for record in catalogue[resource.name]:
                text = record.values[place]
                if isinstance(text, str) and "](" in text:
                    for link in links(text):
                        if not resolve(link.target):
                            yield blame(link.target, record.at(field.name))


def reference_date(root: Path) -> str:
    """The date (AAAA-MM-JJ, UTC) of the last commit, or of the newest declared version when there is no git history."""
    command = ["git", "-C", str(root), "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=_utc(), check=False)
    except OSError:
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""


def _utc() -> dict[str, str]:
    import os

    return os.environ | {"TZ": "UTC", "LC_ALL": "C"}

"""A project, read and checked: settings, contracts, catalogue, prose pages, and every fault found in one run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.addresses import resolver
from generator.articles import FOLDER, Article, article_names, read_articles
from generator.catalogue import Catalogue
from generator.checks import check
from generator.descriptors import read_contracts
from generator.diagnostics import Diagnostic, Position, fault, sort
from generator.documents import read_folder
from generator.french import count
from generator.loading import load
from generator.nodes import Document
from generator.passages import Lines
from generator.settings import Settings, read_settings
from generator.texts import read_text

CONTENT = "content"
PACKAGES = "datapackages"
TEMPLATES = Path(__file__).parent / "templates"

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
        before = len(diagnostics)
        for document, found in read_folder(root, CONTENT, FOLDER):
            diagnostics += found
            if document is not None:
                documents.append(document)
        if not documents and contracts.resources and len(diagnostics) == before:
            message, hint = (
                "Il n’y a aucune donnée dans « content ».",
                "Ajoutez-y une première fiche ; les contrats disent où.",
            )
            diagnostics.append(fault("contenu-vide", Position(CONTENT), message, hint))
    articles, found = read_articles(root)
    diagnostics += found
    for path in sorted((root / PACKAGES).glob("*/templates/**/*.html")):
        if not path.is_symlink():  # said with its contract
            diagnostics += read_text(root, path.relative_to(root).as_posix())[1]
    done("lecture", f"{len(documents)} fichiers de données, {len(articles)} pages")
    catalogue, found = load(documents, contracts)
    diagnostics += found
    if any(d.code == "contenu-vide" for d in diagnostics):
        for table in catalogue.tables.values():
            table.incomplete = True  # what is named there is not blamed as well
    done(
        "chargement",
        f"{sum(len(t.records) for t in catalogue.tables.values())} lignes dans {len(catalogue.tables)} tables",
    )
    resolve = resolver(catalogue, article_names(root))
    diagnostics += check(catalogue, articles, templates(root), resolve, Lines(root))
    done("contrôle", count(len(diagnostics), "message"))
    return Project(root, settings, catalogue, tuple(articles), tuple(sort(diagnostics)))


def templates(root: Path) -> frozenset[str]:
    """The names of all templates: `record.html`, `jardins/fiche.html`."""
    own = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    for path in (root / PACKAGES).glob("*/templates/**/*.html"):
        parts = path.relative_to(root / PACKAGES).parts
        own.add("/".join((parts[0], *parts[2:])))
    return frozenset(own)


def reference_date(root: Path) -> str:
    """The date (AAAA-MM-JJ, UTC) of the last commit, or of the newest declared version when there is no git history."""
    command = ["git", "-C", str(root), "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=_utc(), check=False)
    except OSError:
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""


def _utc() -> dict[str, str]:
    return os.environ | {"TZ": "UTC", "LC_ALL": "C"}

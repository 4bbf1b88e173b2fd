"""A project, read: settings, contracts, catalogue, prose pages, and what is wrong in the reading. What must be true of it is
for checks/ to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.elsewhere import find_large
from generator.catalogue.loading import load
from generator.catalogue.records import Catalogue
from generator.contracts.descriptors import read_contracts
from generator.contracts.largeness import large_tables
from generator.contracts.model import Contracts
from generator.contracts.settings import NOWHERE, Settings, read_settings
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.articles import Article, article_names, read_articles
from generator.documents.attachments import read_attachments
from generator.documents.files import read_bytes, read_text
from generator.documents.folder import read_folder
from generator.documents.keeping import Keep, anew
from generator.documents.nodes import Document
from generator.layout import CONTENT, PACKAGES, PAGES, TEMPLATES, THEME
from generator.text.interface import count, say
from generator.text.language import speak
from generator.writing import OutsideError, entries, inside

Done = Callable[[str, str], None]  # told of a stage that is done, and its counts


@dataclass(frozen=True, slots=True)
class Project:
    """Everything the rest is made from. `names`: of the prose files, read or not; `templates`: the full names of those that
    exist; `files`: what is published as it is, by its path on the site; `diagnostics`: what was found so far.
    """

    root: Path
    settings: Settings
    catalogue: Catalogue
    articles: tuple[Article, ...]
    names: tuple[str, ...]
    templates: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...] = ()

    @property
    def targets(self) -> frozenset[str]:
        """What a link may name by its path: the prose files, and the files that are published as they are."""
        return frozenset((*self.names, *self.files))

    @property
    def faulty(self) -> bool:
        """Whether the content has faults (warnings are not)."""
        return any(d.severity == "erreur" for d in self.diagnostics)


def read_project(
    root: Path,
    done: Done = lambda stage, counts: None,
    hosted: Mapping[str, str] = NOWHERE,
    keep: Keep = anew,
    lender: Path | None = None,
) -> Project:
    """Read a project; nothing raises for what is wrong with its content. `hosted`: the addresses to take when mkdocs.yml leaves
    them out; `keep` may know the files that have not changed; `lender`: the project that has the files of its large tables, which are
    in no copy and in no revision. From then on, its language is spoken.
    """
    settings, diagnostics = read_settings(root, hosted, keep)
    speak(settings.configuration.language)
    if settings.taken:
        done(say("réglages"), say("{keys} d’après GitHub", keys=", ".join(settings.taken)))
    contracts, found = read_contracts(root, keep=keep)
    diagnostics += found
    documents = _read_documents(root, contracts, diagnostics, keep)
    articles, found = read_articles(root, keep=keep)
    diagnostics += found
    for path in sorted((root / PACKAGES).glob("*/templates/**/*.html")):
        if not path.is_symlink():  # said with its contract
            diagnostics += read_text(root, path.relative_to(root).as_posix())[1]
    diagnostics += _theme(root)
    attached = read_attachments(root, settings.heaviest)
    diagnostics += attached.diagnostics
    files = count(len(documents), "fichier de données", "fichiers de données")
    done(say("lecture"), f"{files}, {count(len(articles), 'page')}")
    large, found = find_large(root, settings.large_tables, contracts, lender)
    diagnostics += found
    catalogue, found = load(documents, contracts, keep, large)
    diagnostics += found
    if any(d.code == "contenu-vide" for d in diagnostics):
        for table in catalogue.tables.values():
            table.incomplete = True  # what is named there is not blamed as well
    rows = sum(len(t.records) for t in catalogue.tables.values())
    done(say("chargement"), say("{rows} lignes dans {tables} tables", rows=rows, tables=len(catalogue.tables)))
    names = tuple(article_names(root))
    return Project(
        root=root,
        settings=settings,
        catalogue=catalogue,
        articles=tuple(articles),
        names=names,
        templates=templates(root),
        files=attached.paths,
        diagnostics=tuple(diagnostics),
    )


def _read_documents(root: Path, contracts: Contracts, diagnostics: list[Diagnostic], keep: Keep) -> list[Document]:
    """The data files of the content; that there is none is said."""
    if not (root / CONTENT).is_dir():
        message = "Le dossier « content » manque ou n’est pas un dossier."
        hint = "Créez-le : il contient tout ce que l’on écrit."
        diagnostics.append(fault("contenu-vide", Position(CONTENT), message, hint))
        return []
    documents: list[Document] = []
    before = len(diagnostics)
    for document, found in read_folder(root, CONTENT, PAGES, contracts.manner, keep):
        diagnostics += found
        if document is not None:
            documents.append(document)
    if not documents and contracts.resources and not large_tables(contracts) and len(diagnostics) == before:
        message = "Il n’y a aucune donnée dans « content »."
        hint = "Ajoutez-y une première fiche ; les contrats disent où."
        diagnostics.append(fault("contenu-vide", Position(CONTENT), message, hint))
    return documents


def _theme(root: Path) -> list[Diagnostic]:
    """What a project's own theme may not hold, as it is published: links, pipes, what cannot be read."""
    diagnostics: list[Diagnostic] = []
    try:
        theme = inside(root, THEME)
    except OutsideError as outside:
        return read_text(root, outside.path)[1]
    for path, _ in entries(theme) if theme.exists() else ():
        read = read_text if path.endswith(".html") else read_bytes
        diagnostics += read(root, f"{THEME}/{path}".rstrip("/"))[1]
    return diagnostics


def templates(root: Path) -> frozenset[str]:
    """The names of all templates: `record.html`, `jardins/fiche.html`."""
    own = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    for path in (root / PACKAGES).glob("*/templates/**/*.html"):
        parts = path.relative_to(root / PACKAGES).parts
        own.add("/".join((parts[0], *parts[2:])))
    return frozenset(own)

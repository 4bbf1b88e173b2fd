"""The whole way, from the content to the published folders: everything is made in a staging folder, then exchanged in one
move, so that a failure leaves the previous site and packages whole.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from generator.authoring.editors import write_schemas
from generator.catalogue.acronyms import acronyms
from generator.catalogue.project import Done, Project
from generator.changes.revision import standing
from generator.commands.making import shares
from generator.commands.making.proving import covered, proof
from generator.contracts.face import COLOURS
from generator.diagnostics.finding import Diagnostic, Position, fault, sort
from generator.layout import BUILD, CONTENT, EARLIEST, ROWS_SCRIPT, SCHEMAS_MADE, SETTINGS, SITE, theme, words
from generator.packages import folder, metadata, validation
from generator.packages.built import Built, Published
from generator.pages import drawings, exploring
from generator.pages.all import Pages
from generator.pages.searching import kinds_asked
from generator.pages.templates import TemplateFault, misread
from generator.site import engine, images, manifest, preview, publication, scripts, search, styles
from generator.site.links import Finding
from generator.site.published import refuse
from generator.site.tools import run
from generator.text.interface import count, say, sentence
from generator.writing import Writer

EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Result:
    """What was made, or why nothing was written."""

    diagnostics: tuple[Diagnostic, ...]
    packages: int = 0
    pages: int = 0


def build(
    project: Project,
    engine_name: str,
    date: str,
    done: Done,
    validate: bool = True,
    *,
    from_disk: bool = False,
    way: shares.Way = shares.AS_USUAL,
) -> Result:
    """Build packages and site; writes nothing when the content has faults. `date` (AAAA-MM-JJ) is the reference date. A site made
    to be opened from the disk is `from_disk`. `done` is told of each stage.
    """
    if project.faulty:
        return Result(project.diagnostics)
    date = date or dated(project)
    with publication.Staging(project.root, resumed(done)) as staging:
        refuse(project.root)
        try:
            made = make(project, staging, engine_name, date, done, validate, way=way)
            if from_disk:
                opened = count(preview.apply(staging / SITE), "page")
                done(say("aperçu"), say("{pages} à ouvrir sans serveur", pages=opened))
                manifest.write(staging / SITE, origin(project, date, engine_name, validate, from_disk=True))
        except Refused as refused:
            return Result(tuple(sort([*project.diagnostics, *refused.diagnostics])))
        publication.publish(staging)
    done(say("publication"), say("{build}/ et {site}/ remplacés", build=BUILD, site=SITE))
    return Result(project.diagnostics, len(made.built), made.count)


def resumed(done: Done) -> publication.Tell:
    """Tells that an exchange which was stopped is now finished, as a stage."""
    return lambda told: done(say("reprise"), told)


class Refused(Exception):
    """A stage found faults, and the ones that follow it are not worth running."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__()
        self.diagnostics = tuple(diagnostics)


@dataclass(frozen=True, slots=True)
class Made:
    """What is made in a work directory: packages, pages, how many there are, and the drawings of images by their paths on the site."""

    built: tuple[Built, ...]
    pages: Pages
    count: int
    pictures: Map[str, str]


def make(
    project: Project, staging: Path, engine_name: str, date: str, done: Done, validate: bool, *, way: shares.Way
) -> Made:
    """Everything, in the staging folder. Raises Refused."""
    output = staging / BUILD
    built = way.packaged(project, date, output / "packages")
    published = Published(project.catalogue, project.settings, date, built)
    folder.write_all(published, output / "packages")
    tables = sum(len(each.tables) for each in built)
    proceed(covered(project, built))
    done(say("paquets"), f"{count(len(built), 'paquet')}, {count(tables, 'table')}")
    reports = shares.verdicts(built, project.catalogue, way) if validate else ()
    if validate:
        done("frictionless", count(sum(report.rows for report in reports), "ligne validée", "lignes validées"))
    proceed(diagnostic for report in reports for diagnostic in report.diagnostics)
    try:
        pages = Pages(project, date, images.available())
        written, cards = way.rendered(pages, built, reports, output / "docs")
    except TemplateFault as error:
        raise Refused(tuple(misread(project.root, project.templates)) or [error.diagnostic]) from error
    proceed(misread(project.root, pages.unread()))
    done("pages", count(written, "page"))
    pictures = {**cards, **drawings.pictured(pages.ground)} if images.available() else cards
    write_schemas(project.catalogue, project.settings.absolute(words().schemas), staging / SCHEMAS_MADE)
    colours = project.settings.configuration.face.sheet()
    unused = () if exploring.used(built, project.catalogue) else scripts.only(theme(project.root), ROWS_SCRIPT)
    engine.prepare(project.root, staging, project.settings.for_engine(), {COLOURS: colours} if colours else {}, unused)
    try:
        made = way.engine(staging, engine_name, epoch(date))
        done(engine_name, count(made.pages, "page HTML", "pages HTML"))
        Writer(made.site).link_tree(output / "packages", words().data.rstrip("/"))
        metadata.write(published, made.site)
        files = way.extracted(published, pages, made.site)
        done(say("extraits"), count(files, "fichier"))
        drawings.write(pages.ground, made.site)
        styles.publish(made.site)
        for path in project.files:
            Writer(made.site).copy(project.root / CONTENT / path, path)
        drawn = shares.drawn(pictures, made.site, staging, project.root, way)
        done(say("images"), _pictured(len(pictures), drawn))
        Writer(made.site).link_tree(staging / SCHEMAS_MADE, words().schemas.rstrip("/"))
        indexed = search.index(made.site, tuple(acronyms(project.catalogue)), kinds_asked(project.catalogue.contracts))
    except (engine.EngineError, search.SearchError) as error:
        raise Refused([engine_fault(error)]) from error
    done(say("recherche"), count(indexed, "page indexée", "pages indexées"))
    wrong = way.settled(made.site, (words().manifest,))
    done(say("liens"), count(len(wrong), "lien cassé", "liens cassés"))
    proceed(blamed(project, wrong))
    listed = manifest.write(made.site, origin(project, date, engine_name, validate))
    done(say("manifeste"), count(len(listed), "fichier"))
    made.site.rename(staging / SITE)
    return Made(built, pages, written, pictures)


def origin(project: Project, date: str, engine_name: str, validate: bool, from_disk: bool = False) -> manifest.Origin:
    """What a site is made from."""
    commit, modified = standing(project.root)
    options = (*(() if validate else ("--sans-frictionless",)), *(("--apercu",) if from_disk else ()))
    settings = project.settings
    given = {"site_url": settings.site_url, "repo_url": settings.repo_url}
    hosted = {key: given[key] for key in settings.taken if given.get(key)}
    return manifest.Origin(commit, modified, date, engine_name, options, hosted)


def proceed(found: Iterable[Diagnostic]) -> None:
    """Go on unless something wrong was found. Raises Refused."""
    diagnostics = tuple(found)
    if diagnostics:
        raise Refused(diagnostics)


def blamed(project: Project, wrong: Sequence[Finding]) -> tuple[Diagnostic, ...]:
    """What is wrong in a built site, told of the template that wrote it, if one did."""
    return (tuple(proof(project)) or tuple(map(_broken, wrong))) if wrong else ()


def _broken(wrong: Finding) -> Diagnostic:
    """A broken link of the built site."""
    return fault(
        "lien-du-site", Position(f"{SITE}/{wrong.page}", wrong.line, 1), "« {target} » : {reason}.",
        "Corrigez le lien là où il est écrit : la page, la fiche ou le modèle qui la produit.",
        target=wrong.target, reason=wrong.reason,
    )  # fmt: skip


def engine_fault(error: engine.EngineError | search.SearchError) -> Diagnostic:
    """What an engine or the search said, whole."""
    message = "{told}\n{log}" if error.log else "{told}"
    return Diagnostic("moteur", Position(SETTINGS), sentence(message, told=error.told, log=error.log))


def _pictured(pictures: int, drawn: int) -> str:
    """How many images pages have."""
    if not images.available():
        return say("aucune : la bibliothèque resvg-py n’est pas installée")
    return say("{images}, dont {drawn}", images=count(pictures, "image"), drawn=count(drawn, "nouvelle"))


def write_pages(
    project: Project,
    built: tuple[Built, ...],
    reports: tuple[validation.Verdict, ...],
    docs: Path,
    date: str = EARLIEST,
    pictured: bool = True,
) -> tuple[int, Map[str, str]]:
    """Render every page, as it reads on a date, under `docs`, and nothing elsewhere; how many, and the drawings of the images that
    they name, by their paths on the site. Raises TemplateFault.
    """
    return shares.rendered(Pages(project, date, pictured), built, reports, docs, shares.AS_USUAL)


def dated(project: Project) -> str:
    """The reference date of a project (AAAA-MM-JJ)."""
    return reference_date(project.root) or _newest(project)


def epoch(date: str) -> int:
    """Seconds from 1970 to a date, at midnight UTC."""
    return (datetime.date.fromisoformat(date) - EPOCH).days * 86_400


def _newest(project: Project) -> str:
    """The date of the newest declared version; today, where nothing says one."""
    dates = [v.date for p in project.catalogue.contracts.packages.values() for v in p.versions]
    return max(dates, default=datetime.datetime.now(datetime.UTC).date().isoformat())


def reference_date(root: Path) -> str:
    """The date (AAAA-MM-JJ, UTC) of the last commit, or of the newest declared version when there is no git history."""
    told = ("log", "-1", "--no-show-signature", "--format=%cd", "--date=format-local:%Y-%m-%d")
    done = run(("git", "-C", str(root), *told), environment=_utc())
    return done.stdout.strip() if done.returncode == 0 else ""


def _utc() -> dict[str, str]:
    return os.environ | {"TZ": "UTC", "LC_ALL": "C"}

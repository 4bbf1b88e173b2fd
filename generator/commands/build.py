"""The whole way, from the content to the published folders: everything is made in a staging folder, then exchanged in one
move, so that a failure leaves the previous site and packages whole.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.project import Done, Project
from generator.diagnostics.finding import Diagnostic, Position, fault, sort
from generator.layout import BUILD, DATA, SITE
from generator.packages import folder, validation
from generator.packages.descriptor import Built
from generator.pages.all import Site
from generator.pages.renderer import TemplateFault
from generator.site import engine, links, policy, publication, search
from generator.text.french import french

EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Result:
    """What was made, or why nothing was written."""

    diagnostics: tuple[Diagnostic, ...]
    packages: int = 0
    pages: int = 0


def build(project: Project, engine_name: str, date: str, done: Done, validate: bool = True) -> Result:
    """Build packages and site; writes nothing when the content has faults. `date` (AAAA-MM-JJ) is the reference date."""
    if project.faulty:
        return Result(project.diagnostics)
    root = project.root
    date = date or reference_date(root) or _newest(project)
    with publication.Staging(root) as staging:
        output = staging / BUILD
        built = folder.write(project.catalogue, project.settings, date, output / "packages")
        tables = sum(len(each.tables) for each in built)
        done("paquets", f"{len(built)} paquets, {tables} tables")
        reports = tuple(validation.validate(built, project.catalogue)) if validate else ()
        if validate:
            done("frictionless", f"{sum(report.rows for report in reports)} lignes validées")
        found = [diagnostic for report in reports for diagnostic in report.diagnostics]
        if found:
            return Result(tuple(sort([*project.diagnostics, *found])))
        count, clashes = write_pages(project, built, reports, output / "docs")
        done("pages", f"{count} pages")
        if clashes:
            return Result(tuple(sort([*project.diagnostics, *clashes])))
        engine.prepare(root, staging)
        try:
            made = engine.build(staging, engine_name, epoch(date))
        except engine.EngineError as error:
            return Result((*project.diagnostics, _refused(error)))
        done(engine_name, f"{made.pages} pages HTML")
        for each in built:
            shutil.copytree(each.folder, made.site / DATA / each.package.name, dirs_exist_ok=True)
        try:
            indexed = search.index(made.site)
        except search.SearchError as error:
            return Result((*project.diagnostics, _refused(error)))
        done("recherche", f"{indexed.pages} pages indexées")
        wrong = [*policy.apply(made.site), *links.check(made.site)]
        done("liens", f"{len(wrong)} liens cassés")
        if wrong:
            blames = [
                fault(
                    "lien-du-site",
                    Position(f"{SITE}/{w.page}", w.line, 1),
                    "« {target} » : {reason}.",
                    "Corrigez le lien là où il est écrit : la page, la fiche ou le modèle qui la produit.",
                    target=w.target,
                    reason=w.reason,
                )
                for w in wrong
            ]
            return Result(tuple(sort([*project.diagnostics, *blames])))
        site = made.site.rename(staging / SITE)
        for folder_name in (BUILD, SITE):  # refused before either is touched
            publication.refuse_foreign(root / folder_name)
        publication.exchange(output, root / BUILD)
        publication.exchange(site, root / SITE)
    done("publication", f"{BUILD}/ et {SITE}/ remplacés")
    return Result(project.diagnostics, len(built), count)


def _refused(error: Exception) -> Diagnostic:
    """What an engine or the search said, whole."""
    first, _, log = str(error).partition("\n")
    return Diagnostic("moteur", Position("mkdocs.yml"), french(first) + (f"\n{log}" if log else ""))


def write_pages(
    project: Project, built: tuple[Built, ...], reports: tuple[validation.Report, ...], docs: Path
) -> tuple[int, list[Diagnostic]]:
    """Render every page under `docs`; how many, and the addresses taken twice."""
    site, count, made = Site(project), 0, set[Path]()
    try:
        for page in site.pages(built, reports):
            path = docs / page.file
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            with path.open("w", encoding="utf-8", newline="") as stream:
                stream.write(page.text)
            count += 1
    except TemplateFault as wrong:
        return count, [*site.clashes, wrong.diagnostic]
    return count, site.clashes


def epoch(date: str) -> int:
    """Seconds from 1970 to a date, at midnight UTC."""
    return (datetime.date.fromisoformat(date) - EPOCH).days * 86_400


def _newest(project: Project) -> str:
    dates = [v.date for p in project.catalogue.contracts.packages.values() for v in p.versions]
    return max(dates, default=EPOCH.isoformat())


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

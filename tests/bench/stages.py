"""One measure in a process of its own: `python -m tests.bench.stages STAGE PROJECT WORK` prints JSON. `WORK` holds what a
stage leaves to the next, as in a build: `build/packages`, `build/docs`, `build/site`.
"""

from __future__ import annotations

import gc
import json
import resource
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.commands.making.pipeline import epoch, write_pages
from generator.documents.folder import read_folder
from generator.layout import BUILD, CONTENT, MADE, PAGES
from generator.packages import folder
from generator.packages.descriptor import DESCRIPTOR
from generator.packages.validation import validate
from generator.site import engine, gate, search
from tests.bench import AGAIN, OURS

DATE = "2026-01-01"

Figures = dict[str, float]


class Meter:
    """CPU seconds (user and system) of this process and of those it waited for, from one call to the next; peak memory."""

    def __init__(self) -> None:
        self.figures: Figures = {}
        self.own, self.others = self._seconds()

    @staticmethod
    def _seconds() -> tuple[float, float]:
        own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime

    def __call__(self, stage: str, counts: str = "") -> None:
        own, others = self._seconds()
        self.figures[stage] = own - self.own
        if others > self.others:
            self.figures[f"{stage} (programme)"] = others - self.others
        self.figures[f"{stage} (ko)"] = peak(resource.RUSAGE_SELF)
        self.own, self.others = self._seconds()


def peak(who: int) -> int:
    """Peak resident memory, in kB: Linux counts in kB, macOS in bytes."""
    return resource.getrusage(who).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def read(root: Path, work: Path) -> Figures:
    """Text of the content → nodes, alone."""
    meter = Meter()
    documents = [document for document, _ in read_folder(root, CONTENT, PAGES)]
    meter("texte")
    size = sum((root / document.path).stat().st_size for document in documents if document is not None)
    return meter.figures | {"octets": size}


def own(root: Path, work: Path) -> Figures:
    """Everything of ours from reading to rendered pages, without Frictionless."""
    before = peak(resource.RUSAGE_SELF)
    meter = Meter()
    project = checked_project(root, meter)
    built = folder.write(project.catalogue, project.settings, DATE, work / BUILD / "packages")
    meter("export")
    pages = write_pages(project, built, (), work / BUILD / "docs")
    meter("pages")
    engine.prepare(root, work, project.settings.for_engine())
    return meter.figures | sizes(project) | {"pages faites": pages, "depart (ko)": before}


def own_again(root: Path, work: Path) -> Figures:
    """The same when the templates are already compiled, as from the second build on."""
    figures = own(root, work)
    return {AGAIN: sum(figures[stage] for stage in OURS)}


def sizes(project: Project) -> Figures:
    """Rows, and cells: the values of all tables that are not empty."""
    records = list(project.catalogue.records())
    return {"lignes": len(records), "cellules": sum(v is not None for r in records for v in r.values)}


def validated(root: Path, work: Path) -> Figures:
    """The built packages as the generator has them validated."""
    import frictionless  # noqa: F401  # its import is no part of the measure

    project = checked_project(root)
    built = folder.write(project.catalogue, project.settings, DATE, work / "relus")
    meter = Meter()
    list(validate(built, project.catalogue))
    meter("validation")
    shutil.rmtree(work / "relus")
    return meter.figures


def frictionless_alone(root: Path, work: Path) -> Figures:
    """Frictionless by itself on the same packages."""
    import frictionless

    meter = Meter()
    with frictionless.system.use_context(trusted=True):
        for package in sorted((work / BUILD / "packages").iterdir()):
            frictionless.validate(str(package / DESCRIPTOR), type="package")
    meter("frictionless seul")
    return meter.figures


def site(name: str) -> Callable[[Path, Path], Figures]:
    """The pages made into a site by an engine."""

    def run(root: Path, work: Path) -> Figures:
        shutil.rmtree(work / MADE, ignore_errors=True)
        meter = Meter()
        engine.build(work, name, epoch(DATE))
        meter(name)
        return meter.figures | {f"{name} (programme, ko)": peak(resource.RUSAGE_CHILDREN)}

    return run


def index(root: Path, work: Path) -> Figures:
    """The search index of the site."""
    meter = Meter()
    search.index(work / MADE)
    meter("recherche")
    return meter.figures | {"recherche (programme, ko)": peak(resource.RUSAGE_CHILDREN)}


def finish(root: Path, work: Path) -> Figures:
    """The security policy, and every link of the site."""
    meter = Meter()
    gate.settle(work / MADE)
    meter("liens")
    return meter.figures


STAGES: dict[str, Callable[[Path, Path], Figures]] = {
    "texte": read,
    "chaine": own,
    "rechaine": own_again,
    "validation": validated,
    "frictionless": frictionless_alone,
    "mkdocs": site("mkdocs"),
    "zensical": site("zensical"),
    "recherche": index,
    "liens": finish,
}

if __name__ == "__main__":
    gc.disable()  # as the command line does
    print(json.dumps(STAGES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))))

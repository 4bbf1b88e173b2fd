"""Work shared between processes: the parts are all of it, the pages are those of one process, and what stops a part comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.commands.check import checked_project
from generator.commands.making import workers
from generator.commands.making.pipeline import write_pages
from generator.commands.making.workers import Part, WorkerError, share
from generator.diagnostics.finding import Position, fault
from generator.packages import folder
from generator.pages.all import Pages
from generator.pages.templates import TemplateFault
from generator.writing import TwiceError, Writer
from tests.bench.records import make

GARDENS = Path(__file__).parent / "second_site"
DATE = "2026-01-01"


@pytest.fixture(params=[2, 3])
def several(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    """As many processes, however small the work is."""
    monkeypatch.setattr(workers, "cores", lambda: request.param)
    monkeypatch.setattr(workers, "WORTH", 1)
    return int(request.param)


def files(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize("pieces", [0, 1, 7, 8, 9, 100])
def test_the_parts_are_all_of_the_work_and_none_twice(several: int, pieces: int) -> None:
    found = share(lambda part: list(part.of(range(pieces))), pieces)
    assert sorted(piece for part in found for piece in part) == list(range(pieces))


def test_each_part_has_a_process_of_its_own(several: int) -> None:
    assert len(set(share(lambda part: (part.number, os.getpid()), 100))) == several
    assert [number for number, _ in share(lambda part: (part.number, os.getpid()), 100)] == list(range(several))


def test_a_small_work_is_not_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 8)
    found = share(lambda part: (part.number, part.among, os.getpid()), 2 * workers.WORTH - 1)
    assert found == [(0, 1, os.getpid())]


def test_where_the_work_is_is_told(several: int) -> None:
    """By the process that shares it, of all that is made meanwhile."""
    told: list[int] = []
    share(lambda part: list(part.of(range(100))), 100, told.append)
    assert told == sorted(told)
    assert told[0] == 0
    assert 100 - 8 * several <= told[-1] < 100
    assert len(told) < 100


@pytest.mark.parametrize("site", ["gardens", "library"])
def test_the_pages_are_those_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    root = tmp_path / "library"
    if site == "gardens":
        root = GARDENS
    else:
        make(root, 100)
    project = checked_project(root)
    built = folder.write(project.catalogue, project.settings, DATE, tmp_path / "packages")
    alone = write_pages(project, built, (), tmp_path / "alone", DATE)
    monkeypatch.setattr(workers, "cores", lambda: 3)
    monkeypatch.setattr(workers, "WORTH", 1)
    shared = write_pages(project, built, (), tmp_path / "shared", DATE)
    assert shared == alone
    assert files(tmp_path / "shared") == files(tmp_path / "alone")


class Odd(Exception):
    """A fault that cannot be sent as it is."""

    def __init__(self, *, told: str) -> None:
        super().__init__(told)


def in_another(error: Exception) -> None:
    def work(part: Part) -> None:
        if part.number == 1:
            raise error

    share(work, 100)


def test_what_stops_a_part_comes_back_whole(several: int) -> None:
    diagnostic = fault("modele-faux", Position("a.html", 3, 1), "« {text} » n’existe pas.", "Corrigez.", text="x")
    with pytest.raises(TemplateFault) as found:
        in_another(TemplateFault(diagnostic))
    assert found.value.diagnostic == diagnostic
    assert str(found.value.diagnostic.message) == str(diagnostic.message)
    with pytest.raises(OSError, match="disque plein") as full:
        in_another(OSError(28, "disque plein"))
    assert "in work" in full.value.__notes__[0], "where it happened is told"
    with pytest.raises(WorkerError, match="étrange"):
        in_another(Odd(told="étrange"))


def test_a_process_that_is_killed_is_told(several: int) -> None:
    def work(part: Part) -> None:
        if part.number == 1:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkerError):
        share(work, 100)


def test_two_outputs_for_one_place_clash_between_processes(several: int, tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    with pytest.raises(TwiceError):
        share(lambda part: writer.write("a/index.md", str(part.number)), 100)


def test_a_template_at_fault_is_told_by_whatever_process_meets_it(
    several: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of pages that are parted, those of one template are all in the second process."""
    root = tmp_path / "library"
    make(root, 40)
    contract = root / "datapackages/catalogue/datapackage.yaml"
    text = contract.read_text(encoding="utf-8").replace("resource: livres}", "resource: livres, template: fiche.html}")
    contract.write_text(text, encoding="utf-8", newline="")
    template = root / "datapackages/catalogue/templates/fiche.html"
    template.parent.mkdir()
    template.write_text(
        "{% if fiche.id == 'livre-9' %}{{ fiche.rien }}{% endif %}<p>x</p>", encoding="utf-8", newline=""
    )
    project = checked_project(root)
    assert not project.faulty, [str(found.message) for found in project.diagnostics]
    with pytest.raises(TemplateFault) as told:
        write_pages(project, (), (), tmp_path / "docs")
    assert told.value.diagnostic.position.path == "datapackages/catalogue/templates/fiche.html"
    drafts = [draft.path for draft in Pages(project).drafts((), ())]
    rank = drafts.index("livres/livre-9/")
    assert rank not in [each for each, _ in Part(0, several).of(enumerate(drafts))], "it is not for this process"


WAITING = r"""
import os, time
from generator.commands.making import workers
workers.cores, workers.WORTH = lambda: 3, 1
def work(part):
    os.write(1, f"{os.getpid()}\n".encode())
    time.sleep(600)
workers.share(work, 100)
"""


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        (sys.executable, "-c", WAITING), stdout=subprocess.PIPE, encoding="utf-8", stderr=subprocess.DEVNULL
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_who_helps_does_not_outlive_who_shares(waiting: subprocess.Popen[str], asked: signal.Signals) -> None:
    assert waiting.stdout is not None
    helpers = {int(waiting.stdout.readline()) for _ in range(3)} - {waiting.pid}
    assert len(helpers) == 2
    waiting.send_signal(asked)
    waiting.wait(20)
    for _ in range(200):
        if not any(alive(each) for each in helpers):
            return
        time.sleep(0.05)
    pytest.fail("a helper is still there")


def alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"

"""Building: whatever interrupts it, `site/` and `build/` are the old ones or the new ones, whole; both engines make every
page.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from samples import DATE, ROOT, copy_base, replace, series, write

from generator import layout
from generator.commands import cli
from generator.commands.build import Stages
from generator.commands.check import checked_project
from generator.commands.making import pipeline
from generator.pages import help
from generator.site import engine, gate, publication, search
from generator.site.links import Finding
from generator.site.publication import Staging
from generator.site.published import MARKER
from generator.site.workshop import WORKSHOP

PAGE = '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>T</title></head><body><h1>{}</h1></body></html>\n'


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose engine and search are replaced by quick ones that write to the disk as the real ones do."""

    def make(staging: Path, name: str, epoch: int) -> engine.Made:
        docs, site = staging / layout.DOCS, staging / layout.MADE
        pages = sorted(docs.rglob("*.md"))
        for path in pages:
            target = site / path.relative_to(docs).with_suffix(".html")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(PAGE.format(hashlib.sha256(path.read_bytes()).hexdigest()), encoding="utf-8")
        return engine.Made(site, len(pages))

    monkeypatch.setattr(engine, "prepare", lambda root, staging, *_: None)
    monkeypatch.setattr(engine, "build", make)
    monkeypatch.setattr(search, "index", lambda site, *_: 1)
    monkeypatch.setattr(help, "drafts", lambda ground: iter(()))  # the documentation, the same on every site
    monkeypatch.setattr(publication, "_flush", lambda folder: None)  # waits for the disk of the whole machine
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    return copy_base(tmp_path / "projet")


def run(root: Path, *more: str) -> int:
    return cli.main(["build", "-C", str(root), "--sans-frictionless", "--date", DATE, *more])


def state(folder: Path) -> dict[str, str]:
    """Every file of a folder, and the hash of its content."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def leftovers(root: Path) -> list[str]:
    workshop = root / WORKSHOP
    return [p.name for p in workshop.iterdir() if p.is_dir()] if workshop.exists() else []


def test_a_build_replaces_both_folders(quick: Path) -> None:
    assert run(quick) == 0
    assert {"datapackage.json", "data"} <= {p.name for p in (quick / "build/packages/jardins").iterdir()}
    assert (quick / "site/donnees/jardins/datapackage.json").read_bytes() == (
        quick / "build/packages/jardins/datapackage.json"
    ).read_bytes()
    before = state(quick / "site"), state(quick / "build")
    replace(quick, "content/jardins/clos-vert.yaml", "nom: Le Clos vert", "nom: Le Clos bleu")
    assert run(quick) == 0
    assert state(quick / "site") != before[0]
    assert state(quick / "build") != before[1]
    assert leftovers(quick) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", {"1 page indexée", "0 lien cassé"}), ("en", {"1 page indexed", "0 broken links"})],
)
def test_what_is_counted_agrees(quick: Path, capsys: pytest.CaptureFixture[str], language: str, said: set[str]) -> None:
    if language == "en":
        replace(quick, "mkdocs.yml", "language: fr", "language: en")
        replace(quick, "mkdocs.yml", "donnees/index.md", "data/index.md")
    assert run(quick) == 0
    told = re.sub(r"\s", " ", capsys.readouterr().err)
    assert {each for each in said if each not in told} == set()
    manifest = next((quick / "site").glob("manifest*.json")).read_text(encoding="utf-8")
    listed = len(json.loads(manifest)["files"])
    assert re.search(rf"\bmanifeste? +{listed} fi(?:chier|le)s\b", told)
    assert not re.search(r"\b1 (?!of)[^\W\d]+s\b", told)


FAULTS = {
    "content": lambda root, patch: replace(root, "content/jardins/clos-vert.yaml", "nom: Le Clos vert", "nom: =1"),
    "contract": lambda root, patch: replace(
        root, "datapackages/jardins/datapackage.yaml", "name: jardins\ntitle", "nom: jardins\ntitle"
    ),
    "settings": lambda root, patch: (root / "mkdocs.yml").write_bytes(b"a: b: c\n"),
    "empty": lambda root, patch: shutil.rmtree(root / "content"),
    "engine": lambda root, patch: patch.setattr(engine, "build", raising(engine.EngineError("mkdocs a refusé"))),
    "search": lambda root, patch: patch.setattr(search, "index", raising(search.SearchError("rien trouvé"))),
    "links": lambda root, patch: patch.setattr(gate, "settle", lambda *_: [Finding("a.html", 1, "b", "rien")]),
}


def raising(error: BaseException):  # type: ignore[no-untyped-def]
    def fail(*arguments: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refused_build_leaves_the_old_one(
    quick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    assert run(quick) == 0
    before = state(quick / "site"), state(quick / "build")
    FAULTS[fault](quick, monkeypatch)
    capsys.readouterr()
    assert run(quick) == 1
    out, err = capsys.readouterr()
    assert "erreur [" in out
    assert "Rien n’a été écrit" in err
    assert (state(quick / "site"), state(quick / "build")) == before
    assert leftovers(quick) == []


def test_a_template_that_no_page_uses_is_read_too(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(quick, {"datapackages/jardins/templates/inutile.html": "{% if fiche %}\n"})
    assert run(quick) == 1
    assert "datapackages/jardins/templates/inutile.html:1:1" in capsys.readouterr().out


# --- every moment ---


def _writes(event: str, arguments: tuple[object, ...], root: str) -> bool:
    """Whether an audit event is about to change something of the project on the disk."""
    if event == "open":
        path, mode, flags = arguments
        writing = (isinstance(mode, str) and set(mode) & set("wax+")) or (
            mode is None and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        )
        return bool(writing) and root in os.fspath(path) if isinstance(path, str | os.PathLike) else False
    if event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"):
        return root in str(arguments[0])
    return False


def _child(root: Path, at: int, what: str) -> tuple[int, int]:
    """Build in a child process that fails at its n-th write: (wait status, number of writes seen)."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        seen = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            if _writes(event, arguments, str(root)):
                seen += 1
                if seen == at:
                    if what == "kill":
                        os.kill(os.getpid(), signal.SIGKILL)
                    if what == "interrupt":
                        raise KeyboardInterrupt
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        code = 99
        try:
            sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
            sys.addaudithook(hook)
            code = run(root)
        finally:
            os.write(writer, str(seen).encode())
            os._exit(code)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as stream:
        seen = int(stream.read() or b"0")
    return status, seen


@pytest.fixture
def two_states(quick: Path) -> tuple[Path, list[tuple[dict[str, str], dict[str, str]]]]:
    """A project that is built, then changed; and what its folders hold before and after a whole build."""
    assert run(quick) == 0
    old = state(quick / "site"), state(quick / "build")
    replace(quick, "content/jardins/clos-vert.yaml", "nom: Le Clos vert", "nom: Le Clos bleu")
    other = quick.parent / "autre"
    shutil.copytree(quick, other)
    assert run(other) == 0
    return quick, [old, (state(other / "site"), state(other / "build"))]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="pas de fork ici")
@pytest.mark.parametrize("what", series(3, ["kill", "full disk", "interrupt"]))
def test_at_every_moment_old_or_new_and_never_half(
    two_states: tuple[Path, list[tuple[dict[str, str], dict[str, str]]]], what: str
) -> None:
    quick, (old, new) = two_states
    reference = quick.parent / "reference"
    shutil.copytree(quick, reference)
    status, writes = _child(quick, 0, what)
    assert (status, writes > 60) == (0, True)
    assert (state(quick / "site"), state(quick / "build")) == new
    moments = sorted({1, 2, *range(3, writes - 7, max(1, writes // 4)), *range(max(1, writes - 7), writes + 1)})
    for moment in moments:
        shutil.rmtree(quick)
        shutil.copytree(reference, quick)
        status, _ = _child(quick, moment, what)
        site, packages = state(quick / "site"), state(quick / "build")
        assert site in (old[0], new[0]), (what, moment)
        assert packages in (old[1], new[1]), (what, moment)
        if status == 0:
            assert (site, packages) == new, (what, moment)
        if what == "kill":
            assert os.WIFSIGNALED(status)
        elif status != 0:
            assert os.WEXITSTATUS(status) == (130 if what == "interrupt" else 1), (what, moment)
    assert run(quick) == 0
    assert (state(quick / "site"), state(quick / "build")) == new
    assert leftovers(quick) == []


# --- what is not ours ---


def test_a_foreign_folder_is_left_alone_and_so_is_the_other(
    quick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engine, "build", raising(AssertionError("refused before the work")))
    (quick / "site").mkdir()
    (quick / "site" / "photo.jpg").write_bytes(b"x")
    assert run(quick) == 1
    assert "rien n’a été publié" in capsys.readouterr().err
    assert [p.name for p in (quick / "site").iterdir()] == ["photo.jpg"]
    assert not (quick / "build").exists(), "both or neither"


def test_one_build_at_a_time(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Staging(quick):
        assert run(quick) == 1
    assert "une autre construction est en cours" in capsys.readouterr().err
    assert run(quick) == 0


def test_what_stops_between_the_two_folders_is_told_and_the_next_run_finishes(
    quick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(quick) == 0
    old = state(quick / "site"), state(quick / "build")
    replace(quick, "content/jardins/clos-vert.yaml", "nom: Le Clos vert", "nom: Le Clos bleu")
    put = publication._put

    def failing(new: Path, target: Path) -> None:
        if target.name == "site":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        put(new, target)

    with monkeypatch.context() as patch:
        patch.setattr(publication, "_put", failing)
        capsys.readouterr()
        assert run(quick) == 1
    said = capsys.readouterr().err.replace("\u202f", " ").replace("\xa0", " ").splitlines()[-1]
    assert said == (
        f"Impossible d’écrire {quick}/site (le disque ne répond pas) : « build/ » est remplacé, en entier ; la prochaine "
        "construction remplacera « site/ ». Libérez de la place ou vérifiez vos droits."
    )
    assert state(quick / "site") == old[0]
    assert state(quick / "build") != old[1]
    new = state(quick / "build")
    replace(quick, "content/jardins/clos-vert.yaml", "nom: Le Clos bleu", "nom: =1")
    assert run(quick) == 1  # a run that goes no further than the faults of the content finishes all the same
    said = capsys.readouterr().err.replace("\u202f", " ").replace("\xa0", " ")
    assert "  reprise       « site/ » remplacé, ce qu’un arrêt avait empêché" in said
    assert "Rien n’a été écrit" in said
    assert state(quick / "site") != old[0]
    assert state(quick / "build") == new
    assert leftovers(quick) == []


def test_a_full_terminal_does_not_make_the_sentence_false(
    quick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What fails after the publication says that all was replaced."""
    assert run(quick) == 0
    monkeypatch.setattr(pipeline, "say", raising(OSError(errno.ENOSPC, "plein")))
    monkeypatch.setattr(pipeline, "make", lambda project, staging, *more, **told: made(project, staging))

    def made(project: object, staging: Path) -> pipeline.Made:
        for name in ("build", "site"):
            (staging / name).mkdir()
        return pipeline.Made((), pages=None, count=1, pictures={})

    capsys.readouterr()
    assert run(quick) == 1
    said = capsys.readouterr().err.replace("\u202f", " ").replace("\xa0", " ").splitlines()[-1]
    assert "« build/ » et « site/ » sont remplacés, en entier." in said


# --- the real engines ---


@pytest.mark.parametrize("name", engine.ENGINES)
def test_a_real_engine_makes_every_page(tmp_path: Path, name: str) -> None:
    root = copy_base(tmp_path, theme=True)
    assert run(root, "--engine", name) == 0
    docs = [p.relative_to(root / "build/docs") for p in (root / "build/docs").rglob("*.md")]
    assert len(docs) > 15
    for path in docs:
        assert (root / "site" / path.with_suffix(".html")).is_file(), path
    assert gate.settle(root / "site") == ()
    page = (root / "site/plantes/tomate/index.html").read_text(encoding="utf-8")
    assert "Cœur de bœuf" in page
    assert 'href="../../jardins/clos-vert/#nord"' in page
    assert (root / "site/pagefind").is_dir()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["kill", "interrupt"])
def test_a_real_build_that_is_stopped_leaves_the_old_one(tmp_path: Path, number: signal.Signals) -> None:
    """Stopped while the engine runs; the engine's own process must not outlive an interruption."""
    root = copy_base(tmp_path, theme=True)
    for name in ("site", "build"):
        (root / name).mkdir()
        (root / name / MARKER).write_bytes(b"")
        (root / name / "index.html").write_bytes(b"ancien")
    command = [sys.executable, "-m", "generator", "build", "-C", str(root), "--sans-frictionless", "--date", DATE]
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.split()[:1] == ["pages"]:
            break
    time.sleep(0.2)
    process.send_signal(number)
    process.stderr.read()
    process.wait()
    assert process.returncode == (-9 if number == signal.SIGKILL else 130)
    for name in ("site", "build"):
        assert (root / name / "index.html").read_bytes() == b"ancien"
        assert sorted(p.name for p in (root / name).iterdir()) == sorted([MARKER, "index.html"])
    assert number == signal.SIGKILL or leftovers(root) == []


def test_the_reference_date_is_given_or_that_of_the_newest_version(quick: Path) -> None:
    project = checked_project(quick)
    assert pipeline.epoch("1970-01-02") == 86_400
    assert pipeline._newest(project) == "2026-05-01"


class Screen(io.StringIO):
    """A terminal, or a file."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def shown(monkeypatch: pytest.MonkeyPatch, terminal: bool, term: str = "xterm") -> str:
    """What a stage of four seconds shows, that is told of its 10, 20… 100 pieces."""
    clock, screen = iter(range(10_000)), Screen(terminal)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("time.perf_counter", lambda: next(clock) * 0.4)
    stages = Stages()
    for made in range(0, 1_010, 100):
        stages.at("pages", made, 1_000)
    stages("pages", "1 000 pages")
    stages.at("extraits", 1, 9)
    stages.erase()
    return screen.getvalue().replace("\u202f", " ").replace("\u00a0", " ")


def test_a_terminal_shows_where_a_long_stage_is_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    written = shown(monkeypatch, terminal=True)
    live, after = written.split("\r\x1b[K", 1)
    lines = live.split("\x1b[K")
    assert lines[0].startswith("\r  pages         200 sur 1 000, 20 %, encore 5 s"), "not before a second"
    assert "1 000 sur 1 000, 100 %, encore 1 s" in lines[-2]
    assert "\n" not in live
    assert all(len(line) <= 60 for line in lines)
    assert after.startswith("  pages         1 000 pages")
    assert after.endswith(" s\n"), "a short stage says nothing"


@pytest.mark.parametrize(("terminal", "term"), [(False, "xterm"), (True, "dumb")])
def test_a_log_holds_the_stages_alone(monkeypatch: pytest.MonkeyPatch, terminal: bool, term: str) -> None:
    written = shown(monkeypatch, terminal, term)
    assert written.startswith("  pages         1 000 pages")
    assert written.count("\n") == 1
    assert "\r" not in written

"""Old output or new output, never half; one build at a time; nothing foreign is ever emptied."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.site import publication
from generator.site.failure import PublicationError
from generator.site.publication import Staging, publish
from generator.site.published import MARKER
from generator.site.workshop import WORKSHOP

HOLD = """
import sys
from pathlib import Path
from generator.site.publication import Staging
with Staging(Path(sys.argv[1])) as folder:
    (folder / "a").write_text("à moitié", encoding="utf-8")
    print(folder.name, flush=True)
    sys.stdin.readline()
"""


def output(folder: Path, text: str) -> Path:
    """An output of two files that say the same."""
    folder.mkdir()
    for name in ("index.html", "autre.html"):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def said(folder: Path) -> str:
    first, second = ((folder / name).read_text(encoding="utf-8") for name in ("index.html", "autre.html"))
    assert first == second
    return first


def put(project: Path, text: str) -> None:
    """Publish one folder."""
    with Staging(project) as folder:
        output(folder / "site", text)
        publish(folder, ["site"])


def leftovers(project: Path) -> list[str]:
    return [path.name for path in (project / WORKSHOP).iterdir() if path.is_dir()]


def holder(project: Path) -> subprocess.Popen[str]:
    """Another process, building in `project` until a line (or its death) ends it."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(project)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip()
    return process


@pytest.fixture(params=["at once", "in two moves"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to exchange: that of Linux and that of the others."""
    if request.param == "in two moves":
        monkeypatch.setattr(publication, "_exchange_at_once", lambda new, target: False)


@pytest.mark.usefixtures("way")
def test_the_new_takes_the_place_of_the_old_and_nothing_is_left(tmp_path: Path) -> None:
    for text in ("un", "deux", "trois"):
        put(tmp_path, text)
        assert said(tmp_path / "site") == text
        assert leftovers(tmp_path) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [WORKSHOP, "site"]


@pytest.mark.usefixtures("way")
def test_the_old_output_is_in_the_place_of_the_new_until_the_end(tmp_path: Path) -> None:
    with Staging(tmp_path) as folder:
        output(folder / "site", "un")
        publish(folder, ["site"])
        assert not (folder / "site").exists()
    with Staging(tmp_path) as folder:
        output(folder / "site", "deux")
        publish(folder, ["site"])
        assert said(folder / "site") == "un"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="L’échange en un seul appel est celui de Linux")
def test_a_reader_never_finds_the_output_missing(tmp_path: Path) -> None:
    put(tmp_path, "un")
    stop = threading.Event()
    missing: list[Exception] = []

    def read() -> None:
        while not stop.is_set():
            try:
                (tmp_path / "site/index.html").read_bytes()
            except OSError as error:
                missing.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(50):
        put(tmp_path, "x")
    stop.set()
    reader.join()
    assert missing == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "plus de place"), SystemExit(1)])
def test_whatever_stops_the_build_leaves_what_was_published(tmp_path: Path, error: BaseException) -> None:
    put(tmp_path, "ancien")

    def build() -> None:
        with Staging(tmp_path) as folder:
            output(folder / "site", "nouveau")
            raise error

    with pytest.raises(type(error)):
        build()
    assert said(tmp_path / "site") == "ancien"
    assert leftovers(tmp_path) == []


def test_a_disk_that_fills_while_flushing_leaves_what_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "ancien")

    def full(folder: Path) -> None:
        raise OSError(errno.ENOSPC, "plus de place")

    monkeypatch.setattr(publication, "_flush", full)
    with pytest.raises(OSError, match="plus de place"):
        put(tmp_path, "nouveau")
    assert said(tmp_path / "site") == "ancien"
    assert leftovers(tmp_path) == []


def test_in_two_moves_a_failure_between_them_brings_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "ancien")
    monkeypatch.setattr(publication, "_exchange_at_once", lambda new, target: False)
    rename: Callable[[Path, Path], Path] = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "site" and target == tmp_path / "site":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, "nouveau")
    assert said(tmp_path / "site") == "ancien"


def test_a_second_build_is_told_to_wait_and_the_first_is_not_disturbed(tmp_path: Path) -> None:
    first = holder(tmp_path)
    with pytest.raises(PublicationError, match="une autre construction est en cours"), Staging(tmp_path):
        pass
    assert len(leftovers(tmp_path)) == 1
    first.communicate("\n")
    assert first.returncode == 0
    with Staging(tmp_path) as folder:
        assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows n’a pas SIGKILL")
def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    first = holder(tmp_path)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert len(leftovers(tmp_path)) == 1
    with Staging(tmp_path) as folder:
        assert leftovers(tmp_path) == [folder.name]
    assert leftovers(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows interrompt autrement")
def test_ctrl_c_in_another_process_leaves_no_debris(tmp_path: Path) -> None:
    first = holder(tmp_path)
    first.send_signal(signal.SIGINT)
    first.communicate()
    assert first.returncode != 0
    assert leftovers(tmp_path) == []


# --- what is not ours ---


def everything(folder: Path) -> dict[str, str]:
    """Every entry of a folder: what it is, and what a file says."""

    def what(path: Path) -> str:
        if path.is_symlink():
            return f"-> {path.readlink()}"
        return path.read_text(encoding="utf-8") if path.is_file() else str(stat.S_IFMT(path.lstat().st_mode))

    return {path.relative_to(folder).as_posix(): what(path) for path in sorted(folder.rglob("*"))}


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


ODD: dict[str, Callable[[Path, Path], object]] = {
    "a file": lambda path, other: path.write_text("trois ans", encoding="utf-8"),
    "a folder": lambda path, other: path.mkdir() or (path / "these.odt").write_text("trois ans", encoding="utf-8"),
    "a link to a file": lambda path, other: path.symlink_to(other / "precieux"),
    "a link to a folder": lambda path, other: path.symlink_to(other),
    "a link to nothing": lambda path, other: path.symlink_to(other / "absent"),
    "a link to itself": lambda path, other: path.symlink_to(path.name),
    "a pipe": lambda path, other: os.mkfifo(path),
    "a socket": lambda path, other: a_socket(path),
}
FILES = [f"{WORKSHOP}/verrou", f"{WORKSHOP}/.gitignore", f"{WORKSHOP}/echange"]
DRAFT = f"{WORKSHOP}/echange.partiel"
PLACES = [WORKSHOP, *FILES, DRAFT, "build", "site", f"build/{MARKER}", f"site/{MARKER}"]
FINE = {
    *((WORKSHOP, "a folder"), *((path, "a file") for path in (FILES[0], FILES[1], DRAFT))),
    *((f"{name}/{MARKER}", "a file") for name in ("build", "site")),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", PLACES)
def test_something_else_in_the_place_of_ours_is_told_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, odd: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket is short
    project, other = tmp_path / "projet", tmp_path / "ailleurs"
    (project / place).parent.mkdir(parents=True)
    other.mkdir()
    for name in ("precieux", MARKER, "verrou", ".gitignore"):
        (other / name).write_text("à moi", encoding="utf-8")
    if place.endswith(MARKER):
        (project / place).with_name("these.odt").write_text("trois ans", encoding="utf-8")
    ODD[odd](project / place, other)
    before = everything(tmp_path)

    def build() -> None:
        with Staging(project) as folder:
            output(folder / "build", "nouveau")
            output(folder / "site", "nouveau")
            publish(folder)

    if (place, odd) in FINE:
        build()
        assert said(project / "site") == "nouveau"
        assert everything(other) == {path[9:]: what for path, what in before.items() if path.startswith("ailleurs/")}
        return
    with pytest.raises(PublicationError) as caught:
        build()
    assert str(project / place.removesuffix(f"/{MARKER}")) in str(caught.value)
    after = everything(tmp_path)
    assert {path: after[path] for path in before} == before
    made = {f"projet/{path}" for path in (WORKSHOP, *FILES[:2])}
    assert after.keys() - before.keys() <= made


@pytest.mark.parametrize("name", [".gitignore", "verrou"])
def test_another_name_of_a_file_of_ours_keeps_what_it_says(tmp_path: Path, name: str) -> None:
    (tmp_path / WORKSHOP).mkdir()
    (tmp_path / "precieux").write_text("à moi", encoding="utf-8")
    os.link(tmp_path / "precieux", tmp_path / WORKSHOP / name)
    put(tmp_path, "x")
    assert (tmp_path / "precieux").read_text(encoding="utf-8") == "à moi"


def test_a_folder_of_someone_else_in_the_workshop_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / WORKSHOP / "notes").mkdir(parents=True)
    (tmp_path / WORKSHOP / "construction-x").symlink_to(tmp_path / WORKSHOP / "notes")
    (tmp_path / WORKSHOP / "notes/these.odt").write_text("trois ans", encoding="utf-8")
    put(tmp_path, "x")
    assert (tmp_path / WORKSHOP / "notes/these.odt").is_file()


def test_a_project_may_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "vrai").mkdir()
    (tmp_path / "lien").symlink_to("vrai")
    put(tmp_path / "lien", "x")
    assert said(tmp_path / "vrai/site") == "x"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    put(tmp_path, "x")
    assert said(tmp_path / "site") == "x"
    assert (tmp_path / "site" / MARKER).is_file()


def test_a_workshop_erased_during_the_build_is_a_sentence(tmp_path: Path) -> None:
    def build() -> None:
        with Staging(tmp_path) as folder:
            shutil.rmtree(tmp_path / WORKSHOP)
            output(folder / "site", "x")

    with pytest.raises(PublicationError, match="a été effacé pendant la construction"):
        build()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"dossier": 1}', '{"dossier": "../x", "numeros": {}}', "é" * 5000])
def test_a_journal_that_is_not_ours_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / WORKSHOP).mkdir()
    (tmp_path / WORKSHOP / "echange").write_text(text, encoding="utf-8")
    with pytest.raises(PublicationError, match="echange ne se lit pas"):
        put(tmp_path, "x")


def test_git_does_not_see_the_workshop(tmp_path: Path) -> None:
    with Staging(tmp_path) as folder:
        assert (folder.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"
        assert folder.parent.parent == tmp_path
    assert not folder.exists()

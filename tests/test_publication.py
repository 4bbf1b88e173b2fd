"""Old output or new output, never half; one build at a time; nothing foreign is ever emptied."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.site import publication
from generator.site.publication import MARKER, WORKSHOP, PublicationError, Staging, exchange

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
        with Staging(tmp_path) as folder:
            exchange(output(folder / "site", text), tmp_path / "site")
        assert said(tmp_path / "site") == text
        assert leftovers(tmp_path) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [WORKSHOP, "site"]


@pytest.mark.usefixtures("way")
def test_the_old_output_is_in_the_place_of_the_new_until_the_end(tmp_path: Path) -> None:
    with Staging(tmp_path) as folder:
        exchange(output(folder / "site", "un"), tmp_path / "site")
        assert not (folder / "site").exists()
    with Staging(tmp_path) as folder:
        exchange(output(folder / "site", "deux"), tmp_path / "site")
        assert said(folder / "site") == "un"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="L’échange en un seul appel est celui de Linux")
def test_a_reader_never_finds_the_output_missing(tmp_path: Path) -> None:
    exchange(output(tmp_path / "n", "un"), tmp_path / "site")
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
        with Staging(tmp_path) as folder:
            exchange(output(folder / "site", "x"), tmp_path / "site")
    stop.set()
    reader.join()
    assert missing == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "plus de place"), SystemExit(1)])
def test_whatever_stops_the_build_leaves_what_was_published(tmp_path: Path, error: BaseException) -> None:
    exchange(output(tmp_path / "n", "ancien"), tmp_path / "site")

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
    exchange(output(tmp_path / "n", "ancien"), tmp_path / "site")

    def full(folder: Path) -> None:
        raise OSError(errno.ENOSPC, "plus de place")

    monkeypatch.setattr(publication, "_flush", full)
    with pytest.raises(OSError, match="plus de place"), Staging(tmp_path) as folder:
        exchange(output(folder / "site", "nouveau"), tmp_path / "site")
    assert said(tmp_path / "site") == "ancien"
    assert leftovers(tmp_path) == []


def test_in_two_moves_a_failure_between_them_brings_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange(output(tmp_path / "n", "ancien"), tmp_path / "site")
    monkeypatch.setattr(publication, "_exchange_at_once", lambda new, target: False)
    rename: Callable[[Path, Path], Path] = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "neuf":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(KeyboardInterrupt), Staging(tmp_path) as folder:
        exchange(output(folder / "neuf", "nouveau"), tmp_path / "site")
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


def test_a_foreign_folder_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/these.odt").write_text("trois ans", encoding="utf-8", newline="")
    with pytest.raises(PublicationError, match="contient autre chose"), Staging(tmp_path) as folder:
        exchange(output(folder / "site", "x"), tmp_path / "site")
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["these.odt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    exchange(output(tmp_path / "n", "x"), tmp_path / "site")
    assert said(tmp_path / "site") == "x"
    assert (tmp_path / "site" / MARKER).is_file()


@pytest.mark.parametrize("there", [True, False])
def test_a_symbolic_link_is_not_followed(tmp_path: Path, there: bool) -> None:
    if there:
        output(tmp_path / "ailleurs", "à moi")
        (tmp_path / "ailleurs" / MARKER).touch()
    (tmp_path / "site").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(PublicationError, match="lien symbolique"):
        exchange(output(tmp_path / "n", "x"), tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "ailleurs").exists() == there


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x", encoding="utf-8", newline="")
    with pytest.raises(PublicationError, match="est un fichier"):
        exchange(output(tmp_path / "n", "x"), tmp_path / "site")


def test_a_workshop_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "maison").mkdir()
    (tmp_path / "maison/photos").mkdir()
    (tmp_path / WORKSHOP).symlink_to(tmp_path / "maison")
    with pytest.raises(PublicationError, match="lien symbolique"), Staging(tmp_path):
        pass
    assert (tmp_path / "maison/photos").is_dir()


def test_git_does_not_see_the_workshop(tmp_path: Path) -> None:
    with Staging(tmp_path) as folder:
        assert (folder.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"
        assert folder.parent.parent == tmp_path
    assert not folder.exists()

"""Files that are replaced together: all of them or none, whatever stops it on the way."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest

from generator.authoring import together
from generator.authoring.together import Change, ChangedError, replace_together
from generator.writing import OutsideError


def content_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def several(root: Path) -> list[Change]:
    (root / "a.txt").write_bytes(b"a")
    (root / "b.txt").write_bytes(b"b")
    (root / "a.txt").chmod(0o640)
    return [Change("a.txt", b"a", b"A"), Change("sous/c.txt", None, b"C"), Change("b.txt", b"b", None)]


def test_files_are_replaced_together(tmp_path: Path) -> None:
    replace_together(tmp_path, several(tmp_path))
    assert content_of(tmp_path) == {"a.txt": b"A", "sous/c.txt": b"C"}
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "x"), KeyboardInterrupt()], ids=["plein", "ctrl-c"])
def test_a_failure_puts_everything_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException
) -> None:
    changes, before, put, calls = several(tmp_path), content_of(tmp_path), together._put, []

    def failing(place: Path, temporary: Path | None) -> None:
        calls.append(place)
        if len(calls) == number:
            raise error
        put(place, temporary)

    monkeypatch.setattr(together, "_put", failing)
    with pytest.raises(type(error)):
        replace_together(tmp_path, changes)
    assert content_of(tmp_path) == before


def test_what_changed_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    changes = several(tmp_path)
    (tmp_path / "b.txt").write_bytes(b"autre")
    before = content_of(tmp_path)
    with pytest.raises(ChangedError):
        replace_together(tmp_path, changes)
    assert content_of(tmp_path) == before
    (tmp_path / "b.txt").write_bytes(b"b")
    (tmp_path / "sous" / "c.txt").write_bytes(b"x")
    with pytest.raises(ChangedError):
        replace_together(tmp_path, changes)


def test_no_link_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "dehors").write_bytes(b"a")
    root = tmp_path / "projet"
    root.mkdir()
    (root / "a.txt").symlink_to(tmp_path / "dehors")
    with pytest.raises(OutsideError):
        replace_together(root, [Change("a.txt", b"a", b"A")])
    with pytest.raises(OutsideError):
        replace_together(root, [Change("../dehors", b"a", b"A")])
    assert (tmp_path / "dehors").read_bytes() == b"a"

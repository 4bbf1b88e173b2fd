"""What a build keeps for the next: given again only as it was kept, never run, bounded, told when it cannot be believed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from samples import DATE, copy_base

from generator.commands import cli
from generator.commands.making import shares
from generator.site import images, store
from generator.site.failure import PublicationError
from generator.site.store import MARK, StaleError, Store


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != MARK)


def tree(root: Path) -> dict[str, bytes]:
    return {
        f"{top}/{path.relative_to(root / top).as_posix()}": path.read_bytes()
        for top in ("build", "site")
        for path in (root / top).rglob("*")
        if path.is_file()
    }


def test_what_is_kept_is_given_again_for_the_same_bytes_and_the_same_work(tmp_path: Path) -> None:
    kept = Store(tmp_path / "cache")
    assert kept.get("image", b"a") is None
    kept.put("image", b"a", b"made")
    again = Store(tmp_path / "cache")
    assert again.get("image", b"a") == b"made"
    assert again.get("image", b"b") is None
    assert again.get("xlsx", b"a") is None
    assert again.told == []


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store.NONE.put("image", b"a", b"made")
    store.NONE.close()
    assert store.NONE.get("image", b"a") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("spoilt", [b"", b"x", "cut", "altered", "longer"])
def test_an_entry_that_is_not_what_was_kept_is_ignored_and_told(tmp_path: Path, spoilt: bytes | str) -> None:
    kept = Store(tmp_path)
    kept.put("image", b"a", b"made")
    [place] = entries(tmp_path)
    data = place.read_bytes()
    changed = {"cut": data[:-1], "altered": data[:-1] + b"E", "longer": data + b"\0"}
    place.write_bytes(spoilt if isinstance(spoilt, bytes) else changed[spoilt])
    assert kept.get("image", b"a") is None
    again = Store(tmp_path)
    assert [told.replace("\u202f", " ").replace("\u00a0", " ") for told in again.told] == [
        "Des octets du cache ont changé depuis qu’il a été fait : 1 fichier à refaire."
    ]
    assert entries(tmp_path) == []


def test_what_another_version_kept_is_left_aside_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).put("image", b"a", b"made")
    monkeypatch.setattr(store, "code", lambda: "another")
    newer = Store(tmp_path)
    assert [told.startswith("Le cache vient d’une autre version") for told in newer.told] == [True]
    assert entries(tmp_path) == []
    assert newer.get("image", b"a") is None
    assert Store(tmp_path).told == []


def test_a_folder_that_is_not_a_cache_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à moi", encoding="utf-8", newline="")
    with pytest.raises(PublicationError, match="n’est pas un cache du générateur"):
        Store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    (tmp_path / "lien").symlink_to(tmp_path)
    for name in ("lien", "notes.txt"):
        with pytest.raises(PublicationError, match="n’est pas un dossier"):
            Store(tmp_path / name)


def test_no_link_is_followed_and_nothing_else_is_taken_away(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(hashlib.sha256(b"evil").hexdigest().encode() + b"evil")
    cache = tmp_path / "cache"
    kept = Store(cache)
    kept.put("image", b"a", b"made")
    [place] = entries(cache)
    place.unlink()
    place.symlink_to(outside)
    (cache / "notes.txt").write_text("à moi", encoding="utf-8", newline="")
    assert kept.get("image", b"a") is None
    again = Store(cache)
    again.close()
    assert (cache / "notes.txt").exists()
    assert outside.read_bytes().endswith(b"evil")


def test_the_folder_has_a_size_and_the_longest_unused_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Store(tmp_path)
    for age, source in enumerate((b"a", b"b", b"c")):
        kept.put("image", source, b"x" * 100)
        os.utime(tmp_path / kept._name("image", source), (1_000 - age, 1_000 - age))
    kept.get("image", b"c")
    monkeypatch.setattr(store, "MOST", 400)
    kept.close()
    assert [kept.get("image", source) is not None for source in (b"a", b"b", b"c")] == [True, False, True]
    monkeypatch.setattr(store, "LARGEST", 10)
    kept.put("image", b"d", b"x" * 11)
    assert kept.get("image", b"d") is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Store(tmp_path)

    def full(*_: object) -> int:
        raise OSError(28, "plein")

    monkeypatch.setattr(os, "open", full)
    kept.put("image", b"a", b"made")
    monkeypatch.undo()
    assert entries(tmp_path) == []


def test_a_store_that_is_proven_compares(tmp_path: Path) -> None:
    Store(tmp_path).put("image", b"a", b"made")
    proven = Store(tmp_path, proven=True)
    assert proven.get("image", b"a") is None
    proven.put("image", b"a", b"made")
    with pytest.raises(StaleError, match="image"):
        proven.put("image", b"a", b"other")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_base(tmp_path / "projet")


def built(root: Path, *more: str) -> int:
    return cli.main(["build", "-C", str(root), "--date", DATE, *more])


def test_a_build_from_what_is_kept_has_the_same_bytes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = str(tmp_path / "cache")
    assert built(root) == 0
    clean = tree(root)
    assert built(root, "--cache", cache) == 0
    assert tree(root) == clean
    kept = {path.name: path.read_bytes() for path in entries(tmp_path / "cache")}
    monkeypatch.setattr(shares, "validate", lambda *_: pytest.fail("it is read again"))
    monkeypatch.setattr(images, "png", lambda svg: pytest.fail("it is drawn again"))
    monkeypatch.setattr("generator.packages.formats.xlsx.write_sheets", lambda *_: pytest.fail("it is made again"))
    assert built(root, "--cache", cache) == 0, capsys.readouterr().err
    assert tree(root) == clean
    monkeypatch.undo()
    assert built(root, "--cache", cache, "--cache-verifie") == 0
    assert {path.name: path.read_bytes() for path in entries(tmp_path / "cache")} == kept


def test_a_forged_entry_is_found_by_the_proof(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cache = tmp_path / "cache"
    assert built(root, "--cache", str(cache)) == 0
    before = tree(root)
    for place in entries(cache):
        place.write_bytes(hashlib.sha256(b"evil").hexdigest().encode() + b"evil")
    capsys.readouterr()
    assert built(root, "--cache", str(cache), "--cache-verifie") == 1
    told = capsys.readouterr().err.replace("\u202f", " ")
    assert "Le cache ne rend pas ce que le générateur fait" in told
    assert tree(root) == before


@pytest.mark.parametrize("kept", [b"evil", b"1", b"1 2 3", b"-1 2", b"{}"])
def test_a_verdict_that_is_none_is_not_believed(kept: bytes) -> None:
    assert shares._known(kept) is None
    assert shares._known(b"3 15") == (3, 15)


def test_another_contract_makes_other_files(root: Path, tmp_path: Path) -> None:
    before = shares.contracts(root)
    contract = next((root / "datapackages").rglob("datapackage.yaml"))
    contract.write_text(contract.read_text(encoding="utf-8") + "\n# note\n", encoding="utf-8", newline="")
    assert shares.contracts(root) != before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--cache-verifie"], "--cache-verifie va avec --cache"),
        (["--cache", "{root}/content/cache"], "est dans content/, qui sert à autre chose"),
        (["--cache", "{root}/site"], "est dans site/, qui sert à autre chose"),
    ],
)
def test_a_wrong_use_is_told(root: Path, options: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert built(root, *(option.format(root=root) for option in options)) == 2
    assert words in capsys.readouterr().err.replace("\u202f", " ")


def test_a_folder_of_somebody_is_refused_by_a_build(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert built(root, "--cache", str(root)) == 1
    assert "n’est pas un cache du générateur" in capsys.readouterr().err

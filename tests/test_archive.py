"""`generator archive`: each released version built again from a real repository, with its recorded fingerprint, at an address that
does not change; and the workflow that publishes them, run as it is written.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from samples import commit, copy_base, replace, write
from test_release import TOMATO, VERSIONS, everything, release, versions
from workflows import Machine

from generator.commands import cli
from generator.packages.archive import SUMS, fingerprint_of

PLACE = "donnees/botanique/versions/{}/botanique-{}.zip"
OLD, NEW = PLACE.format("2026-05-02-1.1.1", "1.1.1"), PLACE.format("2026-06-01-1.1.2", "1.1.2")


def git(root: Path, *arguments: str) -> str:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ("git", "-C", str(root), *arguments), check=True, capture_output=True, encoding="utf-8", env=environment
    )
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two versions of a package, then data that have none yet."""
    root = copy_base(tmp_path / "projet")
    commit(root)
    assert release(root, "botanique", reason="Première empreinte.", date="2026-05-02") == 0
    commit(root)
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    assert release(root, reason="Relu.") == 0
    commit(root)
    git(root, "tag", "botanique-1.1.2")
    replace(root, TOMATO, "jours_max: 90", "jours_max: 95")
    commit(root)
    (root / "site").mkdir()
    return root


def archive(root: Path, *options: str) -> int:
    return cli.main(["archive", "-C", str(root), "--vers", str(root / "site"), *options])


def test_each_version_is_built_again_as_it_was(root: Path, tmp_path: Path) -> None:
    listed = tmp_path / "liste.txt"
    assert archive(root, "--liste", str(listed)) == 0
    for place, version, value in ((OLD, versions(root)[1], "85"), (NEW, versions(root)[0], "90")):
        data = (root / "site" / place).read_bytes()
        assert fingerprint_of(root / "site" / place) == version.fingerprint
        sums = (root / "site" / place).with_name("SHA256SUMS").read_text(encoding="utf-8")
        assert sums == f"{hashlib.sha256(data).hexdigest()}  {place.rpartition('/')[2]}\n"
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            assert f",70,{value}" in held.read("data/varietes.csv").decode()
            told = json.loads(held.read("datapackage.json"))
            assert (told["version"], told["created"]) == (version.version, f"{version.date}T00:00:00Z")
            assert {path for table in told["resources"] for path in [table["path"]]} <= set(held.namelist())
            assert {member.date_time for member in held.infolist()} == {(*map(int, version.date.split("-")), 0, 0, 0)}
    lines = [line.split("\t") for line in listed.read_text(encoding="utf-8").splitlines()]
    assert [(tag, path) for tag, _, path in lines] == [("botanique-1.1.2", NEW), ("botanique-1.1.1", OLD)]
    assert [commit for _, commit, _ in lines] == [
        git(root, "rev-parse", "botanique-1.1.2"),
        git(root, "rev-parse", "HEAD~2"),
    ]


def test_it_is_the_same_wherever_and_whenever_it_is_made(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert archive(root) == 0
    first = everything(root / "site")
    other = tmp_path / "ailleurs"
    subprocess.run(("git", "clone", "-q", str(root), str(other)), check=True)
    (other / "site").mkdir()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert archive(other) == 0
    assert everything(other / "site") == first
    assert archive(other) == 0, "placed twice, it says the same"


def test_what_is_published_already_is_taken_as_it_is(root: Path, tmp_path: Path) -> None:
    """Even made by another generator, which said more: what counts is that the tables are those of the version."""
    assert archive(root) == 0
    published, listed = tmp_path / "deja", tmp_path / "liste.txt"
    published.mkdir()
    shutil.copy(root / "site" / OLD, published)
    with zipfile.ZipFile(published / "botanique-1.1.1.zip", "a") as held:
        held.writestr("AJOUT.md", "D’un autre temps.\n")
    shutil.rmtree(root / "site")
    (root / "site").mkdir()
    assert archive(root, "--deja", str(published), "--liste", str(listed)) == 0
    assert (root / "site" / OLD).read_bytes() == (published / "botanique-1.1.1.zip").read_bytes()
    assert listed.read_text(encoding="utf-8").startswith("botanique-1.1.2\t")
    assert "botanique-1.1.1" not in listed.read_text(encoding="utf-8")


def altered(data: bytes) -> bytes:
    """An archive in which a cell is another one, the sums being those that they were."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b",70,85", b",70,86"))
    return made.getvalue()


def without_sums(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if name != SUMS:
                new.writestr(name, old.read(name))
    return made.getvalue()


@pytest.mark.parametrize("spoilt", [altered, without_sums, lambda data: data[:-20], lambda data: b""])
def test_what_is_not_of_the_version_is_not_published(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoilt: object
) -> None:
    assert archive(root) == 0
    published = tmp_path / "deja"
    published.mkdir()
    (published / "botanique-1.1.1.zip").write_bytes(spoilt((root / "site" / OLD).read_bytes()))  # type: ignore[operator]
    shutil.rmtree(root / "site")
    (root / "site").mkdir()
    assert archive(root, "--deja", str(published)) == 1
    assert "n’a pas l’empreinte enregistrée" in capsys.readouterr().err
    assert not everything(root / "site")


def test_a_record_that_the_repository_does_not_bear_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, VERSIONS, f"empreinte: sha256:{versions(root)[0].fingerprint}", f"empreinte: sha256:{'0' * 64}")
    commit(root)
    assert archive(root) == 1
    assert "botanique 1.1.2\u202f: ni l’étiquette" in capsys.readouterr().err
    assert not everything(root / "site")


def test_a_tag_that_was_moved_proves_nothing(root: Path) -> None:
    """The version is found where it was written."""
    git(root, "tag", "--force", "botanique-1.1.2", "HEAD")
    assert archive(root) == 0
    assert fingerprint_of(root / "site" / NEW) == versions(root)[0].fingerprint


def test_an_archive_does_not_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {f"site/{OLD}": "autre chose"})
    before = everything(root / "site")
    assert archive(root) == 1
    assert "ne change pas" in capsys.readouterr().err
    assert everything(root / "site") == before


def test_without_any_fingerprint_there_is_nothing_to_place(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    (root / "site").mkdir()
    assert archive(root) == 0
    assert not everything(root / "site")


def test_the_workflow_places_sets_aside_and_gives_to_the_forge(root: Path, tmp_path: Path) -> None:
    shutil.rmtree(root / "site")
    (root / "Makefile").write_text("site:\n\tmkdir site\n", encoding="utf-8")
    machine = Machine(root, tmp_path / "machine")
    said = {"github.token": "jeton", "github.repository": "exemple/jardins"}
    machine.answers("^api --paginate repos/exemple/jardins/releases", "botanique-1.0.5\n")
    codes = machine.run("publier.yml", "construire", said)
    assert set(codes.values()) == {0}, machine.said
    [_, [downloaded]] = machine.asked()
    assert downloaded.startswith(
        "release download botanique-1.0.5 --repo exemple/jardins --pattern botanique-1.0.5.zip"
    )
    aside = machine.folder / "tmp" / "archives"
    assert sorted(everything(aside)) == [
        "botanique-1.1.1/SHA256SUMS", "botanique-1.1.1/botanique-1.1.1.zip",
        "botanique-1.1.2/SHA256SUMS", "botanique-1.1.2/botanique-1.1.2.zip", "liste.txt",
    ]  # fmt: skip
    assert (machine.folder / "sorties.txt").read_text(encoding="utf-8").strip() == "nouvelles=2"

    other = Machine(tmp_path / "autre", tmp_path / "machine-2")
    aside.rename(other.root / "archives")
    (other.root / "preuve.json").write_text("{}", encoding="utf-8")
    said |= {"steps.preuve.outputs.bundle-path": str(other.root / "preuve.json")}
    assert set(other.run("publier.yml", "deposer", said).values()) == {0}, other.said
    [[first], [second]] = other.asked()
    assert f"--target {git(root, 'rev-parse', 'botanique-1.1.2')}" in first
    assert "archives/botanique-1.1.1/botanique-1.1.1.zip archives/botanique-1.1.1/SHA256SUMS attestation.json" in second

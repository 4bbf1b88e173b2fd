"""What an edit changed takes its place, file by file, each whole; what only a build can replace is left to it; and whatever happens, at
any file call, each file is old or new, what is told is true, and a build makes all anew.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.site.failure import PublicationError
from generator.site.published import MARKER, PUBLISHED, numbers
from generator.site.retouching import patch
from generator.site.workshop import WORKSHOP, enter
from generator.writing import OutsideError
from tests.faults import WAYS, Fault, build, child, faults, scratch, state, unflushed

FILES = {
    "site/index.html": b"neuf",
    "site/page/index.html": b"ancien",  # as it is
    "site/page/autre/index.html": b"neuf",
    "build/page/suite.md": b"neuf",
}
REMOVED = ("build/page/index.html", "site/vieux/page/index.html", "site/absent.html")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return made(tmp_path)


def made(folder: Path) -> Path:
    """A project that was built, with a page that will go."""
    project = folder / "projet"
    project.mkdir()
    build(project, "ancien")
    (project / "site/vieux/page").mkdir(parents=True)
    (project / "site/vieux/page/index.html").write_text("ancien", encoding="utf-8")
    return project


def edit(project: Path) -> None:
    patch(project, numbers(project), FILES, REMOVED)


def there(project: Path) -> dict[str, bytes]:
    """All files that were published."""
    found = (path for name in PUBLISHED for path in (project / name).rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in found}


def wanted(before: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in {**before, **FILES}.items() if path not in REMOVED}


def test_files_take_their_places_and_empty_folders_go(project: Path) -> None:
    before, kept = there(project), os.lstat(project / "site/page/index.html").st_ino
    edit(project)
    assert there(project) == wanted(before)
    assert not (project / "site/vieux").exists()
    assert (project / "build/page").is_dir()
    assert os.lstat(project / "site/page/index.html").st_ino == kept, "a file that is the same is not written"
    assert sorted(path.name for path in (project / WORKSHOP).iterdir()) == [".gitignore", "verrou"]


def test_who_reads_a_page_goes_on_with_the_old_one(project: Path) -> None:
    with (project / "site/index.html").open("rb") as reader:
        edit(project)
        assert reader.read() == b"ancien"


@pytest.mark.parametrize("path", ["dehors.txt", "site", "site/../x", "build/", f"site/{MARKER}", "/x", ".git/config"])
def test_nothing_else_is_replaced(project: Path, path: str) -> None:
    before = there(project)
    for files, removed in (({path: b"x"}, ()), ({}, (path,))):
        with pytest.raises(OutsideError):
            patch(project, numbers(project), files, removed)
    assert there(project) == before


def test_what_another_build_replaced_is_left_to_a_build(project: Path) -> None:
    known = numbers(project)
    build(project, "autre")
    with pytest.raises(PublicationError, match="ne sont plus ceux de la dernière construction"):
        patch(project, known, FILES)
    assert state(project) == ("autre", "autre")


def test_nothing_built_is_nothing_to_patch(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="il faut construire"):
        edit(tmp_path)


def test_one_build_at_a_time(project: Path) -> None:
    lock, before = enter(project / WORKSHOP), there(project)
    with pytest.raises(PublicationError, match="une autre construction est en cours"):
        edit(project)
    os.close(lock)
    assert there(project) == before


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        *((odd, "lien") for odd in ("site/page", "site/index.html", "site/page/autre")),
        *((odd, "fichier") for odd in ("site/page", "site/page/autre")),
        ("site/index.html", "dossier"),
    ],
)
def test_no_link_is_followed_and_no_odd_thing_replaced(project: Path, tmp_path: Path, odd: str, kind: str) -> None:
    outside, place = tmp_path / "dehors", project / odd
    outside.mkdir()
    if place.exists():
        place.rename(tmp_path / "ailleurs")
    if kind == "lien":
        place.symlink_to(outside)
    elif kind == "dossier":
        place.mkdir()
    else:
        place.write_bytes(b"x")
    before = there(project)
    with pytest.raises(PublicationError, match="rien n’a été publié"):
        edit(project)
    assert there(project) == before
    assert list(outside.iterdir()) == []
    build(project, "suivant")
    assert state(project) == ("suivant", "suivant")


def test_a_site_that_is_a_link_is_refused_as_a_build_refuses_it(project: Path) -> None:
    (project / "site").rename(project / "ailleurs")
    (project / "site").symlink_to(project / "ailleurs")
    with pytest.raises(PublicationError, match="est un lien symbolique"):
        edit(project)


def wrong(project: Path, before: dict[str, bytes], fault: Fault, code: int, note: str) -> list[str]:
    """What is not as it should be after a fault, then after a build."""
    now, after, told = there(project), wanted(before), []
    left = {path for path in now if Path(path).name.startswith(".") and Path(path).name != MARKER}
    if left and code >= 0 and not fault.lasting and fault.what > 0 and not fault.after:
        told.append(f"il reste {left}")
    shown = {path: data for path, data in now.items() if path not in left}
    told += [
        f"{path} : ni ancien ni neuf"
        for path in shown | before | after
        if shown.get(path) not in (before.get(path), after.get(path))
    ]
    changed = sum(shown.get(path) == after.get(path) != before.get(path) for path in before | after)
    if code == 0 and shown != after:
        told.append("« fait », et il n’en est rien")
    if code == 1 and bool(note) != bool(changed):
        told.append(f"{changed} remplacés, dit : « {note} »")
    if (
        code == 1
        and not fault.lasting
        and changed not in (0, sum(before.get(path) != after.get(path) for path in before | after))
    ):
        told.append(f"{changed} remplacés, qui pouvaient être remis")
    build(project, "suivant")
    if state(project) != ("suivant", "suivant"):
        told.append(f"la construction suivante laisse {state(project)}")
    return told


@pytest.mark.skipif(not hasattr(os, "fork"), reason="pas de fork ici")
def test_at_every_call_each_file_is_old_or_new() -> None:
    found, kinds = list[str](), Counter[str]()
    with scratch() as folder, unflushed():
        (folder / "0").mkdir()
        calls = child(edit, made(folder / "0"), None, WAYS[0]).calls
        for at, name in enumerate(calls, 1):
            for number, fault in enumerate(faults(at, name, whole=False)):
                place = folder / f"{at}-{number}"
                place.mkdir()
                project = made(place)
                before = there(project)
                outcome = child(edit, project, fault, WAYS[0])
                kinds[fault.kind] += 1
                found += [
                    f"appel {at} ({name}), {fault.kind} : {told}"
                    for told in wrong(project, before, fault, outcome.code, outcome.note)
                ]
    assert found == []
    assert sum(kinds.values()) > 60

"""The manifest of a site, and `generator verify`: on real sites, made of real repositories, by the command that anyone runs."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from guides import BOTH, read
from samples import DATE, ROOT, commit, copy_base, write
from test_archive import archive
from test_release import TOMATO, release

from generator.changes.revision import standing
from generator.commands import cli
from generator.layout import words
from generator.site import manifest

MANIFEST = words().manifest
QUICK = ("--sans-frictionless",)


def generator(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, elsewhere than in the project."""
    command = (sys.executable, "-m", "generator", arguments[0], "-C", str(root), *arguments[1:])
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("GITHUB_")}
    done = subprocess.run(
        command, cwd=root.parent, env=inherited | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environment,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    done.stdout = done.stdout.replace("\u202f", " ")  # the space before a colon
    return done


def build(root: Path, *options: str, **environment: str) -> dict[str, Any]:
    """Build a project; its manifest."""
    done = generator(root, "build", *QUICK, *options, **environment)
    assert done.returncode == 0, done.stderr
    return told(root)


def told(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "site" / MANIFEST).read_text(encoding="utf-8"))
    return found


def spoil(root: Path, **changes: object) -> None:
    """Write other things in a manifest."""
    (root / "site" / MANIFEST).write_text(json.dumps(told(root) | changes), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A committed project and its site."""
    root = copy_base(tmp_path_factory.mktemp("manifeste") / "projet", theme=True)
    write(root, {".gitignore": "/build/\n/site/\n"})
    commit(root)
    build(root)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "projet"))


# --- What it says ------------------------------------------------------------------------------------------------


def test_it_lists_every_file_but_itself(made: Path) -> None:
    site = made / "site"
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    visible = {name: path for name, path in files.items() if not name.startswith(".") and name != MANIFEST}
    found = told(made)["files"]
    assert found.keys() == visible.keys()
    for name, path in visible.items():
        data = path.read_bytes()
        assert found[name] == {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}, name
    assert {"api/v1/index.json", "donnees/tout.zip", "donnees/SHA256SUMS", "index.html"} <= found.keys()


def test_it_says_what_the_site_was_made_from(made: Path) -> None:
    head = subprocess.run(
        ("git", "-C", str(made), "rev-parse", "HEAD"), capture_output=True, text=True, encoding="utf-8", check=True
    )
    found = told(made)
    assert (found["commit"], found["modified"]) == (head.stdout.strip(), False)
    assert (found["engine"], found["options"], found["hosted"]) == ("mkdocs", list(QUICK), {})
    assert found["tools"]["python"] == sys.version.split()[0]
    assert {"mkdocs", "pagefind", "xlsxwriter", "zlib", "sqlite"} <= found["tools"].keys()
    assert not {"pytest", "ruff", "hypothesis"} & found["tools"].keys(), "they make no file of a site"


@BOTH
def test_the_guide_names_its_keys(made: Path, folder: str) -> None:
    part = re.split(r"\n## (?:Le manifeste|The manifest)\n", read(f"{folder}json.md"))[1]
    assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) == list(told(made))


def test_every_page_leads_to_it_and_none_names_a_commit(made: Path) -> None:
    commit_id = told(made)["commit"]
    for page in (made / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert commit_id not in text, page
        assert commit_id[:12] not in text, page
        if "pagefind" not in page.parts and "http-equiv" not in text:  # an address that moved leads on by itself
            assert MANIFEST in text, page


def test_two_builds_say_the_same(root: Path) -> None:
    before = (root / "site" / MANIFEST).read_bytes()
    build(root, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="7")
    assert (root / "site" / MANIFEST).read_bytes() == before


IGNORED = "content/jardins/brouillon.yaml"
CHANGES: dict[str, dict[str, str | bytes]] = {
    "a file that git does not have": {"content/jardins/neuf.yaml": 'id: neuf\nnom: Neuf\ndepartement: "01"\n'},
    "a file that git leaves out": {
        ".git/info/exclude": f"{IGNORED}\n", IGNORED: 'id: brouillon\nnom: Brouillon\ndepartement: "01"\n'
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_is_not_committed_is_known(root: Path, name: str) -> None:
    write(root, CHANGES[name])
    assert standing(root)[1] is True


def test_a_change_that_is_not_committed_is_said(root: Path) -> None:
    write(root, {name: text for change in CHANGES.values() for name, text in change.items()})
    assert build(root)["modified"] is True


def test_what_a_build_does_not_read_is_no_change(root: Path) -> None:
    write(root, {".git/info/exclude": "*.tmp\n.cache\n", "a.tmp": "x", "content/jardins/.cache": "x"})
    assert standing(root)[1] is False


def test_the_folders_of_a_build_are_no_change(root: Path) -> None:
    """Where nothing says that git leaves them out."""
    identity = ("-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr")
    for arguments in (("rm", "-q", ".gitignore"), ("commit", "-q", "-m", "sans")):
        subprocess.run(("git", "-C", str(root), *identity, *arguments), check=True)
    assert standing(root)[1] is False


def test_without_git_the_commit_is_not_known(tmp_path: Path) -> None:
    root = copy_base(tmp_path / "projet", theme=True)
    found = build(root, "--date", DATE, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (found["commit"], found["modified"]) == ("", False)
    done = generator(root, "verify")
    assert done.returncode == 2
    assert "ne dit pas de quel commit" in done.stderr
    assert generator(root, "verify", "--fichiers").returncode == 0


# --- What verify finds -------------------------------------------------------------------------------------------


def test_a_site_is_made_again_from_its_commit(root: Path) -> None:
    """Whatever the folder holds since, and from the manifest alone."""
    alone = root.parent / "ailleurs.json"
    shutil.copy(root / "site" / MANIFEST, alone)
    number = len(told(root)["files"])
    shutil.rmtree(root / "site")
    write(root, {TOMATO: "id: tomate\n", "content/faux.yaml": "{"})
    done = generator(root, "verify", str(alone))
    assert (done.returncode, done.stdout) == (0, f"Identiques : {number} sur {number} fichiers.\n"), done.stderr


def test_another_site_than_its_commit_makes_is_told(root: Path) -> None:
    files = told(root)["files"]
    altered = files | {"index.html": {"sha256": "0" * 64, "size": 1}, "perdu.html": {"sha256": "1" * 64, "size": 1}}
    spoil(root, files={path: of for path, of in altered.items() if path != "404.html"}, tools={"zlib": "0.9"})
    done = generator(root, "verify")
    assert done.returncode == 1
    assert done.stdout.splitlines()[:3] == ["manque : perdu.html", "diffère : index.html", "en plus : 404.html"]
    assert "0.9 alors" in done.stderr


def test_files_that_are_not_those_of_the_manifest_are_told(root: Path) -> None:
    assert generator(root, "verify", "--fichiers").returncode == 0
    site = root / "site"
    (site / "index.html").write_bytes((site / "index.html").read_bytes() + b"\n")
    (site / "404.html").unlink()
    (site / "ajout.js").write_text("x", encoding="utf-8")
    done = generator(root, "verify", str(site), "--fichiers")
    number = len(told(root)["files"])
    assert done.stdout.splitlines() == [
        "manque : 404.html", "diffère : index.html", "en plus : ajout.js",
        f"Identiques : {number - 2} sur {number} fichiers.",
    ]  # fmt: skip
    assert done.returncode == 1


def test_a_project_that_has_its_generator_is_made_by_it(root: Path) -> None:
    """Its own generator, of its commit, which here writes one page and no more."""
    own = """
import sys
from pathlib import Path
site = Path(sys.argv[sys.argv.index("-C") + 1], "site")
site.mkdir()
(site / "index.html").write_text("fait ici", encoding="utf-8")
"""
    write(root, {"generator/__init__.py": "", "generator/__main__.py": own})
    commit(root)
    head = subprocess.run(
        ("git", "-C", str(root), "rev-parse", "HEAD"), capture_output=True, text=True, encoding="utf-8", check=True
    )
    digest = hashlib.sha256(b"fait ici").hexdigest()
    spoil(root, commit=head.stdout.strip(), files={"index.html": {"sha256": digest, "size": 8}})
    done = generator(root, "verify")
    assert (done.returncode, done.stdout) == (0, "Identiques : 1 sur 1 fichier.\n"), done.stderr


def test_what_the_host_gave_is_given_again(root: Path) -> None:
    """The addresses that GitHub gives to a build there, and not those of the host where the site is verified."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write(root, {"mkdocs.yml": re.sub(r"^(?:site|repo)_url:.*\n", "", text, flags=re.MULTILINE)})
    commit(root)
    here = {"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "essai/jardins"}
    found = build(root, **here)
    assert found["hosted"] == {
        "site_url": "https://essai.github.io/jardins/", "repo_url": "https://github.com/essai/jardins"
    }  # fmt: skip
    assert generator(root, "verify").returncode == 0
    assert generator(root, "verify", **here | {"GITHUB_REPOSITORY": "autre/chose"}).returncode == 0


def test_archives_placed_after_are_listed_apart(root: Path) -> None:
    assert release(root, "botanique", reason="Première empreinte.", date="2026-05-02") == 0
    commit(root)
    build(root)
    assert archive(root) == 0
    [place] = [path for path in told(root)["placed"] if path.endswith(".zip")]
    assert told(root)["placed"].keys() == {place, place.rpartition("/")[0] + "/SHA256SUMS"}
    assert place not in told(root)["files"]
    before = (root / "site" / MANIFEST).read_bytes()
    assert archive(root) == 0
    assert (root / "site" / MANIFEST).read_bytes() == before, "placed twice, listed once"
    assert generator(root, "verify", "--fichiers").returncode == 0
    assert generator(root, "verify").returncode == 0
    (root / "site" / place).write_bytes(b"")
    assert f"diffère : {place}" in generator(root, "verify", "--fichiers").stdout


# --- What anyone may have written --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "x", '{"format": 1}', "[" * 100_000, '{"format": 1, "files": []}', b"\xff\xfe\x00"],
    ids=str,
)  # fmt: skip
def test_what_is_no_manifest_is_told(tmp_path: Path, text: str | bytes, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {MANIFEST: text})
    assert cli.main(["verify", "-C", str(tmp_path), str(tmp_path)]) == 2
    assert "n’est pas le manifeste d’un site" in capsys.readouterr().err


def test_a_manifest_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "-C", str(tmp_path)]) == 2
    assert "ne peut pas être lu" in capsys.readouterr().err


@pytest.mark.parametrize("commit_id", ["HEAD", "--output=x", "main", "a" * 39, "A" * 40, "../x", "g" * 40])
def test_a_commit_is_named_by_its_digits(root: Path, commit_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root, commit=commit_id)
    assert cli.main(["verify", "-C", str(root)]) == 2
    assert "n’est pas le manifeste d’un site" in capsys.readouterr().err


def test_a_commit_that_is_not_there_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root, commit="0" * 40)
    assert cli.main(["verify", "-C", str(root)]) == 2
    assert "n’a pas le commit 0000" in capsys.readouterr().err


Spoilt = Callable[[dict[str, Any]], dict[str, object]]
HOSTILE: dict[str, Spoilt] = {
    "settings": lambda _: {"hosted": {"site_name": "Pris", "hooks": "[x.py]", "site_url": 'https://a.fr/\nsite_name: "Pris'}},
    "options": lambda _: {"options": ["--help", "-C/", "--date=1999-01-01", *QUICK]},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_manifest_sets_nothing_else(root: Path, name: str) -> None:
    """What it may not say is not listened to; the base has a `site_url` of its own, which cannot be said twice."""
    spoil(root, **HOSTILE[name](told(root)))
    done = generator(root, "verify")
    assert "Pris" not in done.stdout
    if name == "options":
        assert done.returncode == 0, done.stderr
    else:
        assert done.returncode == 1
        assert "ne se construit pas" in done.stderr


def test_a_path_shows_no_command(root: Path) -> None:
    spoil(root, files={"a\x1b[2Jb\n::error::c": {"sha256": "0" * 64, "size": 0}})
    shown = generator(root, "verify", "--fichiers").stdout
    assert "\x1b" not in shown
    assert not any(line.startswith("::") for line in shown.splitlines())


def test_reading_gives_what_was_written(tmp_path: Path) -> None:
    origin = manifest.Origin("a" * 40, True, DATE, "zensical", ("--apercu",), {"site_url": "https://a.fr/"})
    write(tmp_path, {"index.html": "x"})
    manifest.write(tmp_path, origin)
    manifest.place(tmp_path, ["index.html"])
    found = manifest.read(tmp_path / MANIFEST)
    assert found.origin == origin
    assert found.tools == manifest.tools()
    assert found.files == found.placed == {"index.html": hashlib.sha256(b"x").hexdigest()}


def test_a_listing_that_is_told_what_changed_writes_what_a_whole_one_does(tmp_path: Path) -> None:
    origin, chance = manifest.Origin("", False, DATE, "mkdocs"), random.Random(3)
    names = ["index.html", "a/index.html", "a-b.csv", "é/ü « x ».csv", ".marque", "a/.cachee", MANIFEST, "z.bin"]
    write(tmp_path, {"index.html": "x", "a/index.html": "", ".marque": "m"})
    kept = manifest.write(tmp_path, origin)
    for _ in range(40):
        changed = {name: chance.randbytes(chance.choice([0, 9, 1 << 20])) for name in chance.sample(names, 2)}
        removed = [name for name in chance.sample(names, 3) if name not in changed and (tmp_path / name).exists()]
        for name, data in changed.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(data)
        for name in removed:
            (tmp_path / name).unlink()
        kept.change(changed, removed)
        manifest.write(tmp_path, origin)
        text = (tmp_path / MANIFEST).read_text(encoding="utf-8")
        assert manifest.told(origin, kept) == text
        assert json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n" == text
        assert json.loads(text)["files"] == manifest.sums(tmp_path)

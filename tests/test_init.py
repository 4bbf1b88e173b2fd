"""`generator init`: a small site that builds at once, and nothing else where it was made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from samples import ROOT
from test_cli import run
from test_workflows import ACTIONLINT, ZIZMOR, audited

from generator import layout
from generator.authoring import beginning, starting
from generator.commands.check import checked_project, proven
from generator.commands.making.pipeline import build
from generator.writing import OutsideError

DATE = "2026-01-02"
WHEEL = f"https://exemple.fr/generateur/solidarites_ouvertes-1.0.0-py3-none-any.whl#sha256={'0a' * 32}"
FORM = f"{layout.FORMS}/{layout.FORM}"


def test_the_site_is_valid_and_says_what_is_to_be_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("init", "nos-jardins", "-C", tmp_path, capsys=capsys)
    site = tmp_path / "nos-jardins"
    assert code == 0
    assert "requirements-generator.txt" in out
    assert [path.name for path in tmp_path.iterdir()] == ["nos-jardins"]
    project = proven(checked_project(site))
    assert project.settings.site_name == "Nos jardins"
    assert [(d.code, d.severity, d.position.path) for d in project.diagnostics] == [
        ("reglage-absent", "avertissement", "mkdocs.yml")
    ] * 3
    assert not [path for path in site.rglob("*") if "%" in path.name or path.name.startswith("_")]


@pytest.mark.parametrize("language", starting.LANGUAGES)
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_it_builds(language: str, engine: str, tmp_path: Path) -> None:
    title = 'Lieux : « ouverts » & "fermés" # 1'
    beginning.begin(tmp_path / "site", starting.files(starting.Wish(title, language)))
    result = build(checked_project(tmp_path / "site"), engine, DATE, lambda stage, counts: None, validate=False)
    assert result.pages
    home = (tmp_path / "site" / "site" / "index.html").read_text(encoding="utf-8")
    assert "<svg" in home
    assert "&amp; &#34;fermés&#34; # 1" in home or "&amp; &quot;fermés&quot; # 1" in home


@pytest.mark.parametrize("language", starting.LANGUAGES)
def test_what_is_filled_leaves_no_warning(language: str, tmp_path: Path) -> None:
    """Each « À remplir » of mkdocs.yml, its comment marks taken off, is what the generator waits for."""
    beginning.begin(tmp_path, starting.files(starting.Wish("Lieux", language)))
    settings = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    filled = re.sub(r"^( *)# (( *)(?:site_url|repo_url|producteur|nom|url|contact):)", r"\1\2", settings, flags=re.M)
    (tmp_path / "mkdocs.yml").write_text(filled, encoding="utf-8")
    assert checked_project(tmp_path).diagnostics == ()


@pytest.mark.parametrize("generator", ["", WHEEL])
@pytest.mark.parametrize("command", [ZIZMOR, ACTIONLINT], ids=lambda command: command[0])
@pytest.mark.parametrize("language", starting.LANGUAGES)
def test_the_workflows_are_clean(language: str, command: tuple[str, ...], generator: str, tmp_path: Path) -> None:
    beginning.begin(tmp_path, starting.files(starting.Wish("Lieux", language, generator)))
    github = tmp_path / ".github"
    done = audited(command, *([github] if command is ZIZMOR else sorted((github / "workflows").glob("*.yml"))))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_actions_are_those_that_we_use() -> None:
    used = re.compile(r"uses: (\S+@[0-9a-f]{40} # v[\d.]+)$", re.MULTILINE)
    ours = {found for path in (ROOT / ".github").rglob("*.yml") for found in used.findall(path.read_text("utf-8"))}
    for language in starting.LANGUAGES:
        made = starting.files(starting.Wish("Lieux", language))
        theirs = [text.decode() for path, text in made.items() if path.startswith(".github/workflows/")]
        assert {found for text in theirs for found in used.findall(text)} <= ours
        assert all(text.count("uses: ") == len(used.findall(text)) for text in theirs)


def test_the_form_and_the_lock_are_ours() -> None:
    made = starting.files(starting.Wish("Lieux"))
    assert made[FORM] == (ROOT / FORM).read_bytes()
    assert made["requirements.lock"] == (ROOT / "generator" / "requirements.lock").read_bytes()


def test_the_generator_is_installed_by_its_hash() -> None:
    """The line that pip reads, or none: the workflows then stop and say so."""
    name = "requirements-generator.txt"

    def lines(generator: str) -> list[str]:
        text = starting.files(starting.Wish("Lieux", generator=generator))[name].decode()
        return [line for line in text.splitlines() if not line.startswith("#")]

    assert lines(WHEEL) == [WHEEL]
    assert lines("") == []


WRONG = [
    (("--titre", ""), "--titre"),
    (("--titre", "a\nb"), "sur une ligne"),
    (("--titre", "a" * 101), "100 caractères"),
    (("--langue", "tlh"), "--langue"),
    (("--generateur", WHEEL.partition("#")[0]), "#sha256="),
    (("--generateur", WHEEL.replace("https", "http")), "https://"),
    (("--generateur", WHEEL[:-1]), "64"),
]


@pytest.mark.parametrize(("options", "told"), WRONG, ids=[told for _, told in WRONG])
def test_what_cannot_be_asked(
    options: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("init", "site", *options, "-C", tmp_path, capsys=capsys)
    assert (code, told in err, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.parametrize("there", ["fichier", "plein", "lien"])
def test_a_place_that_is_taken(there: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "site"
    if there == "fichier":
        place.write_bytes(b"")
    elif there == "plein":
        (place / "a").mkdir(parents=True)
    else:
        place.symlink_to("nulle-part")
    code, _, err = run("init", "site", "-C", tmp_path, capsys=capsys)
    assert (code, "dossier vide" in err) == (2, True)
    assert [path.name for path in tmp_path.rglob("*")] == (["site", "a"] if there == "plein" else ["site"])


def test_a_repository_just_begun_is_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    assert run("init", tmp_path, capsys=capsys)[0] == 0
    assert (tmp_path / "mkdocs.yml").is_file()


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OutsideError):
        beginning.begin(tmp_path / "a" / "b", {"c/d.txt": b"1", "e/../f": b"2"})
    assert list(tmp_path.iterdir()) == []

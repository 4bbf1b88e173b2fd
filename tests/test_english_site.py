"""A site whose interface is in English: nothing of it is in French, its guides included but for the French that they cite. Its
content (tests/english_site) is in English too, so that French words are those of the machine.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import lxml.html
import phrases
import pytest
from cases import Case
from samples import DATE, ROOT
from test_diagnostics import ALL, lay

from generator import layout
from generator.commands.check import checked_project
from generator.commands.cli import group
from generator.commands.making.pipeline import build
from generator.text.french import typeset
from generator.text.language import ENGLISH, speaking
from generator.text.phrasebook import entries

# Words that a French sentence hardly does without, and that English does not have; its letters and its quotes.
FRENCH = re.compile(
    r"\b(?:le|la|les|une|des|du|est|sont|dans|avec|aux|et|qui|ne|cette|ces|aucune?|lignes?|fiche|jeu|octets|oui|sans)\b"
    r"|[àâçèêëîïôûùœ«»]",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^“”]*”|`[^`]*`|\S*[/_.:@]\S*")  # what a message shows of the content, or of a program
SAID = ("title", "alt", "aria-label", "placeholder", "content", "label", "summary")
CODE = {"script", "style", "code", "pre"}
APART = "documentation/architecture/"  # the code in its own words, which cite French ones
GUIDES = "documentation/"
CITED = re.compile(r"“[^“”]*”")  # what they show of French


def seen(page: str) -> Iterator[str]:
    """What a reader sees or hears of a page, but for its code and what is in another language."""
    for element in lxml.html.document_fromstring(page.encode()).iter():
        above = [element, *element.iterancestors()]
        if not all(isinstance(each.tag, str) for each in above) or CODE & {each.tag for each in above}:
            continue
        if next((each.get("lang") for each in above if each.get("lang")), "") != ENGLISH:
            continue
        yield from filter(None, (text.strip() for text in (element.text or "", *(part.tail or "" for part in element))))
        yield from (
            value
            for name, value in element.items()
            if name in SAID or (name.startswith("data-") and " " in value and not value.startswith("{"))
        )


def texts(value: object) -> Iterator[str]:
    """The texts of a JSON, its keys aside."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


def published(site: Path) -> Iterator[tuple[str, str]]:
    """(path, text) of all that is said by the files of a site that people or programs read."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if name.startswith(("pagefind/", "assets/", APART)) or name == layout.MANIFESTS[-1]:
            continue
        if path.suffix == ".html":
            shown = seen(path.read_text(encoding="utf-8"))
            yield from ((name, CITED.sub("", text) if name.startswith(GUIDES) else text) for text in shown)
        elif path.suffix in (".json", ".jsonld"):
            yield from ((name, text) for text in texts(json.loads(path.read_bytes())))
        elif path.suffix in (".atom", ".txt", ".csv", ".cff"):
            yield from ((name, line) for line in path.read_text(encoding="utf-8").splitlines())
        elif path.suffix in (".xlsx", ".zip"):
            yield from ((name, text) for text in packed(path))
        elif path.suffix == ".sqlite":
            with closing(sqlite3.connect(path)) as base:
                yield from ((name, line) for line in base.iterdump())


def packed(path: Path) -> Iterator[str]:
    """The words of a workbook, or of the texts of an archive."""
    with zipfile.ZipFile(path) as archive:
        yield from (name for name in archive.namelist() if path.suffix == ".zip")
        for name in archive.namelist():
            if name.endswith(".xml"):
                text = archive.read(name).decode()
                yield from re.findall(r">([^<>]{3,})<", text)
                yield from (said for pair in re.findall(r'(?:name|prompt|error)="([^"]+)"', text) for said in (pair,))
            elif name.endswith((".md", ".txt")):
                yield from archive.read(name).decode().splitlines()


def french(text: str) -> list[str]:
    """The words of a text that are French, its addresses aside."""
    return [found[0] for found in FRENCH.finditer(re.sub(r"https?://\S+|[\w.+-]+@\S+|\{\w+\}", "", text))]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    root = tmp_path_factory.mktemp("site") / "projet"
    shutil.copytree(ROOT / "tests" / "english_site", root)
    told: list[str] = []
    result = build(checked_project(root), "mkdocs", DATE, lambda *stage: told.append(" ".join(stage)), validate=False)
    assert result.pages
    assert not result.diagnostics
    with speaking(ENGLISH):
        assert all((root / "site" / layout.guide(name)).is_dir() for name in layout.GUIDES_READ)
    return [*published(root / "site"), *(("build", line) for line in told)]


def test_no_french_word_is_on_an_english_site(said: list[tuple[str, str]]) -> None:
    assert [(name, text) for name, text in said if french(text)] == []


def test_no_entry_of_the_french_catalogue_is_on_an_english_site(said: list[tuple[str, str]]) -> None:
    """Each French text that differs from its English, whole, or by its longest piece between two values."""
    known = list(entries((phrases.FOLDER / "en.po").read_text(encoding="utf-8")))
    english = "\n".join(told for _, told in known)
    pieces = {max(re.split(r"\{\w*\}", typeset(key)), key=len).strip() for key, told in known if key != told}
    everything = "\n".join({text for _, text in said})
    found = (piece for piece in sorted(pieces) if len(piece) > 3 and piece in everything and piece not in english)
    assert [piece for piece in found if re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", everything)] == []


def test_its_addresses_are_english(said: list[tuple[str, str]]) -> None:
    names = {part for name, _ in said for part in name.split("/")}
    assert (
        names & {"recherche", "donnees", "dessins", "cadres", "gabarits", "corriger-sans-compte", "donnees.xlsx"}
        == set()
    )


def test_no_french_word_is_in_the_help_of_commands() -> None:
    with speaking(ENGLISH):
        top = group()
        context = click.Context(top, info_name="generator")
        helps = [top.get_help(context)]
        helps += [
            each.get_help(click.Context(each, context, info_name=name, **each.context_settings))
            for name, each in top.commands.items()
        ]
    shown = [re.sub(r"--[\w-]+", "", line) for text in helps for line in text.splitlines()]
    assert [line for line in shown if french(line)] == []


def kept(case: Case) -> bool:
    """Whether a case is one of `check` that leaves alone the settings, in which its language is written."""
    own = {*case.files, *(gesture.path for gesture in case.gestures)}
    return case.told("etape", "check") == "check" and "mkdocs.yml" not in own


FIRST = {case.code: case for case in reversed(ALL) if kept(case)}
WRITTEN = {"regle", "question"}  # whose sentence is that of the contract


@pytest.mark.parametrize("case", FIRST.values(), ids=lambda case: case.code)
def test_no_french_word_is_in_a_message(case: Case, tmp_path: Path) -> None:
    lay(case, tmp_path)
    settings = tmp_path / "mkdocs.yml"
    if settings.is_file():
        settings.write_text(
            settings.read_text(encoding="utf-8").replace("language: fr", "language: en"), encoding="utf-8"
        )
    for found in checked_project(tmp_path).diagnostics:
        told = QUOTED.sub("x", str(found.hint) if found.code in WRITTEN else f"{found.message}\n{found.hint}")
        assert french(told) == [], told

"""Templates only show: their lines are short, and they compute no list. What they miss is a function, in
generator/gathering.py, that every template can call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Where the templates that keep to this are.
FOLDERS = (
    "datapackages/*/templates",
    "tests/second_site/datapackages/*/templates",
    "generator/templates",
    "generator/theme",
)

pytestmark = pytest.mark.here

LONGEST = 160
COMPUTED = re.compile(
    r"\b(?:append|extend|update|setdefault|namespace)\("  # filled bit by bit
    r"|\|\s*(?:list|selectattr|rejectattr|groupby)\b"  # built by a chain of filters
    r"|=\s*(?:\[\]|\{\})"  # begun empty
    r"|\+\s*[\[(]|[\])]\s*\+"  # put end to end
)

TEMPLATES = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}/**/*.html"))


def computed(template: str) -> Iterator[tuple[int, str]]:
    """(line, what is written) of all that computes a list; what is outside of the tags is text."""
    for tag in re.finditer(r"\{#.*?#\}|\{[{%](.*?)[}%]\}", template, re.DOTALL):
        for found in COMPUTED.finditer(tag[1] or ""):
            yield template.count("\n", 0, tag.start(1) + found.start()) + 1, found.group()


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 40


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_only_shows(path: Path) -> None:
    text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
    lengths = enumerate(map(len, text.splitlines()), 1)
    wrong = [f"{name}:{line} : {length} caractères, {LONGEST} au plus." for line, length in lengths if length > LONGEST]
    wrong += [f"{name}:{line} : « {found} » calcule une liste ; prenez une fonction." for line, found in computed(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{% set lignes = [] %}", "= []"),
        ("{% set par_nom = {} %}", "= {}"),
        ("{% for f in fiches %}{% set _ = lignes.append(f) %}{% endfor %}", "append("),
        ("{% set _ = par_nom.setdefault(f.nom, autres) %}", "setdefault("),
        ("{% set vu = namespace(nombre=0) %}", "namespace("),
        ("{{ fiches | map(attribute='nom') | list }}", "| list"),
        ("{% set actives = fiches | selectattr('active') %}", "| selectattr"),
        ("{{ p.fil(etapes + [(titre, adresse)]) }}", "+ ["),
        ("{% set lignes = f(a) + f(b) %}", ") +"),
        ("<p>\n{% set lignes = f(\n  a,\n) + b %}", ") +"),
        # a text, a constant, a sum, a loop with a condition
        ("<p>Une liste | list append( = []</p>{# = [] #}", ""),
        ("{% set choix = {'a': 'Un', 'b': 'Deux'} %}", ""),
        ("{{ x.niveau + 1 }} (a) + [b]", ""),
        ("{% for f in fiches if f.active %}{{ f | lien }}{{ ', ' if not loop.last }}{% endfor %}", ""),
        ("{{ reunis(fiches, 'theme') | map('lien') | join(', ') }} liste", ""),
    ],
)
def test_what_is_no_longer_written_in_a_template(template: str, found: str) -> None:
    assert "".join(each for _, each in computed(template)) == found


def test_the_line_is_the_one_where_it_is_written() -> None:
    assert list(computed("<p>\n{% set lignes = f(\n  a | list,\n) %}")) == [(3, "| list")]

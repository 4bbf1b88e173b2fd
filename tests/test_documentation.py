"""Documentation that cannot lie: the tutorial is executed, and what the guides list is what the code knows."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import click
import contexts
import jinja2
import pytest
from guides import BLOCK, BOTH, ENGLISH, GUIDES, TUTORIAL, blocks, copy, read
from samples import BASE, REFRESH, ROOT
from test_diagnostics import ALL, lay

from generator import layout, rules
from generator.commands.check import checked_project
from generator.commands.cli import group
from generator.contracts.derive import Crossed
from generator.contracts.noted import KEYS
from generator.diagnostics.codes import CODES
from generator.documents.nodes import Mapping
from generator.documents.reader import Reader
from generator.documents.yaml import parse_yaml
from generator.layout import TEMPLATES
from generator.pages import help
from generator.pages.draft import ground
from generator.pages.figures.kinds import kinds as drawing_kinds
from generator.pages.help import guides
from generator.pages.kinds import kinds, page_kinds
from generator.pages.renderer import Renderer
from generator.site.engine import ENGINES
from generator.text.interface import phrase
from generator.text.language import speaking
from generator.values.types import TYPES
from generator.values.writing import GUARDS

DATE = "2026-03-01"


# --- What a reader copies --------------------------------------------------------------------------------------------


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The command line, from another folder than the project's, as the tutorial has it."""
    command = [sys.executable, "-m", "generator", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )


@dataclass(frozen=True)
class Told:
    """What a tutorial tells that its reader ends with: folders, files of packages, a table and its first row, pages, the words
    of a month.
    """

    guide: str
    folder: str
    made: str
    whole: str
    files: tuple[str, ...]
    row: tuple[str, str]
    pages: tuple[str, ...]
    record: str
    month: tuple[str, str]
    specimens: str


TOLD = {
    "fr": Told(
        TUTORIAL,
        "ma-bibliotheque",
        "mon-site",
        "tout.zip",
        (
            "catalogue/data/exemplaires.csv",
            "catalogue/data/livres.csv",
            "catalogue/data/rayons.csv",
            "catalogue/datapackage.json",
            "prets/data/prets_par_mois.csv",
            "prets/data/rayons.csv",
            "prets/datapackage.json",
        ),
        ("catalogue/data/exemplaires.csv", "les-heures-claires,1,ROM 12,2019-03-02,,use"),
        (
            "",
            "livres/",
            "livres/les-heures-claires/",
            "livres/le-chat-du-quai/",
            "prets/",
            "a-propos/",
            "donnees/prets/",
        ),
        "livres/les-heures-claires/",
        ("prets/", "janvier\u00a02026"),
        "documentation/gabarits/",
    ),
    "en": Told(
        f"{ENGLISH}{TUTORIAL}",
        "my-library",
        "my-site",
        "all.zip",
        (
            "catalogue/data/books.csv",
            "catalogue/data/copies.csv",
            "catalogue/data/shelves.csv",
            "catalogue/datapackage.json",
            "loans/data/loans_by_month.csv",
            "loans/data/shelves.csv",
            "loans/datapackage.json",
        ),
        ("catalogue/data/copies.csv", "the-clear-hours,1,NOV 12,2019-03-02,,worn"),
        ("", "books/", "books/the-clear-hours/", "books/the-cat-on-the-quay/", "loans/", "about/", "data/loans/"),
        "books/the-clear-hours/",
        ("loans/", "January\u00a02026"),
        "documentation/templates/",
    ),
}


@pytest.fixture(scope="module", params=sorted(TOLD))
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Path]:
    """The folder that a reader of the tutorial ends with; every command and every output on the way is checked."""
    told = TOLD[request.param]
    above = tmp_path_factory.mktemp("tutoriel")
    folder, here = above / told.folder, above / "generateur"
    folder.mkdir()
    here.mkdir()
    ran = []
    output = ""
    for block in blocks(read(told.guide)):
        if block.language == "sh":
            for line in block.text.splitlines():
                words = shlex.split(line)
                if "serve" in words or "pip" in words or "venv" in words:
                    continue  # tests/test_serve.py, tests/test_wheel.py
                assert words[:3] == [".venv/bin/python", "-m", "generator"]
                done = run([*words[3:], *(["--date", DATE] if "build" in words else [])], here)
                ran.append((words[3], done.returncode))
                output = done.stdout + done.stderr
                assert done.returncode in (0, 1), done.stderr
        elif block.language == "text":
            assert output.strip() == block.text.strip(), output
        else:
            assert copy(block, folder), f"Où va ce bloc ? Au-dessus : {block.above}"
    assert ran == [("init", 0), ("build", 0), ("check", 1), ("build", 0), ("build", 0), ("validate", 1)]
    assert (above / told.made / "site" / "index.html").is_file()
    return told, folder


@pytest.fixture(scope="module")
def tutorial(library: tuple[Told, Path]) -> Path:
    """The folder alone."""
    return library[1]


def test_the_tutorial_gives_its_packages(library: tuple[Told, Path]) -> None:
    told, folder = library
    packages = folder / "build" / "packages"
    made = {path.relative_to(packages).as_posix() for path in packages.rglob("*.*")}
    assert {f"catalogue/catalogue{suffix}" for suffix in (".xlsx", ".zip", ".sqlite")} | {told.whole} <= made
    assert sorted(path for path in made if path.endswith((".csv", "datapackage.json"))) == list(told.files)
    table, row = told.row
    assert (packages / table).read_text(encoding="utf-8").splitlines()[1] == row


def test_the_tutorial_gives_its_pages(library: tuple[Told, Path]) -> None:
    told, folder = library
    site = folder / "site"
    assert not [page for page in told.pages if not (site / page / "index.html").is_file()]
    page, month = told.month
    assert month in (site / page / "index.html").read_text(encoding="utf-8")
    assert f'href="{told.record}"' not in (site / "index.html").read_text(encoding="utf-8")


def test_the_tutorial_ends_without_fault(tutorial: Path) -> None:
    done = run(["check", "-C", str(tutorial)], tutorial)
    assert (done.returncode, done.stdout.count("reglage-absent"), done.stdout.count("[")) == (0, 2, 2), done.stdout


@pytest.mark.parametrize("path", sorted(GUIDES.glob("*.md")), ids=lambda path: path.name)
def test_every_guide_has_its_english_twin(path: Path) -> None:
    """The same blocks of code, as many paragraphs, items and rows of tables, headings of the same levels, the same links to
    guides in the same order.
    """
    own, other = (file.read_text(encoding="utf-8") for file in (path, GUIDES / ENGLISH / path.name))
    assert [block.language for block in blocks(own)] == [block.language for block in blocks(other)]
    prose = [BLOCK.sub("", text) for text in (own, other)]
    for form in (r"^\|.*\|$", r"\n\n+(?=\S)", r"^ *(?:-|\d+\.) "):
        counted = [len(re.findall(form, text, re.MULTILINE)) for text in prose]
        assert counted[0] == counted[1], form
    named = "|".join(re.escape(guide.name) for guide in GUIDES.glob("*.md"))
    for form in (r"^#+(?= )", rf"\]\(({named})"):
        found = [re.findall(form, text, re.MULTILINE) for text in prose]
        assert found[0] == found[1], form


def test_an_english_site_has_the_guides_in_english(tmp_path: Path) -> None:
    """And every link of theirs leads somewhere."""
    for block in blocks(read(f"{ENGLISH}{TUTORIAL}")):
        copy(block, tmp_path)
    settings = tmp_path / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("  publication:\n", "  publication:\n    guides: true\n"), encoding="utf-8")
    done = run(["build", "--sans-frictionless", "--date", DATE], tmp_path)
    assert done.returncode == 0, done.stdout
    with speaking("en"):
        assert {language for _, language in guides()} == {"en"}
        pages = [tmp_path / "site" / layout.guide(name) / "index.html" for name in layout.GUIDES_READ]
    assert not [page for page in pages if 'lang="fr"' in page.read_text(encoding="utf-8")]


@BOTH
def test_the_example_of_the_contracts_is_valid(folder: str, tmp_path: Path) -> None:
    settings = re.compile(r"`(?:mkdocs\.yml|content/fichiers/.*)`")
    tutorial = [block for block in blocks(read(f"{folder}{TUTORIAL}")) if settings.search(block.above)]
    for block in [*blocks(read(f"{folder}contrats.md")), *tutorial]:
        copy(block, tmp_path)
    menu = tmp_path / "mkdocs.yml"  # that of another example
    menu.write_text(re.sub(r"(?s)\nnav:\n.*?\n\n", "\n\n", menu.read_text(encoding="utf-8")), encoding="utf-8")
    found = run(["check", "--format", "json"], tmp_path)
    assert [d["code"] for d in json.loads(found.stdout)] == ["reglage-absent", "reglage-absent"], found.stdout
    assert {block.language for block in blocks(read(f"{folder}contrats.md"))} == {"yaml"}


@pytest.mark.parametrize("path", sorted(GUIDES.rglob("*.md")), ids=lambda path: path.relative_to(GUIDES).as_posix())
def test_every_block_of_yaml_is_read(path: Path) -> None:
    for block in blocks(path.read_text(encoding="utf-8")):
        if block.language == "yaml":
            text = "x:\n" + block.text if block.text.startswith("  - ") else block.text
            document, found = parse_yaml(path.name, text.encode())
            assert document.root is not None, block.text
            assert not found, block.text


# --- What the guides list --------------------------------------------------------------------------------------------


def words(text: str) -> set[str]:
    """The words of the code of a guide: `a: b` and the blocks of code."""
    spans = [*re.findall(r"`([^`\n]+)`", BLOCK.sub("", text)), *(block.text for block in blocks(text))]
    return set(re.findall(r"[\w-]+", " ".join(spans)))


def first_cells(text: str) -> set[str]:
    """The code in the first cell of every row of every table."""
    rows = re.findall(r"^\| (`[^|]*) \|", BLOCK.sub("", text), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


# What the contracts of the small projects do not use, and the cases of tests/diagnostics do.
USED_BY_CASES = ("files", "between", "calendar", "dated", "wording")


def laid(above: Path) -> Iterator[Path]:
    """For each of these words, a project whose contracts use it."""
    for word in USED_BY_CASES:
        case = next(case for case in ALL if any(f"{word}: " in gesture.new for gesture in case.gestures))
        lay(case, above / word)
        yield above / word


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The keys that the readers of contracts and of mkdocs.yml ask for, by the code of their faults."""
    found: dict[str, set[str]] = {}
    columns: set[str] = set()
    get, skip = Reader._get, Reader.skip

    def recorded_get(self: Reader, key: str, required: bool) -> object:
        found.setdefault(self.code, set()).add(key)
        return get(self, key, required)

    def recorded_skip(self: Reader, *keys: str) -> None:
        found.setdefault(self.code, set()).update(keys)
        skip(self, *keys)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "_get", recorded_get)
        patch.setattr(Reader, "skip", recorded_skip)
        for root in (ROOT, ROOT / "tests" / "second_site", BASE, *laid(tmp_path_factory.mktemp("cas"))):
            contracts = checked_project(root).catalogue.contracts
            for resource in contracts.resources.values():
                named = ("when", "words", "after", "reads")  # columns, and values of a column
                conditions = [rule.node.nodes.get(word) for rule in resource.rules for word in named]
                apart = [inner for rule in resource.rules if isinstance(inner := rule.node.nodes.get("apart"), Mapping)]
                inside = {
                    name for node in apart if isinstance(when := node.nodes.get("when"), Mapping) for name in when.nodes
                }
                columns |= inside - words(read("contrats.md"))  # `type` is also a key
                columns |= {name for node in conditions if isinstance(node, Mapping) for name in node.nodes}
            crossed = [resource.derive for resource in contracts.resources.values()]
            sides = [side for derive in crossed if isinstance(derive, Crossed) for side in derive.sides]
            crossing = {name for side in sides for name in (side.column, *(name for name, _ in side.where))}
            columns |= crossing - words(read("contrats.md"))  # `id` is also a key
            drawn = [rows for p in contracts.packages.values() for figure in p.figures for rows in figure.rows]
            given = {name for rows in drawn for name in (*rows.when, *rows.titles)}
            columns |= given - words(read("contrats.md"))  # `type` is also a key
            columns |= {
                table for package in contracts.packages.values() for page in package.pages for table in page.put_forward
            }
    found["contrat-faux"] -= columns | {"versions"}  # the list of versions.yaml, which is named by us
    found["contrat-faux"] |= set(KEYS)  # of what versions change, which none of these records
    return found


@pytest.mark.here
@BOTH
def test_every_key_of_a_contract_is_in_its_guide(folder: str, asked: dict[str, set[str]]) -> None:
    guide = words(read(f"{folder}contrats.md"))
    keys = {key for key in asked["contrat-faux"] if ":" not in key} - {
        "versions"
    }  # the list of versions.yaml, named by us
    assert {
        "primaryKey",
        "type",
        "exclusiveMaximum",
        "at_most_one",
        "cited_as",
        "homepage",
        "rank",
        "tolerance",
    } <= keys
    assert keys <= guide, sorted(keys - guide)
    assert asked["reglage"] <= guide, sorted(asked["reglage"] - guide)
    assert {*TYPES, *(form for kind in TYPES.values() for form in kind.formats), *kinds()} <= guide


@BOTH
def test_the_guide_says_which_constraint_goes_with_which_type(folder: str) -> None:
    rows = [f"| `{name}` | {', '.join(f'`{word}`' for word in kind.constraints)} |" for name, kind in TYPES.items()]
    assert "\n".join(rows) in read(f"{folder}contrats.md")


@pytest.mark.here
@BOTH
def test_the_guide_of_contracts_lists_no_other_key(folder: str, asked: dict[str, set[str]]) -> None:
    options = {"rang", "accueil", "vedettes", "groupe", "pied"}  # read by pages, templates and theme
    written = {word for kind in TYPES.values() for word in kind.properties}  # asked of the columns of their types alone
    known = asked["contrat-faux"] | asked["reglage"] | set(TYPES) | options | written | set(GUARDS)
    assert first_cells(read(f"{folder}contrats.md")) <= known, sorted(first_cells(read(f"{folder}contrats.md")) - known)


def commands() -> dict[str, list[click.Option]]:
    """Each command of the line and its options."""
    found = {}
    for name, command in group().commands.items():
        found[name] = [
            option
            for option in command.get_params(click.Context(command, **command.context_settings))
            if isinstance(option, click.Option)
        ]
    return found


@BOTH
def test_every_command_and_option_is_in_its_guide(folder: str) -> None:
    guide = read(f"{folder}commandes.md")
    parts = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", guide, re.MULTILINE | re.DOTALL))
    assert set(commands()) <= set(parts)
    opening = guide.split("\n## ")[0]
    for name, options in commands().items():
        for option in options:
            place = opening if {"-h", "-C"} & set(option.opts) else parts[name]
            for written in option.opts:
                assert f"`{written}`" in place, f"{name} {written}"
            assert all(f"`{choice}`" in guide for choice in getattr(option.type, "choices", ())), option.opts


@BOTH
def test_the_guide_of_commands_names_no_other_option(folder: str) -> None:
    known = {written for options in commands().values() for option in options for written in option.opts}
    named = set(
        re.findall(r"(?<![\w-])(--?[a-z][\w-]*)", " ".join(re.findall(r"`([^`\n]+)`", read(f"{folder}commandes.md"))))
    )
    assert named - {"-m"} <= known
    assert set(
        re.findall(r"`(\w+)` \((?:par défaut|the default)\) (?:ou|or) `(\w+)`", read(f"{folder}commandes.md"))
    ) == {ENGINES}


@BOTH
def test_every_page_of_templates_is_in_its_guide(folder: str) -> None:
    """Filters, functions, macros and classes: all of ours, and none that does not exist."""
    guide = read(f"{folder}modeles.md")
    project = checked_project(ROOT / "tests" / "second_site")
    renderer = Renderer(ground(project))
    plain = set(jinja2.Environment().filters)
    filters = set(renderer.environment.filters) - (plain - {"valeur"})
    functions = set(renderer.environment.globals) - set(jinja2.Environment().globals)
    parts = dict(re.findall(r"^## (?:Les )?(.+?)\n(.*?)(?=^## |\Z)", guide, re.MULTILINE | re.DOTALL | re.IGNORECASE))
    parts = {name.lower()[:4]: part for name, part in parts.items()}  # the first letters are those of both languages
    assert {name.split("(")[0] for name in first_cells(parts["filt"])} == filters
    assert {name.split("(")[0] for name in first_cells(parts["func" if folder else "fonc"])} == functions
    macros = re.findall(r"{% macro (\w+)\(", (TEMPLATES / "parts.html").read_text(encoding="utf-8"))
    assert {name.split("(")[0] for name in first_cells(parts["macr"])} == {f"p.{name}" for name in macros}
    style = (ROOT / "generator" / "theme" / "assets" / "site.css").read_text(encoding="utf-8")
    for name in set(re.findall(r"`([\w-]+)`", parts["clas"])) - {"dl"}:
        assert re.search(rf"\.{name}\b", style), name


@BOTH
def test_the_guide_of_drawings_lists_every_kind(folder: str) -> None:
    """The guide holds the table made from the kinds themselves; REFAIRE=1 writes it anew."""
    path = GUIDES / folder / "dessins.md"
    text = path.read_text(encoding="utf-8")
    [rows] = re.findall(r"^\|---\|---\|---\|---\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    with speaking("en" if folder == ENGLISH else "fr"):
        made = text.replace(rows, "".join(map(_kind_of_drawing, drawing_kinds().items())))
    if REFRESH:
        path.write_text(made, encoding="utf-8", newline="")
    assert path.read_text(encoding="utf-8") == made, "lancez REFAIRE=1 pytest"


def _kind_of_drawing(named: tuple[str, ModuleType]) -> str:
    name, module = named
    roles = ", ".join(f"**`{role}`**" if role in module.KIND.required else f"`{role}`" for role in module.KIND.roles)
    options = ", ".join(f"`{option}`" for option in module.KIND.options)
    return f"| `{name}` | {phrase(module.DESCRIPTION)} | {roles} | {options} |\n"


@BOTH
def test_every_keyword_of_a_rule_is_in_its_guide(folder: str) -> None:
    guide = read(f"{folder}contrats.md")
    assert [word for kind in rules.kinds() for word in kind.KEYWORDS if f"`{word}`" not in guide] == []


def test_what_templates_receive_is_in_their_guide() -> None:
    """The guide holds the table made from the contexts of the pages; REFAIRE=1 writes it anew."""
    path = GUIDES / "modeles.md"
    text = path.read_text(encoding="utf-8")
    before, rest = text.split("## Ce que reçoit un modèle\n\n")
    _, after = rest.split("## Les fonctions")
    made = f"{before}## Ce que reçoit un modèle\n\n{contexts.table()}\n## Les fonctions{after}"
    if REFRESH:
        path.write_text(made, encoding="utf-8", newline="")
    assert path.read_text(encoding="utf-8") == made, "lancez REFAIRE=1 pytest"


def test_what_templates_receive_is_in_the_english_guide() -> None:
    """The same names, in the same order, each with its own words, which show the same code."""
    own, other = (
        [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines() if row.startswith("| ")]
        for text in (contexts.table(), read(f"{ENGLISH}modeles.md").split("\n## ")[3])
    )
    told = {
        "Nom": "Name",
        "Dans": "In",
        "toutes": "all",
        "modèle `accueil`": "template `accueil`",
        "Modèle": "Template",
    }
    assert [row[:2] for row in other] == [[told.get(cell, cell) for cell in row[:2]] for row in own]
    code = [[re.findall(r"`[^`]+`", row[2]) for row in rows] for rows in (own, other)]
    assert code[0] == code[1]
    assert all(row[2] for row in other)


def test_every_template_of_the_machine_says_what_it_receives() -> None:
    own = {path.name for path in TEMPLATES.glob("*.html")} - {
        "parts.html",
        "lists.html",
        "folders.html",  # what two others include
        *(name for k in page_kinds().values() for name in (k.template, k.part_template)),
    }
    assert own == set(contexts.OWN)


@BOTH
def test_the_guide_without_make_does_what_the_makefile_does(folder: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"\$\(PY\) (-m pip install) --quiet ([^|;]*)", makefile.replace("\\\n", " "))
    assert len(installs) == 2
    guide = read(f"{folder}sans-make.md")
    for verb, options in installs:
        written = f"{verb} {' '.join(options.split())}".replace("$(1)", "generator/requirements.lock")
        assert guide.count(written) == 2, written
    assert guide.count("requirements-dev.lock") == 1


def test_every_guide_has_its_place_on_the_site() -> None:
    written = [article for article, _ in guides()]
    assert {article.name for article in written} == {path.name for path in GUIDES.glob("*.md")}
    assert all(article.title and article.description for article in written)


def test_links_between_guides_lead_somewhere() -> None:
    """On the site the link checker sees to it, anchors too; here, that they also read on the repository."""
    made = {"messages.md", "architecture.md", "gabarits.md", "schemas.md"}  # pages made from the code
    for path in sorted(GUIDES.rglob("*.md")):
        for target in re.findall(r"\]\(([\w-]+\.md)", BLOCK.sub("", path.read_text(encoding="utf-8"))):
            example = target in ("methode.md", "method.md")
            assert target in made or (path.parent / target).is_file() or example, f"{path.name} → {target}"


# --- What re-users and contributors read -----------------------------------------------------------------------------


def test_every_code_has_its_entry_on_the_page_of_messages() -> None:
    place = ground(checked_project(ROOT / "tests" / "second_site"))
    draft = next(draft for draft in help.drafts(place) if draft.path == layout.words().messages)
    page = Renderer(place).render(draft.template, draft.path, draft.names())
    assert set(CODES) <= set(re.findall(r'id="([^"]+)"', page))


def test_a_site_that_does_not_ask_for_guides_has_none(library: tuple[Told, Path]) -> None:
    told, folder = library
    assert not (folder / "site" / "documentation" / "index.html").exists()
    assert (folder / "site" / told.specimens / "index.html").exists()


@pytest.mark.here
def test_the_tree_of_the_readme_is_true() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [tree] = [block.text for block in blocks(text) if "content/" in block.text and "à modifier" in block.text]
    above = ""
    for line in tree.splitlines():
        names = re.match(r"((?:  )?)(\S+(?:, \S+)*) {2,}(?:à modifier|le code|engendrés?) ", line)
        if not names:
            assert line.startswith("     "), line  # the rest of a caption
            continue
        for name in names[2].split(", "):
            pattern = (above if names[1] else "") + re.sub(r"<\w+>", "*", name)
            assert list(ROOT.glob(pattern.rstrip("/"))) or pattern in ("build/", "site/"), name
        above = above if names[1] else names[2]


def test_the_readme_opens_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first = next(blocks(text))
    assert [line.split("#")[0].strip() for line in first.text.splitlines()] == ["make site", "make test"]
    assert text.rstrip().rsplit("\n## ", 1)[1].startswith("In English\n")

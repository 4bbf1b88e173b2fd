"""The examples in the text of the standard: blocks of code of a local copy, found by file and order, completed into packages.

`FORMS` says how each is read, and with which other; the rest is prose in a block (`...`, folders, drawings), named as such in the list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.standard.completing import Files, cell, dumped, fields_of, headed, inline, package, table
from tests.standard.example import DESCRIPTOR, LISTS, Example
from tests.standard.literals import script

BLOCK = re.compile(r"^ *```\w*[^\n]*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
FOLDERS = ("content/docs/standard", "content/docs/recipes")
ELISION = re.compile(r",?\s*^\s*\.\.\.\s*$", re.MULTILINE)
FOOBAR = b"foobar"  # the text whose SHA-1 is the example of `hash`


@dataclass(frozen=True)
class Form:
    """How a block is read (`kind`), and with which others of the same file (`others`: their numbers)."""

    kind: str
    others: tuple[int, ...] = ()


def forms() -> dict[str, Form]:
    """Of `lists/formes.csv`: `file#number` to how it is read."""
    found = {}
    for line in (LISTS / "formes.csv").read_text(encoding="utf-8").splitlines()[1:]:
        name, kind, others = line.split(",")
        found[name] = Form(kind, tuple(int(one) for one in others.split()))
    return found


def examples(folder: Path) -> Iterator[Example]:
    """The examples of a local copy of the standard."""
    read = forms()
    for below in FOLDERS:
        for path in sorted((folder / below).glob("*.md*")):
            blocks = [found[1] for found in BLOCK.finditer(path.read_text(encoding="utf-8"))]
            for number, block in enumerate(blocks, 1):
                name = f"{path.name}#{number}"
                form = read.get(name)
                if form is None:
                    yield Example(name, {}, block.encode(), block)
                elif form.kind != "suite":
                    yield from _example(name, form, [block, *(blocks[one - 1] for one in form.others)])


def _example(name: str, form: Form, texts: list[str]) -> Iterator[Example]:
    if form.kind == "lignes":
        for number, line in enumerate(texts[0].strip().splitlines(), 1):
            yield Example(f"{name}.{number}", KINDS["propriétés de schéma"]([line]), line.encode(), line)
        return
    yield Example(name, KINDS[form.kind](texts), "\0".join(texts).encode(), "\n".join(texts))


def _read(text: str) -> Any:
    """A block as JSON: lines of dots left out, braces put around properties that have none."""
    text = ELISION.sub("", text.strip())
    return json.loads(text if text[0] in "[{" else "{" + text + "}")


def _raw(texts: list[str]) -> Files:
    return {DESCRIPTOR: texts[0].encode()}


def _package(texts: list[str]) -> Files:
    descriptor = _read(texts[0])
    files: Files = {}
    for number, resource in enumerate(descriptor["resources"], 1):
        resource.setdefault("name", f"r{number}")
        if not {"path", "data"} & set(resource):
            resource["path"] = f"{resource['name']}.csv"
        if isinstance(path := resource.get("path"), str) and "://" not in path:
            files[path] = headed(resource.get("schema"))
    files.setdefault(DESCRIPTOR, dumped({"$schema": json.loads(package([])[DESCRIPTOR])["$schema"], **descriptor}))
    return files


def _whole(texts: list[str]) -> Files:
    return {DESCRIPTOR: dumped(_read(texts[0]))}


def _resource(texts: list[str]) -> Files:
    resource = {"name": "r", **_read(texts[0])}
    paths = resource.setdefault("path", "t.bin")
    files = {path: _content(resource) for path in ([paths] if isinstance(paths, str) else paths) if "://" not in path}
    return {**package([resource]), **files}


def _content(resource: Mapping[str, Any]) -> bytes:
    if "hash" in resource:
        return FOOBAR
    if "dialect" in resource:
        return b"id;name\n1;x\n"
    return headed(resource.get("schema"))


def _dialect(texts: list[str]) -> Files:
    """A dialect, the file it reads, and the rows that come out, of which the schema is made."""
    dialect, content = _read(texts[0]), texts[1]
    path = "t.json" if content.lstrip()[0] in "[{" else "t.csv"
    file = content.rstrip("\n").encode() if "lineTerminator" in dialect else content.encode()
    return table(_schema(texts[2]) if len(texts) > 2 else None, dialect, file, path)


def _schema(rows: str) -> dict[str, object]:
    return fields_of([script(line)[0] for line in rows.strip().splitlines()])


KINDS = {
    "tel quel": _raw,
    "paquet": _package,
    "paquet entier": _whole,
    "propriétés de paquet": lambda texts: {
        **package([{"name": "t", "path": "t.csv"}], **_read(texts[0])),
        "t.csv": b"a\n1\n",
    },
    "ressource": _resource,
    "propriétés de ressource": lambda texts: table(_read(texts[0])["schema"]),
    "données": lambda texts: package([{"name": "t", "type": "table", "data": _read(texts[0])}]),
    "données avec schéma": lambda texts: inline(_read(texts[1]), _read(texts[0])),
    "schéma": lambda texts: table(_read(texts[0])),
    "propriétés de schéma": lambda texts: table({"fields": [{"name": "a"}], **_read(texts[0])}),
    "fichier avec schéma": lambda texts: table(_read(texts[1]), content=texts[0].encode(), path=_named(texts[0])),
    "fichier": lambda texts: table(content=texts[0].encode()),
    "champ": lambda texts: cell(_read(texts[0]), ""),
    "dialecte": lambda texts: table(dialect=_read(texts[0]), content=b"1;x\n"),
    "dialecte par fichier": lambda texts: {**table(dialect="d.json", content=b"1;x\n"), "d.json": texts[0].encode()},
    "dialecte avec fichier": _dialect,
}


def _named(content: str) -> str:
    return "t.json" if content.lstrip()[0] in "[{" else "t.csv"

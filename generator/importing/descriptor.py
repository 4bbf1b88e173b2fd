"""`datapackage.json` (Data Package v1 and v2; YAML too) → tables: what it declares is kept, its schemas read where they stand; what it does
not say is found in the values, as for any CSV.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Mapping as Map
from pathlib import Path

from generator.documents.nodes import plain
from generator.documents.yaml import parse_yaml
from generator.importing import sheets
from generator.importing.asking import OPTIONS
from generator.importing.csv_files import parsed
from generator.importing.model import Foreign, Refused, Source, Table
from generator.importing.naming import slug
from generator.importing.taking import taken
from generator.text.interface import say, sentence
from generator.values.types import TYPES

NAMES = ("datapackage.json", "datapackage.yaml", "datapackage.yml")
_TABLES = ("csv", "tsv", "txt", "")
_READ = (
    "name",
    "title",
    "description",
    "keywords",
    "licenses",
    "sources",
    "contributors",
    "resources",
    "$schema",
    "profile",
)


def read_package(path: Path, source: Source) -> None:
    """Add the tables of a descriptor to a source, and what it says of itself."""
    said = _loaded(path.parent, path.name)
    source.title = _text(said.get("title")) or _text(said.get("name")) or source.title
    source.description = _text(said.get("description"))
    source.name = slug(_text(said.get("name")) or source.name)
    source.properties = dict(_properties(said))
    resources = said.get("resources")
    for number, resource in enumerate(resources if isinstance(resources, list) else [], 1):
        if isinstance(resource, Map):
            try:
                _add(resource, path.parent, source, number)
            except Refused as refusal:
                source.note("refused", say("{file}, ressource {number}", file=path.name, number=number), refusal.told)
    left = sorted(key for key in said if key not in _READ)
    if left:
        source.note("left", path.name, sentence("Propriétés laissées de côté : {keys}.", keys=", ".join(left)))


def _loaded(folder: Path, place: str) -> dict[str, object]:
    """A descriptor, or a schema, as plain values."""
    data = taken(folder, place)
    try:
        found = json.loads(data) if place.endswith(".json") else plain(parse_yaml(place, data)[0].root or {})  # type: ignore[arg-type]
    except (ValueError, RecursionError) as error:
        raise Refused(sentence("Ce fichier n’est pas du JSON.")) from error
    if not isinstance(found, dict):
        raise Refused(sentence("Un objet est attendu, avec « resources »."))
    return found


def _properties(said: Map[str, object]) -> Iterator[tuple[str, object]]:
    """What a package says of itself that a contract can say: keywords, and the standard's properties in the shape of v2."""
    keywords = said.get("keywords")
    if isinstance(keywords, list) and keywords:
        yield "keywords", list(dict.fromkeys(map(_text, keywords)))
    licences = [_licence(each) for each in _maps(said.get("licenses"))]
    if licences:
        yield "licenses", licences
    sources = [
        {k: _text(v) for k, v in each.items() if k in ("title", "path", "email", "version") and v}
        for each in _maps(said.get("sources"))
    ]
    if any("title" in each for each in sources):
        yield "sources", [each for each in sources if "title" in each]
    people = [
        {k: _text(v) for k, v in each.items() if k in ("title", "email", "organization") and v}
        for each in _maps(said.get("contributors"))
    ]
    if any("title" in each for each in people):
        yield "contributors", [each for each in people if "title" in each]


def _licence(each: Map[str, object]) -> dict[str, object]:
    path = _text(each.get("path") or each.get("uri") or each.get("url"))
    return {
        key: value
        for key, value in (("name", _text(each.get("name"))), ("path", path), ("title", _text(each.get("title"))))
        if value
    }


def _maps(value: object) -> Iterator[Map[str, object]]:
    yield from (each for each in (value if isinstance(value, list) else []) if isinstance(each, Map))


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, list | Map) else str(value).strip()


def _add(resource: Map[str, object], folder: Path, source: Source, number: int) -> None:
    """Add the table of a resource."""
    name, place = _text(resource.get("name")), say("ressource {number}", number=number)
    said = resource.get("path")
    paths = list(filter(None, map(_text, said if isinstance(said, list) else [said])))
    if not paths:
        raise Refused(sentence("{name} : sans fichier (« path »), rien n’est lu.", name=name or place))
    form = _text(resource.get("format")).lower() or Path(paths[0]).suffix[1:].lower()
    if form not in _TABLES:
        raise Refused(
            sentence("{name} : du format {form}, ce n’est pas une table en CSV.", name=name or place, form=form)
        )
    schema = _schema(resource.get("schema"), folder)
    table, files = _read(paths, folder, source)
    for path, data in files.items():
        source.files[f"{source.name}/{path}"] = data
    table.name = sheets.table_name(name or Path(paths[0]).stem, source)
    table.title, table.description = _text(resource.get("title")), _text(resource.get("description"))
    _declare(table, schema, source)
    _keys(table, schema)
    sheets.add(source, table, paths[0])


def _read(paths: list[str], folder: Path, source: Source) -> tuple[Table, dict[str, bytes]]:
    """The rows of one file or of several that are one table."""
    files: dict[str, bytes] = {}
    table: Table | None = None
    for path in paths:
        files[path] = taken(folder, path)
        found = parsed(files[path], path, source)
        if table is None:
            table = found
        elif table.names() != found.names():
            raise Refused(sentence("{path} : ses colonnes ne sont pas celles de {first}.", path=path, first=paths[0]))
        else:
            for own, more in zip(table.columns, found.columns, strict=True):
                own.texts += more.texts
    assert table is not None
    pattern = paths[0] if len(paths) == 1 else f"{paths[0].rpartition('/')[0]}/*.csv".lstrip("/")
    table.content = {"csv": f"{source.name}/{pattern}", **table.content}
    return table, files


def _schema(said: object, folder: Path) -> Map[str, object]:
    """The schema of a resource, written in it or in a file beside."""
    if isinstance(said, str):
        return _loaded(folder, said)
    return said if isinstance(said, Map) else {}


def _declare(table: Table, schema: Map[str, object], source: Source) -> None:
    """Give the columns what the schema says of them; types.py says which of it its texts deny."""
    by_name = {_text(field.get("name")): field for field in _maps(schema.get("fields"))}
    for column in table.columns:
        field = by_name.get(column.name)
        if field is None:
            continue
        column.declared = {
            key: value
            for key, value in field.items()
            if key in ("type", "title", "description", "example", "constraints", "categories", *OPTIONS)
        }
        if column.declared.get("type") not in TYPES:
            column.declared.pop("type", None)
    lost = [name for name in by_name if name not in table.names()]
    if lost:
        source.note(
            "left", table.name, sentence("Colonnes du schéma que le fichier n’a pas : {names}.", names=", ".join(lost))
        )
    missing = schema.get("missingValues")
    if isinstance(missing, list) and missing != [""]:
        table.more["missingValues"] = [_text(each.get("value") if isinstance(each, Map) else each) for each in missing]


def _keys(table: Table, schema: Map[str, object]) -> None:
    """The keys that a schema declares, of columns that are there."""
    key = _names(schema.get("primaryKey"))
    if key and set(key) <= set(table.names()):
        table.primary_key, table.sure = key, True
    unique = schema.get("uniqueKeys")
    declared = [_names(each) for each in unique] if isinstance(unique, list) else []
    table.unique_keys += (each for each in declared if each and set(each) <= set(table.names()))
    for each in _maps(schema.get("foreignKeys")):
        reference = each.get("reference")
        own, named = _names(each.get("fields")), _names(reference.get("fields")) if isinstance(reference, Map) else ()
        if isinstance(reference, Map) and own and named and set(own) <= set(table.names()):
            table.foreign_keys.append(Foreign(own, _text(reference.get("resource")) or table.name, named))


def _names(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(_text, value)) if isinstance(value, list) else ()

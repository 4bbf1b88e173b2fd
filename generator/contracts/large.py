"""Large tables, as contracts declare them: `content: {table: etablissements/*.csv.gz, files: […]}`. Their files stand in a folder that
git ignores and that mkdocs.yml names; the contract knows each of them by its size and its fingerprint, so that two builds of one state of
a project read the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import replace

from generator.contracts.places import Listed, Rows
from generator.documents.reader import Reader
from generator.layout import BUILD, CONTENT, MACHINE, PACKAGES, SITE

CSV, PACKED, PARQUET = ".csv", ".csv.gz", ".parquet"
ENDS = (CSV, PACKED, PARQUET)
_ALGORITHM = "sha256:"
_HASH = re.compile(rf"{_ALGORITHM}[0-9a-f]{{64}}")
_FOLDER = re.compile(r"[\w-][\w.-]*")
_TAKEN = frozenset((CONTENT, PACKAGES, BUILD, SITE, MACHINE.name, "tests"))


def read_folder_name(item: Reader) -> str:
    """The folder of the large tables of a project, at its root; "" when mkdocs.yml names none."""
    name = item.text("grandes_tables")
    if not name or (_FOLDER.fullmatch(name) and name not in _TAKEN):
        return name
    message = "« {name} » ne peut pas être le dossier des grandes tables."
    hint = "Nommez un dossier à la racine du projet, qui n’a pas d’autre emploi et que git ignore."
    item.fault("grandes_tables", message, hint, name=name)
    return ""


def read_files(item: Reader, rows: Rows) -> Rows:
    """The rows of a large table, with the files that its contract lists."""
    found: dict[str, Listed] = {}
    for entry in item.mappings("files"):
        listed = _read_file(entry, rows)
        if listed is not None and listed.path in found:
            message, hint = "Le fichier « {path} » est donné deux fois.", "Gardez la ligne qui dit vrai."
            entry.fault("path", message, hint, path=listed.path)
        elif listed is not None:
            found[listed.path] = listed
    return replace(rows, files=tuple(found.values()))


def _read_file(entry: Reader, rows: Rows) -> Listed | None:
    before = len(entry.diagnostics)
    path, size, told = (entry.text(word, required=True) for word in ("path", "bytes", "hash"))
    source = entry.text("source")
    entry.close("un fichier")
    if size and not (size.isascii() and size.isdecimal() and len(size) <= 15):
        entry.fault("bytes", "« bytes » attend le nombre d’octets du fichier, sans espace.")
    if told and not _HASH.fullmatch(told):
        message = "« hash » attend « sha256: » et soixante-quatre chiffres hexadécimaux."
        entry.fault("hash", message, "La commande sha256sum les donne ; check aussi, pour un fichier qui est là.")
    if path and rows.pattern and not rows.paths.match(f"/{path}"):
        message = "« {path} » n’est pas un des fichiers que désigne « {pattern} »."
        entry.fault("path", message, "Corrigez l’un ou l’autre.", path=path, pattern=rows.pattern)
    if len(entry.diagnostics) > before:
        return None
    return Listed(path, int(size), told.removeprefix(_ALGORITHM), source, entry.spot("path", path))


def as_written(path: str, size: int, sha256: str) -> str:
    """A file as a contract lists it."""
    return f"{{path: {path}, bytes: {size}, hash: {_ALGORITHM}{sha256}}}"

"""The data files of the content, read one after the other; what nothing reads is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.csv import parse_csv
from generator.documents.dialect import AS_USUAL, Sheet
from generator.documents.files import DATA, read_bytes, walk
from generator.documents.keeping import Keep, anew
from generator.documents.nodes import Document
from generator.documents.yaml import parse_yaml

PROSE = ".md"


SheetOf = Callable[[str], Sheet | None]  # what a contract says of a CSV file; None when that is wrong


def read_folder(
    root: Path, folder: str, prose: str, sheet_of: SheetOf, keep: Keep = anew
) -> Iterator[tuple[Document | None, list[Diagnostic]]]:
    """Read every data file under `root/folder`, in the order of their paths. Symbolic links are refused, never followed.
    Markdown under the folder `prose`, and any README.md, is left to others; a file of another kind is a fault, so that
    nothing is passed over in silence.
    """
    for path, is_link in walk(root, folder):
        if is_link:
            message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par le fichier lui-même."
            yield Document(path, None), [fault("lien-symbolique", Position(path), message, hint)]
        elif path.endswith(DATA) or (root / path).is_dir():  # a folder comes here when it cannot be listed
            yield read_file(root, path, sheet_of, keep)
        elif not (path.endswith(PROSE) and (path.startswith(f"{prose}/") or path.endswith("/README.md"))):
            message = "Le nom de ce fichier ne finit ni par .yaml ni par .csv : rien ne le lit."
            hint = "Renommez-le en .yaml ou .csv (une page en Markdown se place dans {prose}), ou supprimez-le."
            meant = _data_name(path)  # what stands in it is unknown, not absent
            unread = Document(meant, None) if meant else None
            yield unread, [fault("fichier-sans-table", Position(path), message, hint, meant, prose=prose)]


def _data_name(path: str) -> str:
    """`fiche.yml` or `fiche.yaml.txt` → `fiche.yaml`."""
    found = re.match(r"(.*\.)(ya?ml|csv)(\.txt)?\Z", path, re.IGNORECASE)
    return found.group(1) + ("csv" if found.group(2).lower() == "csv" else "yaml") if found else ""


def read_file(
    root: Path, path: str, sheet_of: SheetOf = lambda path: AS_USUAL, keep: Keep = anew
) -> tuple[Document, list[Diagnostic]]:
    """Read one YAML or CSV file; one that cannot be read is a diagnostic and a document without a root. A CSV file whose
    contract says wrongly how it is written is not read.
    """
    data, diagnostics = read_bytes(root, path)
    if data is None:
        return Document(path, None), diagnostics
    if not path.endswith(".csv"):
        document, found = keep(parse_yaml, path, data)
        return document, [*found]  # what is kept is not to be added to
    sheet = sheet_of(path)
    if sheet is None:
        return Document(path, None), []
    document, found = keep(parse_csv, path, data, sheet)
    return document, [*found]

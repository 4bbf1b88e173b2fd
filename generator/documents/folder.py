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
from generator.documents.strangers import left_behind, office
from generator.documents.yaml import parse_yaml
from generator.layout import FILES

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
        if path == FILES or path.startswith(f"{FILES}/"):
            continue  # published as they are
        if is_link:
            message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par le fichier lui-même."
            yield Document(path, None), [fault("lien-symbolique", Position(path), message, hint)]
        elif _is_data(root, path):
            yield read_file(root, path, sheet_of, keep)
        elif (stranger := left_behind(path) or office(path, prose)) is not None:
            yield None, [stranger]
        elif not (path.endswith(PROSE) and (path.startswith(f"{prose}/") or path.endswith("/README.md"))):
            message = "Le nom de ce fichier ne finit ni par .yaml ni par .csv : rien ne le lit."
            hint = "Renommez-le en .yaml ou .csv (une page en Markdown se place dans {prose}), ou supprimez-le."
            if path.endswith(PROSE):
                yield None, [_stray_page(path, prose)]
                continue
            meant = _data_name(path)  # what stands in it is unknown, not absent
            if path.lower().endswith(".txt") and meant:
                message = (
                    "Ce fichier se termine par « .txt », qu’un éditeur a ajouté à son nom : aucune table ne le lit."
                )
                hint = "Renommez-le, sans « .txt »."
            unread = Document(meant, None) if meant else None
            yield unread, [fault("fichier-sans-table", Position(path), message, hint, meant, prose=prose)]


def _stray_page(path: str, prose: str) -> Diagnostic:
    """A page that stands elsewhere than in the folder of the pages."""
    message = "Cette page n’est pas dans le dossier des pages : rien ne la lit."
    hint = "Une page en Markdown se place dans {prose}."
    return fault("fichier-sans-table", Position(path), message, hint, f"{prose}/{path.rpartition('/')[2]}", prose=prose)


def _is_data(root: Path, path: str) -> bool:
    """Whether a file is to be read; a folder that could not be listed comes here too."""
    return (path.endswith(DATA) and left_behind(path) is None) or (root / path).is_dir()


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

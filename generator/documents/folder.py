"""The data files of the content, read one after the other; what nothing reads is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import read_bytes, walk
from generator.documents.keeping import Keep, anew
from generator.documents.kinds import DATA, kind_of
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import Document
from generator.documents.parsing import parse
from generator.documents.strangers import left_behind, office

PROSE = ".md"


MannerOf = Callable[
    [str], Manner | None
]  # what a contract says of a file; None when it says wrongly how a CSV is written


def read_folder(
    root: Path, folder: str, prose: str, manner_of: MannerOf, keep: Keep = anew
) -> Iterator[tuple[Document | None, list[Diagnostic]]]:
    """Read every data file under `root/folder`, in the order of their paths. Symbolic links are refused, never followed.
    Markdown under the folder `prose` that no table takes, and any README.md, is left to others; a file of another kind is a fault, so that
    nothing is passed over in silence.
    """
    for path, is_link in walk(root, folder):
        if is_link:
            message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par le fichier lui-même."
            yield Document(path, None), [fault("lien-symbolique", Position(path), message, hint)]
        elif _is_data(root, path, manner_of):
            yield read_file(root, path, manner_of, keep)
        elif (stranger := left_behind(path) or office(path, prose)) is not None:
            yield None, [stranger]
        elif not (path.endswith(PROSE) and (path.startswith(f"{prose}/") or path.endswith("/README.md"))):
            message = "Le nom de ce fichier ne finit ni par .yaml, ni par .json, ni par .csv : rien ne le lit."
            hint = "Renommez-le en .yaml, .json ou .csv (une page en Markdown se place dans {prose}), ou supprimez-le."
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
    hint = "Une page en Markdown se place dans {prose} ; une fiche, là où le contrat d’une table la cherche."
    return fault("fichier-sans-table", Position(path), message, hint, f"{prose}/{path.rpartition('/')[2]}", prose=prose)


def _is_data(root: Path, path: str, manner_of: MannerOf) -> bool:
    """Whether a file is to be read; a folder that could not be listed comes here too."""
    if (root / path).is_dir():
        return True
    if not path.endswith(DATA) or left_behind(path) is not None:
        return False
    return kind_of(path) != "markdown" or _is_record(path, manner_of)


def _is_record(path: str, manner_of: MannerOf) -> bool:
    """Whether a table takes a file in Markdown; a README is for those who write."""
    manner = manner_of(path)
    return manner is not None and manner.taken and not path.endswith("/README.md")


def _data_name(path: str) -> str:
    """`fiche.yaml.txt` → `fiche.yaml`, `fiche.YML` → `fiche.yml`."""
    found = re.match(r"(.*\.)(ya?ml|json|csv)(\.txt)?\Z", path, re.IGNORECASE)
    return found[1] + found[2].lower() if found else ""


def read_file(
    root: Path, path: str, manner_of: MannerOf = lambda path: AS_USUAL, keep: Keep = anew
) -> tuple[Document, list[Diagnostic]]:
    """Read one data file; one that cannot be read is a diagnostic and a document without a root. A CSV file whose contract says
    wrongly how it is written is not read.
    """
    manner = manner_of(path)
    data, diagnostics = read_bytes(root, path, (manner or AS_USUAL).limits.bytes)
    if data is None or manner is None:
        return Document(path, None), diagnostics
    document, found = keep(parse, path, data, manner)
    return document, [*found]  # what is kept is not to be added to

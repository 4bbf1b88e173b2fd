"""Files that are not content: what programs leave, documents and workbooks of an office, images; each named as what it is."""

from __future__ import annotations

import re

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.layout import FILES

_LEFT = re.compile(
    r"~\$|\.~lock|thumbs\.db\Z|desktop\.ini\Z|.*(?:~|\.tmp|\.bak|\.swp|\.crdownload|\.part)\Z", re.IGNORECASE
)
_COPY = re.compile(
    r"(?: ?- ?cop(?:ie|y)(?: ?\([0-9]+\))?| \([0-9]+\)| copy(?: [0-9]+)?|\.orig|_old|-old)\Z|\A(?:copie de |copy of )",
    re.IGNORECASE,
)

# How a name ends: what the file is, what to do with it.
_KINDS = {
    "doc docx odt rtf pages": (
        "C’est un document de traitement de texte (Word, LibreOffice) : il ne se lit pas ici.",
        "Copiez son texte dans une page ({prose}/….md) ou dans une fiche, puis retirez-le d’ici.",
    ),
    "xls xlsx xlsm ods numbers": (
        "C’est un classeur de tableur (Excel, LibreOffice) : il ne se lit pas ici.",
        "Enregistrez sa feuille en « CSV UTF-8 » si une table se lit dans un CSV, ou recopiez-la dans une fiche ; puis retirez-le.",
    ),
    "pdf": (
        "C’est un PDF : il ne se publie pas d’ici.",
        "Placez-le dans {files}/ s’il est à publier ; sinon, décrivez-le comme une source, avec son adresse, et retirez-le d’ici.",
    ),
    "png jpg jpeg gif svg webp tif tiff": (
        "C’est une image : elle ne se publie pas d’ici.",
        "Placez-la dans {files}/, ou retirez-la.",
    ),
    "zip rar 7z gz": ("C’est une archive : elle ne se lit pas ici.", "Sortez-en les fiches, puis retirez-la d’ici."),
    "ppt pptx odp": ("C’est un diaporama : il ne se lit pas ici.", "Recopiez son texte dans une page, puis retirez-le d’ici."),
}  # fmt: skip


def left_behind(path: str) -> Diagnostic | None:
    """What is said of a file that a program leaves beside the one that is open, or for itself: it is not read."""
    name = path.rpartition("/")[2]
    if not _LEFT.match(name):
        return None
    message = "« {name} » est un fichier temporaire, qu’un logiciel a laissé ici : il n’est pas lu."
    hint = "Fermez le document ouvert, ou supprimez ce fichier."
    if name.lower() in ("thumbs.db", "desktop.ini"):
        message, hint = "« {name} » est un fichier du système (Windows) : il n’est pas lu.", "Supprimez-le."
    return fault("fichier-de-passage", Position(path), message, hint, name=name)


def office(path: str, prose: str) -> Diagnostic | None:
    """What is said of a document, a workbook, an image; None for a file of no known kind."""
    stem, _, ending = path.rpartition(".")
    told = next((told for endings, told in _KINDS.items() if ending.lower() in endings.split()), None)
    if told is None:
        return None
    meant = f"{stem}.md" if path.startswith(f"{prose}/") and "traitement" in told[0] else ""
    return fault("fichier-sans-table", Position(path), *told, meant, prose=prose, files=FILES)


def copy_of(stem: str) -> str:
    """The name of which a name is a copy (`fiche - Copie` → fiche), or ""."""
    plain = _COPY.sub("", stem)
    return plain if plain != stem else ""

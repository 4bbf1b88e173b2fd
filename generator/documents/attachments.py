"""The files that a site publishes as they are (content/fichiers/): each is of a kind that is known, by its name and by its bytes, of a
permitted size, and neither runs nor loads anything. They are read by nobody else.
"""

from __future__ import annotations

import errno
import os
import posixpath
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import reason
from generator.documents.files import walk
from generator.documents.sheets import loads
from generator.documents.signatures import KINDS, RUN, TEXTS, agrees, ending, kind_of
from generator.documents.strangers import left_behind
from generator.documents.vectors import wrong_in
from generator.layout import CONTENT, FILES
from generator.text.portable import fold, unportable
from generator.text.spoken import number
from generator.writing import SAFE

MOST = 5_000_000  # bytes of a file, unless mkdocs.yml says more
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachments:
    """The files of a project that are published as they are, by their paths on the site (`fichiers/plan.png`)."""

    paths: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_attachments(root: Path, most: int = MOST) -> Attachments:
    """Read and check each file; one that is at fault is in the paths too, so that what names it is not blamed as well."""
    paths, found, seen = list[str](), list[Diagnostic](), dict[str, str]()
    for path, is_link in walk(root, FILES) if (root / FILES).is_dir() or (root / FILES).is_symlink() else ():
        if is_link:
            message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par le fichier lui-même."
            found.append(fault("lien-symbolique", Position(path), message, hint))
        elif (stranger := left_behind(path)) is not None:
            found.append(stranger)
        else:
            paths.append(path.removeprefix(f"{CONTENT}/"))
            twin = seen.setdefault(fold(path), path)
            wrong = _twin(path, twin) if twin != path else _wrong(root, path, most)
            found += [] if wrong is None else [wrong]
    known = frozenset(paths)
    found += [said for path in paths if path.endswith(".css") for said in _astray(root, path, known, most)]
    return Attachments(tuple(paths), tuple(found))


def _twin(path: str, twin: str) -> Diagnostic:
    message = "Ce nom ne diffère de « {twin} » que par la casse ou les accents : un disque les confondrait."
    return fault("fichier-refuse", Position(path), message, "Renommez l’un des deux.", twin=twin)


def _wrong(root: Path, path: str, most: int) -> Diagnostic | None:
    """The first thing that is wrong with a file."""
    place, end = Position(path), ending(path)
    for name in path.removeprefix(f"{FILES}/").split("/"):
        if told := unportable(name):
            message = "« {name} » ne peut pas servir d’adresse : {reason}."
            hint = "Renommez-le : des lettres, des chiffres, « - », « _ » et « . »."
            return fault("fichier-refuse", place, message, hint, name=name, reason=told)
    if end in RUN:
        message = "Un navigateur ou un serveur exécuterait ce fichier (« .{end} ») : il n’est pas publié."
        return fault("fichier-refuse", place, message, "Retirez-le d’ici.", end=end)
    if end not in KINDS:
        message, hint = "Ce genre de fichier ne se publie pas d’ici.", "Genres possibles : {known}."
        return fault("fichier-refuse", place, message, hint, known=", ".join(f".{kind}" for kind in KINDS))
    data, wrong = _bytes(root, path, most)
    return wrong if data is None else _unfit(path, end, data)


def _bytes(root: Path, path: str, most: int) -> tuple[bytes | None, Diagnostic | None]:
    """The bytes of an ordinary file within the permitted size, or what is wrong."""
    try:
        descriptor = os.open(root / path, os.O_RDONLY | SAFE)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.ENXIO, "")
            data = stream.read(most + 1)
    except OSError as error:
        message = "Ce fichier ne peut pas être lu ({reason})."
        hint = "Vérifiez qu’il existe et que vous avez le droit de le lire."
        return None, fault("fichier-illisible", Position(path), message, hint, reason=reason(error))
    if len(data) <= most:
        return data, None
    message = "Ce fichier dépasse {limit} octets, la taille permise à un fichier publié tel quel."
    hint = "Allégez-le, ou permettez plus dans mkdocs.yml, sous « extra: publication: » : « fichiers: {sample} »."
    sample = "{octets: 20000000}"
    return None, fault("fichier-trop-gros", Position(path), message, hint, limit=number(most), sample=sample)


def _unfit(path: str, end: str, data: bytes) -> Diagnostic | None:
    """What is wrong with the bytes of a file whose name is right."""
    if not agrees(end, data):
        kind = kind_of(data)
        message = "Le nom de ce fichier finit par « .{end} », mais ses premiers octets sont d’un autre genre."
        hint = "Enregistrez-le de nouveau dans le genre que dit son nom."
        if kind:
            message, hint = "Ce fichier est un « .{kind} », et son nom finit par « .{end} ».", "Renommez-le."
        meant = f"{path.removesuffix(f'.{end}')}.{kind}" if kind else ""
        return fault("fichier-refuse", Position(path), message, hint, meant, end=end, kind=kind)
    if end not in TEXTS:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message, hint = "Ce fichier n’est pas en UTF-8 (octet {byte} ici).", "Enregistrez-le de nouveau en UTF-8."
        place = Position(path, data.count(b"\n", 0, error.start) + 1)
        return fault("pas-en-utf8", place, message, hint, byte=f"{data[error.start]:02X}")
    if "\0" in text:
        message, hint = "Ce fichier n’est pas un texte.", "Enregistrez-le de nouveau dans le genre que dit son nom."
        return fault("fichier-refuse", Position(path), message, hint)
    return _drawing(path, data) if end == "svg" else _sheet(path, text) if end == "css" else None


def _drawing(path: str, data: bytes) -> Diagnostic | None:
    wrong = wrong_in(data)
    if wrong is None:
        return None
    line, column, told = wrong
    message = "Ce dessin ne se publie pas tel quel : {reason}."
    hint = "Enregistrez-le comme « SVG simple » (ou « SVG optimisé »), sans script ni lien, ou en PNG."
    return fault("fichier-refuse", Position(path, line, column), message, hint, reason=told)


def _sheet(path: str, text: str) -> Diagnostic | None:
    """What a style sheet may not do: load from elsewhere, or run."""
    for load in loads(text):
        parts = _split(load.address)
        if parts is None or ((parts.scheme or parts.netloc) and not _DATA.match(parts.geturl())):
            message = "« {text} » : une feuille de style ne charge rien d’ailleurs et ne lance rien."
            hint = "Placez le fichier dans {folder}/, et nommez-le par un chemin relatif."
            if load.words.lower().startswith("@import"):
                hint = "Nommez chaque feuille sous « extra_css », dans mkdocs.yml."
            place = Position(path, load.line, load.column, len(load.words))
            return fault("fichier-refuse", place, message, hint, text=load.words, folder=FILES)
    return None


def _split(address: str | None) -> SplitResult | None:
    """The parts of an address; None for what is none."""
    try:
        return urlsplit(address) if address is not None else None
    except ValueError:
        return None


def _astray(root: Path, path: str, known: frozenset[str], most: int) -> Iterator[Diagnostic]:
    """The addresses of a style sheet that lead to no file published beside it, those of the theme aside."""
    data, _ = _bytes(root, f"{CONTENT}/{path}", most)
    for load in loads((data or b"").decode("utf-8", "replace")):
        parts = _split(load.address)
        if parts is None or not parts.path or parts.scheme or parts.netloc:
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        if target in known or target.startswith("assets/"):
            continue
        message, hint = (
            "« {address} » ne mène à aucun fichier de {folder}/.",
            "Ajoutez le fichier, ou corrigez le chemin.",
        )
        near = nearest(target, known)
        meant = f"url({posixpath.relpath(near, posixpath.dirname(path))})" if near else ""
        place = Position(f"{CONTENT}/{path}", load.line, load.column, len(load.words))
        yield fault("fichier-refuse", place, message, hint, meant, address=load.address, folder=FILES)

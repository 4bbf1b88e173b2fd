"""The files of a resource: that they are there, of the size and of the fingerprint that the descriptor says."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.wording import reason
from generator.standard.metadata import ADVICE
from generator.standard.model import Resource
from generator.standard.part import UNCHECKED
from generator.standard.paths import located

FINGERPRINT = "paquet-empreinte"
_BLOCK = 1 << 20  # bytes read at once
_LENGTHS = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]*\Z")


def files_of(folder: Path, resource: Resource, said: list[Diagnostic]) -> tuple[Path, ...] | None:
    """The files of a resource, in their order; None when one of them is not there or is refused, which is said."""
    found = [located(folder, text, place) for text, place in resource.paths]
    wrong = [each for each in found if isinstance(each, Diagnostic)]
    said += wrong
    return None if wrong else tuple(each for each in found if isinstance(each, Path))


def measured(resource: Resource, files: tuple[Path, ...]) -> Iterator[Diagnostic]:
    """What is wrong with the size and the fingerprint of the files of a resource, taken one after the other."""
    try:
        size = sum(file.stat().st_size for file in files)
        if resource.bytes is not None and resource.bytes[0] != size:
            message = "Le descripteur annonce {said} octets ; le fichier en a {found}."
            hint = "Il a changé depuis, ou a été coupé : reprenez-le, ou corrigez « bytes »."
            yield fault(FINGERPRINT, resource.bytes[1], message, hint, said=resource.bytes[0], found=size)
        if resource.hash is not None:
            yield from _hash(*resource.hash, files)
    except OSError as error:
        place = resource.paths[0][1]
        yield fault("fichier-illisible", place, "Ce fichier ne peut pas être lu ({reason}).", "", reason=reason(error))


def marked(resource: Resource, files: tuple[Path, ...]) -> Iterator[Diagnostic]:
    """The files of a table that begin with a mark, which the standard recommends not to write in UTF-8."""
    for (name, place), file in zip(resource.paths, files, strict=True):
        with contextlib.suppress(OSError), file.open("rb") as stream:
            if resource.table and stream.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
                message, hint = (
                    "« {name} » commence par une marque d’ordre des octets.",
                    "La norme recommande UTF-8 sans cette marque (BOM).",
                )
                yield fault(ADVICE, place, message, hint, name=name)


def _hash(text: str, place: Position, files: Iterable[Path]) -> Iterator[Diagnostic]:
    name, colon, told = text.rpartition(":")
    name = name.lower().replace("-", "") if colon else "md5"
    if name not in _LENGTHS:
        if (name and name in hashlib.algorithms_available) or not told:
            message, hint = "Cette empreinte n’a pas été vérifiée.", "Calculez-la par sha256."
        else:
            message, hint = (
                "« {name} » n’est pas un calcul d’empreinte connu : elle n’a pas été vérifiée.",
                "Calculez-la par sha256.",
            )
        yield fault(UNCHECKED, place, message, hint, name=name)
        return
    if len(told) != _LENGTHS[name] or not _HEXADECIMAL.match(told):
        message = "Ce n’est pas une empreinte {name} : {n} chiffres hexadécimaux sont attendus."
        hint = "Sans nom de calcul devant, une empreinte est celle de md5 ; sinon, écrivez « sha256:… »."
        yield fault(FINGERPRINT, place, message, hint, name=name, n=_LENGTHS[name])
        return
    found = hashlib.new(name, usedforsecurity=False)
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
    if found.hexdigest() != told.lower():
        message = "L’empreinte du fichier n’est pas celle que dit le descripteur."
        hint = "Il a changé depuis : reprenez-le, ou corrigez « hash ». Celle du fichier est {found}."
        yield fault(FINGERPRINT, place, message, hint, found=found.hexdigest())

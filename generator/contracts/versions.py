"""The published versions of a package, which `versions.yaml` lists beside its contract, the newest first."""

from __future__ import annotations

import re

from generator.contracts.model import Version
from generator.contracts.noted import read_noted
from generator.diagnostics.finding import Diagnostic
from generator.documents.nodes import Document, Mapping
from generator.documents.reader import Reader
from generator.layout import EARLIEST, LATEST
from generator.values.types import TYPES

_SEMVER = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:[.](?:0|[1-9][0-9]{0,5})){2}")  # https://semver.org, without its labels
PREFIX = "sha256:"
_FINGERPRINT = re.compile(f"{PREFIX}[0-9a-f]{{64}}")


def read_versions(document: Document | None, diagnostics: list[Diagnostic]) -> tuple[Version, ...]:
    """The versions that a file lists; none without a file."""
    if document is None or document.root is None:
        return ()
    holder = Mapping(document.root.mark)
    holder.nodes["versions"] = document.root
    holder.key_marks.append(document.root.mark)
    found: list[Version] = []
    for item in Reader(document, holder, diagnostics).mappings("versions"):
        before = len(diagnostics)
        version = item.text("version", required=True)
        if version and not is_version(version):
            message, hint = (
                "« {version} » n’est pas un numéro de version.",
                "Écrivez trois nombres séparés par des points.",
            )
            near = next((v for v in (f"{version}.0", f"{version}.0.0", version[1:]) if is_version(v)), "")
            item.fault("version", message, hint, near, version=version)
        date = item.text("date", required=True)
        problem = TYPES["date"].read(date, "")[1] if date else None
        if problem is not None:
            message, hint = "« {date} » n’est pas une date.", "Une date s’écrit AAAA-MM-JJ."
            item.fault("date", message, hint, problem.suggestion, date=date)
        elif date and not EARLIEST <= date <= LATEST:
            message, hint = "« {date} » n’est pas la date d’une version.", "Elle va du {earliest} au {latest}."
            item.fault("date", message, hint, date=date, earliest=EARLIEST, latest=LATEST)
        summary, fingerprint = item.text("resume", required=True), _fingerprint(item)
        changes = tuple(filter(None, [read_noted(each) for each in item.mappings("changements")]))
        read = Version(version, date, summary, item.position, fingerprint, changes)
        item.close("une version")
        if len(diagnostics) == before:
            _check_order(item, read, found)
            found.append(read)
    return tuple(found)


def _fingerprint(item: Reader) -> str:
    """What `empreinte` says, without its prefix."""
    text = item.text("empreinte", required=item.has("empreinte"))
    if text and not _FINGERPRINT.fullmatch(text):
        message, hint = "« {text} » n’est pas l’empreinte d’une version.", "« generator release » l’écrit : {sample}."
        item.fault("empreinte", message, hint, text=text, sample=f"{PREFIX}…")
    return text.removeprefix(PREFIX)


def _check_order(item: Reader, read: Version, newer: list[Version]) -> None:
    """The newest version comes first, by its number and by its date."""
    hint = "La plus récente est en tête : remettez-les dans l’ordre, ou corrigez celle-ci."
    if any(read.version == other.version for other in newer):
        message = "La version {version} est donnée deux fois."
        item.fault("version", message, "Retirez l’une des deux, ou changez son numéro.", version=read.version)
    elif newer and number(read.version) > number(newer[-1].version):
        message = "La version {version} suit {other}, qui est plus ancienne."
        item.fault("version", message, hint, version=read.version, other=newer[-1].version)
    elif newer and read.date > newer[-1].date:
        message = "La version {version} est datée du {date}, après la suivante ({other})."
        item.fault("date", message, hint, version=read.version, date=read.date, other=newer[-1].date)


def is_version(text: str) -> bool:
    """Whether a text is three numbers with points between."""
    return _SEMVER.fullmatch(text) is not None


def number(version: str) -> tuple[int, ...]:
    """`1.10.0` → (1, 10, 0)."""
    return tuple(int(part) for part in re.findall("[0-9]+", version))

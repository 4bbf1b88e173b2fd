"""What the validator says of an example, in the words of the lists."""

from __future__ import annotations

import json
import tempfile
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.standard.completing import mentioned
from tests.standard.example import DESCRIPTOR, INVALID, PICTURE, REFUSED, SILENT, VALID, Awaited, Example

BROKEN = "plantage"
CHANGED = "texte changé"
UNCHECKED = "paquet-non-verifie"  # what is not on this disk, and is not fetched; what the validator does not read


@dataclass(frozen=True)
class Judged:
    """An example, what is awaited of it, what the validator found and in which words."""

    example: Example
    awaited: Awaited
    found: str
    said: str = ""

    @property
    def agrees(self) -> bool:
        """True when the verdict is the awaited one, or when none is."""
        return self.found == self.awaited.verdict or (self.silent and self.found != BROKEN)

    @property
    def silent(self) -> bool:
        """True when the standard says nothing: any verdict will do."""
        return self.awaited.verdict == SILENT


Decide = Callable[[Example], tuple[str, str]]


def judge(examples: Iterable[tuple[Example, Awaited]], decide: Decide | None = None) -> list[Judged]:
    """All that can be judged: illustrations are left out, and so are examples whose text is no more the one that was read."""
    found, decide = [], decide or decided
    for example, told in examples:
        if told.verdict == PICTURE:
            continue
        changed = told.print and told.print != example.print
        found.append(Judged(example, told, *((CHANGED, "") if changed else decide(example))))
    return found


def decided(example: Example, *, strict: bool = False, engine: str = "python") -> tuple[str, str]:
    """The verdict of the validator on an example, and its first messages."""
    from generator.standard.validating import validate

    with tempfile.TemporaryDirectory() as folder:
        try:
            result = validate(example.write(Path(folder)), strict=strict, engine=engine)
        except Exception:
            return BROKEN, traceback.format_exc(limit=-3)
    said = " | ".join(f"[{one.code}] {one.message}" for one in result.diagnostics[:3])
    if result.faulty:
        return INVALID, said
    return (REFUSED if any(one.code == UNCHECKED for one in result.diagnostics) else VALID), said


def decided_by_frictionless(example: Example) -> tuple[str, str]:
    """The verdict of Frictionless, beside ours; it is given nothing that leads elsewhere than this disk."""
    import frictionless

    if elsewhere(example):
        return REFUSED, ""
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = frictionless.validate(str(example.write(Path(folder))))
        except Exception as error:
            return BROKEN, repr(error)[:200]
    return (VALID if found.valid else INVALID), " | ".join(error.message for error in found.errors[:3])


def elsewhere(example: Example) -> bool:
    """Whether a descriptor names an address, which other tools would open."""
    try:
        descriptor = json.loads(example.files[DESCRIPTOR])
    except ValueError:
        return False
    return any(
        "://" in name
        for name in [*mentioned(descriptor), str(isinstance(descriptor, dict) and descriptor.get("profile"))]
    )

"""The kinds of edits, by families: each is a function of a project and of chance, which gives what it would write, or nothing when
it does not apply.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

from generator.documents.keeping import Kept
from tests.edits import declared, rows, troubles
from tests.edits.here import Edit, Here, Maker, between, state

Families = dict[str, tuple[Maker, ...]]

SOUND: Families = {
    "valeur": (rows.value,),
    "clé": (rows.key_added, rows.key_removed),
    "prose": (rows.prose,),
    "renvoi": (rows.reference,),
    "ajout": (rows.added,),
    "retrait": (rows.removed,),
    "renommage": (rows.renamed,),
    "contrat": (declared.title, declared.description, declared.column),
    "modèle": (declared.template,),
    "page": (declared.page_text, declared.page_head, declared.page_added, declared.page_removed),
    "fichier": (declared.file_added, declared.file_changed, declared.file_removed),
    "réglage": (declared.setting, declared.colour),
    "rien": (troubles.comment, troubles.blank, troubles.touched),
    "décalage": (troubles.lines_above, troubles.line_between),
}
FAULTY: Families = {
    "faute": (
        troubles.unknown_key,
        troubles.bad_reference,
        troubles.no_number,
        troubles.open_bracket,
        troubles.broken_template,
        troubles.broken_page,
    ),
}
BURST, UNDONE, CORRECTED = "rafale", "annulé", "correction"
FAMILIES = (*SOUND, *FAULTY, BURST, UNDONE)
TRIES = 8  # of an edit, until the content is valid after it


def make(root: Path, maker: Maker, rng: Random, kept: Kept | None = None) -> tuple[str, Kept] | None:
    """Write an edit of a kind; what it did, and what a next one need not parse. None when none applies: nothing has changed. An
    edit of a sound kind leaves a content that is valid, as a person would who is told of the fault.
    """
    sound = any(maker in makers for makers in SOUND.values())
    here = Here(root, kept)
    for _ in range(TRIES):
        edit = maker(here, rng)
        if edit is None:
            continue
        undo = _back(root, edit)
        edit.apply(root)
        after = Here(root, here.kept)
        if not sound or not after.project.faulty:
            return edit.said, after.kept
        undo.apply(root)
    return None


def _back(root: Path, edit: Edit) -> Edit:
    """The edit that undoes an edit which is not written yet."""
    files = {path: (root / path).read_bytes() if (root / path).exists() else None for path in edit.files}
    return Edit(f"annulé : {edit.said}", files)


def burst(root: Path, rng: Random, kept: Kept | None = None) -> tuple[str, Kept] | None:
    """Several edits at once, told as `make` does."""
    said = list[str]()
    for _ in range(rng.randrange(2, 5)):
        done = make(root, rng.choice(rng.choice(list(SOUND.values()))), rng, kept)
        if done is not None:
            said.append(done[0])
            kept = done[1]
    return (" ; ".join(said), kept) if said and kept is not None else None


def back(root: Path, before: Mapping[str, bytes], said: str) -> str | None:
    """Bring a project back to what it was; None when it is so already."""
    edit = between(state(root), before, said)
    edit.apply(root)
    return said if edit.files else None

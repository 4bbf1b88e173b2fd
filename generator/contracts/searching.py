"""What contracts say of the search: what a result shows of a page, how much a page counts, and the columns that give the words by which
readers look for a record, an acronym, or what it stands for.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.text.names import steps

WORDS, ACRONYM, EXPANSION = "words", "acronym", "expansion"
ROLES = (WORDS, ACRONYM, EXPANSION)  # of a column
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a result shows of a page: its `kind`, and what is read along paths from its record (`parcelles.recolte`): what it belongs
    to, its figures, their source. `weight` is how much the page counts beside the others, in tenths; `asked` are the words of a question that call
    for its kind (« combien »).
    """

    kind: str = ""
    context: Path = ()
    figures: Path = ()
    source: Path = ()
    weight: int = 10
    asked: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def read_found(item: Reader) -> Found:
    """What the page of a contract says of the search."""
    weight = item.text("weight", pattern="0[.][1-9]|1")
    found = Found(
        kind=item.text("kind"),
        context=_path(item, "context"),
        figures=_path(item, "figures"),
        source=_path(item, "source"),
        asked=item.texts("asked", distinct=True),
        words=item.texts("words", distinct=True),
        weight=int(weight[2:]) if weight.startswith("0.") and weight[2:].isdigit() else 10,
    )
    item.close("« search »")
    return found


def _path(item: Reader, key: str) -> Path:
    text = item.text(key)
    return steps(text) if text else ()


def read_role(item: Reader, kind: str) -> str:
    """What a column is to the search, or ""."""
    role = item.text("search")
    if role and role not in ROLES:
        message, hint = "« {role} » n’est pas un rôle pour la recherche.", "Rôles possibles : {choices}."
        item.fault("search", message, hint, nearest(role, ROLES), role=role, choices=listed(ROLES))
        return ""
    if role and kind and kind != "string":
        item.fault("search", "Les mots que lit la recherche (« search ») sont du type « string ».")
    return role

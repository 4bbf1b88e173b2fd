"""Where the rows of a table come from, as its contract declares it under `content`."""

from __future__ import annotations

from dataclasses import replace

from generator.contracts.places import Rows
from generator.diagnostics.suggestions import nearest
from generator.documents.reader import Reader
from generator.layout import CONTENT

_ENDS = {"records": ".yaml", "list": ".yaml", "csv": ".csv"}


def read_rows(resource: Reader) -> Rows:
    """Where rows come from; what is missing or wrong is reported, and then nothing is read."""
    if resource.has("derive"):
        return Rows("derived", position=resource.key_place("derive"))
    if not resource.has("content"):
        message, hint = "La clé « content » manque : elle dit d’où viennent les lignes.", "Exemple : {example}"
        resource.faults(resource.position, message, hint, example="content: {records: jardins/*.yaml}")
        resource.skip("content")
        return Rows("list")
    item = resource.mapping("content", required=True)
    if item.unread:
        return Rows("list")
    kinds = [k for k in ("records", "list", "csv", "within") if item.has(k)]
    if len(kinds) != 1:
        given = next(iter(item.node.nodes), "") if not kinds else ""
        message = "« content » dit d’où viennent les lignes par une seule de ces clés : records, list, csv ou within."
        if given:
            message = "« {given} » n’est pas une clé de « content », qui dit d’où viennent les lignes : records, list, csv ou within."
        place = item.key_place(given) if given else item.position
        meant = nearest(given, ("records", "list", "csv", "within")) if given else ""
        item.faults(place, message, "Exemple : content: {{records: jardins/*.yaml}}", meant, given=given)
        item.asked.update(item.node.nodes)
        item.skip("records", "list", "csv", "within", "key", "rank")
        return Rows("list")
    kind = kinds[0]
    if kind == "within":
        rows = Rows("within", "", item.text("within", True), item.text("key", True), item.text("rank"))
    else:
        rows = Rows(kind, item.text(kind, True), position=item.spot(kind, ""))  # type: ignore[arg-type]
        if rows.pattern.startswith(f"{CONTENT}/"):
            message, hint = "Le chemin part déjà de « {folder} » : ce nom ne s’y écrit pas.", "Retirez « {folder} »."
            meant = rows.pattern.partition("/")[2]
            item.fault(kind, message, hint, meant, folder=f"{CONTENT}/")
            rows = replace(rows, pattern=meant)
        elif rows.pattern and not inside(rows.pattern):
            item.fault(kind, "Le chemin « {path} » doit rester sous content/.", path=rows.pattern)
        elif rows.pattern and not rows.pattern.endswith(_ENDS[kind]):
            message, hint = "« {path} » ne désigne aucun fichier {end}.", "Exemple : {example}"
            example = f"{kind}: botanique/plantes{'/*' if kind == 'records' else ''}{_ENDS[kind]}"
            item.fault(kind, message, hint, path=rows.pattern, end=_ENDS[kind], example=example)
    item.close("« content »")
    return rows


def is_placed(rows: Rows) -> bool:
    """Whether it is known where rows come from."""
    if rows.kind == "derived":
        return True
    if rows.kind == "within":
        return bool(rows.parent and rows.key)
    return inside(rows.pattern) and rows.pattern.endswith(_ENDS[rows.kind])


def inside(pattern: str) -> bool:
    """Whether a pattern names files under content/."""
    return bool(pattern) and not pattern.startswith("/") and ".." not in pattern.split("/") and "\\" not in pattern

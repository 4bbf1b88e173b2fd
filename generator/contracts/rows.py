"""Where the rows of a table come from, as its contract declares it under `content`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.contracts.large import ENDS as LARGE
from generator.contracts.large import read_files
from generator.contracts.places import Rows
from generator.contracts.placing import check_globs, check_words, read_allow, read_limits
from generator.diagnostics.suggestions import nearest
from generator.documents.kinds import ENDS as KINDS
from generator.documents.nodes import Scalar, Sequence
from generator.documents.reader import Reader
from generator.layout import CONTENT

_KINDS = ("records", "list", "csv", "within", "table")
_TREES = (*KINDS["yaml"], *KINDS["json"])
ENDS: Mapping[str, tuple[str, ...]] = {
    "records": (*_TREES, *KINDS["markdown"]),
    "list": _TREES,
    "csv": KINDS["csv"],
    "table": LARGE,
}
_WORDS = (
    "key",
    "rank",
    "keys",
    "single",
    "value",
    "ignore",
    "rest",
    "documents",
    "body",
    "file",
    "path",
    "limits",
    "allow",
    "files",
)


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
    kinds = [k for k in _KINDS if item.has(k)]
    if len(kinds) != 1:
        _not_one_kind(item, kinds)
        return Rows("list")
    kind = kinds[0]
    if kind == "within":
        key = _read_key(item)
        rows = Rows("within", "", item.text("within", True), key, item.text("rank"), step=key[-1] if key else "")
    else:
        rows = Rows(kind, item.text(kind, True), rank=item.text("rank"), position=item.spot(kind, ""))  # type: ignore[arg-type]
        rows = _checked_pattern(item, rows)
    if rows.elsewhere:
        rows = read_files(item, rows)
    rows = _read_shapes(item, rows)
    check_words(item, rows)
    item.close("« content »")
    return rows


def _not_one_kind(item: Reader, kinds: list[str]) -> None:
    """Say that it is not known where rows come from."""
    known = (*_KINDS, *_WORDS)
    given = next((word for word in item.node.nodes if word not in known), "") if not kinds else ""
    message = (
        "« content » dit d’où viennent les lignes par une seule de ces clés : records, list, csv, within ou table."
    )
    if given:
        message = "« {given} » n’est pas une clé de « content », qui dit d’où viennent les lignes : records, list, csv, within ou table."
    place = item.key_place(given) if given else item.position
    meant = nearest(given, _KINDS) if given else ""
    item.faults(place, message, "Exemple : content: {{records: jardins/*.yaml}}", meant, given=given)
    item.asked.update(item.node.nodes)
    item.skip(*_KINDS, *_WORDS)


def _read_key(item: Reader) -> tuple[str, ...]:
    """The way from a row to the rows that it holds: a text, or several through groups; none for the row itself."""
    node = item.node.nodes.get("key")
    if isinstance(node, Sequence):
        key = item.texts("key")
        if "" in key:
            item.fault("key", "« key » contient un texte vide.", "Retirez-le.")
        return tuple(filter(None, key))
    text = item.text("key", required=True)
    return (text,) if text else ()


def _checked_pattern(item: Reader, rows: Rows) -> Rows:
    """The rows of files, with the names of these; a pattern that names no file is reported."""
    kind, pattern = rows.kind, rows.pattern
    if pattern.startswith(f"{CONTENT}/"):
        message, hint = "Le chemin part déjà de « {folder} » : ce nom ne s’y écrit pas.", "Retirez « {folder} »."
        meant = pattern.partition("/")[2]
        item.fault(kind, message, hint, meant, folder=f"{CONTENT}/")
        return replace(rows, pattern=meant)
    if pattern and not inside(pattern):
        message = "Le chemin « {path} » doit rester sous content/."
        if rows.elsewhere:
            message = "Le chemin « {path} » doit rester dans le dossier des grandes tables."
        item.fault(kind, message, path=pattern)
    elif pattern and not pattern.endswith(ENDS[kind]):
        message, hint = "« {path} » ne désigne aucun fichier {ends}.", "Exemple : {example}"
        example = f"{kind}: botanique/plantes{'/*' if kind == 'records' else ''}{ENDS[kind][0]}"
        item.fault(kind, message, hint, path=pattern, ends=", ".join(ENDS[kind]), example=example)
    elif pattern:
        check_globs(item, rows)
    return rows


def _read_shapes(item: Reader, rows: Rows) -> Rows:
    """The rows with what is said of their shape, and of the columns that their place fills."""
    others = item.node.nodes.get("ignore")
    every = isinstance(others, Scalar)
    return replace(
        rows,
        documents=item.boolean("documents"),
        body=item.text("body"),
        file=item.text("file"),
        path=item.text("path"),
        keys=item.text("keys"),
        single=item.boolean("single"),
        value=item.text("value"),
        ignores_all=every and item.boolean("ignore"),
        ignored=frozenset() if every else frozenset(item.texts("ignore", distinct=True)),
        rest=item.text("rest"),
        limits=read_limits(item),
        allow=read_allow(item),
    )


def is_placed(rows: Rows) -> bool:
    """Whether it is known where rows come from."""
    if rows.kind == "derived":
        return True
    if rows.kind == "within":
        return bool(rows.parent)
    return inside(rows.pattern) and rows.pattern.endswith(ENDS[rows.kind])


def inside(pattern: str) -> bool:
    """Whether a pattern names files under content/."""
    return bool(pattern) and not pattern.startswith("/") and ".." not in pattern.split("/") and "\\" not in pattern

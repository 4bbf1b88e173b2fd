"""What is said under `content` beyond where rows come from: which words go together, which columns they name, and of what type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Map
from dataclasses import replace

from generator.contracts.columns import check_names
from generator.contracts.model import Field, Resource
from generator.contracts.places import ANYWHERE, Rows
from generator.diagnostics.wording import listed
from generator.documents.kinds import kind_of
from generator.documents.manner import LIMITS, Limits
from generator.documents.reader import Reader
from generator.values.types import TYPES

_GOES = {
    "documents": ("list",),
    "body": ("records",),
    "file": ("records", "list", "csv"),
    "path": ("records", "list", "csv"),
    "limits": ("records", "list", "csv"),
    "allow": ("records", "list", "csv"),
    "keys": ("list", "within"),
    "single": ("within",),
    "value": ("list", "within"),
    "rank": ("csv", "list", "within"),
    "key": ("within",),
    "files": ("table",),
}
_APART = (("single", "keys"), ("documents", "keys"), ("ignore", "rest"))
RECEIVING = ("rank", "file", "path", "keys", "body", "rest")  # words that name a column which nobody writes
REST = "object" if "object" in TYPES else "string"  # the type of a column that keeps what is not known


def check_words(item: Reader, rows: Rows) -> None:
    """The words of « content » that do not go with where rows come from, or with one another, are reported; each once."""
    item.asked -= {word for word, kinds in _GOES.items() if rows.kind not in kinds and not item.has(word)}
    for word, kinds in _GOES.items():
        if item.has(word) and rows.kind not in kinds:
            item.skip(word)
            message, hint = "« {word} » ne va pas avec « {kind} ».", "Retirez « {word} »."
            item.faults(item.key_place(word), message, hint, word=word, kind=rows.kind)
            return
    said = {word for word in ("single", "keys", "documents", "rest") if item.has(word)}
    said |= {"ignore"} if rows.ignores_all else set()
    for one, other in _APART:
        if {one, other} <= said:
            message, hint = "« {one} » et « {other} » se contredisent.", "Gardez l’un des deux."
            item.faults(item.key_place(other), message, hint, one=one, other=other)
    if rows.single and not rows.key:
        message = "« single » demande une clé : sans elle, la ligne même serait la ligne imbriquée."
        item.faults(item.key_place("single"), message, "Nommez la clé dans « key ».")
    if rows.body and kind_of(rows.pattern) != "markdown":
        message = "« body » reçoit le texte qui suit l’en-tête d’un fichier Markdown, et « {path} » n’en désigne pas."
        item.fault("body", message, "Retirez « body », ou lisez des fichiers .md.", path=rows.pattern)
    if rows.documents and kind_of(rows.pattern) != "yaml":
        message = "« documents » ne va qu’aux fichiers YAML, et « {path} » n’en désigne pas."
        item.faults(item.key_place("documents"), message, "Retirez « documents ».", path=rows.pattern)


def check_globs(item: Reader, rows: Rows) -> None:
    """A pattern has `**` as a whole folder, once."""
    *folders, name = rows.pattern.split("/")
    if ANYWHERE in name or any(ANYWHERE in each and each != ANYWHERE for each in folders):
        message = "« ** » tient lieu de dossiers entiers : il s’écrit seul entre deux barres."
        item.fault(rows.kind, message, "Exemple : {example}", example="plantes/**/*.yaml")
    elif folders.count(ANYWHERE) > 1:
        message = "« ** » ne s’écrit qu’une fois : il vaut déjà pour autant de dossiers qu’il en faut."
        item.fault(rows.kind, message, "Gardez-en un seul.")


_ALLOWED = ("characters",)


def read_allow(item: Reader) -> frozenset[str]:
    """What the files of a table may hold, that others may not."""
    found = item.texts("allow", distinct=True)
    for word in found:
        if word not in _ALLOWED:
            message = "« {word} » n’est pas ce que « content » permet par « allow »."
            hint = "Possible : {choices}. Ce qui vaut pour des valeurs se permet sur la table ou la colonne."
            item.faults(item.spot("allow", word), message, hint, word=word, choices=listed(_ALLOWED))
    return frozenset(found)


def read_limits(item: Reader) -> Limits:
    """How big a file may be, in bytes and in values."""
    limits = item.mapping("limits")
    found = Limits(_whole(limits, "bytes", LIMITS.bytes), _whole(limits, "values", LIMITS.values))
    limits.close("« limits »")
    return found


def _whole(item: Reader, key: str, usual: int) -> int:
    """A whole number above zero."""
    text = item.text(key)
    if not text:
        return usual
    if text.isascii() and text.isdecimal() and len(text) <= 12 and int(text):
        return int(text)
    item.fault(key, "« {key} » attend un nombre entier, sans espace.", "Exemple : {usual}", key=key, usual=usual)
    return usual


def check_received(item: Reader, rows: Rows, columns: Map[str, Field]) -> None:
    """The columns that the « content » of a table names: they are there, each for one thing, of the type of what it receives."""
    words = [word for word in (*RECEIVING, "value") if getattr(rows, word)]
    if not words:
        return
    content, taken = item.mapping("content"), dict[str, str]()
    own = [(content, word, (getattr(rows, word),)) for word in words if word != "rank"]
    check_names(own, columns, item, item.text("name"))
    for word in words:
        name = getattr(rows, word)
        if name in taken:
            message = "« {name} » ne peut pas recevoir à la fois « {one} » et « {other} »."
            content.fault(word, message, "Déclarez une autre colonne.", name=name, one=taken[name], other=word)
        taken[name] = word
        wanted = {"body": "string", "rest": REST}.get(word)
        if wanted and name in columns and columns[name].type != wanted:
            message, hint = "La colonne « {name} », de « {word} », est du type « {wanted} ».", "Corrigez son type."
            content.fault(word, message, hint, name=name, word=word, wanted=wanted)


def with_steps(resources: Map[str, Resource]) -> dict[str, Resource]:
    """The tables, those nested in one holder each with a step of its own: its key, or its name when the key says nothing or is
    that of another table or of a column.
    """
    counted = Counter((r.rows.parent, r.rows.step) for r in resources.values() if r.rows.kind == "within")
    return {name: _with_step(r, resources, counted) for name, r in resources.items()}


def _with_step(resource: Resource, resources: Map[str, Resource], counted: Map[tuple[str, str], int]) -> Resource:
    rows = resource.rows
    if rows.kind != "within":
        return resource
    parent = resources.get(rows.parent)
    shared = counted[rows.parent, rows.step] > 1 or (parent is not None and rows.step in parent.index)
    plain = rows.step and "." not in rows.step and not shared
    return resource if plain else replace(resource, rows=replace(rows, step=resource.name))

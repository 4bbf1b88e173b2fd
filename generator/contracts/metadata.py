"""What a contract says of a package beyond its tables, and is published as it is written: the properties of Data Package v2,
each with the shape that its profile gives it, and those of other vocabularies (`namespace:property`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Map

from generator.contracts.extent import SHAPES
from generator.diagnostics.wording import listed
from generator.documents.nodes import Mapping, Node, Scalar, Sequence, plain
from generator.documents.reader import Reader
from generator.values.types import TYPES

Read = Callable[[Reader, str], None]  # says what is wrong with the value of a key

SHORT_NAME = re.compile("[-a-zA-Z0-9._]+")  # of a licence, as the profile of v2 wants it
_NAMESPACED = re.compile(r"[A-Za-z][A-Za-z0-9_-]*:[A-Za-z][A-Za-z0-9_.-]*")


def read_metadata(root: Reader) -> dict[str, object]:
    """The properties of a package that its contract gives."""
    return _read(root, _PACKAGE) | read_properties(root)


def read_properties(item: Reader) -> dict[str, object]:
    """The properties of other vocabularies."""
    wanted = [key for key in item.node.nodes if ":" in key]
    for key in wanted:
        if not _NAMESPACED.fullmatch(key):
            message = "« {key} » n’a pas la forme d’une propriété d’un autre vocabulaire."
            hint = "Écrivez « vocabulaire:propriete », sans espace ni accent. Exemple : {sample}"
            item.faults(item.key_place(key), message, hint, key=key, sample='"dct:temporal"')
        elif not _said(item.node.nodes[key]):
            item.fault(key, "« {key} » est vide.", "Donnez-lui une valeur, ou retirez-la.", key=key)
        elif key in SHAPES:
            SHAPES[key](item, key)
    item.skip(*wanted)
    return {key: plain(item.node.nodes[key]) for key in wanted}


def _said(node: Node) -> bool:
    """Whether something stands in a node, and in all that it holds."""
    if isinstance(node, Scalar):
        return bool(node.text)
    parts = node.items if isinstance(node, Sequence) else list(node.nodes.values()) if isinstance(node, Mapping) else []
    return not isinstance(node, Sequence | Mapping) or (bool(parts) and all(map(_said, parts)))


def _read(item: Reader, known: Map[str, Read]) -> dict[str, object]:
    """The keys that are written, among those that are known, as they are."""
    for key in known:
        if item.has(key):
            known[key](item, key)
    item.skip(*known)
    return {key: plain(item.node.nodes[key]) for key in known if item.has(key)}


def _text(item: Reader, key: str) -> None:
    item.text(key, required=True)


def _address(item: Reader, key: str) -> None:
    text = item.text(key, required=True)
    if text and TYPES["string"].read(text, "uri")[1]:
        item.fault(key, "« {text} » n’est pas une adresse web.", "Une adresse commence par https://.", text=text)


def _email(item: Reader, key: str) -> None:
    text = item.text(key, required=True)
    if text and TYPES["string"].read(text, "email")[1]:
        message, hint = "« {text} » n’est pas une adresse électronique.", "Écrivez nom@domaine."
        item.fault(key, message, hint, text.removeprefix("mailto:") if text.startswith("mailto:") else "", text=text)


def _address_or_path(item: Reader, key: str) -> None:
    """A web address, or a path within the package (Data Package v2, « URL or Path »)."""
    text = item.text(key, required=True)
    if not text or (text.startswith(("http://", "https://")) and not TYPES["string"].read(text, "uri")[1]):
        return
    steps = text.split("/")
    if not re.fullmatch(r"[A-Za-z0-9._~/-]+", text) or any(step.startswith((".", "~")) or not step for step in steps):
        message = "« {text} » n’est ni une adresse web ni un chemin dans le paquet."
        hint = "Une adresse commence par https:// ; un chemin ne part pas de la racine, ne remonte pas et n’a pas d’espace."
        item.fault(key, message, hint, text=text)


def _short_name(item: Reader, key: str) -> None:
    text = item.text(key, required=True)
    if text and not SHORT_NAME.fullmatch(text):
        message, hint = (
            "« {text} » n’est pas le nom court d’une licence.",
            "Écrivez un sigle sans espace : {sample}. Le titre va dans « title ».",
        )
        item.fault(key, message, hint, text=text, sample="etalab-2.0, CC-BY-4.0, ODbL-1.0")


def _texts(item: Reader, key: str) -> None:
    """A list of texts; one text alone would be published as it is, and refused by the profile."""
    node = item.node.nodes[key]
    if isinstance(node, Scalar):
        item.fault(key, "« {key} » attend une liste de textes.", "", f"[{node.text}]" if node.text else "", key=key)
    else:
        item.texts(key, required=True, distinct=True)


def _list(known: Map[str, Read], wanted: tuple[str, ...] = ()) -> Read:
    """A list of groups of these keys; each has one at least, of `wanted` if they are given."""

    def read(item: Reader, key: str) -> None:
        count = 0
        for entry in item.mappings(key):
            count += 1
            if entry.unread:
                continue
            _read(entry, known)
            read_properties(entry)
            entry.close("cet élément")
            if not any(entry.has(word) for word in wanted or entry.node.nodes):
                message, hint = "Cet élément de « {key} » ne dit rien qui le désigne.", "Ajoutez {choices}."
                entry.faults(entry.position, message, hint, key=key, choices=listed(wanted or ("title",)))
        if not count and isinstance(item.node.nodes[key], Sequence):
            item.fault(key, "« {key} » est vide.", "Donnez-lui un élément, ou retirez la clé.", key=key)

    return read


_SOURCE: Map[str, Read] = {"title": _text, "path": _address_or_path, "email": _email, "version": _text}
_CONTRIBUTOR: Map[str, Read] = {
    "title": _text,
    "path": _address,
    "email": _email,
    "givenName": _text,
    "familyName": _text,
    "organization": _text,
    "roles": _texts,
}
_LICENCE: Map[str, Read] = {"name": _short_name, "path": _address_or_path, "title": _text}
_PACKAGE: Map[str, Read] = {
    "id": _text,
    "homepage": _address,
    "image": _address_or_path,
    "licenses": _list(_LICENCE, ("name", "path")),
    "contributors": _list(_CONTRIBUTOR),
    "sources": _list(_SOURCE),
}

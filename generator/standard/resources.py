"""A resource: where its data are, how they are written, what describes them (https://datapackage.org/standard/data-resource/)."""

from __future__ import annotations

import codecs

from generator.diagnostics.finding import Position, fault
from generator.diagnostics.suggestions import nearest
from generator.documents.encodings import ENCODINGS
from generator.documents.nodes import Mapping, Scalar, Sequence
from generator.standard.descriptors import Descriptors
from generator.standard.dialects import default_delimiter, read_dialect
from generator.standard.metadata import advise_resource, read_resource
from generator.standard.model import Data, Dialect, Resource, Schema
from generator.standard.part import PROPERTY, UNCHECKED, Part, is_text
from generator.standard.paths import PATH, is_remote, refused
from generator.standard.schemas import read_schema
from generator.tables import source as tables
from generator.text.interface import sentence

TABULAR = ("tabular-data-resource", "https://specs.frictionlessdata.io/schemas/tabular-data-resource.json")
TABLES = ("csv", "tsv")  # the formats of a table that is read when nothing says that it is one
_MEDIA = {"text/csv": "csv", "text/tab-separated-values": "tsv", "application/json": "json"}
_HASH = "hash"


class Resources:
    """Reads the resources of one package. `tabular`: its profile says that they are all tables; `strict`: what is recommended is asked."""

    def __init__(self, descriptors: Descriptors, version: str, tabular: bool, strict: bool) -> None:
        self.descriptors = descriptors
        self.version = version
        self.tabular = tabular
        self.strict = strict

    def read(self, part: Part) -> Resource:
        """The resource that a group says."""
        read_resource(part)
        if "name" not in part:
            part.missing("name", "Donnez à chaque ressource un nom, qu’elle est seule à avoir.")
        name = part.text("name")
        if part.node.nodes.get("name") is not None and not name and is_text(part.node.nodes["name"]):
            part.fault("name", "« {key} » est un texte vide.", "Donnez un nom à la ressource.")
        paths, data = self._paths(part), self._data(part)
        form = _form(part, paths)
        said = part.word("type", ("table",)) == "table" or self.tabular or part.text("profile") in TABULAR
        table = said or ("schema" in part and (form in TABLES or (form in ("", "json") and data is not None)))
        if self.strict:
            advise_resource(part, table)
        dialect, schema, encoding = self._dialect(part, form), self._schema(part), _encoding(part)
        return Resource(
            name,
            part.at("name"),
            paths,
            data,
            table=table,
            form=form,
            encoding=encoding or "",
            dialect=dialect or Dialect(),
            schema=schema,
            readable=table
            and dialect is not None
            and encoding is not None
            and (schema is not None or "schema" not in part),
            bytes=_bytes(part),
            hash=(part.text(_HASH), part.at(_HASH)) if part.text(_HASH) else None,
        )

    def _paths(self, part: Part) -> tuple[tuple[str, Position], ...]:
        """The paths of a resource: those that are wrong are said and left out, those of the web are said not to be opened."""
        key = "path" if "path" in part or "url" not in part else "url"
        node = part.get(key)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            found = part.texts(key, least=1)
        else:
            text = part.text(key)
            empty = isinstance(node, Scalar) and is_text(node) and not text
            found = [(text, part.at(key))] if text or empty else []
        remote = [pair for pair in found if is_remote(pair[0])]
        if remote and len(remote) < len(found):
            message, hint = "« {key} » mêle des adresses et des chemins.", "Gardez les unes ou les autres."
            part.tell(fault(PATH, part.at(key), message, hint, key=part.within(key)))
        elif remote:
            message = "« {path} » est sur une autre machine : ces données n’ont pas été ouvertes, ni vérifiées."
            hint = "Pour les vérifier, mettez le fichier dans le paquet et son chemin à la place de l’adresse."
            part.tell(fault(UNCHECKED, remote[0][1], message, hint, path=remote[0][0]))
        wrong = [refused(text, place) for text, place in found]
        for each in filter(None, wrong):
            part.tell(each)
        return () if remote or any(wrong) else tuple(found)

    def _data(self, part: Part) -> Data | None:
        """The data that a resource holds; that it has neither these nor a path, or both, is said."""
        paths, held = "path" in part or "url" in part, "data" in part
        if paths and held:
            message = "Une ressource a « path » ou « data », et non les deux."
            part.tell(fault(PROPERTY, part.key_at("data"), message, "Retirez l’un des deux."))
        if not paths and not held:
            part.missing(
                "path", "Une ressource dit où sont ses données : un chemin (« path »), ou les données mêmes (« data »)."
            )
        node = part.get("data")
        if node is None:
            return None
        if not isinstance(node, Mapping | Sequence) and not is_text(node):
            wanted = sentence("une liste, un groupe ou un texte")
            part.unfit(part.at("data"), part.within("data"), wanted, node)
            return None
        if isinstance(node, Scalar) and "format" not in part and "mediatype" not in part:
            message = "« data » est un texte : rien ne dit de quel format."
            part.tell(fault(PROPERTY, part.at("data"), message, 'Ajoutez « format », par exemple "csv".'))
        return Data(node, part.file.document)

    def _dialect(self, part: Part, form: str) -> Dialect | None:
        if "dialect" not in part:
            return Dialect(tables.Dialect(delimiter=default_delimiter(form)))
        found = self.descriptors.inner(part, "dialect")
        return None if found is None else read_dialect(found, form)

    def _schema(self, part: Part) -> Schema | None:
        found = self.descriptors.inner(part, "schema") if "schema" in part else None
        return None if found is None else read_schema(found, self.strict)


def _form(part: Part, paths: tuple[tuple[str, Position], ...]) -> str:
    """The format of the data: as it is said, or else by the media type, or by the end of the name of the file."""
    said = part.text("format").lower().lstrip(".")
    if said:
        return said
    media = part.text("mediatype").partition(";")[0].strip().lower()
    if media in _MEDIA:
        return _MEDIA[media]
    name = paths[0][0].rpartition("/")[2] if paths else ""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _bytes(part: Part) -> tuple[int, Position] | None:
    size = part.whole("bytes")
    return None if size is None else (size, part.at("bytes"))


def _encoding(part: Part) -> str | None:
    """The encoding of the files, by its name in Python; "" when nothing says it, None when nobody knows it."""
    text = part.text("encoding")
    try:
        known = codecs.lookup(text) if text else None
    except (LookupError, ValueError):
        known = None
    if not text or (known is not None and known._is_text_encoding):
        return known.name if known is not None else ""
    message, hint = "L’encodage « {text} » n’existe pas.", "Par exemple : utf-8, windows-1252."
    part.fault("encoding", message, hint, nearest(text, ENCODINGS), text=text)
    return None

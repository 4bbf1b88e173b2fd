"""What packages and resources say of themselves, by the official profile: licences, contributors, sources, dates, addresses; and what
the standard only recommends, told on demand.
"""

from __future__ import annotations

import datetime
import re

from generator.diagnostics.finding import fault
from generator.standard.part import PROPERTY, Part
from generator.standard.paths import is_remote, refused
from generator.text.interface import sentence

ADVICE = "paquet-recommandation"
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})\Z"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MEDIATYPE = re.compile(r".+/.+\Z", re.DOTALL)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")
_LICENCE = re.compile(r"[-a-zA-Z0-9._]+\Z")
_NAME = re.compile(r"[-a-z0-9._]+\Z")
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?\Z")


def read_package(part: Part) -> None:
    """Say what is wrong in the properties of a package, its resources apart."""
    for key in ("$schema", "profile", "name", "id", "title", "description", "version"):
        part.text(key)
    _address(part, "homepage")
    _created(part)
    _path(part, "image")
    part.texts("keywords", least=1)
    for person in part.groups("contributors", least=1):
        _person(person)
    read_shared(part)


def read_resource(part: Part) -> None:
    """Say what is wrong in what a resource says of itself, its data, its dialect and its schema apart."""
    for key in ("$schema", "profile", "title", "description", "format", "encoding"):
        part.text(key)
    _address(part, "homepage")
    kind = part.text("mediatype")
    if kind and not _MEDIATYPE.match(kind):
        part.fault("mediatype", "« {text} » n’est pas un type de média.", "Par exemple : text/csv.", text=kind)
    read_shared(part)


def read_shared(part: Part) -> None:
    """Say what is wrong in the licences and the sources."""
    for licence in part.groups("licenses", least=1):
        name = licence.text("name")
        licence.text("title")
        _path(licence, "path")
        if "name" not in licence and "path" not in licence:
            licence.missing("name", "Une licence a un identifiant (« name »), une adresse (« path »), ou les deux.")
        if name and not _LICENCE.match(name):
            message = (
                "« {text} » n’est pas un identifiant de licence : lettres, chiffres, « . », « - » et « _ » seulement."
            )
            licence.fault(
                "name", message, "Par exemple : etalab-2.0 ; le nom en toutes lettres va dans « title ».", text=name
            )
    for source in part.groups("sources"):
        _filled(source)
        for key in ("title", "version"):
            source.text(key)
        _path(source, "path")
        _email(source)


def _person(part: Part) -> None:
    _filled(part)
    for key in ("title", "givenName", "familyName", "organization", "role"):
        part.text(key)
    part.texts("roles", least=1)
    path = part.text("path")
    if path and not is_remote(path):
        part.fault("path", "« {text} » n’est pas une adresse.", "Écrivez-la en entier : https://…", text=path)
    _email(part)


def _filled(part: Part) -> None:
    if not part.node.nodes:
        message, hint = "« {key} » ne dit rien.", "Donnez-lui un « title », ou retirez-le."
        place = part.file.document.at(part.node.mark)
        part.tell(fault(PROPERTY, place, message, hint, key=part.path))


def _address(part: Part, key: str) -> None:
    text = part.text(key)
    if text and not _URI.match(text):
        part.fault(key, "« {text} » n’est pas une adresse.", "Écrivez-la en entier : https://…", text=text)


def _email(part: Part) -> None:
    text = part.text("email")
    if text and not _EMAIL.match(text):
        part.fault("email", "« {text} » n’est pas une adresse électronique.", "Écrivez nom@domaine.", text=text)


def _path(part: Part, key: str) -> None:
    """An address or the path of a file, which nothing here opens."""
    text = part.text(key)
    found = refused(text, part.at(key)) if text and not is_remote(text) else None
    if found is not None:
        part.tell(found)


def _created(part: Part) -> None:
    text = part.text("created")
    if not text or _is_moment(text):
        return
    message, hint = "« {text} » n’est pas une date avec heure (RFC 3339).", "Écrivez AAAA-MM-JJTHH:MM:SSZ."
    part.fault("created", message, hint, f"{text}T00:00:00Z" if _DAY.match(text) else "", text=text)


def _is_moment(text: str) -> bool:
    if not _MOMENT.match(text):
        return False
    try:
        seconds = text[17:19]
        datetime.datetime.fromisoformat(text[:17].upper() + ("59" if seconds == "60" else seconds))
    except ValueError:
        return False
    return text[-1] in "Zz" or (int(text[-5:-3]) < 24 and int(text[-2:]) < 60)


ADVISED = (
    ("name", sentence("Donnez au paquet un nom court, qui ne change pas d’une version à l’autre.")),
    ("id", sentence("Donnez au paquet un identifiant unique : son adresse, ou un DOI.")),
    ("licenses", sentence("Dites ce qu’on a le droit de faire des données.")),
    (
        "$schema",
        sentence(
            "Écrivez « https://datapackage.org/profiles/2.0/datapackage.json » : sans lui, les logiciels lisent la version 1."
        ),
    ),
)


def advise_package(part: Part, name: str) -> None:
    """Say what the standard recommends of a package and this one does not have."""
    for key, todo in ADVISED:
        if key not in part:
            _advise(part, "", "La norme recommande « {key} ».", "{todo}", key=key, todo=todo)
    _advise_name(part)
    version = part.text("version")
    if version and not _VERSION.match(version):
        message, hint = "« {text} » n’est pas une version à trois nombres (semver.org).", "Par exemple : 1.0.0."
        _advise(part, "version", message, hint, text=version)
    for list_ in ("contributors", "sources"):
        for each in part.groups(list_):
            if each.node.nodes and "title" not in each:
                _advise(
                    each,
                    "",
                    "La norme recommande « {key} ».",
                    "Nommez cette personne, cet organisme ou ce document.",
                    key=each.within("title"),
                )
    if name != "datapackage.json":
        _advise(
            part,
            "",
            "Un paquet se publie sous le nom « datapackage.json », en JSON.",
            "Renommez ce fichier, ou convertissez-le.",
        )


def advise_resource(part: Part, table: bool) -> None:
    """Say what the standard recommends of a resource and this one does not have."""
    _advise_name(part)
    if table and "schema" not in part:
        _advise(
            part, "", "La norme recommande un « schema » pour une table.", "Décrivez ses colonnes : nom, type, sens."
        )
    encoding = part.text("encoding")
    known = {"utf8": "utf-8", "utf_8": "utf-8", "ascii": "us-ascii"}.get(encoding.lower(), encoding.lower())
    if known in ("utf-8", "us-ascii") and known != encoding.lower():
        message, hint = (
            "La norme recommande d’écrire « {name} », et non « {text} ».",
            "C’est le nom qu’en donne l’IANA.",
        )
        _advise(part, "encoding", message, hint, name=known, text=encoding)
    elif encoding and known not in ("utf-8", "us-ascii"):
        message, hint = "La norme recommande UTF-8, et non « {text} ».", "Enregistrez le fichier de nouveau en UTF-8."
        _advise(part, "encoding", message, hint, text=encoding)


def _advise_name(part: Part) -> None:
    name = part.text("name")
    if name and not _NAME.match(name):
        message = "La norme recommande, pour un nom, des minuscules sans accent, des chiffres, « . », « - » et « _ »."
        _advise(part, "name", message, "Changez « {text} », si rien ne le cite encore.", text=name)


def _advise(part: Part, key: str, message: str, hint: str, /, **values: object) -> None:
    place = part.at(key) if key else part.file.document.at(part.node.mark)
    part.tell(fault(ADVICE, place, message, hint, **values))

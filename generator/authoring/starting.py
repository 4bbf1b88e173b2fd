"""The files of a new site, by their paths: those of authoring/start/<language>/, with its name and its generator. There, a name that
would begin with a full stop begins with « _ ».
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.layout import FRONT, MACHINE, PAGES, SETTINGS
from generator.text.interface import Sentence, say, sentence
from generator.writing import entries

START = MACHINE / "authoring" / "start"
LANGUAGES = tuple(
    sorted((path.name for path in START.iterdir() if path.is_dir()), key=lambda name: (name != "fr", name))
)
LOCK = MACHINE / "requirements.lock"
LONGEST = 100  # characters of the name of a site
# A wheel, and the fingerprint that pip checks: https://pip.pypa.io/en/stable/topics/secure-installs/
_WHEEL = re.compile(r"https://[!-~]+/[A-Za-z0-9_.+-]+\.whl#sha256=[0-9a-f]{64}")
_WORD = re.compile(r"(?:[^\W_]|['\u2019])+")
_TITLE, _GENERATOR = "%TITRE%", "%GENERATEUR%"
_QUOTED = (SETTINGS, f"{PAGES}/{FRONT}")  # where the name is a value of YAML


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a new site; `generator`: the address of the wheel, with its fingerprint, or ""."""

    title: str
    language: str = "fr"
    generator: str = ""


def named(folder: str) -> str:
    """The name of a site after that of its folder: `nos-jardins` → « Nos jardins »."""
    words = " ".join(_WORD.findall(folder))[:LONGEST]
    return words[:1].upper() + words[1:] or say("Données ouvertes")


def refusal(wish: Wish) -> Sentence | None:
    """Why a site cannot be made so."""
    if not wish.title.strip() or not wish.title.isprintable() or len(wish.title) > LONGEST:
        return sentence("--titre : un titre a de 1 à {most} caractères, sur une ligne", most=LONGEST)
    if wish.generator and not _WHEEL.fullmatch(wish.generator):
        message = (
            "--generateur : « {text} » n’est pas l’adresse d’une archive et son empreinte ; forme attendue : "
            "https://…/nom.whl#sha256=… (64 chiffres et lettres de a à f)"
        )
        return sentence(message, text=wish.generator)
    return None


def files(wish: Wish) -> Map[str, bytes]:
    """Every file of the site, by its path."""
    start, made = START / wish.language, dict[str, bytes]()
    for path, _ in entries(start):
        place = "/".join(re.sub(r"\A_", ".", part) for part in path.split("/"))
        made[place] = _filled(place, (start / path).read_text(encoding="utf-8"), wish).encode()
    return made | {"requirements.lock": LOCK.read_bytes()}


def _filled(place: str, text: str, wish: Wish) -> str:
    title = json.dumps(wish.title, ensure_ascii=False) if place in _QUOTED else wish.title
    return text.replace(_TITLE, title).replace(_GENERATOR, wish.generator or "# https://…#sha256=…")

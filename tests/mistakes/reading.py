"""How a mistake is written: a section of `tests/content/mistakes/*.md`, with edits of the real content and what should be told.

    ## espace-oubliee

    ```remplace content/statistiques/postes-non-pourvus.yaml
        valeur: 18000
    =>
        valeur:18000
    ```

    ```attendu
    lieu: content/statistiques/postes-non-pourvus.yaml « valeur:18000 »
    cause: espace / deux-points|:
    corriger: valeur: 18000
    ```

The edits are blocks of tests/cases.py (`remplace`, `ajoute`, whole files, `gestes` with `supprime` and `renomme`); « ␣ » in a
path is a space. One `attendu` for each message that is awaited; a right edit, about which nothing is to be said, has one that
holds `rien`. `lieu`: a file, and the text of the line where one has to look, once edited; several when they are
as good, between « || ». `cause`: stems that the message must hold, all of them, « | » between those that are as good. `corriger`: a
text that it must give, « || » likewise.
`gravite`: when only a warning, or only an error, is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"(`{3,})(\S+)(?: (\S+))?\s*")
_KEY = re.compile(r"(lieu|cause|corriger|gravite): ?(.*)")
EDITS = {"remplace", "ajoute", "gestes", "yaml", "csv", "markdown", "text", "html"}


class StaleError(Exception):
    """An edit of a text that the content does not hold any more, or holds twice."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One message that is awaited: alternatives of its place and of its correction, stems of its cause, its severity or ""."""

    places: tuple[str, ...]
    stems: tuple[tuple[str, ...], ...] = ()
    corrections: tuple[str, ...] = ()
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Edits of the content, (kind, path, text) in order, and the messages that are awaited: none for a right edit."""

    name: str  # <file>/<section>
    edits: tuple[tuple[str, str, str], ...]
    expected: tuple[Expected, ...]


def read(source: Path) -> Iterator[Mistake]:
    """The mistakes of a file. ValueError for one that is badly written."""
    name, edits, expected = "", [], []
    for kind, path, text in _blocks(source):
        if kind == "##":
            if name:
                yield _mistake(name, edits, expected)
            name, edits, expected = f"{source.stem}/{path}", [], []
        elif kind == "attendu":
            expected.append(text)
        elif kind in EDITS:
            edits.append((kind, path.replace("␣", " "), text))
        else:
            raise ValueError(f"{source.name} : bloc inconnu « {kind} » dans {name}")
    if name:
        yield _mistake(name, edits, expected)


def _blocks(source: Path) -> Iterator[tuple[str, str, str]]:
    lines = source.read_text(encoding="utf-8").split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        opening = _FENCE.fullmatch(line)
        if line.startswith("## "):
            yield "##", line[3:].strip(), ""
        elif opening:
            end = next(n for n in range(number, len(lines)) if lines[n].strip() == opening[1])
            yield opening[2], opening[3] or "", "\n".join(lines[number:end])
            number = end + 1


def _mistake(name: str, edits: list[tuple[str, str, str]], expected: list[str]) -> Mistake:
    if not edits or not expected:
        raise ValueError(f"{name} : il faut des modifications et ce qui est attendu")
    wanted = (
        () if [text.strip() for text in expected] == ["rien"] else tuple(_expected(name, text) for text in expected)
    )
    return Mistake(name, tuple(edits), wanted)


def _expected(name: str, text: str) -> Expected:
    found: dict[str, str] = {}
    last = ""
    for line in text.split("\n"):
        key = _KEY.fullmatch(line)
        if key:
            last = key[1]
            found[last] = key[2]
        elif line.strip() and last == "corriger":
            found[last] += f"\n{line}"
        elif line.strip():
            raise ValueError(f"{name} : ligne inconnue « {line} »")
    stems = tuple(
        tuple(stem.strip() for stem in part.split("|")) for part in found.get("cause", "").split(" / ") if part
    )
    corrections = tuple(part.strip() for part in found.get("corriger", "").split(" || ") if part.strip(" –-"))
    return Expected(
        tuple(part.strip().replace("␣", " ") for part in found["lieu"].split("||")),
        stems,
        corrections,
        found.get("gravite", ""),
    )


def apply(root: Path, mistake: Mistake) -> Iterator[str]:
    """Make the edits of a mistake; the paths that were touched, files and folders. StaleError for a text that is not there."""
    for kind, path, text in mistake.edits:
        if kind == "gestes":
            for line in filter(None, text.split("\n")):
                verb, *paths = (part.replace("␣", " ") for part in line.split())
                yield from paths
                if verb == "renomme":
                    (root / paths[1]).parent.mkdir(parents=True, exist_ok=True)
                    (root / paths[0]).rename(root / paths[1])
                elif (root / paths[0]).is_dir():
                    _remove(root / paths[0])
                else:
                    (root / paths[0]).unlink()
            continue
        place = root / path
        yield path
        if kind == "remplace":
            place.write_bytes(_replaced(place, text).encode())
        elif kind == "ajoute":
            place.write_bytes(place.read_bytes() + f"{text}\n".encode())
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(f"{text}\n".encode() if text else b"")


def _replaced(place: Path, text: str) -> str:
    before, found, after = f"\n{text}\n".partition("\n=>\n")
    if not found:
        raise ValueError(f"{place.name} : « remplace » veut une ligne « => »")
    old, new = before[1:], after[:-1] if after else ""
    if not new:
        old += "\n"
    content = place.read_text(encoding="utf-8")
    if content.count(old) == 0:  # typed with ordinary spaces
        loose = re.compile(re.sub(r"\\? ", "[ \u00a0\u202f]", re.escape(old)))
        found = loose.findall(content)
        old = found[0] if len(found) == 1 else old
    if content.count(old) != 1:
        raise StaleError(f"{place.name} : « {old[:60]} » s’y trouve {content.count(old)} fois")
    return content.replace(old, new)


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()

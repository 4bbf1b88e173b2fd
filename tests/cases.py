"""How a case of tests/diagnostics is written in `<code>.md`, one section per case.

    ## souligne

    Une phrase, si le nom du cas n’en dit pas assez.

    ```remplace content/botanique/familles.yaml
    - id: tomates
    =>
    - id: les_tomates
    ```

    ```attendu
    content/botanique/familles.yaml:1:7 : erreur [identifiant]
    …
    ```

A block is one of these; the files of a section are laid over `_base` first, then come its gestures, in their order:

    yaml CHEMIN       a whole file (or csv, html, json, markdown, text: the word only colours the block)
    remplace CHEMIN   a text that is there once, a line `=>`, the new text: pieces of lines, with no line end after the
                      last (an empty line gives one); with nothing under `=>`, whole lines are removed
    falsifie CHEMIN   the same, in a built package before its validation, or in the theme before the engine reads it
    ajoute CHEMIN     lines at the end of a file
    gestes            on each line: `supprime CHEMIN`, `fautes NOMBRE` (mistakes of the case, one by default) or
                      `etape ETAPE` (check by default, depuis, frictionless, site, cadre, paquet), or
                      `cellule FEUILLE!B3 TEXTE`, in the blank frame of `plantes` that the stage cadre fills and reads
    attendu           what the contributor reads; left empty, `REFAIRE=1 pytest` fills it in

`sans-fin` after the path of a file or of `ajoute`: its last line has no line end. A text that holds backticks takes a
longer fence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

INPUTS = {"content", "datapackages", "donnees", "mkdocs.yml"}  # what a case may replace
WHOLE = {"yaml", "csv", "html", "json", "markdown", "text"}
BLOCKS = WHOLE | {"remplace", "falsifie", "ajoute", "gestes", "attendu"}

SECTION = re.compile(r"## ([a-z0-9]+(?:-[a-z0-9]+)*)")
FENCE = re.compile(r"(`{3,})([^`]*)")
SHORT = re.compile(
    r"supprime \S+|fautes [1-9][0-9]*|etape (?:check|depuis|frictionless|site|cadre|paquet)|cellule \S+![A-Z]+[0-9]+(?: .*)?"
)
TYPOGRAPHIC = "\u00a0\u202f"  # sentences and messages have these spaces; what a case is made of does not


@dataclass(frozen=True, slots=True)
class Gesture:
    """What is done to the files of a case: a verb, the path it is done to, one or two texts."""

    verb: str
    path: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A faulty project, as changes of the base, and the text that a contributor reads of it."""

    name: str  # <code>/<case>
    source: Path  # a Markdown file, or a folder
    line: int  # of the section in its file; 0 for a folder
    files: dict[str, bytes]
    gestures: tuple[Gesture, ...]
    expected: str

    @property
    def code(self) -> str:
        """The kind of fault that the case shows."""
        return self.name.split("/")[0]

    def told(self, verb: str, default: str) -> str:
        """What `etape` or `fautes` says of the whole case."""
        return next((gesture.path for gesture in self.gestures if gesture.verb == verb), default)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: the words of its opening line, what it holds, its first and last lines (counted from 1)."""

    kind: str
    path: str
    lines: tuple[str, ...]
    end: str  # of its last line
    fence: str
    first: int
    last: int

    @property
    def text(self) -> str:
        """The text that the block holds."""
        return "\n".join(self.lines) + self.end if self.lines else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: the line of its title, its blocks."""

    line: int
    blocks: list[Block]


def read_file(source: Path) -> list[Case]:
    """The cases of a file, in their order."""
    return [_case(source, name, section) for name, section in _sections(source).items()]


def rewrite(case: Case, text: str) -> None:
    """Write anew the expected text of a section; the rest of its file stays as it is."""
    assert text.endswith("\n"), text
    lines = _lines(case.source)
    section = _sections(case.source)[case.name.split("/")[1]]
    [block] = [block for block in section.blocks if block.kind == "attendu"]
    runs = re.findall(r"^ *(`{3,})", text, re.MULTILINE)
    fence = max([block.fence, *(run + "`" for run in runs)], key=len)
    ends = (lines[block.first - 1], lines[block.last - 1]) if fence == block.fence else (f"{fence}attendu", fence)
    lines[block.first - 1 : block.last] = [ends[0], *text.removesuffix("\n").split("\n"), ends[1]]
    case.source.write_bytes("\n".join(lines).encode())


def _fail(source: Path, line: int, said: str) -> NoReturn:
    """Say what is badly written, and where."""
    raise AssertionError(f"{source.name}:{line} : {said}")


def _lines(source: Path) -> list[str]:
    """The lines of a file, where everything shows."""
    data = source.read_bytes()
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError as error:
        _fail(source, data[: error.start].count(b"\n") + 1, "ce n’est pas de l’UTF-8 : un tel cas va dans un dossier.")
    for number, line in enumerate(lines, 1):
        _check(source, number, line, TYPOGRAPHIC)
    return lines


def _check(source: Path, number: int, line: str, allowed: str) -> None:
    """Refuse what an editor or a copy would spoil."""
    for character in line:
        if not (character.isprintable() or character in allowed):
            _fail(source, number, f"U+{ord(character):04X} ne se voit pas : un tel cas va dans un dossier.")
    if not unicodedata.is_normalized("NFC", line):
        _fail(source, number, "ce texte n’est pas en NFC : un tel cas va dans un dossier.")


def _sections(source: Path) -> dict[str, Section]:
    """The sections of a file, by name."""
    lines = _lines(source)
    if lines[0] != f"# {source.stem}":
        _fail(source, 1, f"la première ligne est « # {source.stem} ».")
    found: dict[str, Section] = {}
    section, number = None, 1
    while number < len(lines):
        line = lines[number]
        number += 1
        if title := SECTION.fullmatch(line):
            if title[1] in found:
                _fail(source, number, f"« {title[1]} » est déjà le titre de la ligne {found[title[1]].line}.")
            section = found[title[1]] = Section(number, [])
        elif line.startswith("#"):
            _fail(source, number, "un titre est « ## » et le nom du cas : minuscules, chiffres, traits d’union.")
        elif re.match(r"\s*(```|~~~)", line):
            if section is None:
                _fail(source, number, "ce bloc précède la première section.")
            section.blocks.append(_block(source, lines, number))
            number = section.blocks[-1].last
    if not found:
        _fail(source, len(lines), "ce fichier n’a aucune section.")
    return found


def _block(source: Path, lines: list[str], first: int) -> Block:
    """The block that opens at a line."""
    opening = FENCE.fullmatch(lines[first - 1])
    if opening is None:
        _fail(source, first, "un bloc s’ouvre en début de ligne, par au moins trois accents graves et un mot.")
    fence, (kind, *words) = opening[1], opening[2].split() or [""]
    if kind not in BLOCKS:
        _fail(source, first, f"bloc inconnu : « {kind} ». Blocs : {', '.join(sorted(BLOCKS))}.")
    closing = re.compile(rf" {{0,3}}`{{{len(fence)},}} *")  # as GitHub reads it
    last = next((n for n, line in enumerate(lines[first:], first + 1) if closing.fullmatch(line)), None)
    if last is None:
        _fail(source, first, "ce bloc n’est pas refermé.")
    endless = words[-1:] == ["sans-fin"] and kind in WHOLE | {"ajoute"}
    if len(words) - endless != (kind not in {"gestes", "attendu"}):
        _fail(source, first, f"« {kind} » prend un chemin, sauf gestes et attendu, qui ne prennent rien.")
    path = words[0] if words else ""
    if kind in WHOLE and path.split("/")[0] not in INPUTS:
        _fail(source, first, f"« {path} » n’est pas dans content, ni dans datapackages, ni mkdocs.yml.")
    held = tuple(lines[first : last - 1])
    for number, line in enumerate(held, first + 1):
        _check(source, number, line, TYPOGRAPHIC if kind == "attendu" else "")
    return Block(kind, path, held, "" if endless else "\n", fence, first, last)


def _case(source: Path, name: str, section: Section) -> Case:
    """The case that a section writes."""
    files: dict[str, bytes] = {}
    gestures: list[Gesture] = []
    expected: list[str] = []
    for block in section.blocks:
        if block.kind == "attendu":
            expected.append(block.text)
        elif block.path in files and block.kind in WHOLE:
            _fail(source, block.first, f"« {name} » donne deux fois {block.path}.")
        elif block.kind in WHOLE:
            files[block.path] = block.text.encode()
        else:
            gestures += _gestures(source, block)
    if len(expected) != 1:
        _fail(source, section.line, f"« {name} » veut un bloc « attendu » : vide, REFAIRE=1 le remplit.")
    if not files and not gestures:
        _fail(source, section.line, f"« {name} » n’a ni fichier ni geste.")
    return Case(f"{source.stem}/{name}", source, section.line, files, tuple(gestures), expected[0])


def _gestures(source: Path, block: Block) -> Iterator[Gesture]:
    """The gestures of a block."""
    if block.kind == "ajoute":
        yield Gesture(block.kind, block.path, block.text)
    elif block.kind == "gestes":
        for number, line in enumerate(block.lines, block.first + 1):
            if not SHORT.fullmatch(line):
                _fail(source, number, f"geste inconnu : « {line} ».")
            verb, path, *text = line.split(" ", 2)
            yield Gesture(verb, path, *text)
    elif block.lines.count("=>") != 1:
        _fail(source, block.first, f"« {block.kind} » veut une ligne « => », une seule.")
    else:
        middle = block.lines.index("=>")
        old, new = block.lines[:middle], block.lines[middle + 1 :]
        yield Gesture(block.kind, block.path, "\n".join(old) + ("" if new else "\n"), "\n".join(new))

"""The syntax errors of the YAML parser, said in French to someone who edits a YAML file for the first time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.yaml_texts import NEAR, is_dashed, parted, quoted_line

# Part of libyaml's context and problem → sentence, hint. libyaml 0.2: src/scanner.c, src/parser.c.
_SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        "key is out of line",
        "Cette ligne ne commence pas à la même colonne que ses voisines, ou le texte de la ligne précédente n’est pas fini.",
        "Alignez la clé sur celles qui l’entourent, avec des espaces.",
    ),
    (
        "mapping values are not allowed",
        "Un deux-points suivi d’une espace se trouve dans un texte sans guillemets.",
        "Mettez le texte entre guillemets.",
    ),
    (
        "found character that cannot start any token",
        "Un texte ne peut pas commencer par ce caractère.",
        "Mettez le texte entre guillemets ; pour un retrait, employez des espaces, jamais de tabulation.",
    ),
    (
        "found a tab character",
        "Une tabulation sert ici de retrait.",
        "Remplacez-la par des espaces.",
    ),
    ("could not find expected ':'", "Il manque un deux-points après une clé.", "Écrivez « cle: valeur »."),
    (
        "quoted scalar: found unexpected end of stream",
        "Un guillemet ouvert n’est jamais refermé.",
        "Fermez le guillemet à la fin du texte qui commence ici.",
    ),
    (
        "found unexpected document indicator",
        "« --- » ou « ... » se trouve au milieu d’un texte entre guillemets.",
        "Fermez le guillemet avant cette ligne.",
    ),
    (
        "did not find expected key",
        "Une clé est attendue ici : le retrait ne correspond pas à celui des lignes voisines, ou un texte contient un guillemet.",
        "Alignez la ligne sur ses voisines ; doublez une apostrophe droite à l’intérieur d’un texte entre apostrophes.",
    ),
    (
        "did not find expected '-' indicator",
        "Dans une liste, chaque élément commence par « - » au même retrait.",
        "Alignez le tiret sur ceux des autres éléments.",
    ),
    (
        "did not find expected ',' or ']'",
        "Une liste ouverte par « [ » n’est pas refermée.",
        "Séparez les éléments par des virgules et fermez par « ] ».",
    ),
    (
        "did not find expected ',' or '}'",
        "Un groupe ouvert par « {{ » n’est pas refermé.",
        "Séparez les clés par des virgules, mettez entre guillemets un texte qui contient une virgule, et fermez par « }} ».",
    ),
    (
        "did not find expected node content",
        "Une valeur est attendue ici.",
        "Entre « [ ] » ou « {{ }} », chaque virgule est suivie d’une valeur et chaque crochet se referme.",
    ),
    (
        "block sequence entries are not allowed",
        "Un tiret de liste se trouve là où une valeur est attendue.",
        "Mettez la liste à la ligne suivante, ou le texte entre guillemets.",
    ),
    (
        "found unknown escape character",
        "Entre guillemets doubles, une barre oblique inverse « \\ » annonce un caractère spécial.",
        "Doublez-la (« \\\\ ») ou employez des apostrophes.",
    ),
    (
        "alphabetic or numeric character",
        "Un texte ne peut pas commencer par « & » ni par « * ».",
        "Mettez le texte entre guillemets.",
    ),
    (
        "comment or line break",
        "Après « | » ou « > », le texte commence à la ligne suivante.",
        "Passez à la ligne, ou mettez le texte entre guillemets.",
    ),
    (
        "found unexpected ':'",
        "Un texte contient un deux-points, entre « [ ] » ou « {{ }} ».",
        "Mettez le texte entre guillemets.",
    ),
    (
        "found undefined tag handle",
        "Un texte ne peut pas commencer par « ! ».",
        "Mettez le texte entre guillemets.",
    ),
    (
        "mapping keys are not allowed",
        "Un texte ne peut pas commencer par « ? » suivi d’une espace.",
        "Mettez le texte entre guillemets.",
    ),
    (
        "text begins like a list",
        "Un texte qui commence par « [ » est lu comme une liste.",
        "Mettez le texte entre guillemets.",
    ),
    (
        "text begins like a group",
        "Un texte qui commence par « {{ » est lu comme un groupe de clés.",
        "Mettez le texte entre guillemets.",
    ),
    (
        "text begins with a quote",
        "Le guillemet qui ouvre ce texte se referme ici : la suite de la ligne est de trop.",
        "Mettez tout le texte entre guillemets.",
    ),
    (
        "text begins with a sign",
        "Un texte ne peut pas commencer par ce signe.",
        "Mettez le texte entre guillemets.",
    ),
    (
        "text is cut",
        "Après une espace, « # » commence un commentaire : le texte s’arrête avant.",
        "Mettez le texte entre guillemets.",
    ),
)


def explain(problem: str, context: str, position: Position, text: str) -> Diagnostic:
    """The diagnostic for a syntax error: `problem` and `context` as the parser gives them."""
    lines = text.split("\n")
    line = lines[position.line - 1] if 0 < position.line <= len(lines) else ""
    dashed = _opener(lines, position.line)
    if dashed:
        return long_dash(replace(position, line=dashed, column=_margin(lines[dashed - 1]) + 1), lines[dashed - 1])
    if "\t" in line[: len(line) - len(line.lstrip())]:
        problem = "found a tab character"
    elif "mapping values" in problem and re.fullmatch(r"\s*(?:- )?[^\s:]+", line[: position.column - 1]):
        problem = "key is out of line"  # the colon is that of the line's own key
    else:
        problem, position = _meant(problem, position, lines)
    for part, message, hint in _SENTENCES:
        if part in f"{context}: {problem}":
            return fault("yaml-mal-forme", position, message, hint, _suggestion(problem, position, lines))
    return fault(
        "yaml-mal-forme",
        position,
        "Le fichier ne se lit pas à partir d’ici.",
        "Comparez le retrait et les guillemets avec ceux d’une fiche voisine.",
    )


def long_dash(position: Position, line: str = "") -> Diagnostic:
    """A long dash where that of a list was meant; its line, when one line is all there is to mend."""
    message = "Un tiret long n’ouvre pas un élément de liste."
    hint = "Employez le trait d’union, « - », suivi d’une espace."
    return fault("yaml-mal-forme", position, message, hint, re.sub(r"^(\s*)\S\s+", r"\1- ", line))


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _opener(lines: Sequence[str], number: int) -> int:
    """The line (from 1) that begins with a long dash and opens what stands on a line, 0 when there is none."""
    if not 0 < number <= len(lines):
        return 0
    margin = _margin(lines[number - 1]) + 1
    for above in range(number, max(0, number - NEAR), -1):
        line = lines[above - 1]
        if line.strip() and _margin(line) < margin:
            if is_dashed(line):
                return above
            margin = _margin(line)
    return 0


# What stops the parser when a text begins with a sign of YAML, or with something that it takes for whole.
_AFTER = ("did not find expected key", "expected '-' indicator", "expected <document start>", "mapping values")
_SIGNS = {"[": "text begins like a list", "{": "text begins like a group"} | dict.fromkeys(
    "\"'", "text begins with a quote"
)


def _meant(problem: str, position: Position, lines: Sequence[str]) -> tuple[str, Position]:
    """The same error seen from the text that it stops at, when this text begins like something else or is cut."""
    line = lines[position.line - 1] if 0 < position.line <= len(lines) else ""
    indent, key, text = parted(line)
    start = replace(position, column=len(indent + key) + 1, length=max(1, len(text)))
    if any(part in problem for part in _AFTER) and text[:1] in _SIGNS and position.column > start.column:
        return _SIGNS[text[0]], position if text[0] in "\"'" else start
    if any(part in problem for part in ("alphabetic", "tag handle", "expected URI", "comment or line break")):
        return problem, replace(start, length=1) if position.column > start.column else position
    if "node content" in problem and re.match(r"[\]},].*\w", text) and position.column == start.column:
        return "text begins with a sign", position
    flow = "expected ',' or" in problem
    for number in (position.line, *((position.line - 1,) if "did not find" in problem and not flow else ())):
        found = re.search(r"\s#\S", lines[number - 1]) if 0 < number <= len(lines) else None
        below = (
            number < position.line and not indent.strip() and not key and _margin(line) >= _margin(lines[number - 1])
        )
        if found and (flow or below) and not lines[number - 1].lstrip().startswith("#"):
            return "text is cut", replace(position, line=number, column=found.start() + 2, length=1)
    return problem, position


def _suggestion(problem: str, position: Position, lines: Sequence[str]) -> str:
    """The line with its text between quotes, when that is what it lacks."""
    indent, key, text = parted(lines[position.line - 1]) if 0 < position.line <= len(lines) else ("", "", "")
    if not any(part in problem for part in _QUOTABLE) or not text or text.startswith("\t"):
        return ""
    if "comment or line break" in problem:
        text = re.sub(r"^[|>][-+0-9]*\s*", "", text)
    elif "block sequence" in problem and re.fullmatch(r"-[ \t]*(?:[a-z0-9-]*|.*:.*)", text):
        return ""  # a list was meant
    elif "quote" in problem and re.fullmatch(r"\"[^\"]*\"[ ]*[,;]+|'[^']*'[ ]*[,;]+", text):
        return f"{indent}{key}{text.rstrip(' ,;')}"
    elif "quote" in problem and len(text) > 2 and text[-1] == text[0]:
        text = text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1]
    elif "mapping values" in problem and (text[0] in "\"'" or position.column <= len(indent + key)):
        return ""
    return quoted_line(lines, position.line, text)


_QUOTABLE = (
    "mapping values", "cannot start", "text begins", "alphabetic", "tag handle", "expected URI", "comment or line break",
    "mapping keys", "block sequence",
)  # fmt: skip

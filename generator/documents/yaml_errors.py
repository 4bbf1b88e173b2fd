"""The syntax errors of the YAML parser, said in French to someone who edits a YAML file for the first time."""

from __future__ import annotations

import re

from generator.diagnostics.finding import Diagnostic, Position, fault

# (part of libyaml's problem, part of its context) → sentence, hint. libyaml 0.2: src/scanner.c, src/parser.c.
_SENTENCES: tuple[tuple[str, str, str, str], ...] = (
    (
        "key is out of line",
        "",
        "Cette ligne ne commence pas à la même colonne que ses voisines, ou le texte de la ligne précédente n’est pas fini.",
        "Alignez la clé sur celles qui l’entourent, avec des espaces.",
    ),
    (
        "mapping values are not allowed",
        "",
        "Un deux-points suivi d’une espace se trouve dans un texte sans guillemets.",
        "Mettez le texte entre guillemets.",
    ),
    (
        "found character that cannot start any token",
        "",
        "Un texte ne peut pas commencer par ce caractère.",
        "Mettez le texte entre guillemets ; pour un retrait, employez des espaces, jamais de tabulation.",
    ),
    (
        "found a tab character",
        "",
        "Une tabulation sert ici de retrait.",
        "Remplacez-la par des espaces.",
    ),
    ("could not find expected ':'", "", "Il manque un deux-points après une clé.", "Écrivez « cle: valeur »."),
    (
        "found unexpected end of stream",
        "quoted scalar",
        "Un guillemet ouvert n’est jamais refermé.",
        "Fermez le guillemet à la fin du texte qui commence ici.",
    ),
    (
        "found unexpected document indicator",
        "",
        "« --- » ou « ... » se trouve au milieu d’un texte entre guillemets.",
        "Fermez le guillemet avant cette ligne.",
    ),
    (
        "did not find expected key",
        "",
        "Une clé est attendue ici : le retrait ne correspond pas à celui des lignes voisines, ou un texte contient un guillemet.",
        "Alignez la ligne sur ses voisines ; doublez une apostrophe droite à l’intérieur d’un texte entre apostrophes.",
    ),
    (
        "did not find expected '-' indicator",
        "",
        "Dans une liste, chaque élément commence par « - » au même retrait.",
        "Alignez le tiret sur ceux des autres éléments.",
    ),
    (
        "did not find expected ',' or ']'",
        "",
        "Une liste ouverte par « [ » n’est pas refermée.",
        "Séparez les éléments par des virgules et fermez par « ] ».",
    ),
    (
        "did not find expected ',' or '}'",
        "",
        "Un groupe ouvert par « {{ » n’est pas refermé.",
        "Séparez les clés par des virgules, mettez entre guillemets un texte qui contient une virgule, et fermez par « }} ».",
    ),
    (
        "did not find expected node content",
        "",
        "Une valeur est attendue ici.",
        "Entre « [ ] » ou « {{ }} », chaque virgule est suivie d’une valeur et chaque crochet se referme.",
    ),
    (
        "block sequence entries are not allowed",
        "",
        "Un tiret de liste se trouve là où une valeur est attendue.",
        "Mettez la liste à la ligne suivante, ou le texte entre guillemets.",
    ),
    (
        "found unknown escape character",
        "",
        "Entre guillemets doubles, une barre oblique inverse « \\ » annonce un caractère spécial.",
        "Doublez-la (« \\\\ ») ou employez des apostrophes.",
    ),
    (
        "alphabetic or numeric character",
        "",
        "Un texte ne peut pas commencer par « & » ni par « * ».",
        "Mettez le texte entre guillemets.",
    ),
    (
        "comment or line break",
        "",
        "Après « | » ou « > », le texte commence à la ligne suivante.",
        "Passez à la ligne, ou mettez le texte entre guillemets.",
    ),
    (
        "found undefined tag handle",
        "",
        "Un texte ne peut pas commencer par « ! ».",
        "Mettez le texte entre guillemets.",
    ),
)


def explain(problem: str, context: str, position: Position, text: str) -> Diagnostic:
    """The diagnostic for a syntax error: `problem` and `context` as the parser gives them."""
    line = text.split("\n")[position.line - 1] if 0 < position.line <= text.count("\n") + 1 else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        problem = "found a tab character"
    elif "mapping values" in problem and re.fullmatch(r"\s*(?:- )?[^\s:]+", line[: position.column - 1]):
        problem = "key is out of line"  # the colon is that of the line's own key
    for part, part_of_context, message, hint in _SENTENCES:
        if part in problem and part_of_context in context:
            return fault("yaml-mal-forme", position, message, hint, _quoted(line, problem))
    return fault(
        "yaml-mal-forme",
        position,
        "Le fichier ne se lit pas à partir d’ici.",
        "Comparez le retrait et les guillemets avec ceux d’une fiche voisine.",
    )


def _quoted(line: str, problem: str) -> str:
    """The line with its text between quotes, when an unquoted colon or first character is what stops the parser."""
    if "mapping values" not in problem and "cannot start" not in problem:
        return ""
    found = re.fullmatch(r"(\s*(?:- )?[a-z][a-z0-9_]*: )([^\"'\[{|>\t].*)", line)
    if not found:
        return ""
    escaped = found.group(2).rstrip().replace("\\", "\\\\").replace('"', '\\"')
    return f'{found.group(1).strip()} "{escaped}"'

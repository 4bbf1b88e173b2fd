"""The slips that people make in a group or a list written on one line: commas, quotes, what is not closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.documents.yaml_slips import Slip, one
from generator.documents.yaml_texts import quoted


def flow(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    """A group or a list on one line: a comma missing between two keys, a text that must be quoted, what is not closed."""
    line = lines[number - 1]
    opened = re.search(r"(?:^|[:\-] +|^ *)([{\[])", line)
    if not opened:
        return
    start = opened.start(1)
    group = opened[1] == "{"
    inside = line[start + 1 :].rstrip()
    glued = re.search(r"([{,] *)([A-Za-z_]\w*):(?!//)(?=[^\s\"',{}\[\]])", line[start:])
    if group and glued:
        message, hint = "Il manque une espace après le deux-points de « {key} ».", "Une clé s’écrit « cle: valeur »."
        cut = start + glued.end()
        column = start + glued.start(2) + 1
        yield one(number, column, len(glued[2]) + 1, message, hint, f"{line[:cut]} {line[cut:]}", key=glued[2])
    pairs = list(re.finditer(r"(\"|'|[^\s,{}\[\]\"':])(,?)( {1,9})(?! )([A-Za-z_]\w{0,60}):(?= )", inside))
    missing = [pair for pair in pairs if not pair[2]]
    if group and missing:
        fixed = inside
        for pair in reversed(missing):
            fixed = fixed[: pair.end(1)] + ", " + fixed[pair.start(4) :]
        message, hint = "Il manque une virgule avant « {key} ».", "Entre accolades, une virgule sépare les clés."
        column = start + 2 + missing[0].start(4)
        yield one(number, column, len(missing[0][4]), message, hint, line[: start + 1] + fixed, key=missing[0][4])
    doubled = re.search(r",\s*,", inside)
    if doubled:
        message, hint = (
            "Deux virgules se suivent : un élément est vide.",
            "Gardez une seule virgule, ou écrivez l’élément.",
        )
        fixed = line[: start + 1] + re.sub(r",(?:\s*,)+", ",", inside)
        yield one(number, start + 2 + doubled.start(), len(doubled[0]), message, hint, fixed)
    yield from _flow_quotes(line, number, start)
    closer = "}" if group else "]"
    if inside.count(closer) - inside.count(line[start]) < 1 and not inside.endswith(closer):
        message, hint = (
            ("Un groupe ouvert par « {{ » n’est pas refermé.", "Fermez-le par « }} ».")
            if group
            else ("Une liste ouverte par « [ » n’est pas refermée.", "Fermez-la par « ] ».")
        )
        for kept in dict.fromkeys((inside.rstrip(",; "), inside.rstrip(")]},; "))):
            yield one(number, start + 1, 1, message, hint, f"{line[: start + 1]}{kept}{closer}")
    yield from _flow_texts(line, number, start, inside)


_IN_GROUP, _IN_LIST = re.compile(': ?"'), re.compile(r"[,\[] ?\"")


def _flow_quotes(line: str, number: int, start: int) -> Iterator[Slip]:
    """The last value of a group on one line, between quotes that are not closed or that it holds too."""
    body = line[start:].rstrip()
    text, ended = body.rstrip("}]"), body[len(body.rstrip("}]")) :]
    opening = [found.end() for found in (_IN_GROUP if line[start] == "{" else _IN_LIST).finditer(text)]
    if not opening:
        return
    text, column = text[opening[-1] :], start + opening[-1]
    inner = text.find('"')
    end = ended or ("}" if line[start] == "{" else "]")
    if inner < 0:
        message, hint = "Un guillemet ouvert n’est jamais refermé.", "Fermez le guillemet à la fin du texte."
        yield one(number, column, 1, message, hint, f'{line[:column]}{text}"{end}')
    elif text.endswith('"') and text[:-1].count('"') > 1 and not re.search(r"\", *\w+: *\"", text):
        message = "Un guillemet droit se trouve au milieu d’un texte entre les mêmes guillemets : le texte s’y arrête."
        hint = "Changez de guillemets autour du texte, ou employez « » à l’intérieur."
        mended = f"{line[: column - 1]}{quoted(text[:-1])}{end}"
        yield one(number, column + inner + 1, 1, message, hint, mended)


def _flow_texts(line: str, number: int, start: int, inside: str) -> Iterator[Slip]:
    """A value of a group on one line that holds a colon, a quote or a sign, between quotes."""
    parts = re.split(r"((?:^|, *)[A-Za-z_]\w*: +)", inside[:-1] if inside[-1:] in "]}" else inside)
    for rank in range(2, len(parts), 2):
        text = parts[rank].strip()
        if re.search(r":(?= )|[\[\]{}]|^[&*!>|%@`]| #", text) and text[:1] not in "\"'":
            mended = [*parts[:rank], quoted(text), *parts[rank + 1 :]]
            sign = (re.search(r":(?= )|[\[\]{}#&*!>|%@`]", text) or [text])[0]
            message = "Entre accolades, un texte qui contient « {sign} » se met entre guillemets."
            if sign == ":":
                message = "Entre accolades, un texte qui contient un deux-points se met entre guillemets."
            hint = "Mettez le texte entre guillemets."
            column = start + 2 + len("".join(parts[:rank]))
            end = inside[-1] if inside[-1:] in "]}" else ""
            fixed = f"{line[: start + 1]}{''.join(mended)}{end}"
            yield one(number, column, max(1, len(text)), message, hint, fixed, sign=sign)

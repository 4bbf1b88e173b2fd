"""A YAML file that does not parse → the likely slip, and the file as it was meant. Each slip that people make is looked for on the
lines around the error; a reading is kept only when the parser then goes further, so that what is proposed has been tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from generator.documents.yaml_repairs_flow import flow
from generator.documents.yaml_repairs_texts import glued, quote, text
from generator.documents.yaml_slips import AROUND, KEY, LONG, SIBLINGS, Slip, is_text, keys_of, margin_of, one
from generator.documents.yaml_texts import DASHES
from generator.text.interface import sentence

# A line that begins too far: whether to the left, and by one space.
_MISALIGNED = {
    (False, False): "Cette ligne commence {n} espaces trop à droite : elle n’est pas alignée sur ses voisines.",
    (True, False): "Cette ligne commence {n} espaces trop à gauche : elle n’est pas alignée sur ses voisines.",
    (False, True): "Cette ligne commence une espace trop à droite : elle n’est pas alignée sur ses voisines.",
    (True, True): "Cette ligne commence une espace trop à gauche : elle n’est pas alignée sur ses voisines.",
}


def slips(lines: Sequence[str], blamed: Sequence[int]) -> Iterator[Slip]:
    """The slips that may explain an error blamed on some lines (from 1), the likeliest first."""
    near = [line for line in dict.fromkeys(blamed) if 0 < line <= len(lines)]
    near += [n for line in tuple(near) for n in _above(lines, line) if n not in near]
    keys = keys_of(lines)
    for look in _LOOKS:
        for number in near[: len(blamed) + 1] if look is _indent else near:  # what stands far is aligned on its own
            yield from look(lines, number, keys)


def _above(lines: Sequence[str], number: int) -> Iterator[int]:
    """The last lines with words before one, nearest first."""
    found = 0
    for above in range(number - 1, 0, -1):
        if is_text(lines[above - 1]):
            yield above
            found += 1
        if found >= AROUND:
            return


Look = Callable[[Sequence[str], int, frozenset[str]], Iterator[Slip]]


def _tab(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    """A tab in the margin, or after the colon."""
    line = lines[number - 1]
    margin = re.match(r"[ \t]*", line)[0]  # type: ignore[index]
    if "\t" not in margin:
        return
    message, hint = "Une tabulation sert ici de retrait.", "Remplacez-la par des espaces."
    for width in (*_margins(lines, number), 2, 4):
        yield one(number, margin.index("\t") + 1, 1, message, hint, " " * width + line[len(margin) :])


def _no_space_after_colon(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    line = lines[number - 1]
    unseen = re.match(r"([ ]*(?:- +)?[A-Za-zÀ-ÿ_][\w-]*:)([\u00a0\u2000-\u200a\u202f\u3000]+)(\S.*)", line)
    if unseen:
        message = "L’espace après le deux-points est une espace insécable, que YAML ne compte pas comme une espace."
        hint, mended = "Retapez-la au clavier.", f"{unseen[1]} {unseen[3]}"
        yield one(number, len(unseen[1]) + 1, 1, message, hint, mended)
    found = re.match(r"([ ]*(?:- +|-)?)([A-Za-zÀ-ÿ_][\w-]*):(?!//)([^\s:].*)", line)
    if found:
        message, hint = "Il manque une espace après le deux-points de « {key} ».", "Une clé s’écrit « cle: valeur »."
        lead = re.sub(r"-$", "- ", found[1])
        column = len(found[1]) + 1
        mended = f"{lead}{found[2]}: {found[3]}"
        yield one(number, column, len(found[2]) + 1, message, hint, mended, key=found[2])


def _no_colon(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    """A key of the file, then « = », « ; » or nothing instead of the colon."""
    line = lines[number - 1]
    found = re.match(r"([ ]*(?:- +)?)([A-Za-z_][\w-]*)( {0,9}[=;→] {0,9}| {1,9}:? {0,9})(?! )(\S.*)", line)
    beside = found and found[2].islower() and margin_of(line) == margin_of(lines[max(0, number - 2)])
    if found and (found[2] in keys or found[3].strip() or beside):
        message, hint = "Il manque un deux-points après la clé « {key} ».", "Une clé s’écrit « cle: valeur »."
        mended = f"{found[1]}{found[2]}: {found[4]}"
        yield one(number, len(found[1]) + 1, len(found[2]), message, hint, mended, key=found[2])
    bare = re.fullmatch(r"([ ]*(?:- +)?)([A-Za-z_][\w-]*) *[;=]? *", line)
    if bare and number < len(lines) and margin_of(lines[number]) > len(bare[1]):
        message, hint = "Il manque un deux-points après la clé « {key} ».", "Une clé s’écrit « cle: »."
        yield one(number, len(bare[1]) + 1, len(bare[2]), message, hint, f"{bare[1]}{bare[2]}:", key=bare[2])


def _no_space_after_dash(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    line = lines[number - 1]
    found = re.match(r"([ ]*)-([^\s-].*)", line)
    if found:
        message, hint = (
            "Il manque une espace après le tiret.",
            "Un élément de liste commence par un trait d’union et une espace.",
        )
        yield one(number, len(found[1]) + 1, 1, message, hint, f"{found[1]}- {found[2]}")


def _wrong_dash(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    line = lines[number - 1]
    found = re.match(rf"([ ]*)([{DASHES}·‣▪◦*+])[ \t\u00a0\u202f]*(\S.*)", line)
    if found:
        message = "« {dash} » n’ouvre pas un élément de liste."
        if found[2] in DASHES and found[2] != "•":
            message = "« {dash} » est un tiret long : il n’ouvre pas un élément de liste."
        hint = "Une liste s’écrit avec le trait d’union, « - », suivi d’une espace."
        yield one(number, len(found[1]) + 1, 1, message, hint, f"{found[1]}- {found[3]}", dash=found[2])


def _margins(lines: Sequence[str], number: int) -> Iterator[int]:
    """The margins that the keys around a line have, nearest first: those below, then above."""
    found: dict[int, None] = {}
    below = (line for line in lines[number : number + SIBLINGS] if is_text(line))
    above = (line for line in reversed(lines[max(0, number - 1 - SIBLINGS) : number - 1]) if is_text(line))
    last = next(above, "")
    if re.fullmatch(r"[ ]*(?:- +)*[\w-]+: *", last):  # nothing but a key: what follows is under it
        found[len(re.match(r"[ ]*(?:- +)*", last)[0]) + 2] = None  # type: ignore[index]
    for line in (last, next(below, ""), *above, *below):
        if line:
            dashed = re.match(r"[ ]*(?:- +)+", line)
            found.setdefault(len(dashed[0]) if dashed else margin_of(line))
            found.setdefault(margin_of(line))
    return iter(found)


def _indent(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    """A line that does not begin where its neighbours do."""
    line = lines[number - 1]
    own = margin_of(line)
    if not re.match(r"[ ]*(?:-(?: |$)|[\w\"'-]+:(?: |$))", line):
        return
    for margin in _margins(lines, number):
        if margin == own:
            continue
        amount = abs(margin - own)
        message = _MISALIGNED[margin > own, amount == 1]
        hint = "Alignez-la sur celles qui l’entourent, avec des espaces."
        word = re.match(r"\s*(- )?(\S*)", line)
        length = len(word[2]) if word else 1
        slip = one(number, own + 1, max(1, length), message, hint, " " * margin + line.lstrip(" "), n=amount)
        yield slip
        block = list(_block(lines, number))
        if len(block) > 1:
            moved = tuple(_moved(each, margin - own) for each in block)
            yield Slip(number, slip.column, slip.length, slip.message, slip.hint, moved)


def _block(lines: Sequence[str], number: int) -> Iterator[str]:
    """A line and those below that are not more to the left."""
    own = margin_of(lines[number - 1])
    for line in lines[number - 1 : number + SIBLINGS]:
        if line.strip() and margin_of(line) < own:
            return
        yield line


def _moved(line: str, amount: int) -> str:
    """A line further to the right, or to the left."""
    return " " * (margin_of(line) + amount) + line.lstrip(" ") if line.strip() else line


def _continued(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    """Lines of a text that are not in retreat under their key."""
    if number < 2 or KEY.match(lines[number - 1]) or lines[number - 1].lstrip().startswith(("- ", "#", "---", "...")):
        return
    first = number
    while first > 1 and is_text(lines[first - 2]) and not KEY.match(lines[first - 2]) and number - first < SIBLINGS:
        first -= 1
    above = next((n for n in range(first - 1, max(0, first - 3), -1) if lines[n - 1].strip()), 0)
    holder = KEY.match(lines[above - 1]) if above else None
    if not holder or not (
        len(lines[above - 1]) > LONG or re.search(r"[,;:(]$|: +[>|][-+]?$", lines[above - 1].rstrip())
    ):
        return
    last = number
    while last < len(lines) and is_text(lines[last]) and not KEY.match(lines[last]) and last - number < SIBLINGS:
        last += 1
    margin = len(re.match(r"[ ]*(?:- +)*", lines[above - 1])[0]) + 2  # type: ignore[index]
    while first < number and margin_of(lines[first - 1]) >= margin:
        first += 1
    moved = tuple(" " * margin + line.lstrip() for line in lines[first - 1 : last])
    message = "Cette ligne est la suite du texte de « {key} » (ligne {above}), mais n’est pas en retrait."
    hint = "Mettez-la en retrait sous sa clé, de deux espaces au moins."
    told = {"key": holder[1], "above": above}
    yield Slip(first, 1, 1, sentence(message, **told), sentence(hint, **told), moved)


_LOOKS: tuple[Look, ...] = (
    _tab,
    _wrong_dash,
    _no_space_after_dash,
    _no_space_after_colon,
    quote,
    flow,
    glued,
    _continued,
    _no_colon,
    text,
    _indent,
)

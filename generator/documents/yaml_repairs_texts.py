"""The slips that people make in a text: quotes, what must stand between quotes, two keys on a line, several lines unannounced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.documents.yaml_slips import KEY, SIBLINGS, Slip, is_text, keys_of, margin_of, one
from generator.documents.yaml_texts import parted, quoted, quoted_line
from generator.text.characters import CLOSING, OPENING
from generator.text.interface import sentence


def quote(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    """A quote that is never closed, one inside a text between the same, words after the one that closes, curly quotes."""
    indent, key, text = parted(lines[number - 1])
    mark = text[:1]
    start = len(indent + key)
    if mark and mark in OPENING and text[-1] in CLOSING:
        message = "« {mark} » n’est pas un guillemet pour YAML."
        hint = 'Employez les guillemets droits, " ".'
        yield one(number, start + 1, 1, message, hint, f"{indent}{key}{quoted(text[1:-1].strip())}", mark=mark)
    if mark not in ("'", '"') or not mark or _goes_on(lines, number):
        return
    inner = text[1:]
    if inner.endswith(mark) and len(inner) > 1:
        within = inner[:-1].replace("''", "'") if mark == "'" else inner[:-1]
        place = within.find(mark)
        if place >= 0:
            message = (
                "Un guillemet droit se trouve au milieu d’un texte entre les mêmes guillemets : le texte s’y arrête."
            )
            if mark == "'":
                message = (
                    "Une apostrophe droite se trouve au milieu d’un texte entre apostrophes : le texte s’y arrête."
                )
            hint = "Changez de guillemets autour du texte, ou employez ’ et « » à l’intérieur."
            mended = f"{indent}{key}{quoted(within)}"
            yield one(number, start + 2 + place, 1, message, hint, mended)
    closing = inner.find(mark)
    if closing < 0:
        message = "Un guillemet ouvert n’est jamais refermé."
        hint = "Fermez le guillemet à la fin du texte qui commence ici."
        rest = inner.rstrip()
        after = ""
        flow = re.search(r"[\]}]{1,9},?$", rest) if re.search(r"[\[{]", indent + key) else None
        if flow:
            rest, after = rest[: flow.start()], flow[0]
        yield one(number, start + 1, 1, message, hint, f"{indent}{key}{mark}{rest}{mark}{after}")
        return
    tail = inner[closing + 1 :].strip()
    if tail and not inner.endswith(mark):
        if re.fullmatch(r"[,;.]+", tail):
            message, hint = "Après le guillemet qui ferme le texte, « {tail} » est de trop.", "Retirez-le."
            mended = f"{indent}{key}{text[: closing + 2]}"
        else:
            message = "Le guillemet qui ouvre ce texte se referme ici : la suite de la ligne est de trop."
            hint = "Mettez tout le texte entre guillemets."
            mended = f"{indent}{key}{quoted(text)}"
        yield one(number, start + closing + 2, 1, message, hint, mended, tail=tail)


def _goes_on(lines: Sequence[str], number: int) -> bool:
    """Whether the text of a line seems to go on below: a line further to the right, which is no key."""
    margin = len(re.match(r"[ ]*(?:- +)*", lines[number - 1])[0])  # type: ignore[index]
    below = next((line for line in lines[number : number + SIBLINGS] if line.strip()), "")
    return margin_of(below) > margin and not KEY.match(below)


def glued(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    """Two keys of the file on one line: told, and not mended, since that takes one line more."""
    indent, key, text = parted(lines[number - 1])
    found = (
        re.search(r"(?<!\s)\s{1,40}([A-Za-z_][\w-]{0,60}):(?: |$)", text) if key and text[:1] not in "\"'[{-" else None
    )
    apart = found is not None and found[0].startswith("  ")
    if found and (apart or (found[1] in keys and found[1] in _around(lines, number))):
        message = "Deux clés sont sur la même ligne : « {key} » commence une autre ligne."
        hint = "Passez à la ligne avant « {key}: », au même retrait ; ou mettez le texte entre guillemets."
        column = len(indent + key) + found.start(1) + 1
        quoting = f"{indent}{key}{quoted(text)}"
        slip = one(number, column, len(found[1]), message, hint, quoting, key=found[1])
        below = " " * len(indent) + text[found.start(1) :]
        yield replace(slip, written=(f"{indent}{key}{text[: found.start()].rstrip()}", below))


def _around(lines: Sequence[str], number: int) -> frozenset[str]:
    return keys_of([*lines[: number - 1], *lines[number:]])


_SPACED = re.compile(r"\]\(([a-z]+): +(?=[^()\s]+\))")


_LISTED = re.compile(r"-[ \t]*(?:[a-z0-9-]*$|[\w-]+:(?: |$))")  # a list was meant


def text(lines: Sequence[str], number: int, keys: frozenset[str]) -> Iterator[Slip]:
    """A text that must be quoted: a colon and a space, a sign at its start, a « # »."""
    indent, key, text = parted(lines[number - 1])
    if text and not (KEY.match(lines[number - 1]) and quoted_line(lines, number)):
        yield from _folded(lines, number)
    if not text or not quoted_line(lines, number):
        return
    start = len(indent + key)
    whole = f"{indent}{key}{quoted(text)}"
    hint = "Mettez le texte entre guillemets."
    sign = text[0]
    colon = re.search(r":(?= |$)", text)
    if re.match(r"\{\s{0,9}[\w-]+ ?:", text) or (text.endswith("]") and re.match(r"\[\s{0,9}[\w-]+\s{0,9}[,\]]", text)):
        return  # it is a group, or a list
    if sign in "[{" and (not text.endswith("]}"[sign == "["]) or len(re.findall(r"[\]}]", text)) == 1):
        message = "Un texte qui commence par « {sign} » est lu comme un groupe de clés."
        if sign == "[":
            message = "Un texte qui commence par « {sign} » est lu comme une liste."
        yield one(number, start + 1, len(text), message, hint, whole, sign=sign)
    elif sign in "&*!%@`?" or (sign == "-" and text[1:2] in " \t" and not _LISTED.match(text)):
        message = "Un texte ne peut pas commencer par « {sign} »."
        slip = one(number, start + 1, 1, message, hint, whole, sign=sign)
        if text in ("?", "-", "*"):
            unknown = "Si la valeur n’est pas connue, supprimez la ligne : absent veut dire absent. Pour écrire ce signe : {whole}"
            slip = replace(
                slip,
                message=sentence("« {sign} » n’est pas une valeur.", sign=sign),
                hint=sentence(unknown, whole=whole.strip()),
                sure=False,
            )
        if sign in "@%":  # what a spreadsheet would run, even between quotes
            slip = replace(slip, hint=sentence("Ajoutez un mot devant, ou retirez ce signe."), sure=False)
        yield slip
    elif sign in ">|" and not re.fullmatch(r"[>|][-+0-9]*", text):
        message = "Après « {sign} », le texte commence à la ligne suivante."
        bare = text if re.match(r"[>|] *[0-9]", text) else re.sub(r"^[>|][-+0-9]*\s*", "", text)
        told = "Passez à la ligne, ou mettez le texte entre guillemets."
        yield one(number, start + 1, 1, message, told, f"{indent}{key}{quoted(bare)}", sign=sign)
    elif spaced := re.search(r"\]\(([a-z]+): +(?=[^()\s]+\))", text):
        message = "Une espace suit le deux-points du lien « {scheme}: » : il n’en est plus un."
        mended = f"{indent}{key}{re.sub(_SPACED, r'](' + chr(92) + '1:', text)}"
        yield one(
            number,
            start + 1 + spaced.start(1),
            len(spaced[1]) + 1,
            message,
            "Retirez l’espace.",
            mended,
            scheme=spaced[1],
        )
    elif colon and sign not in "\"'" and not _LISTED.match(text):
        message = "Un deux-points suivi d’une espace se trouve dans un texte sans guillemets."
        yield one(number, start + 1 + colon.start(), 1, message, hint, whole)
    elif ("]" in text or "}" in text) and re.search(r"\w", text):
        message = "Un texte sans guillemets ne peut pas être écrit ainsi."
        yield one(number, start + 1, len(text), message, hint, whole)


def _folded(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """A text of several lines that holds a colon and is not announced by « >- »: read between quotes, to be written so."""
    first = number
    while first > 1 and not KEY.match(lines[first - 1]) and number - first < SIBLINGS:
        first -= 1
    bare = re.fullmatch(r"([ ]*(?:- +)*)([\w-]+:)[ ]*", lines[first - 1])
    indent, key, text = (bare[1], bare[2], "") if bare else parted(lines[first - 1])
    margin, last = len(indent), first
    while last < len(lines) and is_text(lines[last]) and margin_of(lines[last]) > margin and not KEY.match(lines[last]):
        last += 1
    held = [text, *(line.strip() for line in lines[first:last])]
    colon = re.search(r":(?= |$)", lines[number - 1][len(indent + key) if number == first else 0 :])
    if (
        last == first
        or not key
        or not colon
        or any(mark in part for part in held for mark in '"\\')
        or text.startswith((">", "|"))
    ):
        return
    message = "Un deux-points suivi d’une espace se trouve dans un texte de plusieurs lignes, que rien n’annonce."
    hint = "Écrivez « >- » après la clé, puis le texte à la ligne, en retrait."
    middle = [f"  {line}" for line in lines[first : last - 1]]
    if not text and middle:
        middle[0] = re.sub(r"(\S)", r'"\1', lines[first], count=1)
    elif not text:
        return
    read = (f'{indent}{key}"{text}' if text else lines[first - 1], *middle, f'{lines[last - 1]}"')
    written = (f"{indent}{key.rstrip()} >-", *(" " * (margin + 2) + part for part in held if part))
    column = colon.start() + 1 + (len(indent + key) if number == first else 0)
    yield Slip(
        *(first, column, 1),
        *(sentence(message), sentence(hint), read),
        written=written,
        told_at=number,
    )

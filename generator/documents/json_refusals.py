"""What a JSON file is not, said in French to someone who writes one by hand: one mistake, one message, at the place to mend."""

from __future__ import annotations

import enum
import json
import re

from generator.diagnostics.finding import Diagnostic, fault
from generator.documents.cleaning import position_at
from generator.documents.nodes import Document

CODE = "json-mal-forme"


class Expected(enum.Enum):
    """What may stand at a place: a value; one, or the end of a list that was just opened; a key; one, or the end of a group that
    was just opened; the colon after a key; a comma or an end; nothing more.
    """

    VALUE = enum.auto()
    FIRST_VALUE = enum.auto()
    KEY = enum.auto()
    FIRST_KEY = enum.auto()
    COLON = enum.auto()
    NEXT = enum.auto()
    END = enum.auto()


# What other programs write for what JSON has not, or writes otherwise.
_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null", "nil": "null", "NULL": "null"}
_NOT_NUMBERS = ("NaN", "Infinity", "-Infinity", "+Infinity", "inf", "-inf")
_QUOTES = {"“": "”", "”": "”", "„": "“", "«": "»"}
VALUES = (Expected.VALUE, Expected.FIRST_VALUE)
KEYS = (Expected.KEY, Expected.FIRST_KEY)
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')


def explain(path: str, text: str, place: int, expected: Expected, opened: int, comma: int) -> Diagnostic:
    """The fault of a text at a place that the reader cannot pass. `opened`: the mark of the list or the group that holds it, 0 at
    the root; `comma`: the place of the last comma.
    """
    rest, sign = text[place : place + 80], text[place : place + 1]
    if not sign:
        return _unclosed(path, text, place, opened)
    if sign == '"' and expected in (*VALUES, *KEYS):
        return _text(path, text, place)
    if rest.startswith(("//", "/*", "#")):
        length = len(rest.partition("\n")[0])
        message, hint = "JSON n’a pas de commentaires.", "Supprimez-le."
        return _said(path, text, place, message, hint, length=length)
    follows = expected in (Expected.VALUE, Expected.KEY) and text[comma] == "," and not text[comma + 1 : place].strip()
    if sign in "]}," and follows:
        return _needless(path, text, comma, place)
    if expected is Expected.END:
        message = "Le contenu est terminé : rien ne peut le suivre."
        hint = "Supprimez ce qui suit ; plusieurs fiches se mettent dans une liste, entre « [ » et « ] », séparées par des virgules."
        return _said(path, text, place, message, hint)
    return _missing(path, text, place, expected, opened) or _word(path, text, place, expected)


def _said(
    path: str, text: str, place: int, message: str, hint: str, meant: str = "", /, *, length: int = 1, **values: object
) -> Diagnostic:
    return fault(CODE, position_at(path, text, place, length), message, hint, meant, **values)


def _unclosed(path: str, text: str, place: int, opened: int) -> Diagnostic:
    """A list or a group that is not closed, at its opening."""
    if not opened:
        message, hint = "Une valeur est attendue ici.", "Complétez le fichier."
        return _said(path, text, max(0, place - 1), message, hint)
    position = Document(path, None).at(opened)
    line = text.split("\n", position.line)[position.line - 1]
    message, hint = "Une liste ouverte par « [ » n’est pas refermée.", "Fermez-la par « ] »."
    if line[position.column - 1] == "{":
        message, hint = "Un groupe ouvert par « {{ » n’est pas refermé.", "Fermez-le par « }} »."
    return fault(CODE, position, message, hint)


def _text(path: str, text: str, place: int) -> Diagnostic:
    """A text between quotes that is not closed on its line, or holds what it may not."""
    offset = place + 1
    while offset < len(text) and text[offset] not in '"\n':
        escape = _ESCAPE.match(text, offset)
        if text[offset] == "\\" and escape is None:
            message = "Dans un texte, une barre oblique inverse « \\ » annonce un caractère spécial."
            hint = "Doublez-la : « \\\\ »."
            return _said(path, text, offset, message, hint, length=2)
        if text[offset] == "\t":
            message, hint = "Une tabulation se trouve dans un texte.", "Écrivez-la « \\t », ou mettez une espace."
            return _said(path, text, offset, message, hint)
        offset = escape.end() if escape else offset + 1
    message = "Un guillemet ouvert n’est pas refermé sur sa ligne."
    hint = "Fermez le guillemet à la fin du texte ; un passage à la ligne s’y écrit « \\n »."
    return _said(path, text, place, message, hint)


def _needless(path: str, text: str, comma: int, place: int) -> Diagnostic:
    """A comma that nothing follows."""
    if text[place] == ",":
        message, hint = "Deux virgules se suivent.", "Gardez-en une."
        return _said(path, text, place, message, hint)
    message, hint = "Une virgule précède « {sign} » : aucun élément ne la suit.", "Supprimez cette virgule."
    return _said(path, text, comma, message, hint, sign=text[place])


def _missing(path: str, text: str, place: int, expected: Expected, opened: int) -> Diagnostic | None:
    """What is missing before a sign or a value."""
    sign, in_list = text[place], _in_list(path, text, opened)
    if expected is Expected.COLON:
        message, hint = "Il manque un deux-points après une clé.", 'Écrivez « "cle": valeur ».'
        return _said(path, text, place, message, hint)
    if expected is Expected.NEXT and sign == ":":
        message = "Un deux-points n’a pas sa place entre deux éléments d’une liste."
        hint = "Mettez les clés et leurs valeurs entre « {{ » et « }} »."
        if not in_list:
            message, hint = "Deux deux-points suivent une clé.", "Gardez-en un seul."
        return _said(path, text, place, message, hint)
    if sign in "]}" and expected in (Expected.NEXT, Expected.FIRST_VALUE, Expected.FIRST_KEY):
        message = "« {sign} » ne ferme pas ce qui est ouvert à la ligne {line}."
        hint = "Fermez d’abord la liste par « ] »." if in_list else "Fermez d’abord le groupe par « }} »."
        return _said(path, text, place, message, hint, sign=sign, line=Document(path, None).at(opened).line)
    if expected is Expected.NEXT and sign != "'" and not sign.isspace():
        message, hint = "Il manque une virgule avant cet élément.", "Une virgule sépare deux éléments."
        return _said(path, text, place, message, hint)
    if sign in "]},:" and expected in (*VALUES, *KEYS):
        if expected in KEYS:
            message, hint = "Une clé est attendue ici.", 'Écrivez « "cle": valeur ».'
            return _said(path, text, place, message, hint)
        hint = "Écrivez-la, ou « null » si elle n’est pas connue."
        message = "Une valeur est attendue ici."
        return _said(path, text, place, message, hint)
    return None


def _in_list(path: str, text: str, opened: int) -> bool:
    """Whether it is a list that is open."""
    if not opened:
        return False
    position = Document(path, None).at(opened)
    return text.split("\n", position.line)[position.line - 1][position.column - 1] == "["


def _word(path: str, text: str, place: int, expected: Expected) -> Diagnostic:
    """What is written as other programs write it: a text without its quotes, a number, a word."""
    rest, sign = text[place : place + 200], text[place]
    if sign == "'" or sign in _QUOTES:
        inside = rest[1:].partition("\n")[0].partition(_QUOTES.get(sign, sign))
        meant = json.dumps(inside[0], ensure_ascii=False) if inside[1] else ""
        message, hint = 'Un texte se met entre guillemets droits (").', "Remplacez ces guillemets."
        return _said(path, text, place, message, hint, meant, length=len(inside[0]) + 2 if meant else 1)
    if sign.isspace() or sign in "\u2060\u200c\u200d":
        message, hint = (
            "Une espace que JSON ne connaît pas se trouve ici (U+{code}).",
            "Remplacez-la par une espace ordinaire.",
        )
        return _said(path, text, place, message, hint, code=f"{ord(sign):04X}")
    word = (re.match(r"[^\s,:\[\]{}\"']+", rest) or [sign])[0]
    meant = json.dumps(word, ensure_ascii=False)
    message, hint = "Un texte se met entre guillemets.", "Écrivez-en un de chaque côté."
    if expected in KEYS:
        message, hint = "Une clé se met entre guillemets.", "Écrivez-en un de chaque côté."
    elif word in _NOT_NUMBERS:
        message, hint, meant = (
            "« {word} » n’est pas une valeur de JSON.",
            "Écrivez « null », ou supprimez la clé.",
            "null",
        )
    elif word in _WORDS:
        message, hint, meant = "« {word} » n’est pas un mot de JSON.", "", _WORDS[word]
    elif re.match(r"[-+.]?[0-9]", word):
        message = (
            "« {word} » n’est pas un nombre de JSON : ni zéro ni « + » devant, un chiffre de chaque côté du point."
        )
        hint = "Corrigez-le ; si c’est un code, mettez-le entre guillemets."
    return _said(path, text, place, message, hint, meant, length=len(word), word=word)

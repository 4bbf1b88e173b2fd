"""What Jinja2 and Python say, in English, of a template that cannot be rendered → what is wrong there, and its correction."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import NamedTuple

from generator.text.interface import Sentence, sentence


class Wrong(NamedTuple):
    """What is wrong in a template, how to correct it when that is known, and the values of both."""

    message: str
    hint: str
    values: dict[str, object]


def told(text: str) -> Wrong:
    """What a message says; one that is not known here is quoted as it is."""
    for pattern, said in _MESSAGES.items() if len(text) < _LONGEST else ():
        found = pattern.fullmatch(text)
        if found is not None:
            return said(*found.groups())
    return wrong("Ce modèle ne se lit pas ({text}).", text=text)


def wrong(message: str, hint: str = "", /, **values: object) -> Wrong:
    """What is wrong: keys of the interface, into which values go."""
    return Wrong(message, hint, values)


def _unknown(name: str) -> Wrong:
    if name.startswith("end"):
        return wrong("« {tag} » ne ferme rien.", tag=_tag(name))
    return wrong("« {tag} » n’est pas une instruction de modèle.", tag=_tag(name))


def _nested(name: str, inner: str) -> Wrong:
    return _unclosed("« {tag} » vient avant la fin de « {block} ».", inner, tag=_tag(name))


def _open(inner: str) -> Wrong:
    return _unclosed("« {block} » n’est jamais fermé.", inner)


def _unclosed(message: str, inner: str, **values: object) -> Wrong:
    return wrong(message, "Fermez « {block} » par « {end} ».", block=_tag(inner), end=_tag(f"end{inner}"), **values)


def _other(wanted: str, got: str) -> Wrong:
    return wrong("Il faut ici {wanted}, et non {got}.", wanted=_thing(wanted), got=_thing(got))


def _unexpected(got: str) -> Wrong:
    return _valueless(got) if got in _THINGS else wrong("« {sign} » est de trop ici.", sign=got)


def _valueless(got: str) -> Wrong:
    return wrong("Il manque une valeur avant {got}.", got=_thing(got))


def _nameless(name: str) -> Wrong:
    return wrong("« {text} » n’existe pas.", text=name)


def _unwritten(sign: str) -> Wrong:
    if sign in _QUOTES:
        return wrong("Un texte entre guillemets n’est pas fermé.")
    return wrong("« {sign} » ne s’écrit pas dans une instruction de modèle.", sign=sign)


def _beyond(name: str) -> Wrong:
    return wrong("« {text} » n’est pas à la portée d’un modèle.", text=name)


def _unnamed(name: str, given: str) -> Wrong:
    return wrong("La macro « {name} » ne connaît pas « {given} ».", name=name, given=given)


def _too_many(name: str) -> Wrong:
    return wrong("La macro « {name} » reçoit ici trop de valeurs.", name=name)


# The messages of the parser, the lexer and the compiler of Jinja2 3.1, then of what it runs, then of Python: what each says, of what it
# quotes.
_SAID: MappingProxyType[str, Callable[..., Wrong]] = MappingProxyType(
    {
        r"Encountered unknown tag '(.*?)'\. You probably made a nesting mistake\..* is '(.*?)'\.": _nested,
        r"Encountered unknown tag '(end.*?)'\..* is '(.*?)'\.": _nested,
        r"Encountered unknown tag '(.*?)'\..*": _unknown,
        r"Unexpected end of template\..* is '(.*?)'\.": _open,
        r"Unexpected end of template\.": lambda: wrong("Le modèle s’arrête au milieu d’une instruction."),
        r"unexpected end of template, expected '(.*)'\.": lambda wanted: _other(wanted, _END),
        r"expected token '(.*)', got '(.*)'": _other,
        r"Expected an expression, got '(.*)'": _valueless,
        r"unexpected char ['\"](.*)['\"] at \d+": _unwritten,
        r"unexpected '(.*)', expected '(.*)'": lambda got, wanted: _other(wanted, got),
        r"unexpected '(.*)'": _unexpected,
        r"tag name expected": lambda: wrong("Il manque le nom d’une instruction."),
        r"block '(.*)' defined twice": lambda name: wrong("Le bloc « {name} » est défini deux fois.", name=name),
        r"names starting with an underline .*": lambda: wrong("Un nom qui commence par « _ » ne s’importe pas."),
        r"Can't assign to special loop variable .*": lambda: wrong("« loop » est pris : choisissez un autre nom."),
        r"can't assign to .*": lambda: wrong("Ce qui est écrit ici ne reçoit pas de valeur."),
        r"non-default argument follows .*|invalid syntax for function call .*": lambda: wrong(
            "Les valeurs sans nom viennent avant celles qui en ont un."
        ),
        r"No filter named '(.*)'\.": lambda name: wrong("Le filtre « {name} » n’existe pas.", name=name),
        r"No test named '(.*)'\.": lambda name: wrong("Le test « {name} » n’existe pas.", name=name),
        r"access to attribute '([^']*)'.* is unsafe\.?": _beyond,
        r"macro '(.*)' takes no keyword argument '(.*)'": _unnamed,
        r"macro '(.*)' takes not more than .*": _too_many,
        r"'([^']*)'(?: is undefined)?": _nameless,
        r".* has no attribute '([^']*)'": _nameless,
        r".* got an unexpected keyword argument '(.*)'": _nameless,
        r".*missing \d+ required positional arguments?: .*": lambda: wrong("Il manque ici une valeur."),
        r"\S+ takes .* positional arguments? but \d+ .* given": lambda: wrong("Il y a ici trop de valeurs."),
        r".* object is not callable": lambda: wrong("Ce qui est appelé ici n’est ni une fonction ni une macro."),
        r".* object is not iterable": lambda: wrong("Ce qui est parcouru ici n’est pas une liste."),
        r"unsupported operand .*|can only concatenate .*|.* not supported between .*": lambda: wrong(
            "Ces valeurs ne se calculent ni ne se comparent ensemble : un nombre et un texte, une valeur absente."
        ),
        r".*division by zero|.*DivisionByZero.*": lambda: wrong("Ce calcul divise par zéro."),
    }
)
_LONGEST = 500  # characters of a message: a longer one quotes the template at length
_MESSAGES = {re.compile(pattern, re.DOTALL): said for pattern, said in _SAID.items()}

# What it calls the pieces of a template that are no sign and no name.
_END = "end of template"
_QUOTES = ("'", '"')
_SIGNS = MappingProxyType(
    {
        "begin of statement block": "{%",
        "end of statement block": "%}",
        "begin of print statement": "{{",
        "end of print statement": "}}",
    }
)
_THINGS: MappingProxyType[str, Sentence] = MappingProxyType(
    {
        **{name: sentence("« {sign} »", sign=sign) for name, sign in _SIGNS.items()},
        _END: sentence("la fin du modèle"),
        "template data / text": sentence("du texte"),
        "string": sentence("un texte entre guillemets"),
        "integer": sentence("un nombre"),
        "float": sentence("un nombre"),
        "name": sentence("un nom"),
    }
)


def _thing(name: str) -> Sentence:
    return _THINGS[name] if name in _THINGS else sentence("« {sign} »", sign=name)


def _tag(name: str) -> str:
    return f"{{% {name} %}}"

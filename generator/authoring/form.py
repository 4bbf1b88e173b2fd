"""The form by which an error is told: GitHub writes its answers as Markdown, under the labels of its fields; a mail, as lines
« label : answer ». They are read by the labels of the form itself, and are nothing but texts: none of them is run, opened or followed.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from generator.authoring.mail import fields, is_mail, words
from generator.contracts.hosting import FIELDS
from generator.documents.cleaning import clean
from generator.documents.files import read_bytes
from generator.documents.nodes import Mapping, Node, Scalar, Sequence
from generator.documents.yaml import parse_yaml
from generator.layout import FORM, FORM_FIELDS, FORMS, MACHINE
from generator.text.interface import NOTHING, Sentence, sentence

LONGEST = 65_536  # characters of the text of an issue, as GitHub has it
_EMPTY = "_No response_"
_HEADING = "### "
OPTIONAL = "valeur"  # the field that a mail may leave out: nothing may be published there yet


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of the form: identifier → label, in the order of the form; `long` are those whose answer may have several lines."""

    labels: Map[str, str]
    long: frozenset[str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is done, what to do, and what to write instead, as a diagnostic has them."""

    told: Sentence
    hint: Sentence = NOTHING
    suggestion: str = ""


def read_form(root: Path) -> Form | Refusal:
    """The form of a project, else that of the generator; a refusal when it has not the fields that are awaited."""
    path = f"{FORMS}/{FORM}"
    data = next((d for base in (root, MACHINE.parent) if (d := read_bytes(base, path)[0]) is not None), None)
    if data is None:
        return Refusal(sentence("Le formulaire {path} manque.", path=path))
    found = parse_yaml(path, data)[0].root
    body = found.nodes.get("body") if isinstance(found, Mapping) else None
    fields = dict(filter(None, map(_field, body.items if isinstance(body, Sequence) else ())))
    labels = {name: label for name, (label, _) in fields.items()}
    if set(labels) != set(FORM_FIELDS) or len(set(labels.values())) < len(labels):
        message = "Le formulaire {path} n’a pas les champs attendus : {fields}."
        return Refusal(sentence(message, path=path, fields=", ".join(FORM_FIELDS)))
    return Form(labels, frozenset(name for name, (_, kind) in fields.items() if kind == "textarea"))


def _field(node: Node) -> tuple[str, tuple[str, str]] | None:
    """A field that is filled in: its identifier, its label and its kind."""
    name, kind = _text(node, "id"), _text(node, "type")
    attributes = node.nodes.get("attributes") if isinstance(node, Mapping) else None
    return (name, (_text(attributes, "label"), kind)) if name else None


def _text(node: Node | None, key: str) -> str:
    found = node.nodes.get(key) if isinstance(node, Mapping) else None
    return found.text if isinstance(found, Scalar) else ""


def answers(form: Form, body: bytes) -> dict[str, str] | Refusal:
    """The answers of an issue, or of a mail, by the identifiers of the fields, "" for one left empty. A text that is not that of the form,
    or that could be read in two ways, is refused.
    """
    if is_mail(body) and len(body) <= 4 * LONGEST:
        plain = words(body)
        if plain is None:
            message, hint = "Ce message n’a pas de texte simple.", "Copiez ses mots dans un fichier de texte."
            return Refusal(sentence(message), sentence(hint))
        body = plain.encode()
    if len(body) > 4 * LONGEST or len(text := body.decode("utf-8", "replace")) > LONGEST:
        return Refusal(sentence("La demande dépasse {most} caractères.", most=LONGEST))
    clear, found = clean(FORM, text)
    wrong = next((d for d in found if d.severity == "erreur"), None)
    if clear is None or wrong is not None:
        return (
            Refusal(wrong.message, wrong.hint) if wrong is not None else Refusal(sentence("La demande ne se lit pas."))
        )
    names = {label: name for name, label in form.labels.items()}
    if _HEADING not in clear and (filled := fields(clear, {**{FIELDS[n]: n for n in form.labels}, **names}, form.long)):
        return _of_mail(form, filled)
    before, seen, texts = _parts(clear, names)
    if before.strip() or seen != list(form.labels):
        return _not_the_form(form, seen)
    told = {name: answer.strip() for name, answer in zip(seen, texts, strict=True)}
    told = {name: "" if answer == _EMPTY else answer for name, answer in told.items()}
    broken = next((name for name, answer in told.items() if "\n" in answer and name not in form.long), "")
    if broken:
        message, hint = "« {label} » tient sur une seule ligne.", "Corrigez le texte de la demande."
        return Refusal(sentence(message, label=form.labels[broken]), sentence(hint))
    return told


def _of_mail(form: Form, filled: list[tuple[str, str]]) -> dict[str, str] | Refusal:
    """The answers of a mail: each field once; those that nothing fills are empty."""
    seen = [name for name, _ in filled]
    twice = next((name for name in form.labels if seen.count(name) > 1), "")
    missing = next((name for name in form.labels if name not in seen and name != OPTIONAL), "")
    hint = sentence("Gardez une ligne « {label} : … » et une seule.", label=form.labels[twice or missing or OPTIONAL])
    if twice:
        return Refusal(sentence("« {label} » est plus d’une fois dans le message.", label=form.labels[twice]), hint)
    if missing:
        return Refusal(sentence("Le message ne dit pas « {label} ».", label=form.labels[missing]), hint)
    return dict.fromkeys(form.labels, "") | dict(filled)


def _parts(text: str, names: Map[str, str]) -> tuple[str, list[str], list[str]]:
    """What stands before the first title of the form; the fields whose titles follow, in order; what stands under each."""
    seen, texts = list[str](), [""]
    for line in text.split("\n"):
        name = names.get(line.removeprefix(_HEADING).rstrip(" ")) if line.startswith(_HEADING) else None
        if name is None:
            texts[-1] += f"{line}\n"
        else:
            seen.append(name)
            texts.append("")
    return texts[0], seen, texts[1:]


def _not_the_form(form: Form, seen: list[str]) -> Refusal:
    """Why a text is not what the form gives."""
    hint = sentence("Remplissez de nouveau le formulaire, sans rien changer à ses titres.")
    twice = next((name for name in form.labels if seen.count(name) > 1), "")
    if twice:
        return Refusal(
            sentence("Le titre « {label} » est plus d’une fois dans la demande.", label=form.labels[twice]), hint
        )
    missing = next((name for name in form.labels if name not in seen), "")
    if missing:
        return Refusal(
            sentence("La demande n’a pas la partie « {label} » du formulaire.", label=form.labels[missing]), hint
        )
    return Refusal(sentence("Le texte de la demande n’est plus celui que donne le formulaire."), hint)

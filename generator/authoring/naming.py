"""The table and the row that a person names: by name, by title or by identifier; what was probably meant, when it is none."""

from __future__ import annotations

from generator.authoring.asks import where
from generator.catalogue.former import Renamed
from generator.catalogue.records import Catalogue, Record, named
from generator.contracts.meanings import is_plain
from generator.contracts.model import Contracts, Resource
from generator.diagnostics.suggestions import Words
from generator.text.french import fold
from generator.text.interface import Sentence, say, sentence
from generator.text.spoken import typeset
from generator.values.types import canonical


def key_of(record: Record) -> str:
    """The key of a row as links write it: `atlas`, `atlas/planches`."""
    return "/".join(canonical(part) for part in record.id)


def table_named(text: str, contracts: Contracts) -> Resource | Sentence:
    """The table of that name or of that title; a sentence when there is none."""
    if text in contracts.resources:
        return contracts.resources[text]
    titled = [r for r in contracts.resources.values() if fold(r.title) == fold(text) or fold(r.name) == fold(text)]
    if len(titled) == 1:
        return titled[0]
    resources = list(contracts.resources.values())
    near = Words([r.name for r in resources], [r.title for r in resources]).nearest(text)
    if near:
        return sentence("Aucune table ne s’appelle « {text} » (peut-être {near}).", text=text, near=near)
    choices = ", ".join(r.name for r in resources)
    return sentence("Aucune table ne s’appelle « {text} ». Tables : {choices}.", text=text, choices=choices)


def row_named(text: str, resource: Resource, catalogue: Catalogue) -> Record | Sentence:
    """The row of a table that has that key, or alone has that title; a sentence when there is none."""
    table = catalogue.tables[resource.name]
    record = named(table, text)
    if record is not None:
        return record
    labelled = [each for each in table.records if fold(each.label) == fold(text)]
    if len(labelled) == 1:
        return labelled[0]
    title = typeset(resource.title)
    new = Renamed(catalogue).find(resource.name, tuple(text.split("/")))
    if new is not None:
        message = "« {text} » est un ancien identifiant de « {label} » : écrivez « {key} »."
        return sentence(message, text=text, label=new.label, key=key_of(new))
    parts = len(resource.primary_key)
    if text.count("/") + 1 != parts and not labelled and parts > 1:
        form = "/".join(resource.field(name).key[-1] for name in resource.primary_key)
        message = "Une ligne de « {title} » se désigne par « {form} », par exemple {example}."
        example = key_of(table.records[0]) if table.records else form
        return sentence(message, title=title, form=form, example=example)
    near = Words([key_of(each) for each in table.records], [each.label for each in table.records]).nearest(text)
    if near:
        return sentence("« {text} » n’est pas dans « {title} » (peut-être {near}).", text=text, title=title, near=near)
    return sentence("« {text} » n’est pas dans « {title} ».", text=text, title=title)


def unwritable(resource: Resource, contracts: Contracts) -> str:
    """Why no command can add a row to a table; "" when one can."""
    title, told = typeset(resource.title), where(resource, contracts)
    if resource.derive is not None or resource.rows.elsewhere:
        return say("« {title} » : {told}", title=title, told=told)
    message = (
        "Une ligne de « {title} » s’écrit d’une façon que cette commande ne connaît pas. {told} Ajoutez-la à la main."
    )
    return "" if is_plain(resource, contracts) else say(message, title=title, told=told)

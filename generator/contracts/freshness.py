"""How long what the rows of a table say stays sure (`freshness`), and what is known of where the rows of a table of sources are
read (`vault`), as its contract says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import fields, replace

from generator.contracts.columns import check_names
from generator.contracts.model import Resource
from generator.contracts.terms import Freshness, Horizon, Vault
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.rule import read_condition

KEYS = ("freshness", "vault")  # of a table
_DATES = ("date",)
_PERIODS = ("string", "date", "year", "yearmonth")
# Which types the column that each word names may have.
_FRESH: Map[str, tuple[str, ...]] = {"verified": _DATES, "column": _PERIODS}
_VAULT: Map[str, tuple[str, ...]] = {
    "address": ("string",),
    "archive": ("string",),
    "consulted": _DATES,
    "digest": ("string",),
    "checked": _DATES,
    "answers": ("boolean",),
}
_MONTHS = re.compile(r"[1-9][0-9]{0,2}")


def with_freshness(resource: Resource, item: Reader) -> Resource:
    """The resource with what its declaration says of these, now that its columns are known; what is wrong is reported."""
    fresh = _freshness(item.mapping("freshness"), resource) if item.has("freshness") else None
    vault = _vault(item.mapping("vault"), resource) if item.has("vault") else None
    return replace(resource, freshness=fresh, vault=vault)


def _freshness(reader: Reader, resource: Resource) -> Freshness:
    verified, every = reader.text("verified"), reader.text("every")
    if every and not _MONTHS.fullmatch(every):
        message, hint = "« {text} » n’est pas un nombre de mois.", "Écrivez un nombre entier, de 1 à 999."
        reader.fault("every", message, hint, text=every)
    if every and not verified:
        message = "« every » dit tous les combien une ligne se revérifie, mais rien ne dit quand elle l’a été."
        hint = "Ajoutez « verified », qui nomme la colonne de cette date."
        reader.fault("every", message, hint)
    horizons = tuple(filter(None, (_horizon(each, resource) for each in reader.mappings("horizon"))))
    if not verified and not reader.has("horizon"):
        reader.faults(reader.position, "« freshness » ne dit rien.", "Donnez « verified », « horizon », ou les deux.")
    reader.close("« freshness »")
    _check(reader, {"verified": verified}, _FRESH, resource)
    return Freshness(verified, int(every) if _MONTHS.fullmatch(every) else 0, horizons)


def _horizon(reader: Reader, resource: Resource) -> Horizon | None:
    column = reader.text("column", required=True)
    when = reader.mapping("when")
    condition = read_condition(reader, when, {name: when.texts(name) for name in when.node.nodes}, resource)
    reader.close("une échéance")
    _check(reader, {"column": column}, _FRESH, resource)
    return Horizon(column, condition) if column in resource.index else None


def _vault(reader: Reader, resource: Resource) -> Vault:
    named = {f.name: reader.text(f.name, required=f.name == "address") for f in fields(Vault)}
    reader.close("« vault »")
    _check(reader, named, _VAULT, resource)
    for word in ("address", "archive"):  # a link of pages leads there
        column = next((f for f in resource.fields if f.name == named[word]), None)
        if column is not None and column.type == "string" and column.format != "uri":
            message, hint = "« {name} » n’est pas une colonne d’adresses.", "Donnez-lui « format: uri »."
            reader.fault(word, message, hint, name=column.name)
    for word, other in (("checked", "answers"), ("answers", "checked")):
        if named[word] and not named[other]:
            message, hint = "« {word} » va avec « {other} », qui manque.", "Ajoutez-le, ou retirez le premier."
            reader.fault(word, message, hint, word=word, other=other)
    return Vault(**named)


def _check(reader: Reader, named: Map[str, str], kinds: Map[str, tuple[str, ...]], resource: Resource) -> None:
    """What is named must be a column, of a type that can say it."""
    columns = {f.name: f for f in resource.fields}
    check_names([(reader, word, (name,)) for word, name in named.items() if name], columns, reader, resource.name)
    for word, name in named.items():
        if name in columns and columns[name].type not in kinds[word]:
            message = "« {name} » est du type « {type} » : « {word} » ne peut pas la nommer."
            values = {"name": name, "type": columns[name].type, "word": word, "choices": listed(kinds[word])}
            reader.fault(word, message, "Types possibles : {choices}.", **values)

"""What is known of where sources are read: an archive is that of something, and a verification says when it was made and what it
gave. Dates are not compared with today: a check says the same on any day.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue, Record
from generator.contracts.terms import Vault
from generator.diagnostics.finding import Diagnostic, fault
from generator.documents.nodes import Scalar


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """The rows of tables of sources that say one half of it."""
    for resource in catalogue.contracts.resources.values():
        if resource.vault is not None:
            for record in catalogue[resource.name]:
                if not record.unsure:
                    yield from _halves(record, resource.vault)


def _halves(record: Record, vault: Vault) -> Iterator[Diagnostic]:
    needed = (
        (vault.archive, vault.address, "Une copie archivée est celle d’une adresse, qui n’est pas donnée."),
        (vault.checked, vault.address, "L’adresse a été vérifiée, mais elle n’est pas donnée."),
        (vault.answers, vault.checked, "Rien ne dit quand l’adresse a été vérifiée."),
        (vault.checked, vault.answers, "Rien ne dit ce que la vérification de l’adresse a donné."),
    )
    for column, other, message in needed:
        if column and _said(record, column) and not _said(record, other):
            hint = "Remplissez « {other} », ou retirez « {column} »."
            yield fault("coffre", record.at(column), message, hint, column=column, other=other)
    if vault.archive and record[vault.archive] is not None and record[vault.archive] == record[vault.address]:
        message, hint = (
            "La copie archivée a la même adresse que l’original.",
            "Donnez celle de la copie, ou retirez-la.",
        )
        yield fault("coffre", record.at(vault.archive), message, hint)


def _said(record: Record, column: str) -> bool:
    """Whether a column says something, readable or not: what is not has its own message."""
    node = record.written(column)
    return record[column] is not None or (isinstance(node, Scalar) and bool(node.text))

"""What Frictionless refuses → diagnostics, at the lines of the content."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.packages.built import Built


def mapped(report: dict[str, object], built: Built, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Frictionless errors as diagnostics: a row and a column become the record's line and column."""
    contract = built.package.position
    for error in _list(report.get("errors")):
        yield _finding(error, contract)
    for task in _list(report.get("tasks")):
        name = str(task.get("name", ""))
        records = catalogue[name] if name in catalogue.tables else []
        for error in _list(task.get("errors")):
            position = contract
            row = error.get("rowNumber")
            if isinstance(row, int) and 2 <= row <= len(records) + 1:  # row 1 is the header
                record, column = records[row - 2], str(error.get("fieldName", ""))
                columns = _list_of_text(error.get("fieldNames")) or [column]
                if error.get("type") == "primary-key":
                    columns = [*record.resource.primary_key[-1:], ""]
                position = record.at(columns[0] if columns[0] in record.resource.index else "")
            yield _finding(error, position)


def _finding(error: dict[str, object], position: Position) -> Diagnostic:
    message = "Frictionless refuse le paquet ici ({type}) : « {text} »"
    hint = "Nos propres contrôles auraient dû le dire : signalez-le."
    return fault("frictionless", position, message, hint, type=error.get("type", ""), text=error.get("message", ""))


def _list(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _list_of_text(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

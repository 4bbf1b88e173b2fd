"""A spreadsheet: what Power Query of Excel is given (« Éditeur avancé ») to read the canonical file, and to read it again later. To look
once, the workbook of the package opens by itself.
"""

from __future__ import annotations

from generator.packages.snippets import Reading
from generator.text.names import in_power_query

TITLE = "Excel, Power Query"
LANGUAGE = "powerquery"


def code(reading: Reading) -> str:
    """The lines."""
    types = ", ".join(f"{{{in_power_query(name)}, type number}}" for name in reading.numbers)
    return f"""let
    Source = Csv.Document(
        Web.Contents("{reading.csv}"),
        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
    ),
    Titres = Table.PromoteHeaders(Source, [PromoteAllScalars = false]),
    Absences = Table.ReplaceValue(Titres, "", null, Replacer.ReplaceValue, Table.ColumnNames(Titres)),
    Nombres = Table.TransformColumnTypes(Absences, {{{types}}}, "en-US")
in
    Nombres
"""

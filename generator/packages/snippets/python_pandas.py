"""Python, with pandas: nothing but an empty cell is an absence, and no code becomes a number."""

from __future__ import annotations

from generator.packages.snippets import Reading
from generator.text.names import in_script

TITLE = "Python, pandas"
LANGUAGE = "python"


def code(reading: Reading) -> str:
    """The lines."""
    numbers = f"""for colonne in [{", ".join(map(in_script, reading.numbers))}]:
    table[colonne] = pandas.to_numeric(table[colonne])
"""
    return f"""import pandas

adresse = "{reading.csv}"
table = pandas.read_csv(adresse, dtype=str, keep_default_na=False, na_values=[""])
{numbers if reading.numbers else ""}"""

"""R, without any package: texts are marked as UTF-8 rather than turned into the letters of the machine, which may lack some."""

from __future__ import annotations

from generator.packages.snippets import Reading
from generator.text.names import in_r

TITLE = "R"
LANGUAGE = "r"


def code(reading: Reading) -> str:
    """The lines."""
    numbers = f"""for (colonne in c({", ".join(map(in_r, reading.numbers))})) {{
  table[[colonne]] <- as.numeric(table[[colonne]])
}}
"""
    return f"""adresse <- "{reading.csv}"
table <- read.csv(adresse, colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE)
{numbers if reading.numbers else ""}"""

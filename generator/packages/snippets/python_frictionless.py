"""Python, with frictionless: types, keys and labels come from the description of the package."""

from __future__ import annotations

from generator.packages.snippets import Reading
from generator.text.names import in_script

TITLE = "Python, frictionless"
LANGUAGE = "python"


def code(reading: Reading) -> str:
    """The lines."""
    return f"""from frictionless import Package

jeu = Package("{reading.descriptor}")
table = jeu.get_resource({in_script(reading.name)}).read_rows()
"""

"""JavaScript, in a browser or in Node, without any library: the table in JSON, whose numbers are numbers."""

from __future__ import annotations

from generator.packages.snippets import JSON, Reading

TITLE = "JavaScript"
LANGUAGE = "javascript"
FORMAT = JSON


def code(reading: Reading) -> str:
    """The lines."""
    return f"""const adresse = "{reading.json}";
const {{ rows: table }} = await (await fetch(adresse)).json();
"""

"""Python, with DuckDB: the file is fetched first, so that DuckDB needs no extension of its own."""

from __future__ import annotations

from generator.packages.snippets import Reading
from generator.text.names import in_python_sql

TITLE = "Python, DuckDB"
LANGUAGE = "python"


def code(reading: Reading) -> str:
    """The lines."""
    names = map(in_python_sql, reading.numbers)
    casts = ",\n".join(f"        CAST({name} AS DOUBLE) AS {name}" for name in names)
    columns = f"* REPLACE (\n{casts}\n    )" if casts else "*"
    return f"""from urllib.request import urlretrieve

import duckdb

fichier, _ = urlretrieve("{reading.csv}")
table = duckdb.sql(f\"\"\"
    SELECT {columns}
    FROM read_csv('{{fichier}}', header = true, delim = ',', quote = '"', all_varchar = true)
\"\"\")
"""

"""Python, with DuckDB: the file is fetched first, so that DuckDB needs no extension of its own."""

from __future__ import annotations

from generator.packages.snippets import Reading

TITLE = "Python, DuckDB"
LANGUAGE = "python"


def code(reading: Reading) -> str:
    """The lines."""
    casts = ",\n".join(f'        CAST("{name}" AS DOUBLE) AS "{name}"' for name in reading.numbers)
    columns = f"* REPLACE (\n{casts}\n    )" if casts else "*"
    return f"""from urllib.request import urlretrieve

import duckdb

fichier, _ = urlretrieve("{reading.csv}")
table = duckdb.sql(f\"\"\"
    SELECT {columns}
    FROM read_csv('{{fichier}}', header = true, delim = ',', quote = '"', all_varchar = true)
\"\"\")
"""

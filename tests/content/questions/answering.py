"""What the files answer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from .asked import Answer, Question

OPENING = {
    "pandas": 'import pandas\ntable = pandas.read_csv("{file}", dtype=str, keep_default_na=False)',
    "DuckDB": "import duckdb",
    "SQLite": 'import sqlite3\nbase = sqlite3.connect("{file}")',
}
RUN = {"pandas": "{command}", "DuckDB": 'duckdb.sql("{command}")', "SQLite": 'base.execute("{command}").fetchall()'}


def shown(question: Question) -> str:
    """The lines that someone types in the folder of the downloaded packages."""
    opening, command = OPENING[question.tool].format(file=question.file), question.command.format(file=question.file)
    return f"{opening}\n{RUN[question.tool].format(command=command)}"


def answered(question: Question, packages: Path) -> Answer:
    """The rows of the answer; only the file of the question is read. An absence is None."""
    file = str(packages / question.file)
    command = question.command.format(file=file)
    if question.tool == "pandas":
        import pandas

        table = pandas.read_csv(file, dtype=str, keep_default_na=False)
        found = eval(command, {"table": table}).itertuples(index=False, name=None)
        return [tuple(value if value != "" else None for value in row) for row in found]
    if question.tool == "SQLite":
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base:
            return base.execute(command).fetchall()
    import duckdb

    return duckdb.sql(command).fetchall()

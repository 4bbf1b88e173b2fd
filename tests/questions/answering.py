"""What the files answer."""

from __future__ import annotations

from pathlib import Path

from .asked import Answer, Question

OPENING = {
    "pandas": 'import pandas\ntable = pandas.read_csv("{file}", dtype=str, keep_default_na=False)',
    "DuckDB": "import duckdb",
}


def shown(question: Question) -> str:
    """The lines that someone types in the folder of the downloaded packages."""
    opening, command = OPENING[question.tool].format(file=question.file), question.command.format(file=question.file)
    return f"{opening}\n{command}" if question.tool == "pandas" else f'{opening}\nduckdb.sql("{command}")'


def answered(question: Question, packages: Path) -> Answer:
    """The rows of the answer; only the file of the question is read. An absence is None."""
    file = str(packages / question.file)
    command = question.command.format(file=file)
    if question.tool == "pandas":
        import pandas

        table = pandas.read_csv(file, dtype=str, keep_default_na=False)
        found = eval(command, {"table": table}).itertuples(index=False, name=None)
        return [tuple(value if value != "" else None for value in row) for row in found]
    import duckdb

    return duckdb.sql(command).fetchall()

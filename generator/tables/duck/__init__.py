"""DuckDB, in one process: tables checked, grouped, compared, held for the time of a command, published."""

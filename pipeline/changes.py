"""Tells dbt which raw files are new, so that tables are made anew only where something changed.

Schema `changes` of the build file lives from landing to publication. Landing writes
`changes.sources`; the rest is dbt's, see `docs/incremental.md` and the macros in `macros/duckdb`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pipeline.cell_types import literal

Execute = Callable[[str], Any]

SCHEMA = "changes"
# Below so many raw rows making all tables anew takes less time than to find out what changed.
MANY_ROWS = 3_000_000


def forget(execute: Execute) -> None:
    """Drop what was said: whoever runs dbt then has every table made anew."""
    execute(f"drop schema if exists {SCHEMA} cascade")


def tell(execute: Execute, new: Mapping[str, Collection[str]], row_count: int) -> None:
    """Say of each source which of its files are new; nothing when there are few raw rows."""
    forget(execute)
    if row_count < MANY_ROWS:
        return
    execute(f"create schema {SCHEMA}")
    execute(f"create table {SCHEMA}.sources (source varchar, new_files varchar[])")
    for source, files in new.items():
        names = ", ".join(literal(file) for file in files)
        execute(f"insert into {SCHEMA}.sources values ('{source}', [{names}])")


def tables_made(execute: Execute) -> dict[str, int]:
    """How many tables were kept, made anew in some units, or made anew as a whole."""
    found = execute(
        f"select count(*) from information_schema.tables where table_schema = '{SCHEMA}'"
        " and table_name = 'extents'"
    )
    if found[0][0] == 0:
        return {}
    rows = execute(
        f"select made, count(*) from {SCHEMA}.extents where made is not null group by made"
    )
    return dict(rows)

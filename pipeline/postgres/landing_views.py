"""SQL of the relations in schema `landing` of a server: what the models read as their sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg2.extras import execute_values

from pipeline import state
from pipeline.cell_types import quoted
from pipeline.postgres.connection import execute
from pipeline.postgres.schemas import make_anew
from pipeline.raw_contracts import READ_ONCE, load_contracts

LANDING_SCHEMA = "landing"
TECHNICAL_TABLES = {
    "malformed_lines": "source text, _file text, _row_number bigint, line_text text",
    "source_files": (
        "source text, _file text, file_format text, row_count bigint, malformed_count bigint,"
        " unknown_columns text, missing_columns text"
    ),
    "source_status": "source text, is_connected boolean",
    "build_request": "build_id text, built_at timestamp, project_version text, git_commit text",
}


def loaded_view(source: str) -> str:
    """SQL that makes the view of a source that was loaded into schema `raw`."""
    return f"create view landing.{quoted(source)} as select * from raw.{quoted(source)}"


def empty_view(source: str) -> str:
    """SQL that makes the view of a source that is not connected."""
    names = load_contracts()[source].column_names
    cells = [f'cast(null as text) collate "C" as {quoted(name)}' for name in names]
    cells += [
        'cast(null as text) collate "C" as _file',
        "cast(null as bigint) as _row_number",
        "cast(null as timestamp) as _loaded_at",
        'cast(null as text) collate "C" as _raw_row',
    ]
    return f"create view landing.{quoted(source)} as select {', '.join(cells)} where false"


def make_rows_new(server: Any) -> None:
    """Make the relations by which models tell new rows from others: here all rows are new."""
    for source in READ_ONCE:
        name = quoted(f"new_{source}")
        execute(server, f"create view landing.{name} as select * from landing.{quoted(source)}")
    make_anew(server, state.SCHEMA)
    for name, columns in state.TABLES.items():
        bytewise = columns.replace(" varchar", ' text collate "C"')
        execute(server, f"create table {state.SCHEMA}.{name} ({bytewise})")


def make_technical_tables(
    server: Any,
    files: Sequence[Sequence[Any]],
    status: Sequence[Sequence[Any]],
    request: Sequence[Any],
) -> None:
    """Write what is known of tables that nobody loaded; they have no malformed lines."""
    rows = {"source_files": files, "source_status": status, "build_request": [request]}
    for name, columns in TECHNICAL_TABLES.items():
        bytewise = columns.replace(" text", ' text collate "C"')
        execute(server, f"create unlogged table landing.{name} ({bytewise})")
        if rows.get(name):
            with server.cursor() as cursor:
                execute_values(cursor, f"insert into landing.{name} values %s", rows[name])

"""The compiled models in a DuckDB that lives in memory: the whole graph, or one model at a time."""

from __future__ import annotations

from typing import Any

import duckdb

from checks.mutation.compiled_project import CompiledProject
from pipeline import state
from pipeline.raw_contracts import READ_ONCE

_OWN_TYPES = {
    "_row_number": "bigint",
    "row_count": "bigint",
    "malformed_count": "bigint",
    "_loaded_at": "timestamp",
    "built_at": "timestamp",
    "is_connected": "boolean",
}
_OWN_TABLES = {"malformed_lines", "source_files", "source_status", "build_request"}

RawRows = dict[str, list[dict[str, Any]]]


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory with the catalogue, schemas and time zone of the build file."""
    connection = duckdb.connect()
    connection.execute("attach ':memory:' as warehouse; use warehouse; set TimeZone = 'UTC'")
    connection.execute("set threads = 1; set preserve_insertion_order = true")
    for schema in ("raw", "seeds", "staging", "intermediate", "marts", "quarantine"):
        connection.execute(f"create schema warehouse.{schema}")
    state.create_empty(lambda sql: connection.execute(sql).fetchall())
    return connection


def raw_column_types(source: str, columns: list[str]) -> dict[str, str]:
    """Type of each column of a raw relation as landed from CSV: text, but for the reader's own."""
    cells = [name for name in columns if not name.startswith("_")]
    types = {name: _OWN_TYPES.get(name, "varchar") for name in columns}
    if source not in _OWN_TABLES:
        types = dict.fromkeys(cells, "varchar") | {
            name: kind for name, kind in types.items() if name.startswith("_")
        }
        types["_raw_row"] = f"struct({', '.join(f'{name} varchar' for name in cells)})"
    return types


def fill_raw(
    connection: duckdb.DuckDBPyConnection, project: CompiledProject, rows: RawRows
) -> None:
    """Write the raw layer as landing would: rows per source as dicts of text cells, in file order.

    A row may name its `_file` and `_row_number`; else they are `<source>.csv` and its place from 1.
    A row with the cell `_malformed` is a line that did not split, with that text. Of a source that
    is read once the new rows are all rows, unless `new_<source>` is given too.
    """
    rows = {source: _placed(source, given) for source, given in rows.items()}
    rows = {f"new_{source}": rows.get(source, []) for source in READ_ONCE} | rows
    broken = [
        {**row, "source": source, "line_text": row["_malformed"]}
        for source, given in rows.items()
        for row in given
        if "_malformed" in row and not source.startswith("new_")
    ]
    rows = {
        source: [row for row in given if "_malformed" not in row] for source, given in rows.items()
    }
    rows.setdefault("source_status", _statuses(project, set(rows)))
    for source, columns in project.sources.items():
        types = raw_column_types(source, columns)
        relation = project.relations[f"raw.{source}"]
        listed = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        connection.execute(f"create or replace table {relation} ({listed})")
        found = broken if source == "malformed_lines" else rows.get(source, [])
        if found:
            cells = [name for name in types if name != "_raw_row"]
            _insert(connection, relation, cells, [[row.get(c) for c in cells] for row in found])


def _statuses(project: CompiledProject, given: set[str]) -> list[dict[str, Any]]:
    """A source is connected when rows of it are given, be it none."""
    return [
        {"source": source, "is_connected": source in given}
        for source in project.sources
        if source not in _OWN_TABLES and not source.startswith("new_")
    ]


def _placed(source: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their file and row number."""
    return [
        {"_file": f"{source}.csv", "_row_number": number} | row
        for number, row in enumerate(rows, start=1)
    ]


def _insert(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    columns: list[str],
    values: list[list[Any]],
) -> None:
    """Add rows, all in one statement."""
    import pyarrow as pa

    landed = pa.table(
        {
            name: pa.array(
                [None if row[place] is None else str(row[place]) for row in values], pa.string()
            )
            for place, name in enumerate(columns)
        }
    )
    connection.register("landed_rows", landed)
    listed = ", ".join(f'"{name}"' for name in columns)
    connection.execute(f"insert into {relation} ({listed}) select {listed} from landed_rows")
    connection.unregister("landed_rows")


def build_models(
    connection: duckdb.DuckDBPyConnection,
    project: CompiledProject,
    variables: str = "{}",
    fixed: dict[str, str] | None = None,
) -> None:
    """Run every model, each after what it reads; `fixed` models have the SQL given for them."""
    for name in project.order:
        sql = (fixed or {}).get(name) or project.sql[variables][name]
        if sql:
            connection.execute(f"create or replace table {project.relations[name]} as {sql}")


def column_types(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """Type by column name of a relation."""
    rows = connection.execute(f"select * from (describe select * from {relation})").fetchall()
    return {row[0]: row[1] for row in rows}

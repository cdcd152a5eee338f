"""Lands a mapped file: its rows as Parquet of text columns under the contract's names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipeline.cell_types import DECIMAL_TEXT_MACRO, literal, quoted
from pipeline.csv_landing import (
    FILE_COLUMN,
    RAW_ROW_COLUMN,
    ROW_NUMBER_COLUMN,
    LandedCsv,
    MalformedLines,
)
from pipeline.mapping.expressions import MACROS, cell_sql, filter_sql
from pipeline.mapping.files import MappedFile
from pipeline.mapping.model import ColumnRule
from pipeline.mapping.origins import OriginColumn, Rows, opened_rows
from pipeline.raw_contracts import load_contracts


def used_rules(file: MappedFile, names: Sequence[str]) -> list[ColumnRule]:
    """The rules that give a file's rows a cell; a column of the contract's own name gives one."""
    return [
        rule
        for rule in file.entry.rules
        if rule.constant is not None
        or (rule.columns and not (rule.is_implicit and rule.columns[0] not in names))
    ]


def unused_columns(file: MappedFile, names: Sequence[str]) -> tuple[str, ...]:
    """Columns of the file that no rule reads, sorted."""
    used = {name for rule in used_rules(file, names) for name in rule.columns}
    used |= {condition.column for condition in file.entry.conditions}
    return tuple(sorted(set(names) - used))


def land_mapped(file: MappedFile, target: Path, malformed: MalformedLines) -> LandedCsv:
    """Write the mapped rows to the Parquet file `target`, malformed records to `malformed`.

    The second entry of a source that reads a file counts its malformed records no second time.
    HeaderError, ParquetError or OSError when the file turns out to be unreadable.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"preserve_insertion_order": True}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("create schema raw")
        connection.execute(DECIMAL_TEXT_MACRO)
        connection.execute(MACROS)
        with opened_rows(connection, file, malformed if file.repeat == 1 else None) as rows:
            written = _write(connection, file, rows, target)
    return written


def _write(
    connection: duckdb.DuckDBPyConnection, file: MappedFile, rows: Rows, target: Path
) -> LandedCsv:
    columns = load_contracts()[file.source].column_names
    count = connection.execute(
        f"copy ({mapped_select(file, rows)}) to {literal(str(target))}"
        " (format parquet, compression zstd)"
    ).fetchone()
    row_count = int(count[0]) if count else 0
    return LandedCsv(
        path=target,
        columns=columns,
        row_count=row_count,
        malformed_count=rows.malformed_count if file.repeat == 1 else 0,
        is_mapped=True,
        filtered_count=rows.row_count - row_count,
    )


def mapped_select(file: MappedFile, rows: Rows) -> str:
    """The statement that makes the mapped rows of the file's own."""
    by_name = {column.name: column.cell for column in rows.columns}
    used = {rule.target: rule for rule in used_rules(file, list(by_name))}
    cells = []
    for name in load_contracts()[file.source].column_names:
        rule = used.get(name)
        cell = cell_sql(rule, by_name.__getitem__) if rule else "cast(null as varchar)"
        cells.append(f"cast({cell} as varchar) as {quoted(name)}")
    cells += [
        f"{raw_row_json(rows.columns)} as {RAW_ROW_COLUMN}",
        f"{literal(file.relative)} as {FILE_COLUMN}",
        f"cast({rows.row_number} as bigint) as {ROW_NUMBER_COLUMN}",
    ]
    condition = filter_sql(file.entry.conditions, by_name.__getitem__)
    return f"select {', '.join(cells)} from {rows.relation} where {condition}"


def raw_row_json(columns: Sequence[OriginColumn]) -> str:
    """The row as the user wrote it: a JSON object of texts under the names of the header."""
    members = []
    for column in columns:
        key = literal(json.dumps(column.name, ensure_ascii=False) + ":")
        members.append(f"{key} || coalesce(cast(to_json({column.cell.text}) as varchar), 'null')")
    return "'{' || " + " || ',' || ".join(members) + " || '}'" if members else "'{}'"

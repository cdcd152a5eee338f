"""Tables that a user's own loader keeps in schema `raw` of the server, read where they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psycopg2 import sql

from pipeline.cell_types import quoted
from pipeline.file_checks import similar_name
from pipeline.postgres.connection import execute, relation
from pipeline.postgres.landing_views import LANDING_SCHEMA, empty_view, make_technical_tables
from pipeline.postgres.loading import RAW_SCHEMA, raw_tables
from pipeline.postgres.schemas import columns_of, make_anew
from pipeline.postgres.server_cells import as_read, as_text, is_readable, row_json
from pipeline.raw_contracts import RawContract, load_contracts

_LINEAGE = ("_file", "_row_number", "_loaded_at")
_WHOLE_NUMBERS = ("smallint", "integer", "bigint")


@dataclass(frozen=True)
class ServerTable:
    """One table or view of schema `raw`: its contract, and its columns with their full types."""

    contract: RawContract
    columns: tuple[tuple[str, str], ...]

    @property
    def types(self) -> dict[str, str]:
        """Type by column name."""
        return dict(self.columns)

    @property
    def name(self) -> str:
        """Name with its schema, for messages."""
        return f"{RAW_SCHEMA}.{self.contract.source}"

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The columns that a source would have, without what a loader adds to its rows."""
        return [column for column in self.columns if column[0] not in _LINEAGE]

    @property
    def unknown(self) -> list[str]:
        """Columns that no contract names, sorted."""
        return sorted({name for name, _ in self.cells} - set(self.contract.column_names))


def server_tables(server: Any) -> dict[str, ServerTable]:
    """The tables of the sources that somebody else keeps on the server, by source."""
    contracts = load_contracts()
    return {
        name: ServerTable(contracts[name], tuple(columns_of(server, RAW_SCHEMA, name)))
        for name, is_loaded in raw_tables(server)
        if name in contracts and not is_loaded
    }


def faults(server: Any, tables: dict[str, ServerTable]) -> tuple[list[str], list[str]]:
    """What stops a build over these tables, and what is only worth a note; both as sentences."""
    problems = [
        f"the required source {source} is missing (expected a table {RAW_SCHEMA}.{source})"
        for source, contract in load_contracts().items()
        if contract.is_required and source not in tables
    ]
    notes = []
    for table in tables.values():
        problems += _column_faults(table)
        problems += _row_number_faults(server, table)
        if table.unknown:
            names = ", ".join(table.unknown)
            notes.append(f"{table.name}: columns that no contract names are ignored: {names}")
    return problems, notes


def _column_faults(table: ServerTable) -> list[str]:
    """Required columns that are missing, and columns of a type that can never be read."""
    missing = [
        column.name + similar_name(column.name, table.unknown)
        for column in table.contract.columns
        if column.is_required and column.name not in table.types
    ]
    found = []
    if missing:
        are = "column is" if len(missing) == 1 else "columns are"
        found.append(f"{table.name}: required {are} missing: {', '.join(missing)}")
    for column in table.contract.columns:
        kind = table.types.get(column.name)
        if kind and not is_readable(column.type, kind):
            text = f"the column {column.name} is {kind}, but should be {column.type}"
            found.append(f"{table.name}: {text}")
    return found


def _row_number_faults(server: Any, table: ServerTable) -> list[str]:
    """A row is known by its file and number, so these must be its own where they are given."""
    if table.types.get("_row_number") not in _WHOLE_NUMBERS:
        return []
    file = "coalesce(_file, '')" if "_file" in table.types else "''"
    repeated = execute(
        server,
        sql.SQL(
            "select {file}, _row_number from {table} where _row_number is not null"
            " group by 1, 2 having count(*) > 1 limit 1"
        ).format(file=sql.SQL(file), table=relation(RAW_SCHEMA, table.contract.source)),
    )
    return [
        f"{table.name}: several rows bear the _row_number {number} of the same _file '{name}'"
        for name, number in repeated
    ]


def land_tables(server: Any, tables: dict[str, ServerTable], request: Iterable[Any]) -> None:
    """Make schema `landing` over the tables; `request` is the row of `build_request`."""
    make_anew(server, LANDING_SCHEMA)
    files = []
    for source in load_contracts():
        if source not in tables:
            execute(server, empty_view(source))
            continue
        table = tables[source]
        execute(server, _landing_sql(table, _has_row_numbers(server, table)))
        counted = sql.SQL("select count(*) from {}").format(relation(LANDING_SCHEMA, source))
        count = execute(server, counted)[0][0]
        missing = sorted(set(table.contract.column_names) - set(table.types))
        lists = (",".join(table.unknown), ",".join(missing))
        files.append((source, table.name, "table", count, 0, *lists))
    status = [(source, source in tables) for source in load_contracts()]
    make_technical_tables(server, files, status, tuple(request))


def _has_row_numbers(server: Any, table: ServerTable) -> bool:
    """Whether the loader numbered every row."""
    if table.types.get("_row_number") not in _WHOLE_NUMBERS:
        return False
    query = sql.SQL("select 1 from {} where _row_number is null limit 1")
    return not execute(server, query.format(relation(RAW_SCHEMA, table.contract.source)))


def _landing_sql(table: ServerTable, has_row_numbers: bool) -> str:
    """A view over the table; a copy of it when its rows have to be numbered, by their cells."""
    source, types = table.contract.source, table.types
    cells = [
        f"{as_read(column.type, column.name, types[column.name])} as {quoted(column.name)}"
        if column.name in types
        else f'cast(null as text) collate "C" as {quoted(column.name)}'
        for column in table.contract.columns
    ]
    raw_row = row_json(table.cells)
    file = as_text("_file", types["_file"]) if "_file" in types else "cast(null as text)"
    number = "_row_number" if has_row_numbers else f"row_number() over (order by {raw_row})"
    cells += [
        f"coalesce({file}, '') collate \"C\" as _file",
        f"cast({number} as bigint) as _row_number",
        f"{_loaded_at(types)} as _loaded_at",
        f"{raw_row} as _raw_row",
    ]
    kind = "view" if has_row_numbers else "unlogged table"
    name = f"{LANDING_SCHEMA}.{quoted(source)}"
    return f"create {kind} {name} as select {', '.join(cells)} from {RAW_SCHEMA}.{quoted(source)}"


def _loaded_at(types: dict[str, str]) -> str:
    """SQL for the moment the loader wrote a row; null when it does not say, or not as a moment."""
    kind = types.get("_loaded_at", "")
    if kind.endswith("with time zone"):
        return "(_loaded_at at time zone 'UTC')"
    is_moment = kind == "date" or kind.startswith("timestamp")
    return "cast(_loaded_at as timestamp)" if is_moment else "cast(null as timestamp)"

"""Copies tables of a PostgreSQL server, so that they are read, mapped and remembered like files.

The rows are put in the order of their texts: the same rows give the same file.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.failure import BuildFailure
from pipeline.mapping.model import ServerName
from pipeline.mapping.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE_FORMAT = "table"
# Says beside the copy which columns are moments or numbers; see `origin_columns`.
KINDS_KEY = b"csw_kinds"
_ROW_NUMBER = "_csw_row_number"


def fetch_table(name: ServerName, folder: Path) -> Path:
    """Copy a table to a Parquet file in a folder; BuildFailure when it cannot be had."""
    from pipeline.postgres.connection import connect

    server = connect(database=name.database)
    try:
        columns = _columns(server, name)
        target = folder / f"{hashlib.sha256(name.shown.encode()).hexdigest()[:32]}.parquet"
        folder.mkdir(parents=True, exist_ok=True)
        spool = target.with_suffix(".csv")
        try:
            _spool(server, name, columns, spool)
            _write(spool, columns, target)
        finally:
            spool.unlink(missing_ok=True)
    finally:
        server.close()
    return target


def _columns(server: Any, name: ServerName) -> list[tuple[str, str]]:
    """Columns with their types; BuildFailure with the tables there are when this one is not."""
    from pipeline.postgres.connection import execute
    from pipeline.postgres.schemas import columns_of

    columns = columns_of(server, name.schema, name.identifier)
    if columns:
        return list(columns)
    rows = execute(
        server,
        "select n.nspname || '.' || c.relname from pg_class as c"
        " inner join pg_namespace as n on n.oid = c.relnamespace"
        " where c.relkind in ('r', 'v', 'm', 'p', 'f') and n.nspname !~ '^pg_'"
        " and n.nspname <> 'information_schema' order by 1",
    )
    hint = did_you_mean(f"{name.schema}.{name.identifier}", [row[0] for row in rows])
    database = name.database or os.environ["PGDATABASE"]
    raise BuildFailure(
        f"The mapping reads the table {name.schema}.{name.identifier}, which the database "
        f"{database} does not have or does not show to {os.environ['PGUSER']}; {hint}"
    )


def _spool(server: Any, name: ServerName, columns: Sequence[tuple[str, str]], spool: Path) -> None:
    """Write the rows as CSV, all cells as text."""
    import psycopg2
    from psycopg2 import sql

    from pipeline.postgres.server_cells import as_text, row_json

    cells = ", ".join(as_text(*column) for column in columns)
    query = sql.SQL(
        "copy (select row_number() over (order by {row}), {cells} from {table})"
        " to stdout (format csv, encoding 'UTF8', force_quote *)"
    ).format(
        row=sql.SQL(row_json(list(columns))),
        cells=sql.SQL(cells),
        table=sql.Identifier(name.schema, name.identifier),
    )
    try:
        with server.cursor() as cursor, spool.open("wb") as stream:
            cursor.copy_expert(query, stream)
    except psycopg2.Error as error:
        said = " ".join(str(error).split())
        raise BuildFailure(f"The table {name.shown} cannot be read ({said}).") from error


def _write(spool: Path, columns: Sequence[tuple[str, str]], target: Path) -> None:
    """Make Parquet of the spooled rows, in order, with the kinds of their columns."""
    import duckdb

    from pipeline.cell_types import literal, quoted

    names = [f"c{place}" for place in range(len(columns))]
    types = ", ".join(f"{literal(n)}: 'varchar'" for n in (_ROW_NUMBER, *names))
    listed = ", ".join(
        f"{n} as {quoted(column)}" for n, (column, _) in zip(names, columns, strict=True)
    )
    kinds = "".join(_kind(server_type) for _, server_type in columns)
    duckdb.connect().execute(
        f"copy (select {listed} from read_csv({literal(str(spool))}, columns = {{{types}}},"
        " header = false, auto_detect = false, quote = '\"', escape = '\"', delim = ',',"
        " parallel = false, nullstr = '', strict_mode = true, max_line_size = 1000000000)"
        f" order by cast({_ROW_NUMBER} as bigint))"
        f" to {literal(str(target))} (format parquet, kv_metadata {{csw_kinds: '{kinds}'}})"
    )


def _kind(server_type: str) -> str:
    """One letter: z and m for moments with and without a zone, n for numbers, t for text."""
    from pipeline.cell_types import FLOATS, ZONED
    from pipeline.postgres.server_cells import native_of

    native = native_of(server_type)
    if native == ZONED:
        return "z"
    if native == "DATE" or native.startswith("TIMESTAMP"):
        return "m"
    is_number = native in FLOATS or native.startswith("DECIMAL") or native.endswith("INT")
    return "n" if is_number or native == "INTEGER" else "t"

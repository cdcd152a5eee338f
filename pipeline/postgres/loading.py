"""Load the landed raw files into schema `raw` of the server, and show them in schema `landing`.

The cells come out of the views that read the raw files on DuckDB, so a row is the same row, cell by
cell, on both engines: text where a cell is yet to be parsed, a native type where the files have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
from psycopg2 import sql

from pipeline.cell_types import TEXT, quoted
from pipeline.postgres.connection import execute, relation
from pipeline.postgres.landing_views import (
    LANDING_SCHEMA,
    TECHNICAL_TABLES,
    empty_view,
    loaded_view,
)
from pipeline.postgres.schemas import exists, make_anew
from pipeline.publish import quote_text
from pipeline.raw_contracts import load_contracts

RAW_SCHEMA = "raw"
# The comment by which a table is known as one that this project loaded and may replace.
LOADED_MARK = "Loaded from raw files by the customer success warehouse; its next build replaces it."
_TEXT_TYPE = 'text collate "C"'
_TYPES = {
    TEXT: _TEXT_TYPE,
    "JSON": _TEXT_TYPE,
    "TIMESTAMP": "timestamp",
    "DATE": "date",
    "BOOLEAN": "boolean",
    "BIGINT": "bigint",
}


def server_type(native: str) -> str:
    """The server's type of a column that DuckDB shows so."""
    if native.startswith("DECIMAL"):
        return native.lower()
    return _TYPES.get(native, _TEXT_TYPE)


def server_text(name: str, native: str) -> str:
    """DuckDB's SQL for a cell as the text that COPY takes: a server has no NUL in a text."""
    if name == "_raw_row":
        return f"cast(to_json({quoted(name)}) as varchar)"
    if native in ("DATE", "TIMESTAMP"):
        return f"replace(cast({quoted(name)} as varchar), ' (BC)', ' BC')"
    if native == TEXT:
        return f"replace({quoted(name)}, chr(0), chr(65533))"
    return f"cast({quoted(name)} as varchar)"


Progress = Callable[[str, int], None]


class RawLoader:
    """One run: the landed views of a build file, copied into a server within one transaction.

    `into` is the schema that takes the tables; it is `landing` itself where `raw` may hold
    tables that a mapping reads.
    """

    def __init__(
        self, warehouse: Path, server: Any, progress: Progress, into: str = RAW_SCHEMA
    ) -> None:
        self.server = server
        self.spool = warehouse.with_name("landed") / "spool.csv"
        self._progress = progress
        self._into = into
        self._landed = duckdb.connect(str(warehouse), read_only=True)
        self._landed.execute("set TimeZone = 'UTC'")

    def load(self) -> None:
        """Replace what an earlier run loaded, and make schema `landing` anew."""
        try:
            self.spool.parent.mkdir(exist_ok=True)
            self._make_schemas()
            connected = self._connected_sources()
            for source in load_contracts():
                if source in connected:
                    self._load_table(self._into, source)
                    if self._into == RAW_SCHEMA:
                        execute(self.server, loaded_view(source))
                else:
                    execute(self.server, empty_view(source))
            for name in TECHNICAL_TABLES:
                self._load_table(LANDING_SCHEMA, name)
        finally:
            self._landed.close()
            self.spool.unlink(missing_ok=True)

    def _make_schemas(self) -> None:
        if not exists(self.server, RAW_SCHEMA):
            execute(self.server, f"create schema {RAW_SCHEMA}")
        make_anew(self.server, LANDING_SCHEMA)
        for name in loaded_tables(self.server):
            drop = sql.SQL("drop table {} cascade").format(relation(RAW_SCHEMA, name))
            execute(self.server, drop)

    def _connected_sources(self) -> set[str]:
        rows = self._landed.execute("select source from raw.source_status where is_connected")
        return {row[0] for row in rows.fetchall()}

    def _load_table(self, schema: str, name: str) -> None:
        """Create one table and copy the rows of the landed view of that name into it."""
        described = self._landed.execute(f"describe raw.{quoted(name)}").fetchall()
        columns = [(row[0], row[1]) for row in described]
        table = relation(schema, name)
        listed = ", ".join(
            f"{quoted(column)} {server_type('JSON' if column == '_raw_row' else native)}"
            for column, native in columns
        )
        create, comment = (
            sql.SQL("create unlogged table {} ({})"),
            sql.SQL("comment on table {} is {}"),
        )
        execute(self.server, create.format(table, sql.SQL(listed)))
        execute(self.server, comment.format(table, sql.Literal(LOADED_MARK)))
        cells = ", ".join(f"{server_text(*column)}" for column in columns)
        self._landed.execute(
            f"copy (select {cells} from raw.{quoted(name)}) to {quote_text(self.spool)}"
            " (format csv, header false, force_quote *, nullstr '')"
        )
        with self.server.cursor() as cursor, self.spool.open("rb") as rows:
            copy = sql.SQL("copy {} from stdin (format csv, encoding 'UTF8')").format(table)
            cursor.copy_expert(copy, rows)
            count = cursor.rowcount
        execute(self.server, sql.SQL("analyze {}").format(table))
        self._progress(name, count)


def loaded_tables(server: Any) -> list[str]:
    """Tables of schema `raw` that an earlier run of this project loaded."""
    return [name for name, is_loaded in raw_tables(server) if is_loaded]


def raw_tables(server: Any) -> Iterator[tuple[str, bool]]:
    """Names of the tables and views in schema `raw`, and whether this project loaded them."""
    rows = execute(
        server,
        "select c.relname, coalesce(obj_description(c.oid, 'pg_class') = %s, false)"
        " from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace"
        " where n.nspname = %s and c.relkind in ('r', 'v', 'm', 'p', 'f') order by 1",
        [LOADED_MARK, RAW_SCHEMA],
    )
    yield from ((row[0], row[1]) for row in rows)

"""Bring what a server build made back to OUT/warehouse.duckdb, where the summary, the dashboard and
readers without a server find it under the same names as after a build on DuckDB."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
from psycopg2 import sql

from pipeline.cell_types import quoted
from pipeline.postgres.connection import execute, relation
from pipeline.publish import quote_text, settings

# Server types that DuckDB spells in another way.
_TYPES = {
    "text": "varchar",
    "character varying": "varchar",
    "timestamp without time zone": "timestamp",
    "numeric": "double",
}


def columns_of(server: Any, schema: str, name: str) -> list[tuple[str, str]]:
    """Names and full types of a relation's columns, in order; none when there is no such one."""
    rows = execute(
        server,
        "select a.attname, format_type(a.atttypid, a.atttypmod)"
        " from pg_attribute as a inner join pg_class as c on c.oid = a.attrelid"
        " inner join pg_namespace as n on n.oid = c.relnamespace"
        " where n.nspname = %s and c.relname = %s and a.attnum > 0 and not a.attisdropped"
        " order by a.attnum",
        [schema, name],
    )
    return [(row[0], row[1]) for row in rows]


def relations_of(server: Any, schema: str) -> list[str]:
    """Names of the tables and views of a schema, sorted."""
    rows = execute(
        server,
        "select c.relname from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace"
        " where n.nspname = %s and c.relkind in ('r', 'p', 'v', 'm') order by 1",
        [schema],
    )
    return [row[0] for row in rows]


class Collector:
    """One run: relations of a server, copied as tables into a build file."""

    def __init__(self, server: Any, warehouse: Path) -> None:
        self.server = server
        self.spool = warehouse.with_name("collected.csv")
        self._file = duckdb.connect(str(warehouse))
        for statement in settings(warehouse.parent):
            self._file.execute(statement)

    def collect(self, names: Iterable[str], schema: str, target_schema: str) -> None:
        """Copy relations of one schema; those that were not made are left out."""
        self._file.execute(f"create schema if not exists {target_schema}")
        for name in names:
            columns = columns_of(self.server, schema, name)
            if columns:
                self._copy(relation(schema, name), f"{target_schema}.{quoted(name)}", columns)

    def _copy(self, source: sql.Identifier, target: str, columns: list[tuple[str, str]]) -> None:
        """One table, through a file of texts: doubles go in their shortest exact form."""
        types = {name: _TYPES.get(kind, kind) for name, kind in columns}
        with self.server.cursor() as cursor, self.spool.open("wb") as rows:
            query = sql.SQL("copy (select * from {}) to stdout (format csv, force_quote *)")
            cursor.copy_expert(query.format(source), rows)
        listed = ", ".join(f"{quote_text(name)}: {quote_text(kind)}" for name, kind in types.items())
        self._file.execute(
            f"create table {target} as from read_csv({quote_text(self.spool)}, header = false,"
            f" auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
            f" allow_quoted_nulls = false, max_line_size = 100000000, columns = {{{listed}}})"
        )

    def close(self) -> None:
        """Close the build file."""
        self._file.close()
        self.spool.unlink(missing_ok=True)

"""Bring what a server build made back to OUT/warehouse.duckdb, where the summary, the dashboard and
readers without a server find it under the same names as after a build on DuckDB."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
from psycopg2 import sql

from pipeline.cell_types import quoted
from pipeline.postgres.connection import relation
from pipeline.postgres.schemas import columns_of
from pipeline.publish import quote_text, settings

# Server types that DuckDB spells in another way.
_TYPES = {
    "text": "varchar",
    "character varying": "varchar",
    "timestamp without time zone": "timestamp",
    "numeric": "double",
}


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
        listed = ", ".join(
            f"{quote_text(name)}: {quote_text(kind)}" for name, kind in types.items()
        )
        self._file.execute(
            f"create table {target} as from read_csv({quote_text(self.spool)}, header = false,"
            f" auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
            f" allow_quoted_nulls = false, max_line_size = 100000000, columns = {{{listed}}})"
        )

    def close(self) -> None:
        """Close the build file."""
        self._file.close()
        self.spool.unlink(missing_ok=True)

"""A DuckDB dialect for Great Expectations, which reads results after it has closed the cursor.

The dialect of duckdb-engine then returns nothing; this one keeps the rows of every statement. It
also attaches files read-only, so that one connection sees two builds: a file called `marts` with a
schema called `marts` could not be asked for `marts.<table>` otherwise.
"""

from __future__ import annotations

from typing import Any

from duckdb_engine import Dialect
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg2 import PGExecutionContext_psycopg2
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

NAME = "duckdb.buffered"


class BufferedExecutionContext(PGExecutionContext_psycopg2):
    """Fetches all rows as soon as a statement has run."""

    def post_exec(self) -> None:
        """Swap the result's fetch strategy for one that holds the rows already."""
        super().post_exec()
        if self.cursor is not None and self.cursor.description is not None:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, self.cursor.description, initial_buffer=self.cursor.fetchall()
            )


class BufferedDialect(Dialect):
    """duckdb-engine's dialect with buffered results."""

    supports_statement_cache = False
    execution_ctx_cls: Any = BufferedExecutionContext

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """Connect in memory; `statements` among the connect arguments run before anything else."""
        statements = cparams.pop("statements", [])
        connection = super().connect(*cargs, **cparams)
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        return connection


def register() -> None:
    """Make `duckdb+buffered://` known to SQLAlchemy."""
    registry.register(NAME, __name__, BufferedDialect.__name__)

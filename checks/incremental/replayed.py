"""Builds in memory: a warehouse that grows by increments, beside one that is always made anew."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from checks.incremental.histories import History
from checks.incremental.recorded import Recording
from checks.mutation.in_memory import connect, fill_raw
from pipeline import state

# A build's stamp says which build it is.
STAMPS = {"build_info"}
_SHOWN = 5


@dataclass
class GrowingWarehouse:
    """The statements of both kinds of build, and a database that is not made anew between them."""

    full: Recording
    incremental: Recording
    connection: duckdb.DuckDBPyConnection

    def start(self, history: History) -> None:
        """The first build."""
        fill_raw(self.connection, self.full, history.rows)
        self._add_request()
        self.full.replay(self.connection, history.day)
        self._publish()

    def add(self, history: History) -> None:
        """The day's files, and the next build."""
        new = {"new_logins": history.new.get("logins", [])}
        fill_raw(self.connection, self.full, history.rows | new)
        self._add_request()
        self.incremental.replay(self.connection, history.day)
        self._publish()

    def _add_request(self) -> None:
        self.connection.execute(
            "insert into raw.build_request values ('build', timestamp '2000-01-01', '0', null)"
        )

    def _publish(self) -> None:
        state.commit(lambda sql: self.connection.execute(sql).fetchall(), "build", "{}", [], [])

    def differences(self, other: GrowingWarehouse, schema: str = "marts") -> list[str]:
        """First rows of each table that only one of the two has, with how often."""
        found = []
        for table in _tables(self.connection, schema):
            if table in STAMPS:
                continue
            mine, theirs = (
                one.connection.execute(f"from {schema}.{table}").to_arrow_table()
                for one in (self, other)
            )
            rows = duckdb.sql("(from mine except all from theirs)").fetchmany(_SHOWN)
            rows += duckdb.sql("(from theirs except all from mine)").fetchmany(_SHOWN)
            if mine.schema != theirs.schema or rows:
                found.append(f"{table}: {rows}")
        return found


def warehouse(recordings: tuple[Recording, Recording]) -> GrowingWarehouse:
    """An empty warehouse in memory."""
    return GrowingWarehouse(*recordings, connect())


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    rows = connection.execute(
        "select table_name from information_schema.tables where table_schema = ? order by 1",
        [schema],
    ).fetchall()
    return [row[0] for row in rows]

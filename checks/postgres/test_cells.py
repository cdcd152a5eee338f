"""A cell is read alike on Postgres and DuckDB, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import psycopg2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2.extras import execute_values

from checks.engines.rendering import rendered
from checks.engines.spellings import CELLS, READ_AS, SPELLINGS, TEMPLATE
from checks.postgres.conftest import Environment, open_database

pytestmark = pytest.mark.postgres
_AS_TEXT = ", ".join(f"cast({name} as varchar)" for name in READ_AS)


class Readers:
    """The same cells read by both engines."""

    def __init__(self, environment: Environment) -> None:
        self.duckdb_sql = rendered("duckdb", TEMPLATE)
        self.postgres_sql = rendered("postgres", TEMPLATE)
        self.file = duckdb.connect()
        self.file.execute("set TimeZone = 'UTC'")
        self.server: psycopg2.extensions.connection = open_database(environment)

    def on_duckdb(self, cells: list[str | None]) -> list[tuple]:
        """What DuckDB reads, as text."""
        self.file.execute("create or replace table cells (number integer, cell varchar)")
        self.file.executemany("insert into cells values (?, ?)", list(enumerate(cells)))
        sql = f"select {_AS_TEXT} from ({self.duckdb_sql}) as read order by number"
        return [_same_era(row) for row in self.file.execute(sql).fetchall()]

    def on_postgres(self, cells: list[str | None]) -> list[tuple]:
        """What Postgres reads, as text."""
        with self.server.cursor() as cursor:
            cursor.execute("create temp table if not exists cells (number integer, cell text)")
            cursor.execute("truncate cells")
            execute_values(cursor, "insert into cells values %s", list(enumerate(cells)))
            cursor.execute(f"select {_AS_TEXT} from ({self.postgres_sql}) as read order by number")
            return [_same_era(row) for row in cursor.fetchall()]


def _same_era(row: tuple) -> tuple:
    """Years before 1 as Postgres writes them: DuckDB puts the era in brackets before the time."""
    return tuple(
        cell.replace(" (BC)", "") + " BC" if cell and " (BC)" in cell else cell for cell in row
    )


@pytest.fixture(scope="module")
def readers(new_database: Callable[..., Environment]) -> Readers:
    return Readers(new_database("cells"))


def test_every_spelling_is_read_alike(readers: Readers) -> None:
    cells = [None, *SPELLINGS]
    pairs = zip(cells, readers.on_duckdb(cells), readers.on_postgres(cells), strict=True)
    assert [(cell, duck, post) for cell, duck, post in pairs if duck != post] == []


def test_the_spellings_hold_accepted_and_refused_ones_of_every_type(readers: Readers) -> None:
    for column in zip(*readers.on_postgres([*SPELLINGS]), strict=True):
        assert sum(cell is not None for cell in column) >= 3
        assert any(cell is None for cell in column)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(CELLS, min_size=20, max_size=200))
def test_any_cell_is_read_alike(readers: Readers, cells: list[str]) -> None:
    pairs = zip(cells, readers.on_duckdb(cells), readers.on_postgres(cells), strict=True)
    assert [(cell, duck, post) for cell, duck, post in pairs if duck != post] == []

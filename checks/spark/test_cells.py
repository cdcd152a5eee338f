"""A cell is read alike on Spark and DuckDB, whatever it holds."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.engines.spellings import CELLS, READ_AS, SPELLINGS
from checks.spark.session import Session

pytestmark = pytest.mark.spark


class Readers:
    """The same cells read by both engines."""

    def __init__(self, session: Session, macros: dict[tuple[str, str], list[str]]) -> None:
        self.duckdb_sql, self.spark_sql = (
            macros[target, "UTC"][0] for target in ("duckdb", "spark")
        )
        self.session = session
        self.file = duckdb.connect()
        self.file.execute("set TimeZone = 'UTC'")

    def differences(self, cells: list[str | None]) -> list[tuple]:
        """Cells with what each engine made of them, where that differs."""
        self.file.execute("create or replace table cells (number integer, cell varchar)")
        self.file.executemany("insert into cells values (?, ?)", list(enumerate(cells)))
        self.session.show("cells", self.file.table("cells"))
        theirs = self.session.answer(f"select * from ({self.spark_sql})")
        unequal = " or ".join(f"ours.{name} is distinct from theirs.{name}" for name in READ_AS)
        return self.file.execute(
            f"select cell, columns(ours.* exclude (number)), columns(theirs.* exclude (number))"
            f" from ({self.duckdb_sql}) as ours join '{theirs}' as theirs using (number)"
            f" join cells using (number) where {unequal} order by number"
        ).fetchall()

    def read(self, cells: list[str]) -> list[tuple]:
        """What Spark reads."""
        self.file.execute("create or replace table cells (number integer, cell varchar)")
        self.file.executemany("insert into cells values (?, ?)", list(enumerate(cells)))
        self.session.show("cells", self.file.table("cells"))
        return self.file.execute(f"from '{self.session.answer(self.spark_sql)}'").fetchall()


@pytest.fixture(scope="module")
def readers(session: Session, macros: dict[tuple[str, str], list[str]]) -> Readers:
    return Readers(session, macros)


def test_every_spelling_is_read_alike(readers: Readers) -> None:
    assert readers.differences([None, *SPELLINGS]) == []


def test_the_spellings_hold_accepted_and_refused_ones_of_every_type(readers: Readers) -> None:
    for column in zip(*readers.read([*SPELLINGS]), strict=True):
        assert sum(cell is not None for cell in column) >= 3


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.lists(CELLS, min_size=20, max_size=200))
def test_any_cell_is_read_alike(readers: Readers, cells: list[str]) -> None:
    assert readers.differences([*cells]) == []

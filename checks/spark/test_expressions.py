"""Money and calendar macros give on Spark what they give on DuckDB, digit by digit."""

from __future__ import annotations

import duckdb
import pytest

from checks.engines.expressions import Relation, calendar, money
from checks.engines.rendering import ANY_ZONE
from checks.spark.session import Session

pytestmark = pytest.mark.spark
Macros = dict[tuple[str, str], list[str]]
# The clocks of one are always the same, those of the others go forward and back, one at midnight.
ZONES = ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/Sao_Paulo", "America/Havana"]


def differences(session: Session, relation: Relation, ours: str, theirs: str) -> list[tuple]:
    """Rows of both engines where they differ: DuckDB's first."""
    columns, rows, _ = relation
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"create table relation ({listed.replace('whole', 'hugeint')})")
        places = ", ".join("?" for _ in columns)
        connection.executemany(f"insert into relation values ({places})", rows)
        # Parquet has no whole number of 128 bits.
        whole = [f"cast({name} as decimal(38, 0)) as {name}" for name, kind in columns.items()
                 if kind == "whole"]  # fmt: skip
        replaced = f"* replace ({', '.join(whole)})" if whole else "*"
        session.show("relation", connection.sql(f"select {replaced} from relation"))
        answer = session.answer(theirs)
        made = f"select * from ({ours})"
        return connection.execute(
            f"from (({made} except select * from '{answer}') union all"
            f" (select * from '{answer}' except {made})) order by number limit 6"
        ).fetchall()


def test_money_is_the_same_to_the_last_digit(session: Session, macros: Macros) -> None:
    ours, theirs = (macros[target, "UTC"][1] for target in ("duckdb", "spark"))
    assert differences(session, money(), ours, theirs) == []


@pytest.mark.parametrize("zone", ZONES)
def test_days_and_hours_are_the_same(session: Session, macros: Macros, zone: str) -> None:
    written = zone if zone == "UTC" else ANY_ZONE
    ours, theirs = (
        macros[target, written][2].replace(ANY_ZONE, zone) for target in ("duckdb", "spark")
    )
    assert differences(session, calendar(), ours, theirs) == []

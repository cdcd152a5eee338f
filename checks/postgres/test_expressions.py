"""Money and calendar macros give on Postgres what they give on DuckDB, digit by digit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from psycopg2.extras import execute_values

from checks.engines.expressions import Relation, calendar, money
from checks.engines.rendering import rendered
from checks.postgres.conftest import Environment, open_database

pytestmark = pytest.mark.postgres
# The clocks of one are always the same, those of the others go forward and back.
ZONES = ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/Sao_Paulo"]


@pytest.fixture(scope="module")
def database(new_database: Callable[..., Environment]) -> Environment:
    return new_database("expressions")


def on_duckdb(relation: Relation, sql: str) -> list[tuple[Any, ...]]:
    columns, rows, _ = relation
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"create table relation ({listed.replace('whole', 'hugeint')})")
        places = ", ".join("?" for _ in columns)
        connection.executemany(f"insert into relation values ({places})", rows)
        return connection.execute(f"select * from ({sql}) order by number").fetchall()


def on_postgres(relation: Relation, sql: str, environment: Environment) -> list[tuple[Any, ...]]:
    columns, rows, _ = relation
    connection = open_database(environment)
    listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"create temp table relation ({listed.replace('whole', 'numeric')})")
        execute_values(cursor, "insert into relation values %s", rows)
        cursor.execute(f"select * from ({sql}) as made order by number")
        found = cursor.fetchall()
    connection.close()
    return found


def assert_agreement(relation: Relation, environment: Environment, zone: str) -> None:
    """Every row is the same on both engines; values are compared, not their spelling."""
    ours = on_duckdb(relation, rendered("duckdb", relation[2], zone))
    theirs = on_postgres(relation, rendered("postgres", relation[2], zone), environment)
    assert len(ours) == len(relation[1])
    assert [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]][:3] == []


def test_money_is_the_same_to_the_last_digit(database: Environment) -> None:
    assert_agreement(money(), database, "UTC")


@pytest.mark.parametrize("zone", ZONES)
def test_days_and_hours_are_the_same(database: Environment, zone: str) -> None:
    assert_agreement(calendar(), database, zone)

"""A PostgreSQL server for these tests, and databases on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import sql

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder
from checks.conftest import simulate
from checks.postgres.builds import AS_OF
from checks.postgres.server import NoServer, Server, throw_away_server
from pipeline.postgres.connection import session_options

SMALL = ("--accounts", "60", "--months", "14", "--logins", "5000", "--dirty", "0.03")
Environment = dict[str, str]
BYTE_ORDER = "template template0 locale 'C'"
# A collation in which upper and lower case stand side by side and underscores hardly count.
LANGUAGE_ORDER = "template template0 locale_provider icu icu_locale 'en-US' locale 'C'"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server; without one the tests are skipped, but fail where every lane is required."""
    try:
        with throw_away_server() as running:
            yield running
    except NoServer as reason:
        if os.environ.get("CSW_REQUIRE_ALL_LANES") == "1":
            raise
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def new_database(server: Server) -> Callable[..., Environment]:
    """Make a database; gives the variables by which clients find it."""

    def make(name: str, options: str = BYTE_ORDER) -> Environment:
        run_sql(
            server.environment(),
            sql.SQL("create database {} {}").format(sql.Identifier(name), sql.SQL(options)),
        )
        return server.environment(name)

    return make


@pytest.fixture(scope="module")
def dirty_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated folder with faults of every kind."""
    return simulate(tmp_path_factory.mktemp("dirty"), *SMALL)


@pytest.fixture(scope="module")
def on_duckdb(warehouse_builder: WarehouseBuilder, dirty_raw: Path) -> BuiltWarehouse:
    """The same folder built on DuckDB."""
    return warehouse_builder.build(dirty_raw, AS_OF)


def open_database(environment: Environment, **changed: str) -> psycopg2.extensions.connection:
    """A connection with autocommit; `changed` are connection parameters, such as user."""
    parameters = {
        "host": environment["PGHOST"],
        "port": environment["PGPORT"],
        "user": environment["PGUSER"],
        "password": environment["PGPASSWORD"],
        "dbname": environment["PGDATABASE"],
        "options": session_options({}),
    }
    connection = psycopg2.connect(**(parameters | changed))
    connection.autocommit = True
    return connection


def run_sql(environment: Environment, *statements: str | sql.Composable) -> list[tuple]:
    """Run statements one by one; the rows of the last."""
    connection = open_database(environment)
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()

"""Tables that a user's own loader keeps in schema `raw` are the raw data, read where they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.comparing import Comparison
from checks.engines.builds import REQUEST, build_on, grains, variables_of
from checks.postgres.builds import AS_OF
from checks.postgres.conftest import Environment, run_sql
from pipeline import landing
from pipeline.postgres.connection import connected
from pipeline.postgres.loading import RawLoader
from pipeline.postgres.server_tables import faults, land_tables, server_tables

pytestmark = pytest.mark.postgres
# What a loader that knows its types makes of the columns.
TYPES = {
    "accounts": {
        "created_at": "timestamptz using (created_at::timestamp at time zone 'UTC')",
        "employee_count": "smallint using employee_count::smallint",
        "is_internal": "boolean using is_internal::boolean",
    },
    "contracts": {
        "unit_price": "double precision using unit_price::double precision",
        "quantity": "numeric using quantity::numeric",
        "discount_pct": "numeric(9, 6) using discount_pct::numeric",
        "start_date": "date using start_date::date",
        "end_date": "timestamp using end_date::timestamp",
        "line_type": "varchar(20)",
        "currency": "char(3)",
    },
    "users": {"updated_at": "timestamp using updated_at::timestamp"},
    "tickets": {"csat_score": "bigint using csat_score::bigint"},
    "fx_rates": {
        "rate_date": "date using rate_date::date",
        "rate": "numeric(20, 10) using rate::numeric",
    },
}


@pytest.fixture(scope="module")
def own_tables(
    new_database: Callable[..., Environment],
    simulated_raw: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Environment:
    """The simulated folder as tables of somebody else, some of them typed and without numbers."""
    environment = new_database("server tables")
    landing.land(simulated_raw, out := tmp_path_factory.mktemp("loaded"), REQUEST)
    with variables_of(environment), connected() as server:
        RawLoader(out / "warehouse.duckdb", server, lambda name, rows: None).load()
    run_sql(environment, "drop schema landing cascade")
    for (name,) in run_sql(
        environment, "select relname from pg_class where relnamespace = 'raw'::regnamespace"
    ):
        run_sql(
            environment,
            f"comment on table raw.{name} is null",
            f"alter table raw.{name} drop column _raw_row",
            *(
                f"alter table raw.{name} alter column {column} type {kind}"
                for column, kind in TYPES.get(name, {}).items()
            ),
        )
    run_sql(
        environment,
        "alter table raw.users drop column _row_number, drop column _file",
        "alter table raw.contracts drop column _row_number",
        "alter table raw.tickets alter column _loaded_at type timestamptz, add column extra text",
    )
    return environment


def test_the_marts_are_those_of_the_same_rows_in_files(
    own_tables: Environment, simulated_raw: Path, tmp_path: Path
) -> None:
    expected = build_on("duckdb", simulated_raw, tmp_path / "files", AS_OF, {})
    built = build_on("postgres", None, tmp_path / "tables", AS_OF, own_tables)
    assert built.notes == ["raw.tickets: columns that no contract names are ignored: extra"]
    comparison = Comparison(expected.marts, built.marts)
    assert comparison.differences(grains(tmp_path / "files")) == []


@pytest.fixture
def small_tables(
    new_database: Callable[..., Environment], request: pytest.FixtureRequest
) -> Environment:
    """Accounts of every kind of cell, without file and number, and nothing else."""
    environment = new_database(f"small {request.node.name}"[:60])
    run_sql(
        environment,
        "create schema raw",
        "create table raw.accounts (account_id text, account_name text, created_at timestamptz,"
        ' score double precision, "odd ""name" jsonb, is_internal boolean, updated_at date)',
        "insert into raw.accounts values"
        " ('b', 'Größe \"x\"', '2024-01-01 01:00+01', 1e-7, '{\"k\": 1}', true, '2024-01-02'),"
        " ('a', null, null, 1e20, null, null, null)",
    )
    return environment


def test_a_row_is_kept_as_json_of_its_texts_and_numbered_by_it(small_tables: Environment) -> None:
    with variables_of(small_tables), connected() as server:
        land_tables(server, server_tables(server), ("b", None, "0", None))
    rows = run_sql(
        small_tables,
        "select _row_number, _file, created_at, is_internal, country, _raw_row"
        " from landing.accounts order by 1",
    )
    assert [row[:2] for row in rows] == [(1, ""), (2, "")]
    assert rows[0][-1] == (
        '{"account_id":"a","account_name":null,"created_at":null,'
        '"score":"100000000000000000000","odd \\"name":null,"is_internal":null,"updated_at":null}'
    )
    assert rows[1][-1] == (
        '{"account_id":"b","account_name":"Größe \\"x\\"","created_at":"2024-01-01 00:00:00",'
        '"score":"0.0000001","odd \\"name":"{\\"k\\": 1}","is_internal":"true",'
        '"updated_at":"2024-01-02"}'
    )
    assert (str(rows[1][2]), rows[1][3], rows[1][4]) == ("2024-01-01 00:00:00", True, None)


def test_what_is_not_there_is_not_connected(small_tables: Environment) -> None:
    with variables_of(small_tables), connected() as server:
        land_tables(server, server_tables(server), ("b", None, "0", None))
    status = run_sql(small_tables, "select source from landing.source_status where is_connected")
    assert status == [("accounts",)]
    assert run_sql(small_tables, "select count(*) from landing.surveys") == [(0,)]
    files = run_sql(
        small_tables, "select _file, row_count, unknown_columns from landing.source_files"
    )
    assert files == [("raw.accounts", 2, 'odd "name,score')]


def test_numbers_that_do_not_tell_rows_apart_are_named(small_tables: Environment) -> None:
    run_sql(
        small_tables,
        "alter table raw.accounts add column _file text default 'f', add column _row_number int",
        "update raw.accounts set _row_number = 7",
    )
    with variables_of(small_tables), connected() as server:
        tables = server_tables(server)
        problems, _ = faults(server, {"accounts": tables["accounts"]})
    assert "raw.accounts: several rows bear the _row_number 7 of the same _file 'f'" in problems

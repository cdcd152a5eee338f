"""`make build TARGET=postgres`: the same marts as on DuckDB, published by a swap of schemas."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from bench.comparing import Comparison
from checks.built_warehouse import BuiltWarehouse
from checks.conftest import CommandResult
from checks.engines.builds import grains
from checks.postgres.builds import AS_OF, run_command, summary_of
from checks.postgres.conftest import LANGUAGE_ORDER, Environment, open_database, run_sql

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def database(new_database: Callable[..., Environment]) -> Environment:
    """The database of the whole build; it orders texts as a language does, where that is built in.

    Debian's server has such orders, the one in a wheel has none.
    """
    try:
        return new_database("whole build", LANGUAGE_ORDER)
    except psycopg2.errors.FeatureNotSupported:
        if os.environ.get("CSW_REQUIRE_ALL_LANES") == "1":
            raise
        return new_database("whole build")


@pytest.fixture(scope="module")
def build(
    database: Environment, dirty_raw: Path, tmp_path_factory: pytest.TempPathFactory
) -> CommandResult:
    """The whole command."""
    out = tmp_path_factory.mktemp("build")
    return run_command(database, "build", out, "--raw", str(dirty_raw), "--as-of", AS_OF)


def test_the_command_passes_and_says_so(build: CommandResult) -> None:
    assert build.code == 0, build.stdout + build.stderr
    summary = summary_of(build.out)
    assert summary["status"] == "passed"
    assert summary["tests"]["dbt tests"] > 300
    assert summary["tests"]["expectations"] > 500
    assert build.stderr == ""


def test_quarantined_rows_are_those_of_duckdb_with_their_cells(
    build: CommandResult, on_duckdb: BuiltWarehouse, database: Environment
) -> None:
    assert build.code == 0
    columns = "source, row_key, reasons, source_file, source_row_number, raw_row"
    expected = on_duckdb.connection.execute(
        f"select {columns} from warehouse.quarantine.raw_rows"
    ).fetchall()
    found = run_sql(database, f"select {columns} from quarantine.raw_rows")
    assert len(expected) > 100
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_the_marts_are_those_of_duckdb_whatever_the_order_of_texts(
    build: CommandResult, on_duckdb: BuiltWarehouse, database: Environment
) -> None:
    provider = run_sql(
        database, "select datlocprovider from pg_database where datname = current_database()"
    )
    if provider == [("i",)]:
        assert run_sql(database, "select 'a_b' < 'aB', 'b' < 'B'") == [(True, True)]
    assert on_duckdb.failed == {}
    comparison = Comparison(on_duckdb.out / "warehouse.duckdb", build.out / "marts.duckdb")
    keys = grains(build.out)
    # A view names its own file; the stamps of two builds are not those of one.
    compared = tuple(name for name in keys if name not in ("kpi_contributions", "build_info"))
    assert len(compared) > 25
    assert comparison.differences(keys, only=compared) == []


@pytest.mark.usefixtures("build")
def test_every_text_of_the_published_tables_is_ordered_byte_by_byte(database: Environment) -> None:
    found = run_sql(
        database,
        "select c.relname, a.attname from pg_attribute as a"
        " inner join pg_class as c on c.oid = a.attrelid"
        " where c.relnamespace = 'marts'::regnamespace and c.relkind = 'r' and a.attnum > 0"
        " and a.attcollation not in (0, '\"C\"'::regcollation)",
    )
    assert found == []


def test_the_published_schema_and_file_name_the_same_build(
    build: CommandResult, database: Environment
) -> None:
    summary = summary_of(build.out)
    assert run_sql(database, "select build_id from marts.build_info") == [(summary["build_id"],)]
    for name in ("marts.duckdb", "dashboard/index.html", "docs/index.html", "data_docs/index.html"):
        assert (build.out / name).stat().st_size > 0


def test_no_password_is_left_in_what_the_build_wrote(
    build: CommandResult, database: Environment
) -> None:
    secret = database["PGPASSWORD"].encode()
    holding = [path for path in build.out.rglob("*") if path.is_file()]
    assert len(holding) > 20
    assert [path for path in holding if secret in path.read_bytes()] == []


@pytest.fixture(scope="module")
def reader(build: CommandResult, database: Environment) -> Environment:
    """Somebody who may read what is published."""
    assert build.code == 0
    run_sql(database, "create role analyst login password 'seen' in role bi_reader")
    return database | {"PGUSER": "analyst", "PGPASSWORD": "seen"}


def test_a_reader_reads_every_mart(reader: Environment) -> None:
    names = run_sql(
        reader,
        "select relname from pg_class where relnamespace = 'marts'::regnamespace"
        " and relkind in ('r', 'v')",
    )
    assert len(names) > 25
    for (name,) in names:
        run_sql(reader, f'select * from marts."{name}" limit 1')


@pytest.mark.parametrize(
    "relation",
    [
        *("raw.accounts", "landing.accounts", "staging.stg_raw__users"),
        *("intermediate.int_accounts_current", "quarantine.raw_rows"),
    ],
)
def test_a_reader_is_refused_elsewhere(
    reader: Environment, database: Environment, relation: str
) -> None:
    assert run_sql(database, f"select count(*) from {relation}")[0][0] > 0
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run_sql(reader, f"select * from {relation} limit 1")


def test_a_reader_is_refused_in_every_other_schema_of_the_project(reader: Environment) -> None:
    allowed = run_sql(
        reader,
        "select nspname from pg_namespace where has_schema_privilege(oid, 'usage')"
        " and nspname !~ '^pg_' and nspname not in ('information_schema', 'public')",
    )
    assert allowed == [("marts",)]


def test_a_reader_changes_nothing(reader: Environment) -> None:
    for statement in (
        "delete from marts.dim_account",
        "create table marts.mine (x integer)",
        "create schema mine",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            run_sql(reader, statement)


def test_another_build_of_the_database_is_refused(
    build: CommandResult, database: Environment, dirty_raw: Path, tmp_path: Path
) -> None:
    published = run_sql(database, "select build_id from marts.build_info")
    with open_database(database).cursor() as other:
        other.execute("select pg_advisory_lock(7216553418002)")
        refused = run_command(database, "build", tmp_path, "--raw", str(dirty_raw))
    assert refused.code == 1
    assert "Another build is running on the database whole build" in refused.stderr
    assert run_sql(database, "select build_id from marts.build_info") == published


def test_a_rollback_without_a_former_schema_says_so(
    build: CommandResult, database: Environment, tmp_path: Path
) -> None:
    refused = run_command(database, "rollback", tmp_path)
    assert refused.code == 1
    assert "no earlier published schema" in " ".join(refused.stderr.split())

"""Tables of a server under other names and in other forms, read through a mapping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from checks.engines.builds import REQUEST, variables_of
from checks.mapping.mapped import landed, mapped_files, write_files
from checks.postgres.conftest import Environment, run_sql
from checks.raw.folders import required_folder
from pipeline import landing
from pipeline.failure import BuildFailure
from pipeline.increments import take_stock
from pipeline.mapping.files import open_raw
from pipeline.postgres.connection import connected
from pipeline.postgres.landing_views import LANDING_SCHEMA
from pipeline.postgres.loading import RawLoader

pytestmark = pytest.mark.postgres
MAPPING = """
sources:
  accounts:
    table: {schema: crm, identifier: Customers}
    time_zone: Asia/Tokyo
    filter: {column: kind, is: customer}
    columns:
      account_id: {column: No, prefix: c}
      account_name: Name
      created_at: opened
      updated_at: seen
      employee_count: {column: people, decimal_mark: ","}
"""
STATEMENTS = """
create schema crm;
create schema raw;
create table raw.accounts (mine int);
create table crm."Customers" ("No" int, "Name" text, kind varchar(20), opened timestamp,
    seen timestamptz, people text, score double precision, made date, odd text);
insert into crm."Customers" values
    (2, 'Zwei "b"', 'customer', '2025-01-01 09:00', '2025-01-01 09:00+09', '1,5', 1e-7,
        '2025-01-01', e'a,\\nb'),
    (1, 'Eins', 'customer', null, null, '1.5', null, null, ''),
    (3, null, 'lead', null, null, null, null, null, null);
"""


@pytest.fixture(scope="module")
def crm(new_database: Callable[..., Environment]) -> Environment:
    """A database with a table of customers, and one called as a source of ours."""
    environment = new_database("mapped tables")
    run_sql(environment, STATEMENTS)
    return environment


def test_the_rows_are_mapped_like_those_of_a_file(crm: Environment, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "raw", {"mapping.yml": MAPPING})
    with variables_of(crm):
        (copy,), rows, _ = landed(folder, "accounts")
    names = ("account_id", "account_name", "created_at", "updated_at", "employee_count")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("c1", "Eins", None, None, "? 1.5"),
        ("c2", 'Zwei "b"', "2025-01-01 00:00:00", "2025-01-01 00:00:00", "1.5"),
    ]
    assert [(row["_file"], row["_row_number"]) for row in rows] == [
        ("crm.Customers", 1),
        ("crm.Customers", 2),
    ]
    assert rows[1]["_raw_row"] == (
        '{"No":"2","Name":"Zwei \\"b\\"","kind":"customer","opened":"2025-01-01 09:00:00",'
        '"seen":"2025-01-01 00:00:00","people":"1,5","score":"0.0000001","made":"2025-01-01",'
        '"odd":"a,\\nb"}'
    )
    assert (copy.row_count, copy.filtered_count) == (2, 1)


def test_the_same_rows_give_the_same_copy(crm: Environment, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "raw", {"mapping.yml": MAPPING})
    with variables_of(crm):
        first = take_stock(open_raw(folder, tmp_path / "one"))
        run_sql(crm, 'create table crm.other as select * from crm."Customers" order by "No"')
        moved = MAPPING.replace("Customers", "other")
        write_files(folder, {"mapping.yml": moved})
        second = take_stock(open_raw(folder, tmp_path / "two"))
    assert [file.relative for file in first] == ["crm.Customers"]
    assert first[0].checksum == second[0].checksum


def test_a_table_of_another_database_is_read(
    crm: Environment, new_database: Callable[..., Environment], tmp_path: Path
) -> None:
    elsewhere = new_database("elsewhere")
    mapping = MAPPING.replace("{schema", f"{{database: {crm['PGDATABASE']}, schema")
    folder = write_files(tmp_path / "raw", {"mapping.yml": mapping})
    with variables_of(elsewhere):
        (file,) = mapped_files(folder, "accounts")
    assert file.relative == "mapped tables.crm.Customers"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Customers", "customer", "did you mean `crm.Customers`?"),
        ("crm, id", "crn, id", "did you mean `crm.Customers`?"),
        ("{schema", "{database: nowhere, schema", "(database nowhere)"),
        ("account_name: Name", "account_name: Nmae", "no column `Nmae`; did you mean `Name`?"),
    ],
)
def test_a_mistake_is_named(
    crm: Environment, tmp_path: Path, old: str, new: str, said: str
) -> None:
    from pipeline.preflight import PreflightError, check

    (tmp_path / "raw").mkdir()
    raw = required_folder(tmp_path / "raw", without=["accounts"])
    write_files(raw, {"mapping.yml": MAPPING.replace(old, new)})
    with variables_of(crm), pytest.raises((BuildFailure, PreflightError)) as raised:
        check(raw)
    assert said in str(raised.value)


def test_mapped_rows_are_loaded_beside_the_users_own_tables(
    crm: Environment, tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    raw = required_folder(tmp_path / "raw", without=["accounts"])
    write_files(raw, {"mapping.yml": MAPPING})
    with variables_of(crm):
        landing.land(raw, tmp_path / "out", REQUEST)
        with connected() as server:
            warehouse = tmp_path / "out" / "warehouse.duckdb"
            RawLoader(warehouse, server, lambda name, rows: None, LANDING_SCHEMA).load()
    columns = "account_id, updated_at, _file, _row_number, _raw_row"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        query = f"select {columns.replace('_raw_row', 'cast(_raw_row as varchar)')}"
        expected = connection.execute(f"{query} from raw.accounts order by 1").fetchall()
    loaded = run_sql(crm, f"select {columns} from landing.accounts order by 1")
    assert loaded == expected
    assert run_sql(crm, "select count(*) from raw.accounts") == [(0,)]
    files = run_sql(crm, "select file_format from landing.source_files where source = 'accounts'")
    assert files == [("table",)]

"""Parquet is read where it lies: types, partitions, mixtures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from checks.raw.folders import (
    PLAIN_ROWS,
    column_types,
    land_folder,
    query,
    required_folder,
    write_csv,
    write_parquet,
)

MOMENT = datetime(2025, 3, 1, 9, 30)
RATES = [1e-05, 123.0, 0.1, 1e22, -2.5e-07, None]


@pytest.fixture
def raw_dir(tmp_path: Path) -> Path:
    """A folder of the required sources, to which a check adds its own."""
    return required_folder(tmp_path / "raw")


def _tickets(**columns: object) -> dict[str, object]:
    return {name: [cell] for name, cell in PLAIN_ROWS["tickets"].items()} | columns


def test_the_raw_file_is_not_copied(raw_dir):
    write_parquet(raw_dir / "products.parquet", {"product_id": ["P1"], "product_name": ["a"]})
    result = land_folder(raw_dir)
    view = query(result, "select sql from duckdb_views() where view_name = 'products'")[0][0]
    assert str(raw_dir / "products.parquet") in view
    assert not (result.warehouse.parent / "landed" / "products").exists()


def test_rows_have_their_file_and_their_number_in_it(raw_dir):
    for name in ("a'b [1]*", "東京"):
        columns = {"product_id": ["1", "2"], "product_name": ["a", name]}
        write_parquet(raw_dir / "products" / f"{name}.parquet", columns)
    rows = query(
        land_folder(raw_dir),
        "select _file, _row_number, product_name from raw.products order by all",
    )
    assert rows == [
        ("products/a'b [1]*.parquet", 1, "a"),
        ("products/a'b [1]*.parquet", 2, "a'b [1]*"),
        ("products/東京.parquet", 1, "a"),
        ("products/東京.parquet", 2, "東京"),
    ]


def test_native_types_that_are_right_stay(raw_dir):
    columns = _tickets(
        created_at=pa.array([MOMENT], pa.timestamp("ns")),
        solved_at=pa.array([date(2025, 3, 2)]),
        reopened_count=pa.array([3], pa.int16()),
        is_spam=[True],
    )
    (raw_dir / "tickets.csv").unlink()
    write_parquet(raw_dir / "tickets.parquet", columns)
    result = land_folder(raw_dir)
    types = column_types(result, "tickets")
    names = ("created_at", "solved_at", "reopened_count", "is_spam", "csat_score")
    wanted = ["TIMESTAMP", "TIMESTAMP", "BIGINT", "BOOLEAN", "VARCHAR"]
    assert [types[name] for name in names] == wanted
    rows = query(result, "select created_at, reopened_count, is_spam from raw.tickets")
    assert rows == [(MOMENT, 3, True)]


def test_moments_with_a_time_zone_are_taken_in_utc(raw_dir):
    moment = pa.array(["2025-03-01T09:30:00+09:00"]).cast(pa.timestamp("us", "Asia/Tokyo"))
    (raw_dir / "tickets.csv").unlink()
    write_parquet(raw_dir / "tickets.parquet", _tickets(created_at=moment))
    sql = "select created_at, _raw_row.created_at from raw.tickets"
    assert query(land_folder(raw_dir), sql) == [
        (datetime(2025, 3, 1, 0, 30), "2025-03-01 00:30:00")
    ]


def test_floats_are_taken_at_their_shortest_decimal_form(raw_dir):
    count = len(RATES)
    columns = {"currency": ["EUR"] * count, "rate_date": ["2025-01-01"] * count, "rate": RATES}
    write_parquet(raw_dir / "fx_rates.parquet", columns)
    result = land_folder(raw_dir)
    rows = query(result, "select rate, _raw_row.rate from raw.fx_rates order by _row_number")
    texts = ["0.00001", "123.0", "0.1", "1" + "0" * 22 + ".0", "-0.00000025", None]
    assert rows == [(text, text) for text in texts]


def test_decimals_keep_their_type(raw_dir):
    columns = {
        "currency": ["EUR"],
        "rate_date": [date(2025, 1, 1)],
        "rate": [Decimal("1.10")],
    }
    write_parquet(raw_dir / "fx_rates.parquet", columns)
    result = land_folder(raw_dir)
    types = column_types(result, "fx_rates")
    assert (types["rate_date"], types["rate"]) == ("DATE", "DECIMAL(3,2)")


def test_decimals_without_a_whole_digit_are_written_with_one(raw_dir):
    columns = {"currency": ["EUR"], "rate_date": ["2025-01-01"], "rate": [Decimal("0.25")]}
    write_parquet(raw_dir / "fx_rates.parquet", columns)
    sql = "select cast(rate as varchar), _raw_row.rate from raw.fx_rates"
    assert query(land_folder(raw_dir), sql) == [("0.25", "0.25")]


def test_numbers_as_ids_become_text(raw_dir):
    write_parquet(raw_dir / "products.parquet", {"product_id": [7], "product_name": ["a"]})
    assert query(land_folder(raw_dir), "select product_id from raw.products") == [("7",)]


def test_a_column_that_differs_between_files_becomes_text(raw_dir):
    row = {"currency": "A", "rate_date": "x", "rate": "1"}
    write_csv(raw_dir / "fx_rates" / "a.csv", [row])
    columns = {"currency": ["B"], "rate_date": [date(2025, 1, 1)], "rate": [0.5]}
    write_parquet(raw_dir / "fx_rates" / "b.parquet", columns)
    columns = {"currency": ["C"], "rate_date": [MOMENT], "rate": [2]}
    write_parquet(raw_dir / "fx_rates" / "c.parquet", columns)
    rows = query(
        land_folder(raw_dir), "select currency, rate_date, rate from raw.fx_rates order by 1"
    )
    assert rows == [
        ("A", "x", "1"),
        ("B", "2025-01-01", "0.5"),
        ("C", "2025-03-01 09:30:00", "2"),
    ]


def test_a_column_that_only_some_files_have_keeps_its_type(raw_dir):
    base = {"product_id": ["P1"], "product_name": ["a"]}
    write_parquet(raw_dir / "products" / "a.parquet", base)
    write_parquet(raw_dir / "products" / "b.parquet", {**base, "is_seat_based": [False]})
    result = land_folder(raw_dir)
    assert column_types(result, "products")["is_seat_based"] == "BOOLEAN"
    rows = query(result, "select is_seat_based from raw.products order by _file")
    assert rows == [(None,), (False,)]


def test_an_empty_column_of_another_type_is_null(raw_dir):
    empty = pa.array([None], pa.float64())
    (raw_dir / "tickets.csv").unlink()
    write_parquet(raw_dir / "tickets.parquet", _tickets(solved_at=empty, csat_at=pa.nulls(1)))
    assert query(land_folder(raw_dir), "select solved_at, csat_at from raw.tickets") == [
        (None, None)
    ]


def test_hive_partitions_that_the_contract_names_are_columns(raw_dir):
    (raw_dir / "logins.csv").unlink()
    for result in ("success", "__HIVE_DEFAULT_PARTITION__"):
        columns = {name: [cell] for name, cell in PLAIN_ROWS["logins"].items()}
        folder = raw_dir / "logins" / "month=2025-02" / f"result={result}"
        write_parquet(folder / "part-0.parquet", columns)
    landed = land_folder(raw_dir)
    rows = query(landed, "select result, _raw_row.result, _row_number from raw.logins order by 1")
    assert rows == [("success", "success", 1), (None, None, 1)]
    assert "month" not in column_types(landed, "logins")
    assert landed.sources["logins"].unknown_columns == ()


def test_a_column_in_the_file_goes_before_its_partition(raw_dir):
    (raw_dir / "logins.csv").unlink()
    columns = {name: [cell] for name, cell in PLAIN_ROWS["logins"].items()}
    path = raw_dir / "logins" / "result=success" / "part-0.parquet"
    write_parquet(path, {**columns, "result": ["failure"]})
    assert query(land_folder(raw_dir), "select result from raw.logins") == [("failure",)]


def test_names_that_differ_in_case_only_are_told_apart(raw_dir):
    columns = {
        "Product_ID": ["other"],
        "product_id": ["P1"],
        "product_name": ["a"],
        "FAMILY": ["f"],
    }
    write_parquet(raw_dir / "products.parquet", columns)
    rows = query(land_folder(raw_dir), "select product_id, family from raw.products")
    assert rows == [("P1", None)]

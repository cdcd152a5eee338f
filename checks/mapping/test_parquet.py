"""Parquet files and partition folders that are read through a mapping."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pyarrow as pa

from checks.mapping.mapped import landed, write_files
from checks.raw.folders import write_parquet

MOMENT = datetime.datetime(2025, 3, 4, 10)
COLUMNS = {
    "id": pa.array([1, 2], pa.int32()),
    "price": pa.array([Decimal("12.50"), None], pa.decimal128(9, 2)),
    "share": pa.array([0.1, 1e-7]),
    "wall": pa.array([MOMENT, None], pa.timestamp("us")),
    "instant": pa.array([MOMENT, None], pa.timestamp("us", "Europe/Berlin")),
    "day": pa.array([MOMENT.date(), None]),
    "flag": pa.array([True, None]),
    "nothing": pa.nulls(2),
    "word": ["1.234,5", "04.03.2025"],
}
MAPPING = """
sources:
  contracts:
    file: c.parquet
    time_zone: Asia/Tokyo
    date_format: "%d.%m.%Y"
    timestamp_format: "%d.%m.%Y"
    decimal_mark: ","
    thousands_mark: "."
    columns:
      contract_line_id: {column: id, prefix: L}
      unit_price: {column: price, divide_by: 100}
      discount_pct: share
      quantity: word
      signed_at: wall
      cancel_notice_at: instant
      updated_at: word
      start_date: day
      end_date: {column: day, inclusive: true}
      paused_from: instant
      paused_until: wall
      is_auto_renew: flag
      currency: nothing
"""
EXPECTED = {
    "contract_line_id": ("L1", "L2"),
    "unit_price": ("0.1250", None),
    "discount_pct": ("0.1", "0.0000001"),
    "quantity": ("1234.5", "04.03.2025"),
    "signed_at": ("2025-03-04 01:00:00", None),
    "cancel_notice_at": ("2025-03-04 10:00:00", None),
    "updated_at": ("1.234,5", "2025-03-03 15:00:00"),
    "start_date": ("2025-03-04", None),
    "end_date": ("2025-03-05", None),
    "paused_from": ("2025-03-04", None),
    "paused_until": ("2025-03-04", None),
    "is_auto_renew": ("true", None),
    "currency": (None, None),
}


def test_partition_folders_are_columns(tmp_path):
    mapping = (
        "sources: {users: {file: u, columns: {user_id: ID, role: kind, account_id: year,"
        " email: {column: x}}}}"
    )
    files = {"u/kind=ad%20min/year=2025/a.csv": "ID,x\n1,m\n", "mapping.yml": mapping}
    raw = write_files(tmp_path / "raw", files)
    path = raw / "u" / "kind=member" / "year=__HIVE_DEFAULT_PARTITION__" / "b.parquet"
    write_parquet(path, {"ID": ["2"], "x": ["n"]})
    _, rows, _ = landed(raw, "users")
    found = [(r["user_id"], r["role"], r["account_id"], r["email"]) for r in rows]
    assert found == [("1", "ad min", "2025", "m"), ("2", "member", None, "n")]
    assert rows[0]["_raw_row"] == '{"ID":"1","x":"m","kind":"ad min","year":"2025"}'
    assert rows[1]["_raw_row"] == '{"ID":"2","x":"n","kind":"member","year":null}'


def test_parquet_columns_are_read_by_what_they_are(tmp_path):
    raw = tmp_path / "raw"
    write_parquet(raw / "c.parquet", COLUMNS)
    write_files(raw, {"mapping.yml": MAPPING})
    _, (one, two), _ = landed(raw, "contracts")
    assert {name: (one[name], two[name]) for name in EXPECTED} == EXPECTED
    assert (one["_row_number"], two["_row_number"], one["_file"]) == (1, 2, "c.parquet")
    assert one["_raw_row"] == (
        '{"id":"1","price":"12.50","share":"0.1","wall":"2025-03-04 10:00:00",'
        '"instant":"2025-03-04 10:00:00","day":"2025-03-04","flag":"true","nothing":null,'
        '"word":"1.234,5"}'
    )

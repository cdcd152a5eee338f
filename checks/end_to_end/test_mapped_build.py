"""Exports under other headers and in other forms, built through a mapping."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder
from checks.conftest import run_build
from checks.end_to_end.test_bad_input import assert_one_clear_message

MAPPING = """
shared:
  subs: {file: billing/subs_*.csv, encoding: cp932, delimiter: ;}
defaults: {date_format: "%Y/%m/%d", timestamp_format: "%Y/%m/%d", time_zone: Asia/Tokyo}
sources:
  accounts:
    from: subs
    columns: {account_id: 顧客, account_name: 会社名, created_at: 登録日}
  contracts:
    from: subs
    columns:
      contract_line_id: 契約
      contract_id: 契約
      account_id: 顧客
      product_id: {value: core}
      line_type: {value: recurring}
      currency: {value: USD}
      unit_price: {column: 金額, divide_by: 100, thousands_mark: ","}
      quantity: {value: 1}
      billing_interval: {column: 周期, values: {月: month, 年: year}}
      start_date: 開始
      end_date: {column: 終了, inclusive: true}
      updated_at: 登録日
  users:
    file: people.csv
    columns: {user_id: id, account_id: org, created_at: {column: t, unix: milliseconds}}
  logins:
    file: people.csv
"""
SUBSCRIPTIONS = """顧客;会社名;登録日;契約;周期;金額;開始;終了
c1;青い商事;2025/01/01;k1;月;1,000;2025/01/01;2025/12/31
c2;赤い商事;2025/01/01;k2;年;"120,000";2025/01/01;
c3;白い商事;2025/02/30;k3;週;12;2025/01/01;
c4;黒い商事
"""


def mapped_folder(raw: Path, mapping: str) -> Path:
    """Exports of a billing system and of an application."""
    (raw / "billing").mkdir(parents=True)
    (raw / "billing" / "subs_1.csv").write_bytes(SUBSCRIPTIONS.encode("cp932"))
    (raw / "people.csv").write_text("id,org,t\nu1,c1,1735700000000\nu2,c9,1735700000000\n")
    (raw / "logins.csv").write_text("login_id,user_id,logged_in_at\ng1,u1,2025-03-01T10:00:00\n")
    (raw / "tickets.csv").write_text("ticket_id,account_id,created_at,priority,status\n")
    (raw / "mapping.yml").write_text(mapping, encoding="utf-8")
    return raw


@pytest.fixture(scope="module")
def built(
    warehouse_builder: WarehouseBuilder, tmp_path_factory: pytest.TempPathFactory
) -> BuiltWarehouse:
    """The folder built through its mapping."""
    mapping = MAPPING.replace("  logins:\n    file: people.csv\n", "")
    raw = mapped_folder(tmp_path_factory.mktemp("mapped") / "raw", mapping)
    return warehouse_builder.build(raw, "2025-03-31", with_tests=True)


def test_every_test_passes(built: BuiltWarehouse) -> None:
    assert built.failed == {}


def test_the_figures_are_those_of_the_exports(built: BuiltWarehouse) -> None:
    rows = built.rows("select account_id, mrr from customer_360 order by 1")
    assert [(row["account_id"], row["mrr"]) for row in rows] == [
        ("c1", Decimal("10.0000")),
        ("c2", Decimal("100.0000")),
    ]
    (line,) = built.rows("select end_date from fct_contract_line where account_id = 'c1'")
    assert str(line["end_date"]) == "2026-01-01"


def test_quarantine_shows_rows_as_they_were_written(built: BuiltWarehouse) -> None:
    rows = built.rows(
        "select source, reasons, source_file, source_row_number, raw_row"
        " from warehouse.quarantine.raw_rows order by source, source_row_number"
    )
    white = (
        '{"顧客":"c3","会社名":"白い商事","登録日":"2025/02/30","契約":"k3","周期":"週",'
        '"金額":"12","開始":"2025/01/01","終了":null}'
    )
    file = "billing/subs_1.csv"
    assert [tuple(row.values()) for row in rows] == [
        ("accounts", "bad_type", file, 3, white),
        ("accounts", "malformed_line", file, 4, "c4;黒い商事"),
        ("contracts", "bad_type,bad_value,orphan_account", file, 3, white),
        ("contracts", "malformed_line", file, 4, "c4;黒い商事"),
        ("users", "orphan_account", "people.csv", 2, '{"id":"u2","org":"c9","t":"1735700000000"}'),
    ]


def test_every_row_of_the_exports_is_accounted_for(built: BuiltWarehouse) -> None:
    rows = built.rows(
        "select source, raw_rows, staged_rows, quarantined_rows from quality_row_accounting"
        " where raw_rows > 0 order by source"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("accounts", 4, 2, 2),
        ("contracts", 4, 2, 2),
        ("logins", 1, 1, 0),
        ("users", 2, 1, 1),
    ]


def test_a_mistake_in_the_mapping_stops_the_build_with_one_message(tmp_path: Path) -> None:
    raw = mapped_folder(tmp_path / "raw", MAPPING)
    assert_one_clear_message(
        run_build(raw, tmp_path / "out"),
        "mapping.yml cannot be used",
        "users (line 25) and logins read the same people.csv",
    )


def test_a_mapping_may_be_named_by_an_argument(tmp_path: Path) -> None:
    raw = mapped_folder(tmp_path / "raw", MAPPING)
    other = tmp_path / "other.yml"
    other.write_text("sources: {accounts: {file: none.csv}}")
    assert_one_clear_message(
        run_build(raw, tmp_path / "out", "--mapping", str(other)),
        "other.yml cannot be used",
        "line 1: there is no file `none.csv` in RAW",
    )

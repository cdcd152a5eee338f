"""Hand-worked cases of cells, reason codes, versions, accounting and the as-of date."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from .cells import BAD, read_cell
from .histories import AS_OF, generate, write_folder
from .loader import load_folder, read_csv
from .reading import AsOfError, quality_quarantine, quality_row_accounting, read
from .small import ACCOUNT, cells_of, line, only, rate, staged


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("boolean", " TRUE ", True),
        ("boolean", "yes", BAD),
        ("integer", "+3.0", 3),
        ("integer", "3.5", BAD),
        ("integer", "1,000", BAD),
        ("decimal(18,4)", "-1.00005", Decimal("-1.0001")),
        ("decimal(18,4)", "1e3", BAD),
        ("decimal(18,4)", ".5", BAD),
        ("decimal(9,6)", "1000", BAD),
        ("date", "2025-02-29", BAD),
        ("date", "2025-01-31T23:30:00-05:00", date(2025, 1, 31)),
        ("date", "31/12/2025", BAD),
        ("timestamp", "2025-01-31", datetime(2025, 1, 31, tzinfo=UTC)),
        # 08:30 nine hours east of Greenwich is 23:30 the day before
        ("timestamp", "2025-02-01 08:30+09", datetime(2025, 1, 31, 23, 30, tzinfo=UTC)),
        ("timestamp", "2025-02-01T24:00", BAD),
        ("text", "  ", None),
    ],
)
def test_cells(kind: str, cell: str, value: Any) -> None:
    assert read_cell(kind, cell) == value


def reasons(source: str, row: dict[str, Any], as_of: str = "2025-06-30") -> str:
    """Reasons of one row, empty when it is staged."""
    others = {} if source == "accounts" else {"accounts": [ACCOUNT]}
    world = read({**others, source: [row]}, date.fromisoformat(as_of))
    return ",".join(r["reasons"] for r in quality_quarantine(world) if r["source"] == source)


LOGIN = {"login_id": "G", "user_id": "U", "account_id": "A", "logged_in_at": "2025-01-01"}


@pytest.mark.parametrize(
    ("source", "row", "expected"),
    [
        ("contracts", line("L1", "2025-01-01"), ""),
        ("contracts", line("L1", "2025-01-01", unit_price="-1", quantity="-1"),
         "invalid_quantity,negative_amount"),
        ("contracts", line("L1", "2025-01-01", "2025-01-01"), ""),
        ("contracts", line("L1", "2025-01-01", "2024-12-31"), "end_before_start"),
        ("contracts", line("L1", "2025-01-01", billing_interval="term"), "open_ended_term"),
        ("contracts", line("L1", "2025-01-01", "x", billing_interval="term"), "bad_type"),
        ("contracts", line("L1", "2025-01-01", "2025-01-01", billing_interval="term"), "bad_value"),
        ("contracts", line("L1", "2025-01-01", updated_at=None), "missing_required"),
        ("contracts", line("", "2025-01-01", currency="EUR"), "missing_key,no_fx_rate"),
        ("contracts", line("L1", "2025-01-01", updated_at="2025-07-01"), "future_event"),
        ("logins", LOGIN, ""),
        ("logins", {**LOGIN, "account_id": None}, "orphan_user"),
        ("logins", {**LOGIN, "account_id": "B"}, "orphan_account,orphan_user"),
        ("logins", {**LOGIN, "user_id": None}, "missing_required"),
        ("logins", {**LOGIN, "result": "Success"}, "bad_value"),
    ],
)  # fmt: skip
def test_reasons(source: str, row: dict[str, Any], expected: str) -> None:
    assert reasons(source, row) == expected


def test_a_row_of_the_future_is_one_by_the_reporting_time_zone() -> None:
    # 20:00 UTC on 30 June is 05:00 on 1 July in Tokyo
    row = {**LOGIN, "logged_in_at": "2025-06-30T20:00:00Z"}
    for zone, expected in (("UTC", 0), ("Asia/Tokyo", 1)):
        world = staged("2025-06-30", sources={"logins": [row]}, reporting_timezone=zone)
        assert len(quality_quarantine(world)) == expected


def test_what_belongs_to_a_quarantined_account_is_an_orphan() -> None:
    account = {**ACCOUNT, "created_at": "2026-01-01"}
    sources = {"accounts": [account], "contracts": [line("L1", "2025-01-01")]}
    found = quality_quarantine(staged("2025-06-30", sources=sources))
    assert [row["reasons"] for row in found] == ["future_event", "orphan_account"]


def test_the_four_ends_of_contract_rows() -> None:
    # version of 1 May twice (the last stays), an older one twice (one superseded, one duplicate),
    # one later than as-of, one malformed: 1 staged, 1 superseded, 2 duplicates, 2 quarantined
    rows = [
        line("L1", "2025-01-01", updated_at="2025-05-01", quantity="1"),
        line("L1", "2025-01-01", updated_at="2025-05-01T00:00:00Z", quantity="2"),
        line("L1", "2025-01-01", updated_at="2025-04-01"),
        line("L1", "2025-01-01", updated_at="2025-04-01"),
        line("L1", "2025-01-01", updated_at="2025-07-01"),
        {"_malformed": "L1,C1"},
    ]
    world = staged("2025-06-30", sources={"contracts": rows})
    counts = only(quality_row_accounting(world), source="contracts")
    names = ("raw_rows", "staged_rows", "superseded_rows", "duplicate_rows", "quarantined_rows")
    assert cells_of(counts, *names) == (6, 1, 1, 2, 2)
    assert world.rows("contracts")[0]["quantity"] == 2


def test_the_earliest_later_version_stands_in_but_not_for_contracts() -> None:
    accounts = [
        {**ACCOUNT, "account_name": "Third", "updated_at": "2025-09-01"},
        {**ACCOUNT, "account_name": "Second", "updated_at": "2025-08-01"},
    ]
    contracts = [line("L1", "2025-01-01", updated_at="2025-08-01")]
    world = staged("2025-06-30", sources={"accounts": accounts, "contracts": contracts})
    assert [row["account_name"] for row in world.rows("accounts")] == ["Second"]
    assert world.sources["accounts"].backfilled == 1
    assert world.rows("contracts") == []


def test_a_bad_latest_version_leaves_the_one_before() -> None:
    rows = [
        line("L1", "2025-01-01", updated_at="2025-02-01", quantity="7"),
        line("L1", "2025-01-01", updated_at="2025-03-01", quantity="many"),
    ]
    assert [row["quantity"] for row in staged("2025-06-30", sources={"contracts": rows}).rows(
        "contracts")] == [7]  # fmt: skip


def test_the_default_as_of_date() -> None:
    rows = [line("L1", "2025-01-01", updated_at=day) for day in ("2025-03-01", "2025-03-08")]
    assert read({"accounts": [ACCOUNT], "contracts": rows}).as_of == date(2025, 3, 8)
    rows[1]["updated_at"] = "2025-03-09"
    with pytest.raises(AsOfError, match=r"contracts.csv row 2: 2025-03-09"):
        read({"accounts": [ACCOUNT], "contracts": rows})


def test_a_rate_of_zero_is_no_rate() -> None:
    sources = {
        "contracts": [line("L1", "2025-01-01", currency="EUR")],
        "fx_rates": [rate("EUR", "2025-01-01", "0")],
    }
    found = quality_quarantine(staged("2025-06-30", sources=sources))
    assert [row["reasons"] for row in found] == ["bad_value", "no_fx_rate"]


def test_csv_records(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes('\ufeffa, b\r\n1,"two\nlines"\r\n\r\n3\r\n4,"open\r\n5,\u2028\r\n'.encode())
    assert list(read_csv(path)) == [
        {"a": "1", "b": "two\nlines"},
        {"_malformed": "3\r\n"},
        {"_malformed": '4,"open\r\n'},
        {"a": "5", "b": "\u2028"},
    ]


def test_a_written_folder_is_read_back_the_same(tmp_path: Path) -> None:
    raw = generate(5, 20)
    rows = load_folder(write_folder(raw, tmp_path / "例 folder"))
    assert quality_row_accounting(read(rows, AS_OF)) == quality_row_accounting(read(raw, AS_OF))


def test_generated_faults_bear_every_reason() -> None:
    found = quality_quarantine(read(generate(1, 20), AS_OF))
    assert {code for row in found for code in row["reasons"].split(",")} == {
        "missing_key", "missing_required", "bad_type", "bad_value", "orphan_account", "orphan_user",
        "future_event", "negative_amount", "invalid_quantity", "invalid_discount",
        "end_before_start", "open_ended_term", "no_fx_rate", "response_before_created",
        "solved_before_created", "score_out_of_range", "malformed_line",
    }  # fmt: skip

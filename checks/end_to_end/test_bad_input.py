"""Bad input, tried as a new user would: a right answer or one clear message, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checks.built_warehouse import BuiltWarehouse, RawRows, write_raw_folder
from checks.conftest import BuildFolder, CommandResult, run_build, run_pipeline
from checks.definitions.model_graph import ModelGraph

ACCOUNT = {"account_id": "a1", "account_name": "Aoi 商事", "created_at": "2025-01-01"}
LINE = {
    "contract_line_id": "l1",
    "contract_id": "c1",
    "account_id": "a1",
    "product_id": "p1",
    "line_type": "recurring",
    "currency": "USD",
    "unit_price": "10",
    "quantity": "5",
    "billing_interval": "month",
    "start_date": "2025-01-15",
    "updated_at": "2025-01-10",
}
USER = {"user_id": "u1", "account_id": "a1", "created_at": "2025-01-02"}
LOGIN = {"login_id": "g1", "user_id": "u1", "logged_in_at": "2025-01-15T09:00:00Z"}
SMALL: RawRows = {"accounts": [ACCOUNT], "contracts": [LINE], "users": [USER], "logins": [LOGIN]}
# The same as rows of the raw layer, with a source of which there is only a header.
CONNECTED: dict[str, list[dict[str, Any]]] = {
    **{source: [dict(row) for row in rows or ()] for source, rows in SMALL.items()},
    "tickets": [],
}


def assert_one_clear_message(result: CommandResult, *words: str) -> None:
    """The command failed, said these words on standard error, and showed no traceback."""
    said = " ".join(result.stderr.split())
    assert result.code == 1, result.stdout + result.stderr
    for word in words:
        assert word in said, result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert "unforeseen" not in said
    assert not (result.out / "marts.duckdb").exists()
    assert not (result.out / "marts.next.duckdb").exists()


def no_folder(raw: Path) -> None:
    pass


def empty_folder(raw: Path) -> None:
    raw.mkdir()


def missing_columns(raw: Path) -> None:
    login = {name: value for name, value in LOGIN.items() if name != "logged_in_at"}
    account = {name: value for name, value in ACCOUNT.items() if name != "account_name"}
    write_raw_folder(raw, {**SMALL, "logins": [login], "accounts": [account]})


def missing_sources(raw: Path) -> None:
    write_raw_folder(raw, {**SMALL, "users": None, "tickets": None})


def binary_file(raw: Path) -> None:
    write_raw_folder(raw, {**SMALL, "tickets": None})
    (raw / "tickets.csv").write_bytes(bytes(range(256)) * 40)


def wrong_parquet_type(raw: Path) -> None:
    write_raw_folder(raw, {**SMALL, "logins": None})
    table = pa.table({"login_id": ["g1"], "user_id": ["u1"], "logged_in_at": pa.array([True])})
    pq.write_table(table, raw / "logins.parquet")


def file_without_header(raw: Path) -> None:
    write_raw_folder(raw, SMALL)
    (raw / "users.csv").write_bytes(b"")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (no_folder, ["cannot be used"]),
        (empty_folder, ["cannot be used"]),
        (missing_columns, ["logged_in_at", "logins.csv", "account_name", "accounts.csv"]),
        (missing_sources, ["users", "tickets"]),
        (binary_file, ["tickets.csv"]),
        (wrong_parquet_type, ["logins.parquet", "logged_in_at"]),
        (file_without_header, ["users.csv"]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_structural_fault_ends_in_one_message(
    make: Callable[[Path], None], words: list[str], tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    make(raw)
    assert_one_clear_message(run_build(raw, tmp_path / "out"), *words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as-of", "31/12/2025"], ["AS_OF=31/12/2025", "YYYY-MM-DD"]),
        (["--as-of", "2025-02-30"], ["AS_OF=2025-02-30"]),
        (["--vars", "{not json"], ["VARS"]),
        (["--vars", '{"grace": 3}'], ["no variable is called grace"]),
        (["--vars", '{"renewal_grace_days": -1}'], ["renewal_grace_days=-1"]),
        (["--vars", '{"reporting_timezone": "Mars/Base"}'], ["Mars/Base", "time zone"]),
        (["--target", "oracle"], ["TARGET=oracle", "duckdb"]),
    ],
)
def test_setting_that_cannot_be_used_is_named(
    arguments: list[str], words: list[str], tmp_path: Path
) -> None:
    result = run_build(tmp_path, tmp_path / "out", *arguments)
    assert_one_clear_message(result, "cannot be used", *words)


def test_out_that_is_a_file_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("")
    result = run_pipeline("build", "--raw", str(tmp_path), "--out", str(out), out=tmp_path / "none")
    assert_one_clear_message(result, "cannot be written to")


def test_lonely_latest_date_stops_the_build_and_names_the_row(tmp_path: Path) -> None:
    slip = {**LOGIN, "login_id": "g2", "logged_in_at": "2052-01-15T09:00:00Z"}
    raw = write_raw_folder(tmp_path / "raw", {**SMALL, "logins": [LOGIN, slip]})
    result = run_build(raw, tmp_path / "out")
    assert_one_clear_message(
        result, "2052-01-15", "logins.csv", "row 2", "AS_OF=2025-01-15", "7 days"
    )


@pytest.fixture(scope="module")
def built_with_a_bad_date(build_folder: BuildFolder) -> BuiltWarehouse:
    """A small company without tickets, with a date that is none."""
    other = {**LINE, "contract_line_id": "l2", "end_date": "31/12/2025"}
    return build_folder({**SMALL, "contracts": [LINE, other]})


def test_date_with_slashes_is_quarantined_as_bad_type(
    built_with_a_bad_date: BuiltWarehouse,
) -> None:
    assert not built_with_a_bad_date.failed
    quarantined = built_with_a_bad_date.rows(
        "select source, row_key, reasons from quality_quarantine"
    )
    assert [row["source"] for row in quarantined] == ["contracts"]
    assert quarantined[0]["row_key"].startswith("l2")
    assert quarantined[0]["reasons"] == "bad_type"


def test_no_tickets_at_all(built_with_a_bad_date: BuiltWarehouse) -> None:
    (month,) = built_with_a_bad_date.mart("kpi_support_monthly")
    assert (month["tickets_created"], month["backlog"], month["csat"]) == (0, 0, None)


def test_one_account_and_one_day_of_history(model_graph: ModelGraph) -> None:
    one_day = {
        "accounts": [{**ACCOUNT, "created_at": "2025-01-15"}],
        "contracts": [{**LINE, "updated_at": "2025-01-15"}],
        "users": [{**USER, "created_at": "2025-01-15"}],
    }
    model_graph.run({**CONNECTED, **one_day}, None)
    (month,) = model_graph.rows("kpi_retention_monthly")
    assert (month["mrr_end"], month["new_logos"], month["logos_end"]) == (50, 1, 1)
    assert not month["is_complete"]
    (account,) = model_graph.rows("customer_360")
    assert (account["mrr"], account["mau"]) == (50, 1)


@pytest.mark.parametrize("with_tests", [False, pytest.param(True, marks=pytest.mark.long)])
def test_header_only_files_end_in_empty_marts(build_folder: BuildFolder, with_tests: bool) -> None:
    built = build_folder({}, as_of="2025-12-31", with_tests=with_tests)
    assert not built.failed
    assert built.mart("kpi_retention_monthly") == []


@pytest.mark.long
def test_header_only_files_end_in_a_word(tmp_path: Path) -> None:
    raw = write_raw_folder(tmp_path / "raw", {})
    result = run_build(raw, tmp_path / "out", "--as-of", "2025-12-31")
    assert result.code == 0, result.stdout + result.stderr
    assert "The marts hold no month: no account passed" in " ".join(result.stdout.split())


@pytest.mark.long
def test_header_only_files_without_as_of_ask_for_it(tmp_path: Path) -> None:
    raw = write_raw_folder(tmp_path / "raw", {})
    assert_one_clear_message(run_build(raw, tmp_path / "out"), "no date", "AS_OF")


def test_as_of_before_the_first_contract_ends_in_empty_marts(model_graph: ModelGraph) -> None:
    model_graph.run(CONNECTED, date(2024, 6, 30))
    assert model_graph.rows("kpi_retention_monthly") == []
    quarantined = model_graph.rows("quality_quarantine")
    reasons = {row["source"]: row["reasons"].split(",") for row in quarantined}
    assert set(reasons) == set(SMALL)
    assert [source for source, found in reasons.items() if "future_event" not in found] == []

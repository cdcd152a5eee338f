"""Structural faults stop a build with one message that names all of them."""

from __future__ import annotations

import os
import time as clock
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from checks.raw.folders import PLAIN_ROWS, land_folder, required_folder, write_csv, write_parquet
from pipeline import landing, preflight
from pipeline.contract_checks import schema_findings
from pipeline.preflight import PreflightError
from pipeline.raw_contracts import load_contracts


@pytest.fixture
def raw_dir(tmp_path: Path) -> Path:
    """A folder that passes, to be spoiled by a check."""
    return required_folder(tmp_path / "raw 日本 [x]'s")


def _problems(raw_dir: Path) -> list[str]:
    """Problems of a folder; fails when there are none, or when the message leaves one out."""
    with pytest.raises(PreflightError) as caught:
        preflight.check(raw_dir)
    assert all(problem in str(caught.value) for problem in caught.value.problems)
    assert str(raw_dir) in str(caught.value)
    return caught.value.problems


def test_a_sound_folder_passes(raw_dir):
    report = preflight.check(raw_dir)
    assert set(report.connected_sources) == set(PLAIN_ROWS)
    assert report.warnings == ()


def test_a_csv_file_with_only_a_header_passes(raw_dir):
    write_csv(raw_dir / "tickets.csv", [dict.fromkeys(PLAIN_ROWS["tickets"], "")])
    text = (raw_dir / "tickets.csv").read_text().splitlines()[0]
    (raw_dir / "tickets.csv").write_text(text)
    preflight.check(raw_dir)
    assert land_folder(raw_dir).sources["tickets"].row_count == 0


def test_a_folder_that_does_not_exist(tmp_path):
    assert _problems(tmp_path / "nowhere") == ["the folder does not exist"]


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "raw").touch()
    assert _problems(tmp_path / "raw") == ["this is a file, not a folder"]


def test_an_empty_folder_names_what_is_needed(tmp_path):
    (problem,) = _problems(tmp_path)
    assert all(source in problem for source in PLAIN_ROWS)


def test_all_missing_sources_are_named(tmp_path):
    problems = _problems(required_folder(tmp_path / "raw", without=["users", "tickets"]))
    assert len(problems) == 2
    assert "the required source tickets is missing" in problems[0]
    assert "the required source users is missing" in problems[1]


def test_a_file_that_was_probably_meant_is_named(raw_dir):
    (raw_dir / "tickets.csv").rename(raw_dir / "Tickets.csv.gz")
    (problem,) = _problems(raw_dir)
    assert "there is Tickets.csv.gz, which is not read" in problem


def test_missing_required_columns_are_named_with_their_file(raw_dir):
    write_csv(raw_dir / "users.csv", [{"user_id": "U1"}])
    problems = ["users.csv: required columns are missing: account_id, created_at"]
    assert _problems(raw_dir) == problems


def test_a_required_column_that_one_of_many_files_lacks_is_missing(raw_dir):
    (raw_dir / "users.csv").rename(raw_dir / "moved")
    (raw_dir / "users").mkdir()
    (raw_dir / "moved").rename(raw_dir / "users" / "a.csv")
    write_csv(raw_dir / "users" / "b.csv", [{"user_id": "U1", "created_at": "2025-01-01"}])
    assert _problems(raw_dir) == ["users/b.csv: required column is missing: account_id"]


@pytest.mark.parametrize("name", ["Account_ID", "account id", "AccountId", "ACCOUNT-ID"])
def test_a_name_that_differs_in_spelling_is_shown(raw_dir, name):
    row = PLAIN_ROWS["users"] | {name: "A1"}
    del row["account_id"]
    write_csv(raw_dir / "users.csv", [row])
    (problem,) = _problems(raw_dir)
    assert f'account_id (there is "{name}"' in problem


@pytest.mark.parametrize(("delimiter", "called"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_delimiter_is_recognised(raw_dir, delimiter, called):
    text = (raw_dir / "users.csv").read_text().replace(",", delimiter)
    (raw_dir / "users.csv").write_text(text)
    (problem,) = _problems(raw_dir)
    assert f"separated by {called}" in problem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes(range(256)) * 20, "binary data"),
        (b"PK\x03\x04" + bytes(100), "Excel workbook"),
        (b"PAR1" + bytes(100), "Parquet"),
        (b"\x1f\x8b\x08" + bytes(100), "gzip"),
        ("user_id,account_id\n".encode("utf-16"), "UTF-16"),
        ("ユーザー,b\n".encode("shift_jis"), "not UTF-8"),
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b'"user_id,account_id\nU1,A1\n', "quote that does not close"),
    ],
)
def test_a_file_that_is_no_csv_says_what_it_is(raw_dir, content, said):
    (raw_dir / "users.csv").write_bytes(content)
    (problem,) = _problems(raw_dir)
    assert problem.startswith("users.csv: ")
    assert said in problem


def test_text_of_another_encoding_below_a_sound_header_is_a_matter_of_rows(raw_dir):
    with (raw_dir / "accounts.csv").open("ab") as stream:
        stream.write("A2,東京,2025-01-01\n".encode("shift_jis"))
    preflight.check(raw_dir)
    assert land_folder(raw_dir).sources["accounts"].malformed_count == 1


def test_a_broken_parquet_file_is_named(raw_dir):
    (raw_dir / "products.parquet").write_bytes(b"PAR1 and nothing more")
    (problem,) = _problems(raw_dir)
    assert problem.startswith("products.parquet: the file cannot be read as Parquet")


@pytest.mark.parametrize(
    ("column", "cells", "native"),
    [
        ("created_at", [1_700_000_000], "bigint"),
        ("created_at", [1.5], "double"),
        ("created_at", [True], "boolean"),
        ("created_at", [time(1, 2)], "time"),
        ("reopened_count", [date(2025, 1, 1)], "date"),
        ("reopened_count", [True], "boolean"),
        ("is_spam", [datetime(2025, 1, 1)], "timestamp"),
        ("is_spam", [1.0], "double"),
        ("category", [["a"]], "varchar[]"),
        ("category", [{"a": 1}], "struct(a bigint)"),
        ("category", [b"a"], "blob"),
    ],
)
def test_a_type_that_can_never_be_read_is_named(raw_dir, column, cells, native):
    (raw_dir / "tickets.csv").unlink()
    columns = {name: [cell] for name, cell in PLAIN_ROWS["tickets"].items()} | {column: cells}
    write_parquet(raw_dir / "tickets.parquet", columns)
    (problem,) = _problems(raw_dir)
    assert problem.startswith(f"tickets.parquet: the column {column} is {native}, but should be ")


def test_types_that_can_be_read_pass(raw_dir):
    (raw_dir / "tickets.csv").unlink()
    columns = {name: [cell] for name, cell in PLAIN_ROWS["tickets"].items()} | {
        "ticket_id": [1],
        "created_at": [date(2025, 1, 1)],
        "solved_at": pa.array([None], pa.float64()),
        "reopened_count": [1.0],
        "csat_score": [Decimal(4)],
        "is_spam": [1],
        "is_escalated": ["false"],
        "csat_at": pa.nulls(1),
    }
    write_parquet(raw_dir / "tickets.parquet", columns)
    preflight.check(raw_dir)


def test_every_fault_of_a_folder_is_in_the_one_message(raw_dir):
    (raw_dir / "logins.csv").unlink()
    (raw_dir / "users.csv").write_bytes(b"\0\1\2")
    write_csv(raw_dir / "fx_rates.csv", [{"currency": "EUR"}])
    (raw_dir / "products.parquet").write_bytes(b"nothing")
    problems = "\n".join(_problems(raw_dir))
    assert all(
        f"{name}" in problems for name in ("logins", "users.csv", "fx_rates.csv", "products")
    )
    assert len(problems.splitlines()) == 4


def test_many_files_with_one_fault_are_one_problem(raw_dir):
    for number in range(20):
        write_csv(raw_dir / "fx_rates" / f"{number:02}.csv", [{"currency": "EUR", "rate": "1"}])
    (problem,) = _problems(raw_dir)
    assert problem.startswith("fx_rates/00.csv, fx_rates/01.csv")
    assert "and 12 more files: required column is missing: rate_date" in problem


def test_a_file_whose_name_is_not_utf8_is_named(raw_dir):
    (raw_dir / "users").mkdir()
    for folder in (raw_dir, raw_dir / "users"):
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.csv")).touch()
    (problem,) = _problems(raw_dir)
    assert problem.startswith("the name of the file '\\udcff.csv' is not UTF-8")


def test_unknown_columns_and_files_are_warnings(raw_dir):
    write_csv(raw_dir / "users.csv", [PLAIN_ROWS["users"] | {"colour": "red", "E-Mail": "x"}])
    (raw_dir / "notes.txt").touch()
    assert preflight.check(raw_dir).warnings == (
        'users.csv: no column email (there is "E-Mail": the name must be written exactly so)',
        "users.csv: columns that no contract names are ignored: E-Mail, colour",
        "notes.txt: belongs to no source and is not read",
    )


def test_the_contracts_own_checker_agrees_with_sound_tables():
    types = {
        source: {column.name: column.type.replace("text", "varchar") for column in contract.columns}
        for source, contract in load_contracts().items()
    }
    begin = clock.monotonic()
    assert schema_findings(types) == []
    assert clock.monotonic() - begin < 10


def test_the_contracts_own_checker_finds_missing_columns_and_wrong_types():
    findings = schema_findings({"fx_rates": {"currency": "varchar", "rate_date": "integer"}})
    assert {(finding.source, finding.column) for finding in findings} == {
        ("fx_rates", "rate_date"),
        ("fx_rates", "rate"),
    }


def test_the_landing_command_ends_with_the_message(raw_dir, tmp_path, capsys):
    (raw_dir / "users.csv").unlink()
    assert landing.main(["--raw", str(raw_dir), "--out", str(tmp_path / "out")]) == 1
    assert "the required source users is missing" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_landing_command_lands(raw_dir, tmp_path, capsys):
    assert landing.main(["--raw", str(raw_dir), "--out", str(tmp_path / "出力 out")]) == 0
    assert "logins" in capsys.readouterr().out

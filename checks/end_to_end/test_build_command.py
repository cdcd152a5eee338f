"""The build command from raw files to the published file, and what a failure leaves behind."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from checks.built_warehouse import write_raw_folder
from checks.conftest import CommandResult, run_build, run_pipeline
from checks.end_to_end.test_bad_input import SMALL
from pipeline.contracts.published_file import report_on

WIDTH = 80


def test_build_passes_in_folders_with_spaces_and_japanese(demo_build: CommandResult) -> None:
    assert demo_build.code == 0, demo_build.stdout + demo_build.stderr


@pytest.mark.parametrize(
    "name",
    [
        *("marts.duckdb", "warehouse.duckdb", "summary.json"),
        *("docs/index.html", "docs/definitions.html", "data_docs/index.html"),
        *("contracts/index.html", "contracts/contracts/marts/customer_360.odcs.html"),
    ],
)
def test_build_leaves_its_outputs(demo_build: CommandResult, name: str) -> None:
    assert (demo_build.out / name).stat().st_size > 0


def test_build_leaves_no_half_made_file(demo_build: CommandResult) -> None:
    names = {path.name for path in demo_build.out.iterdir()}
    assert not {name for name in names if ".next" in name or name.endswith((".tmp", ".wal"))}


def test_summary_fits_a_terminal_of_80_columns(demo_build: CommandResult) -> None:
    lines = demo_build.stdout.split("Build passed")[1].split("Outputs")[0].splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []


def test_summary_accounts_for_every_row(demo_build: CommandResult) -> None:
    summary = json.loads((demo_build.out / "summary.json").read_text(encoding="utf-8"))
    assert summary["status"] == "passed"
    for row in summary["rows"]:
        ends = ("staged_rows", "superseded_rows", "duplicate_rows", "quarantined_rows")
        assert row["raw_rows"] == sum(row[end] for end in ends), row
    assert summary["headline"]["mrr_end"] is not None
    assert summary["as_of_date"] == "2025-12-31"


def test_published_file_holds_the_marts_schema_only(demo_build: CommandResult) -> None:
    with duckdb.connect(str(demo_build.out / "marts.duckdb"), read_only=True) as connection:
        schemas = connection.execute(
            "select distinct table_schema from information_schema.tables"
        ).fetchall()
        info = connection.execute("select count(*), min(build_id) from marts.marts.build_info")
        count, build_id = info.fetchone() or (0, None)
    assert schemas == [("marts",)]
    summary = json.loads((demo_build.out / "summary.json").read_text(encoding="utf-8"))
    assert (count, build_id) == (1, summary["build_id"])


def test_published_file_keeps_its_contracts(demo_build: CommandResult) -> None:
    report = report_on(demo_build.out / "marts.duckdb")
    assert report.check_count > 1000
    assert report.faults == ()


def test_published_file_opens_in_older_clients(demo_build: CommandResult) -> None:
    with duckdb.connect() as connection:
        path = str(demo_build.out / "marts.duckdb").replace("'", "''")
        connection.execute(f"attach '{path}' as published (read_only)")
        tags = connection.execute(
            "select tags from duckdb_databases() where database_name = 'published'"
        ).fetchone()
    assert "v1.2" in str(tags)


def test_failed_build_leaves_the_published_file_untouched(
    demo_build: CommandResult, tmp_path: Path
) -> None:
    out = tmp_path / "出力 out"
    shutil.copytree(demo_build.out, out)
    published = out / "marts.duckdb"
    before = (published.stat().st_mtime_ns, published.read_bytes())
    slip = {**SMALL["logins"][0], "login_id": "g2", "logged_in_at": "2052-01-15"}
    raw = write_raw_folder(tmp_path / "raw", {**SMALL, "logins": [*SMALL["logins"], slip]})
    result = run_build(raw, out)
    assert result.code == 1
    assert "untouched" in result.stderr
    assert (published.stat().st_mtime_ns, published.read_bytes()) == before
    assert json.loads((out / "summary.json").read_text())["status"] == "failed"


def test_rollback_without_an_earlier_file_says_so(tmp_path: Path) -> None:
    result = run_pipeline("rollback", "--out", str(tmp_path), out=tmp_path)
    assert result.code == 1
    assert "no earlier published file" in result.stderr

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


@pytest.fixture(scope="module")
def odd_paths_build(simulated_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandResult:
    """A whole build whose folders have spaces, quotes and Japanese in their names."""
    folder = tmp_path_factory.mktemp("odd") / "顧客 データ it's"
    raw = folder / "生 データ"
    shutil.copytree(simulated_raw, raw)
    return run_build(raw, folder / "出力 out")


def test_build_passes_in_folders_with_spaces_and_japanese(odd_paths_build: CommandResult) -> None:
    assert odd_paths_build.code == 0, odd_paths_build.stdout + odd_paths_build.stderr


@pytest.mark.parametrize(
    "name",
    [
        *("marts.duckdb", "warehouse.duckdb", "summary.json"),
        *("docs/index.html", "docs/definitions.html", "data_docs/index.html"),
        *("contracts/index.html", "contracts/contracts/marts/customer_360.odcs.html"),
    ],
)
def test_build_leaves_its_outputs(odd_paths_build: CommandResult, name: str) -> None:
    assert (odd_paths_build.out / name).stat().st_size > 0


def test_build_leaves_no_half_made_file(odd_paths_build: CommandResult) -> None:
    names = {path.name for path in odd_paths_build.out.iterdir()}
    assert not {name for name in names if ".next" in name or name.endswith((".tmp", ".wal"))}


def test_summary_fits_a_terminal_of_80_columns(odd_paths_build: CommandResult) -> None:
    lines = odd_paths_build.stdout.split("Build passed")[1].split("Outputs")[0].splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []


def test_summary_accounts_for_every_row(odd_paths_build: CommandResult) -> None:
    summary = json.loads((odd_paths_build.out / "summary.json").read_text(encoding="utf-8"))
    assert summary["status"] == "passed"
    for row in summary["rows"]:
        ends = ("staged_rows", "superseded_rows", "duplicate_rows", "quarantined_rows")
        assert row["raw_rows"] == sum(row[end] for end in ends), row
    assert summary["headline"]["mrr_end"] is not None
    assert summary["as_of_date"] == "2025-12-31"


def test_published_file_holds_the_marts_schema_only(odd_paths_build: CommandResult) -> None:
    with duckdb.connect(str(odd_paths_build.out / "marts.duckdb"), read_only=True) as connection:
        schemas = connection.execute(
            "select distinct table_schema from information_schema.tables"
        ).fetchall()
        info = connection.execute("select count(*), min(build_id) from marts.marts.build_info")
        count, build_id = info.fetchone() or (0, None)
    assert schemas == [("marts",)]
    summary = json.loads((odd_paths_build.out / "summary.json").read_text(encoding="utf-8"))
    assert (count, build_id) == (1, summary["build_id"])


def test_published_file_keeps_its_contracts(odd_paths_build: CommandResult) -> None:
    report = report_on(odd_paths_build.out / "marts.duckdb")
    assert report.check_count > 1000
    assert report.faults == ()


def test_published_file_opens_in_older_clients(odd_paths_build: CommandResult) -> None:
    with duckdb.connect() as connection:
        path = str(odd_paths_build.out / "marts.duckdb").replace("'", "''")
        connection.execute(f"attach '{path}' as published (read_only)")
        tags = connection.execute(
            "select tags from duckdb_databases() where database_name = 'published'"
        ).fetchone()
    assert "v1.2" in str(tags)


def test_failed_build_leaves_the_published_file_untouched(odd_paths_build: CommandResult) -> None:
    published = odd_paths_build.out / "marts.duckdb"
    before = (published.stat().st_mtime_ns, published.read_bytes())
    raw = odd_paths_build.out.parent / "lonely"
    slip = {**SMALL["logins"][0], "login_id": "g2", "logged_in_at": "2052-01-15"}
    write_raw_folder(raw, {**SMALL, "logins": [*SMALL["logins"], slip]})
    result = run_build(raw, odd_paths_build.out)
    assert result.code == 1
    assert "untouched" in result.stderr
    assert (published.stat().st_mtime_ns, published.read_bytes()) == before
    assert json.loads((odd_paths_build.out / "summary.json").read_text())["status"] == "failed"


def test_rollback_without_an_earlier_file_says_so(tmp_path: Path) -> None:
    result = run_pipeline("rollback", "--out", str(tmp_path), out=tmp_path)
    assert result.code == 1
    assert "no earlier published file" in result.stderr

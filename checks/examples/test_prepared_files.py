"""Files of the examples that SQL beside them makes are what that SQL makes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from checks.examples.figures import EXAMPLES
from examples.prepare import prepare
from pipeline.options import ROOT


@pytest.mark.parametrize(
    ("example", "made"),
    [("stripe_like", "contract_lines.csv"), ("zendesk_like", "tickets_with_events.csv")],
)
def test_the_joined_table_is_what_its_sql_makes(example: str, made: str, tmp_path: Path) -> None:
    folder = tmp_path / example
    shutil.copytree(EXAMPLES / example, folder)
    (folder / made).unlink()
    assert len(prepare(folder)) == 1
    assert (folder / made).read_bytes() == (EXAMPLES / example / made).read_bytes()


def test_the_parquet_files_hold_the_rows_of_their_sql(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "star_parquet" / "_tables.sql", tmp_path)
    prepare(tmp_path)
    kept = EXAMPLES / "star_parquet"
    names = {path.relative_to(kept).as_posix() for path in kept.rglob("*.parquet")}
    assert names == {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.parquet")}
    for name in names:
        rows = [
            duckdb.sql(f"select * from read_parquet('{folder / name}') order by all").fetchall()
            for folder in (tmp_path, kept)
        ]
        assert rows[0] == rows[1], name


def test_a_solved_ticket_that_waits_again_is_open(tmp_path: Path) -> None:
    folder = tmp_path / "zendesk_like"
    shutil.copytree(EXAMPLES / "zendesk_like", folder)
    events = folder / "ticket_metric_events.csv"
    lines = events.read_text(encoding="utf-8").splitlines()
    lines.append("89999,503,requester_wait_time,2,activate,2025-06-12T09:00:00Z")
    events.write_text("\n".join(lines), encoding="utf-8")
    prepare(folder)
    made = (folder / "tickets_with_events.csv").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in made if line.startswith("503,")]
    assert row.endswith("2025-06-10T19:00:00Z,,1")


@pytest.mark.parametrize("arguments", [[], ["no such folder"]])
def test_a_wrong_call_says_how_to_call_it(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "examples.prepare", *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (1, "usage: python -m examples.prepare FOLDER\n")

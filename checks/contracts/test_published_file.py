"""A published file is held against its contracts: what is wrong in it is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from checks.contracts.visits import VISITS
from pipeline.contracts import published_file
from pipeline.contracts.documents import text_of
from pipeline.contracts.published_file import report_on
from pipeline.contracts.published_marts import Column, Mart

DAYS = Mart(
    name="dim_day",
    version=1,
    description="One row per number of visitors.",
    subject="core",
    group="sales",
    owner={"name": "Sales", "email": "sales@example.com"},
    grain=("visitors",),
    is_view=False,
    columns=(Column("visitors", "integer", "How many.", is_required=True, is_unique=True),),
)
GOOD = (
    "select 'a' as account_id, date '2025-01-01' as visit_date, 'v1' as visit_id, 'good' as mood, "
    "'price' as topic, cast(1.5 as double) as hours, 2 as visitor_count, 'o' as owner"
)
# The grain of a mart with a column that may be null is no key.
LOOSE = replace(VISITS, grain=("account_id", "topic"))


def written(folder: Path, visits: str) -> Path:
    """A file called as the published one is, with the two marts."""
    path = folder / "marts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.marts.fct_visit as {visits}")
        connection.execute("create table marts.marts.dim_day as select 2 as visitors")
    return path


@pytest.mark.parametrize(
    ("visits", "fault"),
    [
        (GOOD, None),
        (f"{GOOD} union all {GOOD}", "fct_visit: "),
        (GOOD.replace("'good'", "'awful'"), "fct_visit.mood: "),
        (GOOD.replace("1.5", "25"), "fct_visit.hours: "),
        (GOOD.replace("1.5", "null"), "fct_visit.hours: "),
        (GOOD.replace("2 as", "3 as"), "fct_visit.visitor_count: "),
        (GOOD.replace("1.5 as double", "1 as boolean"), "fct_visit.hours: "),
        (GOOD.replace("as topic", "as subject"), "fct_visit.topic: "),
    ],
    ids=["good", "grain", "listed", "range", "null", "reference", "type", "column"],
)
def test_what_breaks_a_promise_is_named(tmp_path: Path, visits: str, fault: str | None) -> None:
    report = report_on(written(tmp_path, visits), [text_of(VISITS), text_of(DAYS)])
    assert report.check_count > 10
    if fault is None:
        assert report.faults == ()
    else:
        assert [text for text in report.faults if text.startswith(fault)]


def test_a_grain_with_a_part_that_may_be_null_is_checked_too(tmp_path: Path) -> None:
    twice = f"{GOOD} union all {GOOD.replace('01-01', '01-02')}"
    report = report_on(written(tmp_path, twice), [text_of(LOOSE), text_of(DAYS)])
    assert [text for text in report.faults if text.startswith("fct_visit: ")]


def test_the_command_says_what_failed_and_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {tmp_path / mart.name: text_of(mart) for mart in (VISITS, DAYS)}
    monkeypatch.setattr(published_file, "generated_files", lambda: texts)
    (tmp_path / "bad").mkdir()
    (tmp_path / "good").mkdir()
    good = written(tmp_path / "good", GOOD)
    assert published_file.main([str(good)]) == 0
    assert "0 failed" in capsys.readouterr().out
    bad = written(tmp_path / "bad", GOOD.replace("'good'", "'awful'"))
    assert published_file.main([str(bad)]) == 1
    captured = capsys.readouterr()
    assert "fct_visit.mood" in captured.err
    assert "1 failed" in captured.out


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert published_file.main([str(tmp_path / "marts.duckdb")]) == 1
    assert "There is no published file" in capsys.readouterr().err

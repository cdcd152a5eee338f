"""The expectations: each suite belongs to a mart, and each kind finds what it is for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checks.conftest import CommandResult
from pipeline.gx_checks import plan_suites, run_checks
from pipeline.gx_suites import Expectation, suite_paths, written_expectations

TABLES = {
    "dim_thing": "select * from (values (1, 'a', 0.5), (2, 'b', 0.7)) as t (thing_id, name, share)",
    "build_info": "select 'b1' as build_id, date '2025-12-31' as as_of_date",
}
COLUMNS = {
    "dim_thing": {"thing_id": "integer", "name": "varchar", "share": "decimal(2,1)"},
    "build_info": {"build_id": "varchar", "as_of_date": "date"},
}


def small_manifest() -> dict[str, Any]:
    """The manifest of a project with two marts."""
    nodes: dict[str, Any] = {
        f"model.p.{name}": {
            "unique_id": f"model.p.{name}",
            "name": name,
            "resource_type": "model",
            "config": {"schema": "marts", "meta": {"grain": [next(iter(columns))]}},
            "columns": {
                column: {"name": column, "data_type": kind} for column, kind in columns.items()
            },
        }
        for name, columns in COLUMNS.items()
    }
    nodes["test.p.not_null"] = {
        "resource_type": "test",
        "attached_node": "model.p.dim_thing",
        "test_metadata": {"name": "not_null_columns", "kwargs": {"column_names": ["name"]}},
        "config": {},
    }
    return {"nodes": nodes}


def write_file(path: Path, **changed: str) -> Path:
    """A published file with the two marts, some of them changed."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        for name, sql in (TABLES | changed).items():
            connection.execute(f"create table marts.{name} as {sql}")
    return path


@pytest.fixture
def no_written_suites(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only what the manifest says is expected."""
    monkeypatch.setattr("pipeline.gx_suites.SUITES_FOLDER", tmp_path / "none")


@pytest.mark.usefixtures("no_written_suites")
def test_a_good_file_passes_and_data_docs_are_written(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    report = run_checks(write_file(tmp_path / "published.duckdb"), None, small_manifest(), docs)
    assert (report.failures, report.warnings) == ([], [])
    assert report.expectation_count >= 7
    assert (docs / "index.html").exists()


@pytest.mark.usefixtures("no_written_suites")
def test_a_view_is_checked_for_columns_and_types_alone_and_a_seed_like_a_table() -> None:
    manifest = small_manifest()
    manifest["nodes"]["model.p.dim_thing"]["config"]["materialized"] = "view"
    manifest["nodes"]["model.p.build_info"]["resource_type"] = "seed"
    plan = plan_suites(manifest, frozenset({"dim_thing", "build_info"}))
    assert [one.kind for one in plan["dim_thing"]] == ["columns", "types"]
    assert [one.kind for one in plan["build_info"]] == ["columns", "types", "unique"]


@pytest.mark.usefixtures("no_written_suites")
@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (f"{TABLES['dim_thing']} union all select 1, 'c', 0.1", "One row per thing_id."),
        (f"{TABLES['dim_thing']} union all select 3, null, 0.1", "name is never null."),
        ("select 1 as thing_id, 'a' as name, 0.5::double as share", "The types are those"),
        ("select 1 as thing_id, 'a' as name", "The columns are those"),
    ],
)
def test_each_fault_is_found(sql: str, words: str, tmp_path: Path) -> None:
    published = write_file(tmp_path / "published.duckdb", dim_thing=sql)
    report = run_checks(published, None, small_manifest(), tmp_path / "docs")
    assert any("dim_thing" in failure and words in failure for failure in report.failures)


@pytest.mark.usefixtures("no_written_suites")
def test_lost_rows_are_a_warning_and_no_failure(tmp_path: Path) -> None:
    first_row = f"{TABLES['dim_thing']} limit 1"
    previous = write_file(tmp_path / "previous.duckdb")
    published = write_file(tmp_path / "published.duckdb", dim_thing=first_row)
    report = run_checks(published, previous, small_manifest(), tmp_path / "docs")
    assert report.failures == []
    assert len(report.warnings) == 1
    assert "tenth of the rows" in report.warnings[0]


@pytest.mark.usefixtures("no_written_suites")
def test_a_former_file_that_cannot_be_opened_is_left_aside(tmp_path: Path) -> None:
    previous = tmp_path / "previous.duckdb"
    previous.write_bytes(b"not a database")
    published = write_file(tmp_path / "published.duckdb")
    report = run_checks(published, previous, small_manifest(), tmp_path / "docs")
    assert (report.failures, report.warnings) == ([], [])


def test_a_written_suite_without_its_mart_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="do not exist"):
        plan_suites(small_manifest(), frozenset())


@pytest.mark.parametrize("path", suite_paths().values(), ids=lambda path: path.stem)
def test_written_suite_can_be_read(path: Path) -> None:
    expectations = list(written_expectations(path))
    assert expectations
    assert all(isinstance(one, Expectation) and one.description for one in expectations)
    drift = [one for one in expectations if one.needs_previous]
    assert all(one.is_warning for one in drift), "drift is a warning, never a failure"


def test_every_mart_of_the_project_has_a_written_suite(demo_build: CommandResult) -> None:
    manifest = json.loads((demo_build.out / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    assert set(plan_suites(manifest, frozenset())) == set(suite_paths())


def test_a_second_build_of_the_same_data_shows_no_drift(
    demo_build: CommandResult, tmp_path: Path
) -> None:
    assert demo_build.code == 0, demo_build.stdout + demo_build.stderr
    manifest = json.loads((demo_build.out / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    published = demo_build.out / "marts.duckdb"
    report = run_checks(published, published, manifest, tmp_path / "docs")
    assert report.failures == []
    assert [found for found in report.warnings if "before" in found] == []

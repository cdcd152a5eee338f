"""The models on Postgres: the figures of DuckDB, and every unit test passes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.built_warehouse import BuiltWarehouse
from checks.postgres.builds import ServerBuild, build_models, differing_marts
from checks.postgres.conftest import Environment, run_sql
from pipeline.options import ROOT
from pipeline.postgres.connection import session_options

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def models(
    new_database: Callable[..., Environment],
    dirty_raw: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> ServerBuild:
    """The models in a database that orders texts byte by byte, not published."""
    return build_models(new_database("models"), tmp_path_factory.mktemp("models"), dirty_raw)


def test_the_models_are_those_of_duckdb(models: ServerBuild, on_duckdb: BuiltWarehouse) -> None:
    assert on_duckdb.failed == {}
    assert differing_marts(on_duckdb.out / "warehouse.duckdb", models.file) == {}


def test_quarantined_rows_are_those_of_duckdb_with_their_cells(
    models: ServerBuild, on_duckdb: BuiltWarehouse
) -> None:
    columns = "source, row_key, reasons, source_file, source_row_number, raw_row"
    expected = on_duckdb.connection.execute(
        f"select {columns} from warehouse.quarantine.raw_rows"
    ).fetchall()
    found = run_sql(models.environment, f"select {columns} from quarantine.raw_rows")
    assert len(expected) > 100
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_every_unit_test_passes(models: ServerBuild, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--log-level-file", "none"]
    command += ["test", "--select", "test_type:unit", "--target", "postgres", "--threads", "2"]
    command += ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    result = subprocess.run(
        [*command, "--target-path", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, **models.environment, "PGOPTIONS": session_options({})},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
    results = json.loads((tmp_path / "run_results.json").read_text(encoding="utf-8"))["results"]
    statuses = [one["status"] for one in results if one["unique_id"].startswith("unit_test.")]
    assert set(statuses) == {"pass"}
    assert len(statuses) > 500

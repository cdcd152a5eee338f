"""Every unit test of the models passes on Postgres."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checks.built_warehouse import write_raw_folder
from checks.engines.builds import build_on
from checks.postgres.server import Server
from pipeline.dbt_runner import DBT_MODULE
from pipeline.options import ROOT
from pipeline.postgres.connection import session_options

pytestmark = pytest.mark.postgres


def test_every_unit_test_passes(server: Server, tmp_path: Path) -> None:
    """Upon a build without rows, from which dbt takes the types of what the tests give."""
    environment = server.environment()
    raw = write_raw_folder(tmp_path / "raw", {})
    build_on("postgres", raw, tmp_path / "out", "2024-06-30", environment)
    command = [sys.executable, "-m", DBT_MODULE, "--quiet", "--log-level-file", "none"]
    command += ["test", "--select", "test_type:unit", "--target", "postgres", "--threads", "2"]
    command += ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    result = subprocess.run(
        [*command, "--target-path", str(tmp_path / "target")],
        cwd=ROOT,
        env={**os.environ, **environment, "PGOPTIONS": session_options({})},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
    results = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))[
        "results"
    ]
    statuses = [one["status"] for one in results if one["unique_id"].startswith("unit_test.")]
    assert set(statuses) == {"pass"}
    assert len(statuses) > 500

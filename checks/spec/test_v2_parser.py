"""The parser of dbt 2.0 reads the project without a complaint."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.environment import EnvironmentFailure, make_environment
from pipeline.options import ROOT


def test_v2_parser_reads_the_project(tmp_path: Path) -> None:
    try:
        python = make_environment("v2parser")
    except EnvironmentFailure as failure:
        if os.environ.get("CSW_REQUIRE_ALL_LANES"):
            raise
        pytest.skip(f"the environment of the v2 parser cannot be made: {failure}")
    command = [str(python.parent / "dbt"), "parse", "--use-v2-parser", "--no-partial-parse"]
    command += ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    command += ["--target-path", str(tmp_path), "--log-path", str(tmp_path)]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "CSW_OUT": str(tmp_path), "DO_NOT_TRACK": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    said = result.stdout + result.stderr
    assert result.returncode == 0, said
    complaints = [line for line in said.splitlines() if "warn" in line.lower() or "dbt10" in line]
    assert complaints == []

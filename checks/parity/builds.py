"""Builds of one raw folder on each engine, as the build command makes them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.options import ROOT


def build_on(target: str, raw: Path, out: Path, as_of: str, environment: Mapping[str, str]) -> Path:
    """Build a folder on an engine; the file of the published marts."""
    command = [sys.executable, "-m", "pipeline", "build", "--target", target]
    command += ["--raw", str(raw), "--out", str(out), "--as-of", as_of]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, f"{target}: {result.stdout[-4000:]}{result.stderr[-4000:]}"
    return out / "marts.duckdb"


def grains(out: Path) -> dict[str, tuple[str, ...]]:
    """The key of every mart, as its model says."""
    manifest = json.loads((out / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    return {
        node["name"]: tuple(node["config"]["meta"]["grain"])
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed") and node["config"].get("schema") == "marts"
    }

"""The models on one raw folder on each engine, without the tests that other lanes run there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.console import Console
from pipeline.dbt_runner import run_dbt
from pipeline.engine import engine_of
from pipeline.landing import BuildRequest
from pipeline.options import Options

# The same for every engine, so that nothing of it has to be left out of a comparison.
REQUEST = BuildRequest("parity", datetime(2026, 1, 1), "0", git_commit=None)
_COMMAND = ("build", "--full-refresh", "--exclude-resource-types", "test", "unit_test")


def build_on(target: str, raw: Path, out: Path, as_of: str, environment: Mapping[str, str]) -> Path:
    """Build a folder on an engine; the file of marts that would be published."""
    out.mkdir(parents=True, exist_ok=True)
    options = Options(out=out, raw=raw, target=target, variables={"as_of_date": as_of})
    console = Console(out / "build.log", 1)
    with _variables(environment):
        engine = engine_of(options, console)
        try:
            engine.prepare()
            engine.preflight(raw)
            engine.land(raw, REQUEST)
            run_dbt(options, _COMMAND, console)
            engine.fetch()
            engine.collect(manifest_of(out))
            shutil.copyfile(options.next_file, out / "marts.duckdb")
        finally:
            engine.abandon()
            console.close()
    return out / "marts.duckdb"


@contextmanager
def _variables(environment: Mapping[str, str]) -> Iterator[None]:
    """Environment variables for the length of a block."""
    former = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in former.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def manifest_of(out: Path) -> dict[str, Any]:
    """dbt's manifest of a build."""
    manifest: dict[str, Any] = json.loads((out / "dbt" / "manifest.json").read_text("utf-8"))
    return manifest


def grains(out: Path) -> dict[str, tuple[str, ...]]:
    """The key of every mart, as its model says."""
    return {
        node["name"]: tuple(node["config"]["meta"]["grain"])
        for node in manifest_of(out)["nodes"].values()
        if node["resource_type"] in ("model", "seed") and node["config"].get("schema") == "marts"
    }

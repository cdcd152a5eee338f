"""The models on one raw folder on each engine, without the tests that other lanes run there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.console import Console
from pipeline.dbt_runner import run_dbt
from pipeline.engine import engine_of
from pipeline.landing import BuildRequest
from pipeline.options import Options

# The same for every engine, so that nothing of it has to be left out of a comparison.
REQUEST = BuildRequest("compared", datetime(2026, 1, 1), "0", git_commit=None)
MODELS_ALONE = ("build", "--full-refresh", "--exclude-resource-types", "test", "unit_test")


@dataclass(frozen=True)
class Built:
    """The file of marts that would be published, and what preflight had to say."""

    marts: Path
    notes: list[str]


def build_on(
    target: str, raw: Path | None, out: Path, as_of: str, environment: Mapping[str, str]
) -> Built:
    """Build a raw folder, or what a server holds, on an engine."""
    out.mkdir(parents=True, exist_ok=True)
    options = Options(out=out, raw=raw, target=target, variables={"as_of_date": as_of})
    console = Console(out / "build.log", 1)
    with variables_of(environment):
        engine = engine_of(options, console)
        try:
            engine.prepare()
            notes = engine.preflight(raw)
            engine.land(raw, REQUEST)
            run_dbt(options, MODELS_ALONE, console)
            engine.fetch()
            engine.collect(manifest_of(out))
            shutil.copyfile(options.next_file, out / "marts.duckdb")
        finally:
            engine.abandon()
            console.close()
    return Built(out / "marts.duckdb", notes)


@contextmanager
def variables_of(environment: Mapping[str, str]) -> Iterator[None]:
    """Environment variables for the length of a block, for instance a database's."""
    former = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in former.items():
            if value is None:
                os.environ.pop(name, None)
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

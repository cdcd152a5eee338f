"""Builds the models of the revenue area once and reads how long each of them took."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb

from bench.timed_dbt import FILE_VARIABLE
from pipeline import landing
from pipeline.dbt_runner import dbt_command, dbt_environment
from pipeline.failure import BuildFailure
from pipeline.options import ROOT, Options

# Folders of models whose SQL is the revenue area; what they read is measured beside them.
AREA = ("revenue", "churn", "retention", "renewals", "bridges")
# One model at a time, so that each has all cores and the times add up.
_DBT_THREADS = "1"
# The unit of the operating system's peak memory, in bytes.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class ModelTime:
    """Seconds that one model's SQL took, and that all cores worked for it; a view has no rows."""

    name: str
    folder: str
    seconds: float
    rows: int | None
    cpu_seconds: float = 0.0

    @property
    def is_in_area(self) -> bool:
        """Whether the model belongs to the revenue area."""
        return self.folder in AREA


@dataclass(frozen=True)
class Measurement:
    """What one run took, in seconds, and its peak memory in bytes.

    `cpu_seconds` is the time that all cores worked for dbt and DuckDB; it hardly changes when the
    machine is busy with something else, as the other times do.
    """

    models: tuple[ModelTime, ...]
    raw_rows: dict[str, int]
    landing_seconds: float
    dbt_seconds: float
    cpu_seconds: float
    peak_bytes: int

    @property
    def area_seconds(self) -> float:
        """Seconds of all SQL of the revenue area."""
        return sum(model.seconds for model in self.models if model.is_in_area)


def measure(raw: Path, out: Path, with_everything: bool = False) -> Measurement:
    """Land a raw folder in OUT and build the revenue area, or every model, without tests.

    Raises BuildFailure when a model fails.
    """
    options = Options(out=out, raw=raw)
    request = landing.BuildRequest("bench", datetime.now(UTC), "bench")
    started = time.monotonic()
    landed = landing.land(raw, out, request)
    landing_seconds = time.monotonic() - started
    dbt_seconds, usage = _run_dbt(options, with_everything)
    return Measurement(
        models=tuple(_model_times(options)),
        raw_rows={s.source: s.row_count for s in landed.sources.values() if s.is_connected},
        landing_seconds=landing_seconds,
        dbt_seconds=dbt_seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_bytes=usage.ru_maxrss * _RSS_UNIT,
    )


def _selection() -> list[str]:
    """The models of the area with all that they read, as dbt selects them."""
    folders = [
        path.relative_to(ROOT).as_posix()
        for layer in ("intermediate", "marts")
        for name in AREA
        if (path := ROOT / "models" / layer / name).is_dir()
    ]
    return ["--select", *(f"+path:{folder}" for folder in folders)]


def _run_dbt(options: Options, with_everything: bool) -> tuple[float, resource.struct_rusage]:
    """Build in a process of its own; its seconds from start to end, and what it used."""
    return _build(options, [] if with_everything else _selection())


def build_models(
    options: Options, arguments: list[str]
) -> tuple[tuple[ModelTime, ...], float, float]:
    """Build every model one after another; their times, dbt's seconds and those of all cores."""
    seconds, usage = _build(options, arguments)
    return tuple(_model_times(options)), seconds, usage.ru_utime + usage.ru_stime


def _build(options: Options, arguments: list[str]) -> tuple[float, resource.struct_rusage]:
    """One `dbt build` without tests; its seconds from start to end, and what it used."""
    command = ["build", "--threads", _DBT_THREADS, "--exclude-resource-types", "test", "unit_test"]
    command += arguments
    log = options.out / "bench.log"
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [
                word.replace("dbt.cli.main", "bench.timed_dbt")
                for word in dbt_command(options, command)
            ],
            cwd=ROOT,
            env={**dbt_environment(options), FILE_VARIABLE: str(_cpu_file(options))},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        # Not `process.wait`: only this call tells what this one process used.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise BuildFailure(f"dbt failed, see {log}:", _failed_models(options))
    return time.monotonic() - started, usage


def _cpu_file(options: Options) -> Path:
    """Where a run leaves the CPU time of its nodes."""
    return options.out / "cpu_seconds.json"


def _results(options: Options) -> list[dict[str, Any]]:
    """dbt's results of the run."""
    path = options.dbt_target / "run_results.json"
    return json.loads(path.read_text(encoding="utf-8"))["results"] if path.exists() else []


def _failed_models(options: Options) -> list[str]:
    """Models that failed, with dbt's message."""
    return [
        f"{result['unique_id']}: {result['message']}"
        for result in _results(options)
        if result["status"] == "error"
    ]


def _model_times(options: Options) -> list[ModelTime]:
    """Every model that was built, in the order in which it was."""
    manifest = json.loads((options.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    cpu = json.loads(_cpu_file(options).read_text(encoding="utf-8"))
    times = []
    with duckdb.connect(str(options.warehouse), read_only=True) as connection:
        for result in _results(options):
            node = manifest["nodes"].get(result["unique_id"], {})
            if node.get("resource_type") == "model":
                times.append(_model_time(connection, node, result, cpu.get(result["unique_id"], 0)))
    return times


def _model_time(
    connection: duckdb.DuckDBPyConnection, node: dict[str, Any], result: dict[str, Any], cpu: float
) -> ModelTime:
    """The time and the rows of one model."""
    rows = None
    if node["config"]["materialized"] != "view":
        counted = connection.execute(f"select count(*) from {node['relation_name']}").fetchone()
        rows = counted[0] if counted else None
    seconds = sum(_seconds(step) for step in result["timing"] if step["name"] == "execute")
    folder = PurePosixPath(node["original_file_path"]).parent.name
    return ModelTime(node["name"], folder, seconds, rows, cpu)


def _seconds(step: dict[str, Any]) -> float:
    """Length of one timed step."""
    ends = [
        datetime.fromisoformat(step[name].replace("Z", "+00:00"))
        for name in ("started_at", "completed_at")
    ]
    return (ends[1] - ends[0]).total_seconds()

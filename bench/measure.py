"""Builds models once on an engine and reads how long each of them took and what it held."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb

from bench.areas import REVENUE, Area, models_after
from bench.memory import MemorySampler
from bench.timed_dbt import FILE_VARIABLE
from pipeline.console import Console
from pipeline.dbt_runner import DBT_MODULE, dbt_command, dbt_environment
from pipeline.engine import engine_of
from pipeline.failure import BuildFailure
from pipeline.landing import BuildRequest
from pipeline.options import ROOT, Options
from pipeline.parsed_project import parsed_project

# One model at a time, so that each has all cores and the times add up.
_DBT_THREADS = "1"
# Where only the area was built, so that nothing counts the rows.
_RAW_ROWS = "select source, sum(row_count) from raw.source_files group by source order by source"


@dataclass(frozen=True)
class ModelTime:
    """Seconds of one model on the clock and of all cores, its rows if known, its peak memory."""

    name: str
    folder: str
    seconds: float
    rows: int | None
    cpu_seconds: float = 0.0
    peak_bytes: int = 0


@dataclass(frozen=True)
class Measurement:
    """What one run took, in seconds, and its peak memory in bytes.

    `cpu_seconds` is the time that all cores worked for dbt (with DuckDB or Spark, not a server's);
    it hardly changes when the machine is busy with something else, as the other times do.
    """

    models: tuple[ModelTime, ...]
    raw_rows: dict[str, int]
    landing_seconds: float
    dbt_seconds: float
    cpu_seconds: float
    peak_bytes: int
    engine: str = "duckdb"
    as_of: date | None = None
    area: Area = REVENUE

    @property
    def area_models(self) -> tuple[ModelTime, ...]:
        """The models of the area."""
        return tuple(model for model in self.models if model.folder in self.area.folders)

    @property
    def area_seconds(self) -> float:
        """Seconds of all SQL of the area."""
        return sum(model.seconds for model in self.area_models)

    @property
    def core_seconds(self) -> float:
        """Seconds of all SQL of the core of the area."""
        return sum(model.seconds for model in self.models if model.name in self.area.core)

    @property
    def area_peak_bytes(self) -> int:
        """The most memory that all processes held while a model of the area was made."""
        return max((model.peak_bytes for model in self.area_models), default=0)

    @property
    def sql_seconds(self) -> float:
        """Seconds of all SQL that was run."""
        return sum(model.seconds for model in self.models)


def measure(
    raw: Path,
    out: Path,
    with_everything: bool = False,
    target: str = "duckdb",
    area: Area = REVENUE,
    as_of: date | None = None,
) -> Measurement:
    """Land a raw folder and build an area, or every model, without tests.

    Raises BuildFailure when the engine cannot be had or a model fails.
    """
    variables = {"as_of_date": as_of.isoformat()} if as_of else {}
    options = Options(out=out, raw=raw, target=target, variables=variables)
    console = Console(out / "build.log", 1)
    engine = engine_of(options, console)
    try:
        with MemorySampler() as sampler:
            engine.prepare()
            started = time.monotonic()
            engine.land(raw, BuildRequest("bench", datetime.now(UTC).replace(tzinfo=None), "bench"))
            landing_seconds = time.monotonic() - started
            dbt_seconds, usage = _run_dbt(options, None if with_everything else area)
        engine.fetch()
        return Measurement(
            models=tuple(_model_times(options, sampler, area)),
            raw_rows=_raw_rows(options),
            landing_seconds=landing_seconds,
            dbt_seconds=dbt_seconds,
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            peak_bytes=sampler.peak,
            engine=target,
            as_of=_as_of(options),
            area=area,
        )
    finally:
        engine.abandon()
        console.close()


def _selection(area: Area) -> list[str]:
    """The models of an area with all that they read, as dbt selects them."""
    folders = [
        path.relative_to(ROOT).as_posix()
        for layer in ("intermediate", "marts")
        for name in area.folders
        if (path := ROOT / "models" / layer / name).is_dir()
    ]
    return ["--select", *(f"+path:{folder}" for folder in folders)]


def _run_dbt(options: Options, area: Area | None) -> tuple[float, resource.struct_rusage]:
    """Build in a process of its own; its seconds from start to end, and what it used."""
    return _build(options, ["--full-refresh", *(_selection(area) if area else [])])


def build_models(
    options: Options, arguments: list[str]
) -> tuple[tuple[ModelTime, ...], float, float]:
    """Build every model one after another; their times, dbt's seconds and those of all cores."""
    with MemorySampler() as sampler:
        seconds, usage = _build(options, arguments)
    return tuple(_model_times(options, sampler)), seconds, usage.ru_utime + usage.ru_stime


def _build(options: Options, arguments: list[str]) -> tuple[float, resource.struct_rusage]:
    """One `dbt build` without tests; its seconds from start to end, and what it used."""
    command = ["build", "--threads", _DBT_THREADS, "--exclude-resource-types", "test", "unit_test"]
    command += arguments
    log = options.out / "bench.log"
    # So that no run pays for reading the project, which only the first one after a change does.
    parsed_project(options.target)
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [word.replace(DBT_MODULE, "bench.timed_dbt") for word in dbt_command(options, command)],
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


def _query(options: Options, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the build file, none when it lacks what is asked."""
    with duckdb.connect(str(options.warehouse), read_only=True) as connection:
        try:
            return connection.execute(sql).fetchall()
        except duckdb.CatalogException:
            return []


def _raw_rows(options: Options) -> dict[str, int]:
    """Rows of every source that is there."""
    sql = "select source, raw_rows from marts.quality_row_accounting where raw_rows > 0"
    return dict(_query(options, sql)) or dict(_query(options, _RAW_ROWS))


def _as_of(options: Options) -> date | None:
    """The day that the build knew last."""
    rows = _query(options, "select as_of_date from intermediate.int_as_of")
    return rows[0][0] if rows else None


def _model_times(options: Options, sampler: MemorySampler, area: Area = REVENUE) -> list[ModelTime]:
    """Every model that was built, in the order in which it was."""
    manifest = json.loads((options.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    cpu = json.loads(_cpu_file(options).read_text(encoding="utf-8"))
    apart = models_after(manifest, area.apart_from)
    return [
        _model_time(options, node, result, sampler, cpu.get(result["unique_id"], 0.0), apart)
        for result in _results(options)
        if (node := manifest["nodes"].get(result["unique_id"], {})).get("resource_type") == "model"
    ]


def _model_time(
    options: Options,
    node: dict[str, Any],
    result: dict[str, Any],
    sampler: MemorySampler,
    cpu_seconds: float,
    apart: frozenset[str],
) -> ModelTime:
    """The time, the rows and the memory of one model; those apart have a folder of their own."""
    rows = None
    if node["config"]["materialized"] != "view":
        relation = f"{node['config']['schema']}.{node['name']}"
        counted = _query(options, f"select count(*) from {relation}")
        rows = counted[0][0] if counted else None
    folder = PurePosixPath(node["original_file_path"]).parent.name
    if node["name"] in apart:
        folder = f"{folder}, judged"
    steps = [_ends(step) for step in result["timing"] if step["name"] == "execute"]
    return ModelTime(
        node["name"],
        folder,
        sum((end - start).total_seconds() for start, end in steps),
        rows,
        cpu_seconds,
        max((sampler.peak_between(start, end) for start, end in steps), default=0),
    )


def _ends(step: dict[str, Any]) -> tuple[datetime, datetime]:
    """When a timed step began and ended."""
    start, end = (
        datetime.fromisoformat(step[name].replace("Z", "+00:00"))
        for name in ("started_at", "completed_at")
    )
    return start, end

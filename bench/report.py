"""A measurement as a Markdown table."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence

import duckdb

from bench.floor.running import OUTPUTS, Floor
from bench.measure import Measurement, ModelTime

_GIGABYTE = 1e9


def report(name: str, measured: Measurement, floor: Floor | None = None) -> str:
    """The whole report of one size on one engine."""
    lines = [f"## {name}, {measured.engine}", "", _raw_rows(measured), "", *_totals(measured)]
    if floor:
        lines += _floor(measured, floor)
    lines += [
        "",
        "| folder of models | models | s |",
        "|---|---:|---:|",
        *_folders(measured.models),
    ]
    lines += [
        "",
        "| model | rows | s | CPU s | GB |",
        "|---|---:|---:|---:|---:|",
        *_rows(measured.models),
    ]
    return "\n".join(lines) + "\n"


def _raw_rows(measured: Measurement) -> str:
    """What was measured on, in a sentence."""
    counts = ", ".join(f"{count:,} {source}" for source, count in measured.raw_rows.items())
    cores = os.cpu_count() or 1
    return f"{counts}. {cores} cores, one model at a time, DuckDB {duckdb.__version__}."


def _totals(measured: Measurement) -> Iterator[str]:
    """The totals as a table."""
    rows = sum(measured.raw_rows.values())
    yield "| total | |"
    yield "|---|---:|"
    yield f"| **SQL of {measured.area.name}** | **{measured.area_seconds:.1f} s** |"
    if measured.area.core:
        yield f"| **SQL of {measured.area.core_name}** | **{measured.core_seconds:.1f} s** |"
    if measured.area.apart_from:
        yield f"| peak memory meanwhile | {measured.area_peak_bytes / _GIGABYTE:.2f} GB |"
        yield from _apart(measured)
    yield f"| all SQL that was run | {measured.sql_seconds:.1f} s |"
    cpu_seconds = sum(model.cpu_seconds for model in measured.models)
    yield f"| CPU time of all SQL, all cores | {cpu_seconds:.1f} s |"
    yield f"| raw rows per second of SQL | {rows / max(measured.sql_seconds, 0.001):,.0f} |"
    yield f"| dbt from start to end | {measured.dbt_seconds:.1f} s |"
    yield f"| CPU time of dbt and DuckDB, all cores | {measured.cpu_seconds:.1f} s |"
    yield f"| landing the raw files | {measured.landing_seconds:.1f} s |"
    yield f"| peak memory of all processes | {measured.peak_bytes / _GIGABYTE:.2f} GB |"


def _apart(measured: Measurement) -> Iterator[str]:
    """What is made from the area but is not of it."""
    models = [model for model in measured.models if model.folder.endswith(", judged")]
    yield f"| SQL of what judges it | {sum(model.seconds for model in models):.1f} s |"


def _floor(measured: Measurement, floor: Floor) -> Iterator[str]:
    """What hand-written statements took, and how many times that the build took."""
    outputs = ", ".join(f"`{name}`" for name in OUTPUTS)
    yield f"| floor: hand-written {outputs}, equal cell by cell | {floor.seconds:.1f} s |"
    yield f"| peak memory of the floor | {floor.peak_bytes / _GIGABYTE:.2f} GB |"
    yield f"| all SQL of all models, times the floor | {measured.sql_seconds / floor.seconds:.2f} |"
    cpu_seconds = sum(model.cpu_seconds for model in measured.models)
    yield f"| CPU time of the floor, all cores | {floor.cpu_seconds:.1f} s |"
    cpu_times = cpu_seconds / max(floor.cpu_seconds, 0.001)
    yield f"| all SQL of all models, times the floor in CPU time | {cpu_times:.2f} |"
    yield f"| bare scan of the logins with three aggregates | {floor.scan_seconds:.2f} s |"
    scans = measured.sql_seconds / max(floor.scan_seconds, 0.001)
    yield f"| all SQL of all models, times the scan | {scans:.1f} |"


def _rows(models: Sequence[ModelTime]) -> Iterator[str]:
    """One row per model, the slowest first."""
    for model in sorted(models, key=lambda model: (-model.seconds, model.name)):
        rows = "view" if model.rows is None else f"{model.rows:,}"
        cpu = f"{model.cpu_seconds:.2f}"
        memory = f"{model.peak_bytes / _GIGABYTE:.2f}"
        yield f"| `{model.name}` | {rows} | {model.seconds:.2f} | {cpu} | {memory} |"


def _folders(models: Sequence[ModelTime]) -> Iterator[str]:
    """One row per folder of other models."""
    by_folder: dict[str, list[float]] = defaultdict(list)
    for model in models:
        by_folder[model.folder].append(model.seconds)
    for folder, seconds in sorted(by_folder.items(), key=lambda item: -sum(item[1])):
        yield f"| `{folder}` | {len(seconds)} | {sum(seconds):.2f} |"

"""A measurement as a Markdown table."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator

import duckdb

from bench.measure import Measurement, ModelTime

_GIGABYTE = 1e9


def report(name: str, measured: Measurement) -> str:
    """The whole report of one size."""
    lines = [f"## {name}", "", _raw_rows(measured), "", *_totals(measured), ""]
    area = [model for model in measured.models if model.is_in_area]
    others = [model for model in measured.models if not model.is_in_area]
    lines += ["| model of the revenue area | rows | s |", "|---|---:|---:|", *_rows(area), ""]
    lines += ["| what it reads, by folder | models | s |", "|---|---:|---:|", *_folders(others)]
    return "\n".join(lines) + "\n"


def _raw_rows(measured: Measurement) -> str:
    """What was measured on, in a sentence."""
    counts = ", ".join(f"{count:,} {source}" for source, count in measured.raw_rows.items())
    cores = os.cpu_count() or 1
    return f"{counts}. DuckDB {duckdb.__version__}, {cores} cores, one model at a time."


def _totals(measured: Measurement) -> Iterator[str]:
    """The totals as a table."""
    all_sql = sum(model.seconds for model in measured.models)
    yield "| total | |"
    yield "|---|---:|"
    yield f"| **SQL of the revenue area** | **{measured.area_seconds:.1f} s** |"
    yield f"| all SQL that was run | {all_sql:.1f} s |"
    yield f"| dbt from start to end | {measured.dbt_seconds:.1f} s |"
    yield f"| CPU time of dbt and DuckDB, all cores | {measured.cpu_seconds:.1f} s |"
    yield f"| landing the raw files | {measured.landing_seconds:.1f} s |"
    yield f"| peak memory of dbt and DuckDB | {measured.peak_bytes / _GIGABYTE:.2f} GB |"


def _rows(models: list[ModelTime]) -> Iterator[str]:
    """One row per model, the slowest first."""
    for model in sorted(models, key=lambda model: (-model.seconds, model.name)):
        rows = "view" if model.rows is None else f"{model.rows:,}"
        yield f"| `{model.name}` | {rows} | {model.seconds:.2f} |"


def _folders(models: list[ModelTime]) -> Iterator[str]:
    """One row per folder of other models."""
    by_folder: dict[str, list[float]] = defaultdict(list)
    for model in models:
        by_folder[model.folder].append(model.seconds)
    for folder, seconds in sorted(by_folder.items(), key=lambda item: -sum(item[1])):
        yield f"| `{folder}` | {len(seconds)} | {sum(seconds):.2f} |"

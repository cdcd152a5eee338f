"""The measurement runs, on very little data; how long it takes is never a reason to fail."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

import bench.floor
from bench.areas import HEALTH, REVENUE, models_after
from bench.floor.running import OUTPUTS, run_floor, unlike
from bench.measure import Measurement, ModelTime, measure
from bench.memory import MemorySampler
from bench.report import report
from bench.sizes import SIZES, Size, raw_data
from checks.conftest import simulate
from pipeline.failure import BuildFailure

FLOOR_SCRIPTS = sorted(Path(bench.floor.__file__).parent.glob("*.sql"))
TINY = Size(accounts=20, lines=80, months=6, users=60, logins=200, tickets=20)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny simulated folder."""
    return raw_data(TINY, tmp_path_factory.mktemp("bench") / "raw")


@pytest.fixture(scope="module")
def measured(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Measurement:
    """What building it took."""
    return measure(raw, tmp_path_factory.mktemp("bench_out"))


def test_every_model_of_the_area_is_measured(measured: Measurement) -> None:
    models = {model.name: model for model in measured.models}
    assert {"fct_mrr_monthly", "kpi_retention_monthly", "fct_renewal"} <= set(models)
    assert (models["fct_mrr_monthly"].rows or 0) > 0
    assert all(model.seconds >= 0 for model in measured.models)
    assert {model.folder for model in measured.models} >= {"revenue", "retention", "inputs"}
    assert "engagement" not in REVENUE.folders


def test_totals_are_sums_and_memory_is_known(measured: Measurement) -> None:
    in_area = [model.seconds for model in measured.models if model.folder in REVENUE.folders]
    assert measured.area_seconds == pytest.approx(sum(in_area))
    assert measured.dbt_seconds > 0
    assert measured.cpu_seconds > 0
    assert measured.peak_bytes > 10_000_000
    assert measured.raw_rows["contracts"] > 0


def test_the_report_names_models_and_totals(measured: Measurement) -> None:
    text = report("TINY", measured)
    assert text.startswith("## TINY, duckdb\n")
    assert "| **SQL of the revenue area** |" in text
    assert "| `fct_mrr_monthly` |" in text


def test_the_slowest_model_comes_first() -> None:
    models = (
        ModelTime("fct_a", "revenue", 1.0, 5, 1.5, 500_000_000),
        ModelTime("fct_b", "churn", 2.0, None),
        ModelTime("int_c", "inputs", 3.0, 7),
    )
    text = report("X", Measurement(models, {"contracts": 9}, 0.5, 7.0, 8.0, 2_000_000_000))
    slower = text.index("| `fct_b` | view | 2.00 | 0.00 | 0.00 |")
    assert slower < text.index("| `fct_a` | 5 | 1.00 | 1.50 | 0.50 |")
    assert "**3.0 s**" in text
    assert "| `inputs` | 1 | 3.00 |" in text
    assert "2.00 GB" in text


def test_what_judges_the_score_is_reported_apart() -> None:
    models = (
        ModelTime("fct_health_score", "health", 2.0, 9, 3.0, 1_500_000_000),
        ModelTime("int_health_facts", "health", 4.5, 9, 3.0, 1_200_000_000),
        ModelTime("health_backtest", "health, judged", 5.0, 9, 8.0, 3_000_000_000),
    )
    measured = Measurement(models, {}, 0.5, 7.0, 8.0, 3_000_000_000, area=HEALTH)
    text = report("X", measured)
    assert f"| **SQL of {HEALTH.name}** | **6.5 s** |" in text
    assert f"| **SQL of {HEALTH.core_name}** | **2.0 s** |" in text
    assert "| peak memory meanwhile | 1.50 GB |" in text
    assert "| SQL of what judges it | 5.0 s |" in text
    assert "judges" not in report("X", replace(measured, area=REVENUE))
    assert "scoring" not in report("X", replace(measured, area=REVENUE))


def test_models_made_from_another_are_found_however_far() -> None:
    def node(name: str, kind: str = "model") -> dict[str, str]:
        return {"name": name, "resource_type": kind}

    manifest = {
        "nodes": {"a": node("a"), "b": node("b"), "c": node("c"), "t": node("t", "test")},
        "child_map": {"a": ["b"], "b": ["c", "t"], "c": []},
    }
    assert models_after(manifest, "b") == {"b", "c"}
    assert models_after(manifest, None) == set()


def test_data_are_made_once(raw: Path) -> None:
    before = (raw / "contracts.csv").stat().st_mtime_ns
    assert raw_data(TINY, raw) == raw
    assert (raw / "contracts.csv").stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_built_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(BuildFailure, match="could not be simulated"):
        raw_data(Size(0, 0, 0, 0, 0, 0), tmp_path)


def test_the_revenue_size_is_the_one_that_was_asked_for() -> None:
    assert (SIZES["REVENUE"].accounts, SIZES["REVENUE"].lines) == (100_000, 1_000_000)
    assert (SIZES["HEALTH"].accounts, SIZES["HEALTH"].months) == (100_000, 36)


def test_memory_of_children_is_sampled_with_the_time(tmp_path: Path) -> None:
    script = "x = bytearray(200_000_000); import time; time.sleep(1.5)"
    with MemorySampler() as sampler:
        subprocess.run([sys.executable, "-c", script], check=True)
    assert 200_000_000 < sampler.peak < 2_000_000_000
    first, last = sampler.samples[0][0], sampler.samples[-1][0]
    assert sampler.peak_between(first, last) == sampler.peak
    assert sampler.peak_between(first - timedelta(2), first - timedelta(1)) == 0


@pytest.mark.long
def test_hand_written_statements_make_the_same_marts(tmp_path: Path) -> None:
    arguments = ("--accounts", "80", "--months", "20", "--logins", "8000", "--format", "parquet")
    raw = simulate(tmp_path / "raw", *arguments, "--as-of", "2025-12-31")
    (tmp_path / "out").mkdir()
    measured = measure(raw, tmp_path / "out", with_everything=True)
    assert measured.as_of == date(2025, 12, 31)
    made = run_floor(raw, tmp_path / "floor.duckdb", measured.as_of)
    assert set(made.scripts) == {path.stem for path in FLOOR_SCRIPTS}
    assert unlike(tmp_path / "out" / "warehouse.duckdb", tmp_path / "floor.duckdb") == []
    assert "times the floor" in report("X", measured, made)


def test_a_statement_that_makes_something_else_is_noticed(tmp_path: Path) -> None:
    for name, dau in (("left", 1), ("right", 2)):
        with duckdb.connect(str(tmp_path / f"{name}.duckdb")) as connection:
            connection.execute("create schema marts")
            for mart, key in OUTPUTS.items():
                columns = ", ".join(f"'x' as {column}" for column in key)
                connection.execute(f"create table marts.{mart} as select {columns}, {dau} as dau")
    assert len(unlike(tmp_path / "left.duckdb", tmp_path / "right.duckdb")) == len(OUTPUTS)

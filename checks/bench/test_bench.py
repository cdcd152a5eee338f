"""The measurement runs, on very little data; how long it takes is never a reason to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.measure import AREA, Measurement, ModelTime, measure
from bench.report import report
from bench.sizes import SIZES, Size, raw_data
from pipeline.failure import BuildFailure

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
    assert "engagement" not in AREA


def test_totals_are_sums_and_memory_is_known(measured: Measurement) -> None:
    in_area = [model.seconds for model in measured.models if model.folder in AREA]
    assert measured.area_seconds == pytest.approx(sum(in_area))
    assert measured.dbt_seconds > 0
    assert measured.cpu_seconds > 0
    assert measured.peak_bytes > 10_000_000
    assert measured.raw_rows["contracts"] > 0


def test_the_report_names_models_and_totals(measured: Measurement) -> None:
    text = report("TINY", measured)
    assert text.startswith("## TINY\n")
    assert "| **SQL of the revenue area** |" in text
    assert "| `fct_mrr_monthly` |" in text


def test_the_slowest_model_comes_first() -> None:
    models = (
        ModelTime("fct_a", "revenue", 1.0, 5),
        ModelTime("fct_b", "churn", 2.0, None),
        ModelTime("int_c", "inputs", 3.0, 7),
    )
    text = report("X", Measurement(models, {"contracts": 9}, 0.5, 7.0, 8.0, 2_000_000_000))
    assert text.index("| `fct_b` | view | 2.00 |") < text.index("| `fct_a` | 5 | 1.00 |")
    assert "**3.0 s**" in text
    assert "| `inputs` | 1 | 3.00 |" in text
    assert "2.00 GB" in text


def test_data_are_made_once(raw: Path) -> None:
    before = (raw / "contracts.csv").stat().st_mtime_ns
    assert raw_data(TINY, raw) == raw
    assert (raw / "contracts.csv").stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_built_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(BuildFailure, match="could not be simulated"):
        raw_data(Size(0, 0, 0, 0, 0, 0), tmp_path)


def test_the_revenue_size_is_the_one_that_was_asked_for() -> None:
    assert (SIZES["REVENUE"].accounts, SIZES["REVENUE"].lines) == (100_000, 1_000_000)

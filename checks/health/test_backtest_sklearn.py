"""The backtest against scikit-learn, and against the reference cell by cell."""

from __future__ import annotations

import hashlib
import math
from math import isclose
from typing import Any

import numpy as np
import pytest
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, roc_auc_score, roc_curve

from checks.health.backtest_models import BacktestModels, Inputs, made_up, proof
from checks.mutation.compiled_project import CompiledProject
from checks.reference import compare
from checks.reference.health_backtest import groups, health_backtest, health_calibration
from checks.reference.health_looks import BASELINES, DATE_SETS, HORIZONS, Look, Proof
from checks.reference.health_parts import health_backtest_decile, health_stability

TOLERANCE = 1e-9
BACKTEST_KEY = [
    *("score_version", "metric", "segment", "horizon_days", "date_set", "population", "baseline")
]
SETS = [(1, 40, 70, 5), (2, 60, 90, 20), (3, 25, 60, 1), (4, 12, 120, 50)]


@pytest.fixture(scope="module")
def models(project: CompiledProject) -> BacktestModels:
    """The models of the backtest, in memory."""
    return BacktestModels(project)


def without_minimums(inputs: Inputs) -> Inputs:
    """The inputs with figures for the smallest groups too."""
    parameters = [{**row, "parameter_value": 0} for row in inputs["health_backtest_parameters"]]
    return inputs | {"health_backtest_parameters": parameters}


def close(actual: float | None, expected: float) -> bool:
    """Whether a figure is there and agrees to 1e-9."""
    return actual is not None and isclose(actual, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def values_by_key(models: BacktestModels) -> dict[tuple[Any, ...], float | None]:
    """Value of each row of `health_backtest`."""
    rows = models.rows("health_backtest")
    return {tuple(row[name] for name in BACKTEST_KEY): row["value"] for row in rows}


@pytest.mark.parametrize("made", SETS, ids=str)
def test_the_marts_are_those_of_the_reference(
    models: BacktestModels, made: tuple[int, int, int, int]
) -> None:
    inputs = made_up(*made)
    models.run(inputs)
    seen = proof(inputs)
    expected = {
        "health_backtest": (BACKTEST_KEY, health_backtest(seen)),
        "health_backtest_decile": (["decile"], health_backtest_decile(seen)),
        "health_calibration": (
            ["score_version", "date_set", "horizon_days", "band"],
            health_calibration(seen),
        ),
        "health_stability": (
            ["score_version", "month"],
            health_stability(inputs["int_health_version_scores"]),
        ),
    }
    for name, (key, rows) in expected.items():
        assert rows
        assert compare(name, rows, models.rows(name), key) == []


def judged(looks: list[Look], seen: Proof, date_set: str, horizon: int) -> list[Look]:
    """The looks with a score on the dates of a set."""
    return [
        look
        for look in looks
        if look.score is not None and seen.calendar.holds(date_set, look.day, horizon)
    ]


@pytest.mark.parametrize("made", SETS, ids=str)
def test_auc_gini_ks_and_base_rate_are_those_of_scikit_learn(
    models: BacktestModels, made: tuple[int, int, int, int]
) -> None:
    inputs = without_minimums(made_up(*made))
    models.run(inputs)
    seen, values, compared = proof(inputs), values_by_key(models), 0
    cases = [(h, d, b) for h in HORIZONS for d in DATE_SETS for b in BASELINES]
    for keys, looks in groups(seen):
        for horizon, date_set, baseline in cases:
            known = judged(looks, seen, date_set, horizon)
            known = [look for look in known if look.values[baseline] is not None]
            churned = [look.churned(horizon) for look in known]

            def value(
                metric: str,
                keys: dict[str, Any] = keys,
                case: tuple[int, str, str] = (horizon, date_set, baseline),
            ) -> float | None:
                row = {"horizon_days": case[0], "date_set": case[1], "baseline": case[2]}
                found = keys | row | {"metric": metric}
                return values.get(tuple(found[name] for name in BACKTEST_KEY))

            if len(set(churned)) < 2:
                assert [value(metric) for metric in ("auc", "gini", "ks")] == [None] * 3
                continue
            risk = [-float(look.values[baseline]) for look in known]
            auc = roc_auc_score(churned, risk)
            false_rates, true_rates, _ = roc_curve(churned, risk, drop_intermediate=False)
            assert close(value("auc"), auc)
            assert close(value("gini"), 2 * auc - 1)
            assert close(value("ks"), float(np.max(np.abs(true_rates - false_rates))))
            if baseline == "none":
                assert close(value("base_rate"), float(np.mean(churned)))
            compared += 1
    assert compared > 50


@pytest.mark.parametrize("made", SETS, ids=str)
def test_brier_is_that_of_an_isotonic_regression_on_earlier_dates(
    models: BacktestModels, made: tuple[int, int, int, int]
) -> None:
    inputs = without_minimums(made_up(*made))
    models.run(inputs)
    seen, values, compared = proof(inputs), values_by_key(models), 0
    for keys, looks in groups(seen):
        whole = [
            look
            for look in seen.looks
            if (look.version, look.population) == (keys["score_version"], keys["population"])
        ]
        for horizon in HORIZONS:
            fitted = [
                look
                for look in whole
                if look.score is not None and seen.calendar.is_fitted_on(look.day, horizon)
            ]
            late = judged(looks, seen, "out_of_time", horizon)
            found = keys | {"horizon_days": horizon, "date_set": "out_of_time"}
            found |= {"metric": "brier", "baseline": "none"}
            value = values.get(tuple(found[name] for name in BACKTEST_KEY))
            if not fitted or not late:
                assert value is None
                continue
            regression = IsotonicRegression(increasing=False, out_of_bounds="clip")
            regression.fit(*points(fitted, horizon))
            score_points, churned = points(late, horizon)
            expected = brier_score_loss(churned, regression.predict(score_points), labels=[0, 1])
            assert close(value, expected)
            compared += 1
    assert compared > 5


def points(looks: list[Look], horizon: int) -> tuple[list[int], list[bool]]:
    """The whole points of the scores, and who churned."""
    return [math.floor(look.score) for look in looks], [look.churned(horizon) for look in looks]


def test_lift_is_the_churn_rate_of_a_decile_over_that_of_all(models: BacktestModels) -> None:
    inputs = made_up(1, 60, 90, 20)
    models.run(inputs)
    seen = proof(inputs)
    whole = [look for look in seen.looks if (look.version, look.population) == ("v2", "no_notice")]
    known = judged(whole, seen, "all", 90)
    scores, churned = np.array([k.score for k in known]), np.array([k.churned(90) for k in known])
    midranks = np.array([(scores < s).sum() + ((scores == s).sum() + 1) / 2 for s in scores])
    deciles = np.ceil(10 * midranks / len(scores)).astype(int)
    rows = models.rows("health_backtest_decile")
    assert {row["decile"] for row in rows} == set(deciles.tolist())
    for row in rows:
        inside = churned[deciles == row["decile"]]
        assert close(row["lift"], inside.mean() / churned.mean())


def test_the_bounds_of_the_auc_are_a_bootstrap_by_account(models: BacktestModels) -> None:
    inputs = made_up(2, 60, 90, 20)
    models.run(inputs)
    seen = proof(inputs)
    whole = [look for look in seen.looks if (look.version, look.population) == ("v2", "no_notice")]
    rows = {
        (row["baseline"], row["date_set"]): row
        for row in models.rows("health_backtest")
        if row["metric"] == "auc"
        and row["score_version"] == "v2"
        and row["lower_bound"] is not None
    }
    assert len(rows) == len(BASELINES) * len(DATE_SETS)
    for (baseline, date_set), row in rows.items():
        known = judged(whole, seen, date_set, 90)
        known = [look for look in known if look.values[baseline] is not None]
        deviation = np.std(drawn_aucs(known, baseline), ddof=1)
        assert close(row["lower_bound"], max(row["value"] - 1.959963984540054 * deviation, 0))
        assert close(row["upper_bound"], min(row["value"] + 1.959963984540054 * deviation, 1))


def drawn_aucs(looks: list[Look], baseline: str) -> list[float]:
    """AUC of each replicate, by scikit-learn with the drawn weights on twentieths of ranks."""
    values = np.array([float(look.values[baseline]) for look in looks])
    midranks = np.array([(values < v).sum() + ((values == v).sum() + 1) / 2 for v in values])
    cells, churned = np.ceil(20 * midranks / len(values)), [look.churned(90) for look in looks]
    hashed = [hashlib.md5(look.account_id.encode()).hexdigest()[:2] for look in looks]
    terms = np.array([math.exp(-1) / math.factorial(k) for k in range(12)])
    limits = np.floor(np.cumsum(terms) * 2**32)
    found = []
    for replicate in range(1, 101):
        drawn = {group: hashlib.md5(f"{replicate}|{group}".encode()) for group in set(hashed)}
        times = {g: int((int(h.hexdigest()[:8], 16) >= limits).sum()) for g, h in drawn.items()}
        weights = [times[group] for group in hashed]
        outcomes = {gone for gone, weight in zip(churned, weights, strict=True) if weight}
        if len(outcomes) == 2:
            found.append(roc_auc_score(churned, -cells, sample_weight=weights))
    return found


def test_one_observation_or_one_outcome_has_counts_and_no_figure(models: BacktestModels) -> None:
    inputs = without_minimums(made_up(1, 1, 60))
    inputs |= {"fct_churn_event": [], "int_notice_periods": []}
    models.run(inputs)
    rows = [row for row in models.rows("health_backtest") if row["metric"] == "auc"]
    assert rows
    assert {(row["value"], row["lower_bound"], row["is_withheld"]) for row in rows} == {
        (None, None, True)
    }
    assert {row["churned"] for row in rows} == {0}


def test_no_observation_makes_no_row(models: BacktestModels) -> None:
    inputs = made_up(1, 0)
    models.run(inputs)
    for name in ("health_backtest", "health_backtest_decile", "health_calibration"):
        assert models.rows(name) == []

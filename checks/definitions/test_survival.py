"""Survival against lifelines, and lifetime value against its formula written out."""

from __future__ import annotations

from datetime import timedelta
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from lifelines import KaplanMeierFitter

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import ModelGraph
from checks.reference import load_folder, read
from checks.reference.book import AccountStory, Book
from checks.reference.histories import AS_OF, generate
from checks.reference.lines import FOREVER

TOLERANCE = 1e-9
MONTH_DAYS = 30.4375
ASKED = ["kpi_survival", "kpi_ltv", "kpi_retention_monthly"]


def tenure(story: AccountStory) -> tuple[int, bool]:
    """Days from the first active day to the first churn, or to where the account was last seen."""
    first, end = story.spells[0].first, story.spells[0].end
    if end != FOREVER:
        return (end - first).days, True
    last_covered = story.started[-1].end - timedelta(days=1)
    return (min(last_covered, story.as_of) - first).days, False


def tenures(book: Book) -> list[tuple[int, bool]]:
    """The tenure of every account that ever was active, and whether it ended by a churn."""
    return [tenure(story) for story in book.stories.values() if story.spells]


def close(actual: float | None, expected: float | None) -> bool:
    """Whether two figures agree to 1e-9, relative where they are not near 0."""
    if actual is None or expected is None:
        return actual is expected
    return isclose(actual, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def assert_curve_is_that_of_lifelines(
    rows: list[dict[str, Any]], seen: list[tuple[int, bool]]
) -> None:
    """Every tenure has a row, with the counts, the survival and the error lifelines gives."""
    fitter = KaplanMeierFitter().fit([days for days, _ in seen], [churned for _, churned in seen])
    by_days = {row["tenure_days"]: row for row in rows}
    assert sorted(by_days) == sorted({days for days, _ in seen})
    for days, row in by_days.items():
        events = fitter.event_table.loc[days]
        counts = (row["at_risk"], row["churned"], row["censored"])
        assert counts == (events["at_risk"], events["observed"], events["censored"]), row
        survival = float(fitter.survival_function_at_times(days).iloc[0])
        # lifelines shows the Greenwood sum only as part of its confidence limits.
        greenwood = float(fitter._cumulative_sq_.loc[days])
        assert close(row["survival"], survival), (row, survival)
        error = survival * greenwood**0.5 if survival else None
        assert close(row["standard_error"], error), (row, error)


@pytest.mark.parametrize(("seed", "accounts"), [(1, 100), (2, 60), (4, 5)])
def test_survival_is_that_of_lifelines(
    model_graph: ModelGraph, variables: dict[str, Any], seed: int, accounts: int
) -> None:
    raw = generate(seed, accounts)
    model_graph.run(raw, AS_OF, as_key(variables), ASKED)
    seen = tenures(Book(read(raw, AS_OF, variables)))
    assert_curve_is_that_of_lifelines(model_graph.rows("kpi_survival"), seen)


def test_survival_of_a_simulated_company_is_that_of_lifelines(
    model_graph: ModelGraph, simulated_raw: Path
) -> None:
    raw = load_folder(simulated_raw)
    model_graph.run(raw, None, names=ASKED)
    seen = tenures(Book(read(raw)))
    assert_curve_is_that_of_lifelines(model_graph.rows("kpi_survival"), seen)


def survival_at(curve: list[dict[str, Any]], days: float) -> float:
    """The step function: the last tenure not after that many days, 1 before the first."""
    return next((r["survival"] for r in reversed(curve) if r["tenure_days"] <= days), 1.0)


def test_lifetime_value_is_its_formula(model_graph: ModelGraph) -> None:
    model_graph.run(generate(1, 100), AS_OF, names=ASKED)
    months = model_graph.rows("kpi_retention_monthly")
    months.sort(key=lambda row: row["month"])
    now = months[-1]
    year = [row["logo_churn_rate"] for row in months if row["is_complete"]][-12:]
    churn = sum(rate for rate in year if rate is not None) / len([r for r in year if r is not None])
    curve = sorted(model_graph.rows("kpi_survival"), key=lambda row: row["tenure_days"])
    discounted = sum(survival_at(curve, MONTH_DAYS * t) / 1.1 ** (t / 12) for t in range(60))
    observed = [t for t in range(60) if MONTH_DAYS * t <= curve[-1]["tenure_days"]]
    rows = {row["method"]: row for row in model_graph.rows("kpi_ltv")}
    assert sorted(rows) == ["simple", "survival"]
    for row in rows.values():
        assert (row["n"], float(row["margin"])) == (now["logos_end"], 0.8)
        assert close(row["arpa"], now["arpa"])
        assert close(row["logo_churn_rate"], churn)
    assert close(rows["simple"]["ltv"], now["arpa"] * 0.8 / churn)
    assert close(rows["survival"]["ltv"], now["arpa"] * 0.8 * discounted)
    assert rows["simple"]["horizon_months_observed"] is None
    assert rows["survival"]["horizon_months_observed"] == observed[-1]

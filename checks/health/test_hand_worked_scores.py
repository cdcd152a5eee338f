"""Health scores worked out by hand, twice: through the models, and through the reference."""

from __future__ import annotations

from math import isclose
from typing import Any

import pytest

from checks.health.cases import AS_OF, OLD, Case, Component, Row, known, part_row, score_row
from checks.health.scored import MARTS, Rows, scored_by_models, scored_by_reference
from checks.mutation.compiled_project import CompiledProject

D0, D1 = "2025-06-01", "2025-06-29"
ONE = {"v1": ("2000-01-01", {"young": OLD, "old": (Component("login_days", 1, 0, 20),)})}

CASES = [
    Case(
        what="everything is known",
        why="50, 80, 50 by weights 30, 20, 50: (1500 + 1600 + 2500) / 100 = 56; lost are 15, 4, 25",
        facts=(known(D1, login_days=10, satisfaction=4, contact_gap=55),),
        expected={
            "fct_health_score": (
                score_row(
                    D1,
                    profile="old",
                    score=56,
                    coverage=1,
                    band="neutral",
                    trend=None,
                    top_drivers="contact_gap, login_days, satisfaction",
                ),
            ),
            "fct_health_component": (
                {"component_id": "login_days", "score": 50, "points_lost": 15, "state": "ok"},
                {"component_id": "satisfaction", "score": 80, "points_lost": 4, "weight": 20},
                {"component_id": "contact_gap", "score": 50, "points_lost": 25, "raw_value": 55},
            ),
        },
    ),
    Case(
        what="a missing component leaves exactly half of the weight",
        why="(1500 + 1600) / 50 = 62, and 50 of 100 are known, which is the limit and so enough",
        facts=(known(D1, login_days=10, satisfaction=4, contact_gap=None),),
        expected={
            "fct_health_score": (score_row(D1, score=62, coverage=0.5, band="neutral"),),
            "fct_health_component": (
                {"component_id": "contact_gap", "state": "missing", "points_lost": None},
            ),
        },
    ),
    Case(
        what="a figure of 29 days ago is stale, and too little is left",
        why="satisfaction alone is known: 20 of 100, less than half, so nothing is said",
        facts=(known(D1, login_days=(10, "2025-05-31"), satisfaction=4, contact_gap=None),),
        expected={
            "fct_health_score": (
                score_row(D1, score=None, coverage=0.2, band="unknown", top_drivers=None),
            ),
            "fct_health_component": (
                {"component_id": "login_days", "state": "stale", "score": None},
                {"component_id": "satisfaction", "state": "ok", "score": 80, "points_lost": None},
            ),
        },
    ),
    Case(
        what="a figure of 28 days ago still counts",
        why="login days 50, satisfaction 80: (1500 + 1600) / 50 = 62",
        facts=(known(D1, login_days=(10, "2025-06-01"), satisfaction=4, contact_gap=None),),
        expected={"fct_health_score": (score_row(D1, score=62, coverage=0.5),)},
    ),
    Case(
        what="a source that is not connected, and a score nobody gave, are left out altogether",
        why="login days alone apply: 50, of which all is known",
        facts=(known(D1, login_days=10, satisfaction=None),),
        expected={
            "fct_health_score": (score_row(D1, score=50, coverage=1, band="neutral"),),
            "fct_health_component": (
                {"component_id": "satisfaction", "state": "not_applicable", "score": None},
                {"component_id": "contact_gap", "state": "not_applicable", "score": None},
            ),
        },
    ),
    Case(
        what="nothing applies",
        why="there is no weight of which a share could be known",
        facts=(known(D1),),
        expected={"fct_health_score": (score_row(D1, score=None, coverage=None, band="unknown"),)},
    ),
    Case(
        what="proven zero use is no lack of data",
        why="0 login days score 0, a gap of 20 days or less scores 100: 5000 / 80 = 62.5",
        facts=(known(D1, login_days=0, contact_gap=7),),
        expected={
            "fct_health_score": (score_row(D1, score=62.5, coverage=1, top_drivers="login_days"),),
        },
    ),
    Case(
        what="a gap beyond the floor loses all, and no more",
        why="120 days are beyond 90: 0 points; 40 login days are beyond 20: 100; 3000 / 80 = 37.5",
        facts=(known(D1, login_days=40, contact_gap=120),),
        expected={
            "fct_health_score": (score_row(D1, score=37.5, band="at_risk"),),
            "fct_health_component": ({"component_id": "contact_gap", "points_lost": 62.5},),
        },
    ),
    Case(
        what="the profile changes on the 90th day",
        why="by the young profile 10 login days are 100, by the old one 50",
        facts=(known("2025-06-21", 89, login_days=10), known("2025-06-22", 90, login_days=10)),
        expected={
            "fct_health_score": (
                score_row("2025-06-21", profile="young", score=100, band="healthy"),
                score_row("2025-06-22", profile="old", score=50, band="neutral"),
            ),
        },
    ),
    Case(
        what="another version becomes valid",
        why="10 login days of 20 are 50 until the day before, of 40 they are 25",
        facts=(known("2025-06-21", login_days=10), known("2025-06-22", login_days=10)),
        versions={
            **ONE,
            "v2": (
                "2025-06-22",
                {"young": OLD, "old": (Component("login_days", 1, 0, 40),)},
            ),
        },
        expected={
            "fct_health_score": (
                score_row("2025-06-21", score_version="v1", score=50, band="neutral"),
                score_row("2025-06-22", score_version="v2", score=25, band="at_risk"),
            ),
        },
    ),
    Case(
        what="an override holds from its first day until it expires",
        why="the score stays 50; the last day of the override is the day before it expires",
        facts=tuple(known(f"2025-06-{d}", login_days=10) for d in ("08", "15", "22")),
        overrides=(("at_risk", "2025-06-15", "2025-06-22"),),
        expected={
            "fct_health_score": (
                score_row("2025-06-08", score=50, band="neutral", final_band="neutral"),
                score_row("2025-06-15", score=50, band="neutral", final_band="at_risk"),
                score_row("2025-06-22", score=50, final_band="neutral", override_owner=None),
            ),
        },
    ),
    Case(
        what="five points more in 28 days",
        why="10 and 11 of 20 login days are 50 and 55",
        facts=(known(D0, login_days=10), known(D1, login_days=11)),
        expected={
            "fct_health_score": (
                score_row(D1, score=55, score_prev_28d=50, score_change_28d=5, trend="improving"),
            ),
        },
    ),
    Case(
        what="five points less in 28 days",
        why="11 and 10 of 20 login days are 55 and 50",
        facts=(known(D0, login_days=11), known(D1, login_days=10)),
        expected={"fct_health_score": (score_row(D1, score_change_28d=-5, trend="declining"),)},
    ),
    Case(
        what="not quite five points",
        why="10 and 10.9 of 20 login days are 50 and 54.5",
        facts=(known(D0, login_days=10), known(D1, login_days=10.9)),
        expected={"fct_health_score": (score_row(D1, score_change_28d=4.5, trend="steady"),)},
    ),
    Case(
        what="data came",
        why=(
            "then 50 and 50; now 60, 50 and 100 make 63. Of those known twice: (1800 + 2500) / 80 ="
            " 53.75, which is 3.75 more by login days; the rest, 9.25, is satisfaction that came"
        ),
        facts=(
            known(D0, login_days=10, contact_gap=55),
            known(D1, login_days=12, contact_gap=55, satisfaction=4.5),
        ),
        expected={
            "fct_health_score": (score_row(D1, score=63, score_change_28d=13),),
            "health_change": (
                part_row(D1, "behaviour", "login_days", 3.75),
                part_row(D1, "behaviour", "contact_gap", 0),
                part_row(D1, "data", "(all)", 9.25),
                part_row(D1, "configuration", "(all)", 0),
            ),
        },
    ),
    Case(
        what="another profile",
        why=(
            "100 by the young profile; the same facts by the old one (1500 + 5000) / 80 = 81.25, so"
            " the rules take 18.75; then the gap goes from 100 to 50: 50 * 50 / 80 = 31.25 less"
        ),
        facts=(
            known(D0, 70, login_days=10, contact_gap=20),
            known(D1, 98, login_days=10, contact_gap=55),
        ),
        expected={
            "fct_health_score": (score_row(D1, score=50, score_prev_28d=100),),
            "health_change": (
                part_row(D1, "configuration", "(all)", -18.75),
                part_row(D1, "behaviour", "contact_gap", -31.25),
                part_row(D1, "behaviour", "login_days", 0),
                part_row(D1, "data", "(all)", 0),
            ),
        },
    ),
    Case(
        what="an override came",
        why="the score is 50 at both ends, the final band is another",
        facts=(known(D0, login_days=10), known(D1, login_days=10)),
        overrides=(("healthy", "2025-06-20", "2025-07-20"),),
        expected={
            "health_change": (
                part_row(D1, "override", "(all)", 0)
                | {"final_band_prev_28d": "neutral", "final_band": "healthy"},
            ),
        },
    ),
]


def is_cell(expected: Any, actual: Any) -> bool:
    """Whether a cell is what was worked out."""
    if isinstance(expected, int | float) and isinstance(actual, int | float):
        return isclose(expected, actual, rel_tol=1e-9, abs_tol=1e-9)
    return bool(expected == actual)


def faults(case: Case, results: dict[str, Rows]) -> list[str]:
    """How the marts differ from what was worked out."""
    found = []
    for mart, rows in case.expected.items():
        for expected in rows:
            keys = {name: expected[name] for name in MARTS[mart] if name in expected}
            matching = [r for r in results[mart] if all(r[n] == v for n, v in keys.items())]
            if len(matching) != 1:
                found.append(f"{mart} {keys}: {len(matching)} rows")
            found += [
                f"{mart} {keys} {name}: expected {cell}, is {row[name]}"
                for row in matching
                for name, cell in expected.items()
                if not is_cell(cell, row[name])
            ]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_models_say_what_was_worked_out_by_hand(project: CompiledProject, case: Case) -> None:
    results = scored_by_models(project, case.tables(), list(case.facts), AS_OF)
    assert faults(case, results) == [], case.why


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_the_reference_says_what_was_worked_out_by_hand(case: Case) -> None:
    assert faults(case, scored_by_reference(case.tables(), list(case.facts), AS_OF)) == [], case.why


def test_a_change_is_the_sum_of_its_parts() -> None:
    for case in CASES:
        results = scored_by_reference(case.tables(), list(case.facts), AS_OF)
        for row in results["fct_health_score"]:
            parts: list[Row] = [p for p in results["health_change"] if p["date"] == row["date"]]
            if row["score_change_28d"] is not None:
                assert is_cell(row["score_change_28d"], sum(part["points"] for part in parts))

"""Every phase of a customer's life, and every way from one into another, on drawn histories."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import ModelGraph
from checks.reference import compare, marts
from checks.reference.histories import AS_OF, as_cells
from checks.reference.phases import PHASES
from pipeline.options import ROOT

Row = dict[str, Any]
KEYS = {
    "fct_lifecycle_phase": ["account_id", "valid_from"],
    "kpi_phase_transitions": ["month", "from_phase", "to_phase"],
}
# A first day is onboarding unless value was there before; a churn is followed by a return, and
# neither first days nor the days after a return come back.
WAYS = {
    "prospect": {"at_notice", "onboarding", "value"},
    "churned": {"at_notice", "won_back"},
    "at_notice": {"churned", "renewal_window", "won_back", "onboarding", "value", "adoption"},
    "renewal_window": {"churned", "at_notice", "won_back", "onboarding", "value", "adoption"},
    "won_back": {"churned", "at_notice", "renewal_window", "value", "adoption"},
    "onboarding": {"churned", "at_notice", "renewal_window", "value", "adoption"},
    "value": {"churned", "at_notice", "renewal_window", "adoption"},
    "adoption": {"churned", "at_notice", "renewal_window", "value"},
}


def contract_lines(rng: Random, account: str, day: date) -> list[Row]:
    """Up to four terms in a row, with gaps around the grace, notices and late records."""
    rows: list[Row] = []
    for number in range(rng.randint(1, 4)):
        term = rng.choice([30, 91, 365])
        end = day + timedelta(days=term)
        notice = rng.choice([None, None, None, day - timedelta(10), end - timedelta(term // 2)])
        cut = rng.choice([None, day + timedelta(days=2 * term // 3)])
        is_named = number > 0 and rng.random() < 0.8
        recorded = min(day - timedelta(days=rng.choice([-5, 0, 20, 60])), AS_OF)
        rows.append(
            {
                "contract_line_id": f"{account}-{number}",
                "contract_id": f"{account}-C{number}",
                "account_id": account,
                "product_id": rng.choice(["P1", "P1", "P1", "P2"]),
                "line_type": "recurring",
                "currency": "USD",
                "unit_price": "10",
                "quantity": rng.choice([1, 2, 3]),
                "billing_interval": "month",
                "start_date": day,
                "end_date": rng.choice([end, end, end, None]) if number == 0 else end,
                "cancel_notice_at": notice,
                "cancel_effective_date": cut if notice or rng.random() < 0.2 else None,
                "renewed_from_contract_id": f"{account}-C{number - 1}" if is_named else None,
                "updated_at": recorded,
            }
        )
        day = (cut if rows[-1]["cancel_effective_date"] else None) or end
        day += timedelta(days=rng.choice([0, 0, 5, 30, 31, 120]))
    return rows


def milestones(rng: Random, account: str, day: date) -> list[Row]:
    """At times a milestone that tells of first value, reached before, soon, late or never."""
    name = rng.choice([None, "kickoff", "first_value", "go_live"])
    after = rng.choice([-5, 10, 40, 100, 400, None])
    completed = None if after is None else day + timedelta(days=after)
    return [{"account_id": account, "milestone": name, "completed_at": completed}] if name else []


def logins(rng: Random, account: str, day: date) -> list[Row]:
    """Some runs of daily logins of the account's only user."""
    rows: list[Row] = []
    for _ in range(rng.randint(0, 4)):
        day += timedelta(days=rng.choice([1, 30, 100]))
        days = [day + timedelta(days=step) for step in range(rng.choice([1, 10, 40]))]
        rows += [
            {"user_id": f"{account}-U", "logged_in_at": one, "login_id": f"{account}-{one}"}
            for one in days
            if one <= AS_OF
        ]
        day = days[-1] + timedelta(days=1)
    return rows


def lives(seed: int, count: int) -> dict[str, list[dict[str, str | None]]]:
    """Raw rows of customers that live through every phase."""
    rng, found = Random(seed), defaultdict[str, list[Row]](list)
    for number in range(count):
        account = f"A{number:04d}"
        created = AS_OF - timedelta(days=rng.randint(1, 900))
        began = created + timedelta(days=rng.choice([-20, 0, 30]))
        known = {"account_id": account, "created_at": created}
        found["accounts"].append({**known, "account_name": "例"})
        found["users"].append({**known, "user_id": f"{account}-U"})
        found["contracts"] += contract_lines(rng, account, began)
        found["milestones"] += milestones(rng, account, began)
        found["logins"] += logins(rng, account, began)
    return {source: [as_cells(row) for row in rows] for source, rows in found.items()}


@pytest.fixture(scope="module")
def ways(model_graph: ModelGraph) -> set[tuple[str, str]]:
    """The pairs of phases that follow each other in the models, with the default vars."""
    model_graph.run(lives(1, 400), AS_OF)
    rows = model_graph.rows("kpi_phase_transitions")
    return {(row["from_phase"], row["to_phase"]) for row in rows}


@pytest.mark.parametrize("phase", PHASES)
def test_every_phase_occurs_and_is_followed_by_those_that_may(
    ways: set[tuple[str, str]], phase: str
) -> None:
    assert {after for before, after in ways if before == phase} == WAYS[phase]


def test_every_phase_is_the_present_one_of_some_account(model_graph: ModelGraph) -> None:
    model_graph.run(lives(2, 400), AS_OF)
    now = {row["lifecycle_phase"] for row in model_graph.rows("dim_account")}
    assert now == set(PHASES)


def test_lives_are_what_the_reference_says(
    model_graph: ModelGraph, variables: dict[str, Any]
) -> None:
    raw = lives(3, 200)
    model_graph.run(raw, AS_OF, as_key(variables))
    expected = marts(raw, AS_OF, variables, list(KEYS))
    differences = [
        difference
        for name, key in KEYS.items()
        for difference in compare(name, expected[name], model_graph.rows(name), key)
    ]
    assert differences == []


def test_the_reference_looks_at_the_phases_in_the_order_of_the_seed() -> None:
    with (ROOT / "seeds" / "lifecycle_phases.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["phase_order"]))
    assert [row["phase"] for row in rows] == PHASES

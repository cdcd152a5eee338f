"""Churn events against the reference where generated histories have few: ends that lie ahead."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import COMPARED, ModelGraph
from checks.reference import compare, marts
from checks.reference.histories import AS_OF, generate
from checks.reference.reading import Raw

STATUSES = {"pending", "grace", "churned", "renewed_late", "won_back", "saved"}


def around_as_of(seed: int, accounts: int) -> Raw:
    """Generated histories, many lines of which are booked, paused, noticed or end about `AS_OF`."""
    raw, rng = generate(seed, accounts, with_faults=False), Random(seed)

    def days_after(day: date, *days: int) -> date:
        return day + timedelta(days=rng.choice(days))

    for row in raw["contracts"]:
        if rng.random() < 0.1:
            row["start_date"] = str(days_after(AS_OF, 1, 5, 29, 30, 31, 60))
        latest_start = max(AS_OF, date.fromisoformat(str(row["start_date"])))
        if rng.random() < 0.35:
            row["cancel_effective_date"] = str(days_after(latest_start, -40, -1, 0, 1, 10, 60, 200))
            row["cancel_type"] = rng.choice([None, "voluntary", "involuntary", "administrative"])
            if rng.random() < 0.7:
                time = rng.choice(["T00:30:00Z", "T23:30:00Z"])
                row["cancel_notice_at"] = f"{days_after(AS_OF, -200, -30, -1, 0, 0, 1)}{time}"
        if rng.random() < 0.2:
            paused_from = days_after(latest_start, -60, -20, -19, -5, 0, 3, 30)
            row["paused_from"] = str(paused_from)
            row["paused_until"] = str(days_after(paused_from, 5, 19, 20, 21, 50))
    return raw


@pytest.mark.parametrize("seed", [1, 2])
def test_ends_about_the_as_of_date_are_what_the_reference_says(
    model_graph: ModelGraph, variables: dict[str, Any], seed: int
) -> None:
    raw = around_as_of(seed, 120)
    asked = ["fct_churn_event", "fct_mrr_monthly"]
    model_graph.run(raw, AS_OF, as_key(variables), asked)
    expected = marts(raw, AS_OF, variables, asked)
    assert [
        difference
        for name, rows in expected.items()
        for difference in compare(name, rows, model_graph.rows(name), list(COMPARED[name]))
    ] == []
    needs_grace = set() if variables.get("renewal_grace_days", 30) else {"grace", "renewed_late"}
    assert {row["status"] for row in expected["fct_churn_event"]} == STATUSES - needs_grace

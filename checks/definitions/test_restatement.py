"""What was reported is what a build of the closing day would have said, figure by figure."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import ModelGraph, Rows
from checks.reference.histories import AS_OF, generate

Row = dict[str, Any]

CLOSE_LAG = timedelta(days=5)
FIGURES = (
    *("movement", "mrr_start", "mrr_end", "new_mrr", "reactivation_mrr", "expansion_mrr"),
    *("contraction_mrr", "churn_mrr", "pause_mrr", "resume_mrr", "fx_mrr", "intra_month_starts"),
    *("intra_month_ends", "is_active_start", "is_active_end", "is_grace"),
)


def settled_accounts(rows: list[Row]) -> list[Row]:
    """The accounts as if known unchanged from the first day on."""
    latest = {row["account_id"]: row for row in rows}
    fixed = {"updated_at": None, "created_at": "2010-01-01", "is_internal": None}
    return [{**row, **fixed} for row in latest.values()]


def edited(rng: Random, row: Row, recorded: date) -> Row:
    """A later version of a contract row with one change of some kind."""
    day = {
        name: str(recorded + timedelta(days=rng.randint(low, high)))
        for name, low, high in (("cancelled", -90, 90), ("paused", -30, 60))
    }
    changes: list[Row] = [
        {"unit_price": str(rng.randint(1, 500))},
        {"quantity": str(rng.randint(1, 9))},
        {"is_deleted": "true"},
        {"cancel_effective_date": day["cancelled"], "cancel_notice_at": str(recorded)},
        {"cancel_effective_date": None, "cancel_notice_at": None},
        {"paused_from": day["paused"], "paused_until": None},
    ]
    if row["end_date"] and row["billing_interval"] != "term":
        moved = date.fromisoformat(row["end_date"][:10]) + timedelta(rng.choice([-40, 20, 365]))
        changes.append({"end_date": str(max(moved, date.fromisoformat(row["start_date"][:10])))})
    stamp = f"{recorded}T{rng.randint(0, 23):02d}:30:{rng.randint(0, 59):02d}Z"
    return {**row, **rng.choice(changes), "updated_at": stamp}


def recorded_late(rng: Random, rows: list[Row]) -> list[Row]:
    """The contracts, each recorded before or after its start, some of them edited afterwards."""
    found: list[Row] = []
    for row in rows:
        recorded = date.fromisoformat(row["start_date"][:10]) + timedelta(rng.randint(-60, 150))
        recorded = min(recorded, AS_OF)
        found.append({**row, "updated_at": f"{recorded}T{rng.randint(0, 23):02d}:00:00Z"})
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            recorded += timedelta(days=rng.randint(1, 200))
            if recorded <= AS_OF:
                found.append(edited(rng, found[-1], recorded))
    return found


def closed_months(count: int) -> list[tuple[date, date]]:
    """The last closed months, latest first, each with its closing day."""
    months, month = [], AS_OF.replace(day=1)
    while len(months) < count:
        last = month - timedelta(days=1)
        month = last.replace(day=1)
        if last + CLOSE_LAG <= AS_OF:
            months.append((month, last + CLOSE_LAG))
    return months


def by_account(rows: Rows, month: date) -> dict[str, tuple[Any, ...]]:
    """Account -> its figures of a month, for accounts with something to say about it."""
    found = {
        row["account_id"]: tuple(row[name] for name in FIGURES)
        for row in rows
        if row["month"] == month
    }
    return {account: figures for account, figures in found.items() if says_something(figures)}


def says_something(figures: tuple[Any, ...]) -> bool:
    """Whether an account was there at one of the two ends of the month, or between them."""
    named = dict(zip(FIGURES, figures, strict=True))
    ends = ("is_active_start", "is_active_end", "intra_month_starts", "intra_month_ends")
    return any(named[name] for name in ends)


@pytest.mark.parametrize("edits", ["correction", "amendment"])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_month_was_reported_as_a_build_of_its_closing_day_would_say(
    model_graph: ModelGraph, seed: int, edits: str
) -> None:
    raw = generate(seed, 80, with_faults=False)
    raw["accounts"] = settled_accounts(raw["accounts"])
    raw["contracts"] = recorded_late(Random(seed), raw["contracts"])
    key = as_key({"in_place_edits": edits}) if edits == "amendment" else "{}"
    asked = ["int_reported_account_months", "mrr_restatement", "fct_mrr_monthly"]
    model_graph.run(raw, AS_OF, key, asked)
    reported = model_graph.rows("int_reported_account_months")
    restated = model_graph.rows("mrr_restatement")
    now = {(row["account_id"], row["month"]): row for row in model_graph.rows("fct_mrr_monthly")}
    assert {row["cause"] for row in restated} >= {"late_entry", "back_dated_amendment"}
    for row in restated:
        current = now.get((row["account_id"], row["month"]))
        assert row["mrr_end_current"] == (current["mrr_end"] if current else 0), row
    for month, closing_day in closed_months(6):
        model_graph.run(raw, closing_day, key, ["fct_mrr_monthly"])
        then = by_account(model_graph.rows("fct_mrr_monthly"), month)
        assert by_account(reported, month) == then, month
        reports = {row["account_id"]: row for row in restated if row["month"] == month}
        for account, row in reports.items():
            figures = dict(zip(FIGURES, then.get(account, ()), strict=False))
            assert row["mrr_end_reported"] == figures.get("mrr_end", 0), row

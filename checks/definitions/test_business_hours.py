"""Tickets worked by hand, run through the models: business hours, and whether a promise was kept.

Times are on the wall of the place where the customer is, with its offset. Japan is open 9 to 18,
the United States (New York) and all others (UTC) 9 to 17, Monday to Friday.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from checks.definitions.model_graph import ModelGraph
from checks.reference.small import line

AS_OF = date(2026, 12, 31)

# What happens, country, created, solved, business hours between.
BUSINESS_HOURS = [
    ("within one day", "JP", "2026-06-01T10:00+09:00", "2026-06-01T12:30+09:00", 2.5),
    ("over a night: 1 + 1", "JP", "2026-06-01T17:00+09:00", "2026-06-02T10:00+09:00", 2),
    ("at night", "JP", "2026-06-01T20:00+09:00", "2026-06-02T08:00+09:00", 0),
    ("from opening to closing", "JP", "2026-06-01T09:00+09:00", "2026-06-01T18:00+09:00", 9),
    ("over a weekend: 1 + 1", "JP", "2026-06-05T17:00+09:00", "2026-06-08T10:00+09:00", 2),
    ("within a weekend", "JP", "2026-06-06T10:00+09:00", "2026-06-07T17:00+09:00", 0),
    # Friday 1 May to Thursday 7 May: 4 and 5 May are holidays, 6 May stands in for Sunday 3 May
    ("over Golden Week: 1 + 1", "JP", "2026-05-01T17:00+09:00", "2026-05-07T10:00+09:00", 2),
    # Friday 18 to Thursday 24 September: Monday and Wednesday are holidays, so Tuesday is one
    ("over Silver Week: 1 + 1", "JP", "2026-09-18T17:00+09:00", "2026-09-24T10:00+09:00", 2),
    ("on a holiday", "JP", "2026-09-22T10:00+09:00", "2026-09-22T15:00+09:00", 0),
    # 261 weekdays, 15 of them holidays: 246 days of 9 hours
    ("a whole year", "JP", "2025-01-01T00:00+09:00", "2026-01-01T00:00+09:00", 2214),
    # Fridays to Mondays between which clocks go forward, and back
    ("clocks forward: 1 + 1", "US", "2026-03-06T16:00-05:00", "2026-03-09T10:00-04:00", 2),
    ("clocks back: 1 + 1", "US", "2026-10-30T16:00-04:00", "2026-11-02T10:00-05:00", 2),
    ("after the change", "US", "2026-03-09T08:30-04:00", "2026-03-09T10:00-04:00", 1),
    # Saturday 4 July is observed on the Friday
    ("over 4 July: 1 + 1", "US", "2026-07-02T16:00-04:00", "2026-07-06T10:00-04:00", 2),
    ("over Thanksgiving: 1 + 1", "US", "2026-11-25T16:00-05:00", "2026-11-27T10:00-05:00", 2),
    # Tuesday 5 May is a holiday in Japan only
    ("a Japanese holiday: 1 + 8 + 1", "US", "2026-05-04T16:00-04:00", "2026-05-06T10:00-04:00", 10),
    ("no calendar of its own: 1 + 8 + 1", "DE", "2025-12-24T16:00Z", "2025-12-26T10:00Z", 10),
    ("no country: 1 + 1", None, "2026-06-01T16:00Z", "2026-06-02T10:00Z", 2),
]

# What happens, priority, created, responded, solved, response missed, resolution missed. In Japan;
# urgent: 1 and 8 hours around the clock; high: 4 and 24 business hours, 2 days and 6 hours.
PROMISES = [
    ("exactly on time", "urgent", "01T10:00", "01T11:00", "01T18:00", False, False),
    ("a second late", "urgent", "01T10:00", "01T11:00:01", "01T18:00:01", True, True),
    ("solved without a word", "urgent", "01T10:00", None, "01T11:00", False, False),
    ("solved late without a word", "urgent", "01T10:00", None, "01T12:00", True, False),
    ("no word, no solution", "urgent", "01T10:00", None, None, True, True),
    ("in business hours, exactly", "high", "01T10:00", "01T14:00", "03T16:00", False, False),
    ("in business hours, late", "high", "01T10:00", "01T14:01", "03T16:01", True, True),
    ("the night does not count", "high", "01T16:00", "02T11:00", "04T13:00", False, False),
    ("a word after the solution", "high", "01T10:00", "05T10:00", "01T12:00", True, False),
]


def run(model_graph: ModelGraph, tickets: list[dict[str, Any]], as_of: date = AS_OF) -> None:
    """Run the models on tickets, each of an account of its own that has its country."""
    accounts = [
        {
            "account_id": ticket["account_id"],
            "account_name": "x",
            "created_at": "2024-01-01",
            "country": ticket.pop("country"),
        }
        for ticket in tickets
    ]
    frame = line("frame", "2025-01-01", account_id=accounts[0]["account_id"])
    raw = {"accounts": accounts, "contracts": [frame], "tickets": tickets}
    model_graph.run(raw, as_of, names=["fct_ticket", "kpi_support_monthly", "kpi_support_backlog"])


def ticket(name: str, country: str | None, created: str, **cells: Any) -> dict[str, Any]:
    """A raw ticket of normal priority."""
    return {
        "ticket_id": name,
        "account_id": name,
        "country": country,
        "created_at": created,
        "priority": "normal",
        "status": "open",
        **cells,
    }


def test_business_hours_are_those_worked_out_by_hand(model_graph: ModelGraph) -> None:
    run(
        model_graph,
        [
            ticket(name, country, created, first_response_at=solved, solved_at=solved)
            for name, country, created, solved, _ in BUSINESS_HOURS
        ],
    )
    rows = {row["ticket_id"]: row for row in model_graph.rows("fct_ticket")}
    expected = {name: (hours, hours) for name, _, _, _, hours in BUSINESS_HOURS}
    found = {
        name: (row["first_response_business_hours"], row["resolution_business_hours"])
        for name, row in rows.items()
    }
    assert found == expected


def test_promises_are_kept_or_missed_as_worked_out_by_hand(model_graph: ModelGraph) -> None:
    def on(moment: str | None) -> str | None:
        return f"2026-06-{moment}+09:00" if moment else None

    run(
        model_graph,
        [
            ticket(name, "JP", on(created), priority=priority,
                   first_response_at=on(responded), solved_at=on(solved))
            for name, priority, created, responded, solved, _, _ in PROMISES
        ],
    )  # fmt: skip
    found = {
        row["ticket_id"]: (row["is_first_response_breached"], row["is_resolution_breached"])
        for row in model_graph.rows("fct_ticket")
    }
    assert found == {name: missed for name, *_, response, solution in PROMISES
                     for missed in [(response, solution)]}  # fmt: skip
    breached = {row["ticket_id"]: row["is_sla_breached"] for row in model_graph.rows("fct_ticket")}
    assert breached == {name: any(missed) for name, missed in found.items()}


@pytest.mark.parametrize(
    ("as_of", "is_breached", "open_breaches"),
    # High priority, created on Friday 29 May 2026 at 17:00 in Japan: 4 business hours are over on
    # Monday 1 June at 12:00, which is 03:00 UTC.
    [(date(2026, 5, 31), False, [0]), (date(2026, 6, 1), True, [0, 1])],
)
def test_an_open_ticket_is_a_breach_from_the_day_its_target_runs_out(
    model_graph: ModelGraph, as_of: date, is_breached: bool, open_breaches: list[int]
) -> None:
    run(model_graph, [ticket("t", "JP", "2026-05-29T17:00+09:00", priority="high")], as_of)
    assert [row["is_sla_breached"] for row in model_graph.rows("fct_ticket")] == [is_breached]
    months = [r for r in model_graph.rows("kpi_support_monthly") if r["month"] >= date(2026, 5, 1)]
    months.sort(key=lambda row: row["month"])
    assert [row["open_sla_breaches"] for row in months] == open_breaches
    assert [row["backlog"] for row in months] == [1] * len(months)

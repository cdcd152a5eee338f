"""Hand-worked cases of churn events and renewals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .churn import fct_churn_event
from .renewals import fct_renewal, kpi_renewals_monthly
from .small import book, cells_of, line, only, rate


@pytest.mark.parametrize(
    ("as_of", "again", "status"),
    [
        # coverage ends on 10 March; grace is over on 9 April
        ("2025-04-08", None, "grace"),
        ("2025-04-09", None, "churned"),
        ("2025-06-30", "2025-04-09", "renewed_late"),
        ("2025-06-30", "2025-04-10", "won_back"),
        # the line of 20 April is booked, not begun
        ("2025-04-15", "2025-04-20", "churned"),
    ],
)
def test_status_of_an_end(as_of: str, again: str | None, status: str) -> None:
    lines = [line("L1", "2025-01-01", "2025-03-10")] + ([line("L2", again)] if again else [])
    row = only(fct_churn_event(book(as_of, *lines)), churn_date=date(2025, 3, 10))
    # 31 + 28 + 9 days from 1 January to 10 March
    assert cells_of(row, "status", "recognised_date", "tenure_days", "mrr_lost") == (
        status, date(2025, 4, 9), 68, "100.0000",
    )  # fmt: skip


def test_type_and_reason_are_those_of_the_largest_line() -> None:
    # L1 makes 100 USD, L2 makes 120 EUR = 96 USD at 0.8; the notice of L2 is the earlier one
    world = book(
        "2025-06-30",
        line("L1", "2025-01-01", cancel_effective_date="2025-04-01", cancel_notice_at="2025-03-20",
             cancel_type="involuntary", cancel_reason="card"),
        line("L2", "2025-01-01", cancel_effective_date="2025-04-01", cancel_notice_at="2025-03-02",
             cancel_type="voluntary", cancel_reason="price", unit_price="120", currency="EUR"),
        sources={"fx_rates": [rate("EUR", "2025-01-01", "0.8")]},
    )  # fmt: skip
    (row,) = fct_churn_event(world)
    assert cells_of(row, "churn_type", "cancel_reason", "notice_date", "mrr_lost") == (
        "involuntary", "card", date(2025, 3, 2), "196.0000",
    )  # fmt: skip


def test_pending_needs_a_notice_that_is_known() -> None:
    # coverage ends on 1 August; on 15 June the notice of the 20th is not known yet
    for noticed, expected in (("2025-06-10", ["pending"]), ("2025-06-20", [])):
        row = line("L1", "2025-01-01", cancel_effective_date="2025-08-01", cancel_notice_at=noticed)
        assert [event["status"] for event in fct_churn_event(book("2025-06-15", row))] == expected


def test_tenure_runs_over_a_bridged_gap_and_begins_anew_after_a_real_one() -> None:
    # spans [1 Jan, 1 Feb), [10 Feb, 1 Mar) bridged: 59 days; [1 Jun, 1 Jul) after a gap: 30 days
    world = book(
        "2025-12-31",
        line("L1", "2025-01-01", "2025-02-01"),
        line("L2", "2025-02-10", "2025-03-01"),
        line("L3", "2025-06-01", "2025-07-01"),
    )
    rows = fct_churn_event(world)
    assert [(row["status"], row["tenure_days"]) for row in rows] == [
        ("renewed_late", 31), ("won_back", 59), ("churned", 30),
    ]  # fmt: skip


def test_a_withdrawn_notice_is_saved() -> None:
    noticed = {"cancel_notice_at": "2025-02-03", "cancel_effective_date": "2025-04-01"}
    world = book(
        "2025-06-30",
        line("L1", "2025-01-01", updated_at="2025-02-03", **noticed),
        line("L1", "2025-01-01", updated_at="2025-02-20"),
    )
    (row,) = fct_churn_event(world)
    assert cells_of(row, "status", "notice_date", "churn_date") == ("saved", date(2025, 2, 3), None)


def renewal(as_of: str, *lines: dict[str, Any]) -> tuple[Any, ...]:
    row = fct_renewal(book(as_of, *lines))[0]
    return cells_of(row, "atr_mrr", "renewed_mrr", "outcome", "renewed_on", "is_late")


TERM = line("L1", "2024-01-01", "2025-01-01")


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        # 100.50 is 0.5 % more than 100, 100.51 is more than that
        ({"unit_price": "100.5"}, ("100.5000", "renewed", date(2025, 1, 1), False)),
        ({"unit_price": "100.51"}, ("100.5100", "expanded", date(2025, 1, 1), False)),
        ({"unit_price": "80"}, ("80.0000", "contracted", date(2025, 1, 1), False)),
        ({"discount_pct": "1"}, ("0.0000", "churned", date(2025, 1, 1), False)),
        # due + 30 days is 31 January; by product only from the due date on
        ({"start_date": "2025-01-31"}, ("100.0000", "renewed", date(2025, 1, 31), True)),
        ({"start_date": "2025-02-01"}, ("0.0000", "churned", None, False)),
        ({"start_date": "2024-12-31"}, ("0.0000", "churned", None, False)),
        ({"product_id": "P2"}, ("0.0000", "churned", None, False)),
        # named: from 90 days before due, 3 October, whatever the product
        ({"start_date": "2024-10-03", "product_id": "P2", "renewed_from_contract_id": "C1"},
         ("100.0000", "renewed", date(2024, 10, 3), False)),
        ({"start_date": "2024-10-02", "renewed_from_contract_id": "C1"},
         ("0.0000", "churned", None, False)),
        ({"renewed_from_contract_id": "C0"}, ("0.0000", "churned", None, False)),
    ],
)  # fmt: skip
def test_outcome_of_a_renewal(following: dict[str, str], expected: tuple[Any, ...]) -> None:
    row = {**line("L2", "2025-01-01", contract_id="C2"), **following}
    assert renewal("2025-06-30", TERM, row) == ("100.0000", *expected)


def test_open_until_due_and_grace_are_past() -> None:
    # 1 January + 30 days = 31 January
    assert renewal("2025-01-30", TERM)[2] == "open"
    assert renewal("2025-01-31", TERM)[2] == "churned"


def test_due_only_up_to_ninety_days_ahead() -> None:
    # 3 October + 90 days = 1 January
    assert len(fct_renewal(book("2024-10-03", TERM))) == 1
    assert fct_renewal(book("2024-10-02", TERM)) == []


def test_an_amended_line_is_not_due() -> None:
    # L1 gives way to L2 of the same contract on 1 July; both were to end on 1 January: 150 is due
    first = {**TERM, "cancel_effective_date": "2024-07-01"}
    second = line("L2", "2024-07-01", "2025-01-01", unit_price="150")
    (row,) = fct_renewal(book("2025-06-30", first, second))
    assert cells_of(row, "atr_mrr", "outcome") == ("150.0000", "churned")


def test_a_cancelled_line_is_due_on_its_natural_end() -> None:
    row = {**TERM, "cancel_effective_date": "2024-05-01"}
    (due,) = fct_renewal(book("2025-06-30", row))
    assert cells_of(due, "due_date", "atr_mrr", "outcome") == (
        date(2025, 1, 1), "100.0000", "churned",
    )  # fmt: skip


def test_a_line_renews_one_row_only() -> None:
    # two contracts of one product due on 1 January; L3 names none: it goes to the lower id
    second = {**TERM, "contract_line_id": "L2", "contract_id": "C2"}
    rows = fct_renewal(book("2025-06-30", TERM, second, line("L3", "2025-01-01", contract_id="C3")))
    assert [(row["contract_id"], row["outcome"]) for row in rows] == [
        ("C1", "renewed"), ("C2", "churned"),
    ]  # fmt: skip
    month = kpi_renewals_monthly(book("2025-06-30", TERM, second))[0]
    assert (month["due_count"], month["logo_renewal_rate"]) == (2, 0.0)

"""Hand-worked cases of what changed about a month after it was reported.

A line makes 100 USD a month from one seat where a case does not say otherwise, and was first
recorded on 1 January 2020. It is 30 June 2025; March was reported on 5 April.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .book import Book
from .restatement import mrr_restatement, reported_retention_monthly
from .retention import kpi_retention_monthly
from .small import ACCOUNT, accounts_book, book, cells_of, line, only, rate

Row = dict[str, Any]
L1 = line("L1", "2025-01-01")
L2 = line("L2", "2025-01-01", unit_price="40")
ENDED = {**L1, "end_date": "2025-03-20"}
LATE = "2025-04-20"


def told(world: Book) -> list[tuple[Any, ...]]:
    """Month, amount reported, current amount and cause of every row."""
    names = ("mrr_end_reported", "mrr_end_current", "cause")
    return [(row["month"].month, *cells_of(row, *names)) for row in mrr_restatement(world)]


def restated(*lines: Row, as_of: str = "2025-06-30", **more: Any) -> list[tuple[Any, ...]]:
    return told(book(as_of, *lines, **more))


def test_grace_that_was_reported_and_ran_out() -> None:
    # ended on 20 March: carried on 5 April, over on 19 April; April itself is reported without
    assert restated(ENDED) == [(3, "100.0000", "0.0000", "grace_expired")]
    (row,) = mrr_restatement(book("2025-06-30", ENDED))
    assert str(row["difference"]) == "-100.0000"
    assert restated(ENDED, renewal_grace_days=0) == []


@pytest.mark.parametrize(
    ("price", "variables", "expected"),
    [
        ("120", {}, [(3, "100.0000", "120.0000", "late_renewal")]),
        # carried at what it made: nothing is different
        ("100", {}, []),
        # not carried: away on 5 April, and back
        ("100", {"renewal_grace_days": 0}, [(3, "0.0000", "100.0000", "late_renewal")]),
    ],
)
def test_a_renewal_recorded_after_the_report(
    price: str, variables: Row, expected: list[tuple[Any, ...]]
) -> None:
    renewal = line("L2", "2025-03-20", unit_price=price, contract_id="C2", updated_at=LATE)
    assert restated(ENDED, renewal, **variables) == expected


def test_a_return_recorded_after_the_report_of_an_account_that_was_gone() -> None:
    # ended on 20 February, carried on 5 March, over on 22 March; back from 25 March on, which is
    # 33 days after the end: February is no longer carried, and March is back
    world = [{**L1, "end_date": "2025-02-20"}, line("L2", "2025-03-25", updated_at=LATE)]
    assert restated(*world) == [
        (2, "100.0000", "0.0000", "grace_expired"), (3, "0.0000", "100.0000", "late_renewal"),
    ]  # fmt: skip


NOTICE = {"cancel_notice_at": "2025-02-10", "cancel_effective_date": "2025-03-15"}
NO_NOTICE = {"cancel_notice_at": None, "cancel_effective_date": None}


@pytest.mark.parametrize(
    ("notice", "cause"),
    [
        ({}, "withdrawn_notice"),
        # given on the day of the report, and after it, where it was not known yet
        ({"cancel_notice_at": "2025-04-05"}, "withdrawn_notice"),
        ({"cancel_notice_at": "2025-04-06"}, "back_dated_amendment"),
    ],
)
def test_a_notice_withdrawn_after_the_report(notice: Row, cause: str) -> None:
    leaving = {**L2, **NOTICE, **notice, "updated_at": "2025-02-10"}
    staying = {**leaving, **NO_NOTICE, "updated_at": LATE}
    assert restated(L1, L2, leaving, staying) == [(3, "100.0000", "140.0000", cause)]


def test_a_line_deleted_after_the_report() -> None:
    # the deletion of 20 April is known when April is reported on 5 May
    deleted = {**L2, "is_deleted": "true", "updated_at": LATE}
    assert restated(L1, L2, deleted) == [
        (month, "140.0000", "100.0000", "deleted_line") for month in (1, 2, 3)
    ]


def test_a_first_month_whose_only_line_was_deleted() -> None:
    # without L2 the book begins in March
    deleted = {**L2, "is_deleted": "true", "updated_at": LATE}
    assert restated(line("L1", "2025-03-01"), L2, deleted)[:2] == [
        (1, "40.0000", "0.0000", "deleted_line"), (2, "40.0000", "0.0000", "deleted_line"),
    ]  # fmt: skip


def test_a_correction_recorded_after_the_report() -> None:
    corrected = {**L1, "unit_price": "120", "updated_at": LATE}
    assert restated(L1, corrected) == [
        (month, "100.0000", "120.0000", "back_dated_amendment") for month in (1, 2, 3)
    ]
    # as an amendment it is a change of April
    assert restated(L1, corrected, in_place_edits="amendment") == []


def test_a_line_that_is_brought_back_after_the_report() -> None:
    gone = {**L2, "is_deleted": "true", "updated_at": "2025-03-01"}
    back = {**L2, "updated_at": LATE}
    assert restated(L1, L2, gone, back)[-1] == (3, "100.0000", "140.0000", "back_dated_amendment")


@pytest.mark.parametrize(
    ("contract_id", "cause"), [("C1", "back_dated_amendment"), ("C2", "late_entry")]
)
def test_a_line_first_recorded_after_the_report(contract_id: str, cause: str) -> None:
    late = line("L2", "2025-03-10", contract_id=contract_id, unit_price="40", updated_at=LATE)
    assert restated(L1, late) == [(3, "100.0000", "140.0000", cause)]


def test_an_account_first_recorded_after_the_report() -> None:
    late = line("L1", "2025-02-10", updated_at=LATE)
    assert restated(late) == [
        (2, "0.0000", "100.0000", "late_entry"), (3, "0.0000", "100.0000", "late_entry"),
    ]  # fmt: skip


def test_lines_that_make_no_mrr_are_no_cause() -> None:
    # a one-time line of the contract is recorded again: the new line is still a late entry
    once = line("L9", "2025-01-01", line_type="one_time")
    again = {**once, "unit_price": "7", "updated_at": LATE}
    late = line("L2", "2025-03-10", contract_id="C2", unit_price="40", updated_at=LATE)
    assert restated(L1, once, again, late)[0][3] == "late_entry"


def test_a_line_that_moves_to_another_account() -> None:
    rows = [L1, {**L1, "account_id": "B", "updated_at": LATE}]
    accounts = [{**ACCOUNT, "account_id": name} for name in "AB"]
    found = mrr_restatement(book("2025-06-30", *rows, sources={"accounts": accounts}))
    march = [row for row in found if row["month"] == date(2025, 3, 1)]
    assert [cells_of(row, "account_id", "difference", "cause") for row in march] == [
        ("A", "-100.0000", "back_dated_amendment"), ("B", "100.0000", "back_dated_amendment"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("recorded", "variables", "months"),
    [
        # on 5 April it is in the report of March, on the 6th it is not
        ("2025-04-05", {}, [2]),
        ("2025-04-06", {}, [2, 3]),
        # on 4 April March is not reported yet
        ("2025-04-04", {"as_of": "2025-04-04"}, [2]),
        # without a lag only what is dated in March itself is in its report
        ("2025-03-31", {"close_lag_days": 0}, [2]),
        ("2025-04-01", {"close_lag_days": 0}, [2, 3]),
    ],
)
def test_a_month_is_closed_some_days_after_its_end(
    recorded: str, variables: Row, months: list[int]
) -> None:
    late = line("L1", "2025-02-10", updated_at=recorded)
    assert [row[0] for row in restated(late, **variables)] == months


def test_accounts_and_rates_are_those_known_now() -> None:
    # the one rate of 1 May values March in both; an account that is internal now was never counted
    late = {**L1, "currency": "EUR", "unit_price": "120", "updated_at": LATE}
    rates = {"fx_rates": [rate("EUR", "2025-05-01", "2")]}
    assert restated({**L1, "currency": "EUR"}, late, sources=rates)[-1] == (
        3, "200.0000", "240.0000", "back_dated_amendment",
    )  # fmt: skip
    internal = {**ACCOUNT, "is_internal": "true", "updated_at": "2025-05-01"}
    assert restated(ENDED, sources={"accounts": [ACCOUNT, internal]}) == []


def test_a_logo_without_mrr_is_no_difference() -> None:
    assert restated(line("L1", "2025-02-10", discount_pct="1", updated_at=LATE)) == []


def test_the_month_as_it_was_reported() -> None:
    # A is carried over the end of March, B comes in March and is recorded on 20 April
    world = accounts_book(
        "2025-06-30",
        {"A": [ENDED], "B": [line("L1", "2025-03-10", unit_price="40", updated_at=LATE)]},
    )
    names = ("mrr_start", "new_mrr", "churn_mrr", "mrr_end", "grace_logos", "new_logos")
    march = {"month": date(2025, 3, 1)}
    assert cells_of(only(reported_retention_monthly(world), **march), *names) == (
        "100.0000", "0.0000", "0.0000", "100.0000", 1, 0,
    )  # fmt: skip
    assert cells_of(only(kpi_retention_monthly(world), **march), *names) == (
        "100.0000", "40.0000", "100.0000", "40.0000", 0, 1,
    )  # fmt: skip
    # April as reported on 5 May begins with March as it stood then
    april = only(reported_retention_monthly(world), month=date(2025, 4, 1))
    assert cells_of(april, *names) == ("40.0000", "0.0000", "0.0000", "40.0000", 0, 0)
    assert [row["month"].month for row in reported_retention_monthly(world)] == [1, 2, 3, 4, 5]

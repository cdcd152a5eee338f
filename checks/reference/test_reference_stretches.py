"""Hand-worked cases of lines that are edited in place, under `in_place_edits: amendment`.

A line makes 100 USD a month from one seat where a case does not say otherwise; its first version
is of 1 January 2020.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .book import Book
from .churn import fct_churn_event
from .ledger import fct_mrr_event
from .lines import FOREVER
from .renewals import fct_renewal
from .revenue import fct_contract_line, fct_mrr_monthly
from .small import book, cells_of, line

START = "2025-01-01"
Row = dict[str, Any]


def edited(row: Row, *edits: tuple[str, Row]) -> list[Row]:
    """Return the versions of a line: each edit is dated and changes some cells of the last."""
    versions = [row]
    for moment, cells in edits:
        versions.append({**versions[-1], "updated_at": moment, **cells})
    return versions


def world(as_of: str, *edits: tuple[str, Row], row: Row | None = None, **variables: Any) -> Book:
    variables = {"in_place_edits": "amendment", **variables}
    return book(as_of, *edited(row or line("L1", START), *edits), **variables)


def stretches(*edits: tuple[str, Row], **more: Any) -> list[tuple[str, str, str]]:
    """First day, first day not in force and MRR of each stretch of a line, as of 30 June."""
    lines = world("2025-06-30", *edits, **more).lines
    return [
        (str(line.start), "open" if line.end == FOREVER else str(line.end), str(line.mrr))
        for line in lines
    ]


PRICE_120 = {"unit_price": "120"}
RISE = ("2025-02-15", PRICE_120)


def test_an_edit_counts_from_its_date_or_from_the_start() -> None:
    for variables, expected in (
        ({}, [("new", "100.0000"), ("expansion", "120.0000")]),
        ({"in_place_edits": "correction"}, [("new", "120.0000"), ("none", "120.0000")]),
    ):
        rows = fct_mrr_monthly(world("2025-02-28", RISE, **variables))
        assert [cells_of(row, "movement", "mrr_end") for row in rows] == expected


@pytest.mark.parametrize(
    "edit",
    [
        {"unit_price": "120"}, {"quantity": "2"}, {"discount_pct": "0.1"},
        {"billing_interval": "year"}, {"interval_count": "2"}, {"end_date": "2025-12-31"},
    ],
    ids=lambda edit: next(iter(edit)),
)  # fmt: skip
def test_each_term_splits_a_line(edit: Row) -> None:
    assert [start for start, _, _ in stretches(("2025-02-15", edit))] == [START, "2025-02-15"]


@pytest.mark.parametrize(
    "edit",
    [
        {"discount_pct": "0"}, {"interval_count": "1"}, {"product_id": "P2"},
        {"paused_from": "2025-03-01"}, {"cancel_effective_date": "2026-01-01"},
        {"start_date": START, "is_auto_renew": "true"}, {"contract_id": "C7"},
    ],
    ids=lambda edit: next(iter(edit)),
)  # fmt: skip
def test_what_is_no_term_or_no_change_splits_nothing(edit: Row) -> None:
    assert [start for start, _, _ in stretches(("2025-02-15", edit))] == [START]


def test_edits_up_to_the_start_are_corrections() -> None:
    # dated 20 December, on the start, and the day after it
    edits = [
        ("2024-12-20", {"unit_price": "110"}),
        ("2025-01-01", {"unit_price": "111"}),
        ("2025-01-02", {"unit_price": "112"}),
    ]
    assert stretches(*edits) == [
        (START, "2025-01-02", "111.0000"), ("2025-01-02", "open", "112.0000"),
    ]  # fmt: skip


def test_a_line_recorded_late_has_its_first_terms_from_the_start() -> None:
    row = line("L1", START, updated_at="2025-02-10")
    assert stretches(("2025-03-10", PRICE_120), row=row) == [
        (START, "2025-03-10", "100.0000"), ("2025-03-10", "open", "120.0000"),
    ]  # fmt: skip
    # its second version of that same day is the one that counts
    assert stretches(("2025-02-10T12:00:00Z", PRICE_120), row=row) == [(START, "open", "120.0000")]


def test_of_several_edits_on_one_day_the_last_counts() -> None:
    morning, noon = "2025-02-15T08:00:00Z", "2025-02-15T12:00:00Z"
    assert stretches((morning, {"unit_price": "150"}), (noon, PRICE_120)) == [
        (START, "2025-02-15", "100.0000"), ("2025-02-15", "open", "120.0000"),
    ]  # fmt: skip
    # back to what it was by noon: nothing happened
    taken_back = (noon, {"unit_price": "100"})
    assert stretches((morning, PRICE_120), taken_back) == [(START, "open", "100.0000")]


def test_the_date_is_that_of_the_reporting_time_zone() -> None:
    # 02:00 UTC on 15 February is the evening of the 14th in New York
    edit = ("2025-02-15T02:00:00Z", PRICE_120)
    assert stretches(edit)[1][0] == "2025-02-15"
    assert stretches(edit, reporting_timezone="America/New_York")[1][0] == "2025-02-14"


def test_an_edit_after_as_of_is_not_known() -> None:
    assert len(world("2025-02-14", RISE).lines) == 1


def test_everything_but_the_terms_is_what_the_latest_version_says() -> None:
    # the product, the pause and the cancellation of 20 May hold for the stretch of January too
    late = {
        "product_id": "P2", "paused_from": "2025-01-20", "paused_until": "2025-02-20",
        "cancel_effective_date": "2025-05-31", "cancel_notice_at": "2025-05-01",
    }  # fmt: skip
    lines = world("2025-06-30", RISE, ("2025-05-20", late)).lines
    assert [(row.product_id, row.paused_from, row.end) for row in lines] == [
        ("P2", date(2025, 1, 20), date(2025, 2, 15)), ("P2", date(2025, 1, 20), date(2025, 5, 31)),
    ]  # fmt: skip


def test_deleted_versions_are_none() -> None:
    gone, back = {"is_deleted": "true"}, {"is_deleted": None}
    assert stretches(("2025-02-15", {**PRICE_120, **gone})) == []
    assert stretches(
        ("2025-02-15", {**PRICE_120, **gone}), ("2025-03-15", {"unit_price": "130", **back})
    ) == [(START, "2025-03-15", "100.0000"), ("2025-03-15", "open", "130.0000")]


def test_a_term_is_as_long_as_its_own_version_says() -> None:
    # 1200 for 12 months, then 2400 for 24 months and 2400 for 12: 100, 100 and 200 a month
    row = line("L1", START, "2026-01-01", billing_interval="term", unit_price="1200")
    longer = ("2025-03-01", {"unit_price": "2400", "end_date": "2027-01-01"})
    shorter = ("2025-04-01", {"end_date": "2026-01-01"})
    assert [mrr for _, _, mrr in stretches(longer, shorter, row=row)] == [
        "100.0000", "100.0000", "200.0000",
    ]  # fmt: skip


def test_an_end_that_is_recorded_late_counts_from_the_day_it_is_recorded() -> None:
    # recorded on 10 March: ended on the 1st. The stretch of 10 March never is in force.
    edit = ("2025-03-10", {"end_date": "2025-03-01"})
    assert stretches(edit) == [
        (START, "2025-03-10", "100.0000"), ("2025-03-10", "2025-03-01", "100.0000"),
    ]  # fmt: skip
    events = fct_churn_event(world("2025-06-30", edit))
    assert [row["churn_date"] for row in events] == [date(2025, 3, 10)]


def test_a_line_has_one_row_with_its_start_and_last_terms() -> None:
    edits = [RISE, ("2025-03-01", {"quantity": "3", "end_date": "2025-12-31"})]
    (row,) = fct_contract_line(world("2025-06-30", *edits))
    names = ("start_date", "end_date", "effective_end_date", "quantity", "local_mrr", "is_in_force")
    assert cells_of(row, *names) == (
        date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31), "3.0000", "360.0000", True,
    )  # fmt: skip


def test_edits_have_causes_in_the_ledger() -> None:
    # 2 more seats at 100 = 200, then 10 % off 5 x 100 = -50
    row = line("L1", START, quantity="3")
    edits = [("2025-02-15", {"quantity": "5"}), ("2025-03-15", {"discount_pct": "0.1"})]
    rows = fct_mrr_event(world("2025-03-31", *edits, row=row))
    assert [cells_of(row, "event_date", "cause", "amount", "contract_line_id") for row in rows] == [
        (date(2025, 1, 1), "new_business", "300.0000", "L1"),
        (date(2025, 2, 15), "seats", "200.0000", "L1"),
        (date(2025, 3, 15), "discount", "-50.0000", "L1"),
    ]


def test_an_edit_ends_no_coverage() -> None:
    (story,) = world("2025-06-30", RISE).stories.values()
    assert [(span.first, span.end) for span in story.spans] == [(date(2025, 1, 1), FOREVER)]


TERM = line("L1", "2024-01-01", START)
LONGER = {"end_date": "2026-01-01", "unit_price": "120"}


def renewals(*edits: tuple[str, Row], others: tuple[Row, ...] = (), **more: Any) -> list[Any]:
    """Due date, amounts, outcome and day of what a line of 2024 has to renew, as of June 2025."""
    variables = {"in_place_edits": "amendment", **more}
    rows = fct_renewal(book("2025-06-30", *edited(TERM, *edits), *others, **variables))
    names = ("due_date", "atr_mrr", "renewed_mrr", "outcome", "renewed_on", "is_late")
    return [cells_of(row, *names) for row in rows]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # however early; due + 30 days is 31 January; 20 % more is an expansion
        ("2024-02-01", ("120.0000", "expanded", date(2024, 2, 1), False)),
        ("2025-01-01", ("120.0000", "expanded", date(2025, 1, 1), False)),
        ("2025-01-31", ("120.0000", "expanded", date(2025, 1, 31), True)),
        ("2025-02-01", ("0.0000", "churned", None, False)),
    ],
)
@pytest.mark.parametrize("end", ["2026-01-01", None])
def test_an_extended_end_is_a_renewal(day: str, expected: tuple[Any, ...], end: str | None) -> None:
    edit = (day, {**LONGER, "end_date": end})
    assert renewals(edit) == [(date(2025, 1, 1), "100.0000", *expected)]


def test_an_edit_that_does_not_move_the_end_away_is_no_renewal() -> None:
    # the price rises on 1 July: 120 is due; then the end comes nearer: due on 1 October instead
    rise, nearer = ("2024-07-01", {"unit_price": "120"}), ("2024-08-01", {"end_date": "2024-10-01"})
    assert renewals(rise) == [(date(2025, 1, 1), "120.0000", "0.0000", "churned", None, False)]
    assert renewals(rise, nearer) == [
        (date(2024, 10, 1), "120.0000", "0.0000", "churned", None, False)
    ]


def test_each_extension_is_due_on_the_end_before_it() -> None:
    again = ("2024-12-01", {"end_date": "2025-07-01", "unit_price": "90"})
    last = ("2025-06-01", {"end_date": None})
    assert renewals(again, last) == [
        (date(2025, 1, 1), "100.0000", "90.0000", "contracted", date(2024, 12, 1), False),
        (date(2025, 7, 1), "90.0000", "90.0000", "renewed", date(2025, 6, 1), False),
    ]


def test_an_end_moved_away_and_back_is_due_with_its_last_terms() -> None:
    away, back = ("2024-06-01", LONGER), ("2024-07-01", {"end_date": START, "unit_price": "130"})
    assert renewals(away, back) == [
        (date(2025, 1, 1), "130.0000", "0.0000", "churned", None, False)
    ]


def test_an_extension_that_never_comes_into_force_renews_nothing() -> None:
    # cancelled for 1 June 2024, before the extension of 1 July
    edits = [("2024-05-01", {"cancel_effective_date": "2024-06-01"}), ("2024-07-01", LONGER)]
    assert renewals(*edits) == [(date(2025, 1, 1), "100.0000", "0.0000", "churned", None, False)]


def test_an_extension_stands_beside_the_lines_that_renew() -> None:
    # 120 by the extension, and 40 by a line that names the contract
    named = line("L2", START, contract_id="C2", unit_price="40", renewed_from_contract_id="C1")
    assert renewals(("2025-01-10", LONGER), others=(named,)) == [
        (date(2025, 1, 1), "100.0000", "160.0000", "expanded", date(2025, 1, 1), False),
    ]


def test_an_edit_of_another_line_is_no_start_that_could_renew() -> None:
    # L2 of the same product began in 2023 and gets a new price within grace of L1's end
    other = edited(line("L2", "2023-01-01", contract_id="C2"), ("2025-01-10", PRICE_120))
    assert renewals(others=tuple(other)) == [
        (date(2025, 1, 1), "100.0000", "0.0000", "churned", None, False)
    ]


def test_a_line_that_is_edited_renews_with_its_first_terms() -> None:
    other = edited(line("L2", START, contract_id="C2"), ("2025-01-10", PRICE_120))
    assert renewals(others=tuple(other)) == [
        (date(2025, 1, 1), "100.0000", "100.0000", "renewed", date(2025, 1, 1), False)
    ]

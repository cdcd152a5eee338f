"""Hand-worked cases of line MRR, coverage, grace and movements.

A line makes 100 USD a month from one seat where a case does not say otherwise.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from .money import months_factor, round_half_away
from .revenue import fct_contract_line, fct_mrr_monthly
from .small import book, cells_of, line, only, rate


def mrr(**cells: str) -> str:
    """Local MRR of one line with these cells."""
    row = line("L1", cells.pop("start", "2025-01-01"), cells.pop("end", None), **cells)
    return str(fct_contract_line(book("2025-06-30", row))[0]["local_mrr"])


def movements(*months: tuple[str, str, str]) -> list[tuple[date, str, str]]:
    return [(date.fromisoformat(f"{month}-01"), name, amount) for month, name, amount in months]


def told(rows: list[dict]) -> list[tuple[date, str, str]]:
    """Month, movement and closing MRR of one account's rows."""
    return [(row["month"], row["movement"], str(row["mrr_end"])) for row in rows]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # 999.99 x 3 x 0.95 / 12 = 2849.9715 / 12 = 237.497625, cut between 6 and 7
        ({"unit_price": "999.99", "quantity": "3", "discount_pct": "0.05",
          "billing_interval": "year"}, "237.4976"),
        # 0.0006 / 12 = 0.00005: half a ten-thousandth goes away from zero
        ({"unit_price": "0.0006", "billing_interval": "year"}, "0.0001"),
        # 90 every 3 quarters = 90 x (1/3) / 3 = 10
        ({"unit_price": "90", "billing_interval": "quarter", "interval_count": "3"}, "10.0000"),
        # 12 a week = 12 x 52 / 12 = 52
        ({"unit_price": "12", "billing_interval": "week"}, "52.0000"),
        # 12 a day = 12 x 365 / 12 = 365
        ({"unit_price": "12", "billing_interval": "day"}, "365.0000"),
        # 600 a half year = 100 a month, 100 % off = 0
        ({"unit_price": "600", "billing_interval": "half_year", "discount_pct": "1"}, "0.0000"),
        # 1 January to 1 April is three months: 300 / 3; an interval count says nothing of a term
        ({"unit_price": "300", "billing_interval": "term", "end": "2025-04-01",
          "interval_count": "9"}, "100.0000"),
        # 31 January plus one month, clamped, is 28 February: 100 / 1
        ({"billing_interval": "term", "start": "2025-01-31", "end": "2025-02-28"}, "100.0000"),
        # 28 February to 31 March: both month ends, one month apart
        ({"billing_interval": "term", "start": "2025-02-28", "end": "2025-03-31"}, "100.0000"),
        # 30 days from 1 January to 31 January: 100 x 365 / 12 / 30 = 101.38888...
        ({"billing_interval": "term", "end": "2025-01-31"}, "101.3889"),
        # an early cancellation does not shorten the term that the price is for
        ({"unit_price": "1200", "billing_interval": "term", "end": "2026-01-01",
          "cancel_effective_date": "2025-03-01"}, "100.0000"),
        ({"line_type": "usage"}, "0.0000"),
    ],
)  # fmt: skip
def test_line_mrr(cells: dict[str, str], expected: str) -> None:
    assert mrr(**cells) == expected


def test_rounding_is_half_away_from_zero() -> None:
    # 2.00005 -> 2.0001 and -2.00005 -> -2.0001
    assert str(round_half_away(Decimal("2.00005"))) == "2.0001"
    assert str(round_half_away(Decimal("-2.00005"))) == "-2.0001"


def test_a_year_is_twelve_whole_months_even_from_a_leap_day() -> None:
    # 29 February 2024 plus 12 months, clamped, is 28 February 2025
    assert months_factor("term", None, date(2024, 2, 29), date(2025, 2, 28)).denominator == 12


def test_new_then_churn_with_the_end_day_not_covered() -> None:
    # [10 January, 1 March): active at the ends of January and February, not of March.
    # 1 March + 30 days is past on 30 April, so the end is churn, and March has the last row.
    rows = fct_mrr_monthly(book("2025-04-30", line("L1", "2025-01-10", "2025-03-01")))
    assert told(rows) == movements(
        ("2025-01", "new", "100.0000"),
        ("2025-02", "none", "100.0000"),
        ("2025-03", "churn", "0.0000"),
    )
    assert cells_of(rows[2], "mrr_start", "churn_mrr", "is_complete") == (
        "100.0000",
        "100.0000",
        True,
    )


@pytest.mark.parametrize(
    ("start_again", "march", "april", "is_grace"),
    [
        # first uncovered day 11 March; 30 days on is 10 April: bridged, and carried at 31 March
        ("2025-04-10", "none", "none", True),
        # a day later the gap is 31 days: churn in March, back in April
        ("2025-04-11", "churn", "reactivation", False),
    ],
)
def test_a_gap_of_grace_days_is_bridged_and_one_more_is_not(
    start_again: str, march: str, april: str, is_grace: bool
) -> None:
    world = book("2025-06-30", line("L1", "2025-01-01", "2025-03-11"), line("L2", start_again))
    rows = fct_mrr_monthly(world)
    assert only(rows, month=date(2025, 3, 1))["movement"] == march
    assert only(rows, month=date(2025, 3, 1))["is_grace"] is is_grace
    assert only(rows, month=date(2025, 4, 1))["movement"] == april


@pytest.mark.parametrize(
    ("as_of", "movement", "mrr_end"),
    [
        # span end 1 May + 30 days = 31 May: on the 30th still carried, on the 31st it is over
        ("2025-05-30", "none", "100.0000"),
        ("2025-05-31", "churn", "0.0000"),
    ],
)
def test_grace_after_the_last_span(as_of: str, movement: str, mrr_end: str) -> None:
    rows = fct_mrr_monthly(book(as_of, line("L1", "2025-01-01", "2025-05-01")))
    assert told(rows)[-1] == (date(2025, 5, 1), movement, mrr_end)


def test_without_grace_nothing_is_carried() -> None:
    # L1 ends on 31 March and L2 starts on 1 April: one uncovered day, the last of March
    world = book(
        "2025-05-31",
        line("L1", "2025-01-01", "2025-03-31"),
        line("L2", "2025-04-01"),
        renewal_grace_days=0,
    )
    assert [row["movement"] for row in fct_mrr_monthly(world)] == [
        "new", "none", "churn", "reactivation", "none",
    ]  # fmt: skip


def test_a_booked_line_does_not_keep_an_account_that_is_past_grace() -> None:
    # ended 1 May, 14 June is day 44: churned, though a line starts on 1 July
    world = book("2025-06-14", line("L1", "2025-01-01", "2025-05-01"), line("L2", "2025-07-01"))
    assert told(fct_mrr_monthly(world))[-1] == (date(2025, 5, 1), "churn", "0.0000")


def test_a_gap_to_a_booked_line_is_grace() -> None:
    # ended 10 June, 14 June is day 4: carried, and not complete
    rows = fct_mrr_monthly(
        book("2025-06-14", line("L1", "2025-01-01", "2025-06-10"), line("L2", "2025-07-01"))
    )
    assert cells_of(rows[-1], "movement", "mrr_end", "is_grace", "is_complete") == (
        "none", "100.0000", True, False,
    )  # fmt: skip


def test_seats_before_and_after() -> None:
    # 5 seats from 1 January, 8 from 15 February in the same contract: expansion 300
    world = book(
        "2025-03-31",
        line("L1", "2025-01-01", quantity="5", cancel_effective_date="2025-02-15"),
        line("L2", "2025-02-15", quantity="8"),
    )
    row = only(fct_mrr_monthly(world), month=date(2025, 2, 1))
    assert cells_of(row, "movement", "expansion_mrr", "mrr_end") == (
        "expansion",
        "300.0000",
        "800.0000",
    )


def test_fx_is_apart_from_expansion() -> None:
    # 100 EUR at 1.10 in January, 150 EUR in February at 1.20:
    # start 110; at the opening rate 150 x 1.10 = 165: expansion 55; 150 x 0.10 = 15 is fx; end 180
    world = book(
        "2025-02-28",
        line("L1", "2025-01-01", "2025-02-01", currency="EUR"),
        line("L2", "2025-02-01", currency="EUR", unit_price="150"),
        sources={"fx_rates": [rate("EUR", "2025-01-15", "1.1"), rate("EUR", "2025-02-28", "1.2")]},
    )
    row = fct_mrr_monthly(world)[-1]
    assert cells_of(row, "mrr_start", "expansion_mrr", "fx_mrr", "mrr_end") == (
        "110.0000", "55.0000", "15.0000", "180.0000",
    )  # fmt: skip


def test_before_the_first_known_rate_that_rate_holds() -> None:
    # the only rate is of March: January is valued at it too
    world = book(
        "2025-03-31",
        line("L1", "2025-01-01", currency="EUR"),
        sources={"fx_rates": [rate("EUR", "2025-03-01", "2")]},
    )
    assert told(fct_mrr_monthly(world))[0] == (date(2025, 1, 1), "new", "200.0000")


def test_the_current_month_takes_the_rate_of_as_of() -> None:
    # the rate of 20 June is after the as-of date and not known: 1.1 holds
    world = book(
        "2025-06-15",
        line("L1", "2025-06-01", currency="EUR"),
        sources={"fx_rates": [rate("EUR", "2025-01-01", "1.1"), rate("EUR", "2025-06-20", "2")]},
    )
    assert told(fct_mrr_monthly(world)) == movements(("2025-06", "new", "110.0000"))

"""Hand-worked cases of survival and lifetime value, and the agreement with lifelines.

A line makes 100 USD a month from one seat where a case does not say otherwise.
"""

from __future__ import annotations

from math import isclose, sqrt
from typing import Any

import pytest
from lifelines import KaplanMeierFitter

from .book import Book
from .histories import AS_OF, generate
from .reading import read
from .small import accounts_book, book, cells_of, line, only
from .survival import kpi_ltv, kpi_survival, tenures


def four_accounts(**variables: Any) -> Book:
    """A and D churn after 30 days, B stays, C is in grace on 30 April."""
    return accounts_book(
        "2025-04-30",
        {
            # 1 to 31 January: 30 days
            "A": [line("L1", "2025-01-01", "2025-01-31")],
            # on 30 April 31 + 28 + 31 + 29 = 119 days after its first
            "B": [line("L1", "2025-01-01")],
            # ended on 21 April, its last covered day is 19 days after its first
            "C": [line("L1", "2025-04-01", "2025-04-21")],
            # 28 days of February and 2 of March
            "D": [line("L1", "2025-02-01", "2025-03-03")],
        },
        **variables,
    )


def test_survival_of_four_accounts() -> None:
    # Day 19: 4 at risk, C is censored. Day 30: 3 at risk, 2 churn, 1/3 stays; Greenwood's sum is
    # 2 / (3 x 1), so the error is 1/3 x sqrt(2/3). Day 119: B is censored.
    rows = kpi_survival(four_accounts())
    names = ("tenure_days", "at_risk", "churned", "censored", "survival")
    assert [cells_of(row, *names) for row in rows] == [
        (19, 4, 0, 1, 1.0), (30, 3, 2, 0, 1 / 3), (119, 1, 0, 1, 1 / 3),
    ]  # fmt: skip
    assert [row["standard_error"] for row in rows] == [0.0, *2 * [sqrt(2 / 3) / 3]]


def test_the_standard_error_is_null_where_nobody_is_left() -> None:
    (row,) = kpi_survival(book("2025-04-30", line("L1", "2025-01-01", "2025-01-31")))
    assert cells_of(row, "tenure_days", "survival", "standard_error") == (30, 0.0, None)


@pytest.mark.parametrize(
    ("lines", "tenure"),
    [
        # [1, 31) January and [10, 20) February are bridged: 50 days to 20 February
        ([("2025-01-01", "2025-01-31"), ("2025-02-10", "2025-02-20")], (50, 1, 0)),
        # back on 1 April after a real gap: the first churn counts
        ([("2025-01-01", "2025-01-31"), ("2025-04-01", None)], (30, 1, 0)),
        # the end of 1 June is ahead: 119 days to 30 April
        ([("2025-01-01", "2025-06-01")], (119, 0, 1)),
        # grace of 1 April is over on 1 May: on 30 April the last covered day is 89 days on
        ([("2025-01-01", "2025-04-01")], (89, 0, 1)),
        # grace of 31 March is over on 30 April: churned after 89 days
        ([("2025-01-01", "2025-03-31")], (89, 1, 0)),
        # the first active day is the last known one
        ([("2025-04-30", None)], (0, 0, 1)),
    ],
)
def test_tenure(lines: list[tuple[str, str | None]], tenure: tuple[int, int, int]) -> None:
    rows = [line(f"L{number}", *days) for number, days in enumerate(lines)]
    (row,) = kpi_survival(book("2025-04-30", *rows))
    assert cells_of(row, "tenure_days", "churned", "censored") == tenure


def test_an_account_that_is_only_booked_has_no_tenure() -> None:
    assert kpi_survival(book("2025-04-30", line("L1", "2025-05-01"))) == []


def test_simple_value() -> None:
    # Of January's start nothing is known; February 0 of 1, March 1 of 2, April 0 of 1: mean 1/6.
    # B and C pay 200 in April: 100 each; 100 x 0.8 / (1/6) = 480.
    row = only(kpi_ltv(four_accounts()), method="simple")
    assert cells_of(row, "arpa", "margin", "n", "horizon_months_observed") == (100.0, 0.8, 2, None)
    assert isclose(row["logo_churn_rate"], 1 / 6)
    assert isclose(row["ltv"], 480)


def test_without_churn_the_simple_value_is_null() -> None:
    row = only(kpi_ltv(book("2025-04-30", line("L1", "2025-01-01"))), method="simple")
    assert cells_of(row, "ltv", "logo_churn_rate") == (None, 0.0)


def test_only_the_last_twelve_complete_months_count() -> None:
    # B churns in February 2024. On 31 January 2025 the twelve months begin with February (1 of 2),
    # on 27 February 2025 too, as that month is not complete, on the 28th they begin with March.
    lines = {
        "A": [line("L1", "2024-01-01")],
        "B": [line("L1", "2024-01-01", "2024-02-10")],
    }
    for as_of, rate in (("2025-01-31", 0.5 / 12), ("2025-02-27", 0.5 / 12), ("2025-02-28", 0.0)):
        row = only(kpi_ltv(accounts_book(as_of, lines)), method="simple")
        assert isclose(row["logo_churn_rate"], rate)


def test_value_by_survival() -> None:
    # S is 1 at month 0 and 1/3 from day 30.4375 on (30 days are past): without discount
    # (1 + 59/3) x 100 x 0.8 = 62/3 x 80. The longest tenure, 119 days, reaches month 3 (91.3125).
    row = only(kpi_ltv(four_accounts(discount_rate=0)), method="survival")
    assert isclose(row["ltv"], 62 / 3 * 80)
    assert cells_of(row, "horizon_months_observed", "logo_churn_rate") == (3, None)
    # at 10 % a year each later month is worth q = 1.1^(-1/12) of the one before
    q = 1.1 ** (-1 / 12)
    later = sum(q**month for month in range(1, 60))
    row = only(kpi_ltv(four_accounts(gross_margin=0.5)), method="survival")
    assert isclose(row["ltv"], (1 + later / 3) * 50)


def test_the_horizon_stops_at_sixty_months() -> None:
    row = only(kpi_ltv(book("2025-04-30", line("L1", "2015-01-01"))), method="survival")
    assert row["horizon_months_observed"] == 59


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("variables", [{}, {"renewal_grace_days": 0}], ids=str)
def test_survival_agrees_with_lifelines(seed: int, variables: dict[str, Any]) -> None:
    world = Book(read(generate(seed, 120), AS_OF, variables))
    found = tenures(world)
    fitter = KaplanMeierFitter().fit(
        [tenure.days for tenure in found], [tenure.is_churned for tenure in found]
    )
    # lifelines publishes Greenwood's sum itself: the variance over the squared survival
    greenwood = fitter._cumulative_sq_
    table, curve = fitter.event_table, fitter.survival_function_.iloc[:, 0]
    rows = kpi_survival(world)
    assert len(rows) > 40
    for row in rows:
        days = row["tenure_days"]
        assert cells_of(row, "at_risk", "churned", "censored") == tuple(
            table.loc[days, ["at_risk", "observed", "censored"]]
        )
        assert isclose(row["survival"], curve[days], rel_tol=1e-9)
        error = sqrt(greenwood[days]) * curve[days]
        assert row["standard_error"] is None or isclose(row["standard_error"], error, rel_tol=1e-9)


def test_the_value_is_null_as_long_as_nobody_is_active() -> None:
    # the account of January is gone; that of May is only booked on 30 April
    rows = kpi_ltv(book("2025-05-31", line("L1", "2025-01-01", "2025-02-01")))
    assert [(row["ltv"], row["arpa"], row["n"]) for row in rows] == [(None, None, 0)] * 2
    assert kpi_ltv(book("2025-04-30", line("L1", "2025-05-01"))) == []

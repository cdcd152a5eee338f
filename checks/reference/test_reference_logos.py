"""Hand-worked cases of pauses, logos, hidden turns and CARR.

A line makes 100 USD a month from one seat where a case does not say otherwise.
"""

from __future__ import annotations

from datetime import date

import pytest

from .lines import FOREVER
from .retention import kpi_retention_monthly
from .revenue import committed_mrr, fct_contract_line, fct_mrr_monthly
from .small import ACCOUNT, book, cells_of, line


def test_a_pause_is_no_churn() -> None:
    # L1 (100) is paused from 10 February to 10 March, L2 (40) is not
    world = book(
        "2025-03-31",
        line("L1", "2025-01-01", paused_from="2025-02-10", paused_until="2025-03-10"),
        line("L2", "2025-01-01", unit_price="40"),
    )
    february, march = fct_mrr_monthly(world)[1:]
    assert cells_of(february, "movement", "pause_mrr", "mrr_end") == ("none", "100.0000", "40.0000")
    assert cells_of(march, "movement", "resume_mrr", "mrr_end") == ("none", "100.0000", "140.0000")


def test_a_pause_and_a_price_rise_in_one_month() -> None:
    # start 100 + 40; L1 pauses (100), L2 goes from 40 to 70: end 70 = 140 + 30 - 100
    world = book(
        "2025-02-28",
        line("L1", "2025-01-01", paused_from="2025-02-10"),
        line("L2", "2025-01-01", "2025-02-05", unit_price="40"),
        line("L3", "2025-02-05", unit_price="70"),
    )
    row = fct_mrr_monthly(world)[-1]
    assert cells_of(row, "movement", "expansion_mrr", "pause_mrr", "mrr_end") == (
        "expansion", "30.0000", "100.0000", "70.0000",
    )  # fmt: skip


def test_a_carried_day_keeps_the_pause_of_the_last_covered_day() -> None:
    # paused for ever from 1 March, ended on 25 March, carried on the 31st: pause, not contraction
    world = book("2025-03-31", line("L1", "2025-01-01", "2025-03-25", paused_from="2025-03-01"))
    row = fct_mrr_monthly(world)[-1]
    assert cells_of(row, "is_grace", "pause_mrr", "contraction_mrr") == (True, "100.0000", "0.0000")


def test_max_pause_days_ends_an_account() -> None:
    # paused from 1 February, 10 days at most: coverage ends on 11 February, grace over by 31 March
    cells = {"paused_from": "2025-02-01", "paused_until": "2025-05-01"}
    world = book("2025-05-31", line("L1", "2025-01-01", **cells), max_pause_days=10)
    assert [(span.first, span.end) for span in world.stories["A"].spans] == [
        (date(2025, 1, 1), date(2025, 2, 11)),
        (date(2025, 5, 1), FOREVER),
    ]
    assert [row["movement"] for row in fct_mrr_monthly(world)] == [
        "new", "churn", "none", "none", "reactivation",
    ]  # fmt: skip


def test_a_full_discount_keeps_the_logo() -> None:
    world = book("2025-01-31", line("L1", "2025-01-05", discount_pct="1"))
    row = kpi_retention_monthly(world)[0]
    assert cells_of(row, "new_logos", "mrr_end", "logos_end", "zero_mrr_logos_end") == (
        1, "0.0000", 1, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [{"quantity": "0"}, {"line_type": "trial"}, {"cancel_effective_date": "2025-01-01"}],
)
def test_lines_that_make_no_account_active(cells: dict[str, str]) -> None:
    assert fct_mrr_monthly(book("2025-03-31", line("L1", "2025-01-01", **cells))) == []


def test_in_and_out_between_two_month_ends() -> None:
    # [5, 15) January and grace long over: one row without movement, counted beside the bridge
    world = book(
        "2025-03-31", line("L1", "2025-01-05", "2025-01-15"), line("L2", "2025-03-30", quantity="0")
    )
    (only_row,) = fct_mrr_monthly(world)
    assert cells_of(only_row, "month", "movement", "mrr_end") == (
        date(2025, 1, 1),
        "none",
        "0.0000",
    )
    row = kpi_retention_monthly(world)[0]
    assert cells_of(row, "intra_month_new_logos", "intra_month_churned_logos") == (1, 1)


def test_out_and_back_in_within_a_month() -> None:
    # grace 5: out on 3 March, back on 20 March; active at both month ends
    world = book(
        "2025-03-31",
        line("L1", "2025-01-01", "2025-03-03"),
        line("L2", "2025-03-20"),
        renewal_grace_days=5,
    )
    row = kpi_retention_monthly(world)[-1]
    assert cells_of(row, "intra_month_new_logos", "intra_month_churned_logos", "churned_logos") == (
        1, 1, 0,
    )  # fmt: skip


def test_internal_accounts_are_in_no_metric() -> None:
    internal = {**ACCOUNT, "is_internal": "1"}
    world = book("2025-03-31", line("L1", "2025-01-01"), sources={"accounts": [internal]})
    assert fct_mrr_monthly(world) == []
    assert kpi_retention_monthly(world) == []
    assert len(fct_contract_line(world)) == 1


def test_a_month_is_final_once_its_grace_is_known() -> None:
    # 31 March + 30 days = 30 April
    for as_of, expected in (("2025-04-29", False), ("2025-04-30", True)):
        rows = kpi_retention_monthly(book(as_of, line("L1", "2025-03-01")))
        assert rows[0]["is_final"] is expected


def test_carr_adds_what_is_booked_and_takes_off_what_goes() -> None:
    # Now: L1 100, L2 40, L3 7. L1 is cancelled for July (-100); L2 ends on 1 August, when L4 (60)
    # of the same contract starts (+60 -40); L3 ends then too, but nothing takes its place (stays).
    world = book(
        "2025-06-15",
        line("L1", "2025-01-01", cancel_effective_date="2025-07-01", contract_id="C1"),
        line("L2", "2025-01-01", "2025-08-01", unit_price="40", contract_id="C2"),
        line("L3", "2025-01-01", "2025-08-01", unit_price="7", contract_id="C3"),
        line("L4", "2025-08-01", unit_price="60", contract_id="C2"),
    )
    # 147 + 60 - 140 = 67 a month
    assert str(committed_mrr(world)) == "67.0000"
    assert str(kpi_retention_monthly(world)[-1]["carr"]) == "804.0000"


def test_rates_are_null_over_zero() -> None:
    row = kpi_retention_monthly(book("2025-01-31", line("L1", "2025-01-01")))[0]
    names = ("logo_churn_rate", "gross_revenue_churn_rate", "quick_ratio", "nrr_12m")
    assert cells_of(row, *names) == (None, None, None, None)

"""Exports in the shape of a billing system's objects; figures worked out by hand.

| subscription | price | MRR in USD |
|---|---|---|
| sub_A | 49 + 10 seats at 15, from 15 January | 199 |
| sub_B | 1,200 a year less 10 %, from 1 February | 90 |
| sub_C | 100 EUR; trial until 24 February; leaves on 24 July, notice given | 110, from April 112 |
| sub_D | 10 seats at 30 from 10 January, and a metered price; ended on 10 May, unpaid | 300 |
| sub_E | left during the trial | none |
| sub_F | never completed | none: left out by the filter |
| sub_G | a second subscription of sub_A's customer, 2 at 25, from 1 April | 50 |

One EUR is 1.10 USD until March 2025, 1.12 from April on.
"""

from __future__ import annotations

import pytest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder
from checks.examples.figures import EXAMPLES, accounted, bridge, month, retention, table


@pytest.fixture(scope="module")
def built(warehouse_builder: WarehouseBuilder) -> BuiltWarehouse:
    """The example, with the as-of date of its last login."""
    warehouse = warehouse_builder.build(EXAMPLES / "stripe_like")
    assert warehouse.failed == {}
    return warehouse


def test_mrr_and_logos_of_each_month(built: BuiltWarehouse) -> None:
    assert bridge(built) == {
        "2025-01": month(499, 2, new=499),
        "2025-02": month(699, 4, new=200),
        "2025-03": month(699, 4),
        "2025-04": month(751, 4, expansion=50, fx=2),
        "2025-05": month(451, 3, churn=300, churned_logos=1),
        "2025-06": month(451, 3),
    }


def test_retention_over_three_months_is_at_the_rate_of_march(built: BuiltWarehouse) -> None:
    # Of 199 + 90 + 110 + 300 there are 249 + 90 + 110 + 0, of which kept 199 + 90 + 110.
    assert retention(built, "2025-06", 3) == {
        "nrr": (449, 699),
        "grr": (399, 699),
        "logo": (3, 4),
    }


def test_churn_rates_of_may(built: BuiltWarehouse) -> None:
    sql = (
        "select logo_churn_rate, round(gross_revenue_churn_rate, 6) from kpi_retention_monthly"
        " where month = date '2025-05-01'"
    )
    assert table(built, sql) == [(0.25, round(300 / 751, 6))]


def test_who_left_and_who_is_about_to(built: BuiltWarehouse) -> None:
    sql = (
        "select account_id, status, notice_date, churn_date, churn_type, mrr_lost"
        " from fct_churn_event order by 1"
    )
    assert table(built, sql) == [
        ("cus_Cedar", "pending", "2025-06-20", "2025-07-24", "voluntary", 112),
        ("cus_Dune", "churned", "2025-05-10", "2025-05-10", "involuntary", 300),
    ]


def test_trials_are_lines_of_their_own(built: BuiltWarehouse) -> None:
    sql = (
        "select contract_line_id, line_type, start_date, end_date from fct_contract_line"
        " where account_id in ('cus_Cedar', 'cus_Elm') order by 1"
    )
    assert table(built, sql) == [
        ("si_C1", "recurring", "2025-02-24", None),
        ("si_C1-trial", "trial", "2025-02-10", "2025-02-24"),
        ("si_E1", "recurring", "2025-03-15", None),
        ("si_E1-trial", "trial", "2025-03-01", "2025-03-15"),
    ]


def test_only_seats_are_licensed(built: BuiltWarehouse) -> None:
    # Two people of Amber's ten seats were here; Birch pays for no seat.
    sql = "select account_id, mau, licensed_seats, login_rate from customer_360 where mrr > 0"
    assert sorted(table(built, sql)) == [
        ("cus_Amber", 2, 10, 0.2),
        ("cus_Birch", 0, 0, None),
        ("cus_Cedar", 0, 0, None),
    ]


def test_every_row_is_accounted_for(built: BuiltWarehouse) -> None:
    assert accounted(built, ["accounts", "contracts", "products"]) == {
        "accounts": (6, 6, 0, 0, 0),
        "contracts": (10, 10, 0, 0, 0),  # nine items less sub_F, and two trials
        "products": (4, 4, 0, 0, 0),
    }

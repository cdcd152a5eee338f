"""Exports in the shape of a CRM's objects and of one of its reports; figures worked out by hand.

| order | price for the whole term | MRR |
|---|---|---|
| O-1001 Halden | 24,000, July 2024 to June 2025; renewed as O-1005 at 30,000 | 2,000, then 2,500 |
| O-1002 Brightmoor | 12,000 and 3,600 less 10 %, October 2024 to September 2025 | 1,000 + 270 |
| O-1003 Castellan | 18,000 for 18 months from January 2025; 5,000 once | 1,000 |
| O-1004 Dovetail | 3,000, March to August 2025; renewed on 16 September as O-1006 | 500 |
"""

from __future__ import annotations

import pytest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder
from checks.examples.figures import EXAMPLES, accounted, bridge, month, retention, table


@pytest.fixture(scope="module")
def built(warehouse_builder: WarehouseBuilder) -> BuiltWarehouse:
    """The example, with the as-of date of its last login."""
    warehouse = warehouse_builder.build(EXAMPLES / "salesforce_like")
    assert warehouse.failed == {}
    return warehouse


def test_mrr_and_logos_of_each_month(built: BuiltWarehouse) -> None:
    assert bridge(built) == {
        "2024-07": month(2_000, 1, new=2_000),
        "2024-08": month(2_000, 1),
        "2024-09": month(2_000, 1),
        "2024-10": month(3_270, 2, new=1_270),
        "2024-11": month(3_270, 2),
        "2024-12": month(3_270, 2),
        "2025-01": month(4_270, 3, new=1_000),
        "2025-02": month(4_270, 3),
        "2025-03": month(4_770, 4, new=500),
        "2025-04": month(4_770, 4),
        "2025-05": month(4_770, 4),
        "2025-06": month(4_770, 4),
        "2025-07": month(5_270, 4, expansion=500),
        "2025-08": month(5_270, 4),
        "2025-09": month(5_270, 4),  # Dovetail's fifteen days without a contract are bridged
        "2025-10": month(4_000, 3, churn=1_270, churned_logos=1),
        "2025-11": month(4_000, 3),
        "2025-12": month(4_000, 3),
    }


def test_retention_over_twelve_months(built: BuiltWarehouse) -> None:
    # Of 2,000 + 1,270 there are 2,500 + 0, of which kept 2,000.
    assert retention(built, "2025-12", 12) == {
        "nrr": (2_500, 3_270),
        "grr": (2_000, 3_270),
        "logo": (1, 2),
    }


def test_what_became_of_the_renewals(built: BuiltWarehouse) -> None:
    # Due is the day after the last one covered; the next due date, 16 March, is within 90 days.
    sql = (
        "select contract_id, due_date, atr_mrr, renewed_mrr, outcome, is_late"
        " from fct_renewal order by due_date"
    )
    assert table(built, sql) == [
        ("O-1001", "2025-07-01", 2_000, 2_500, "expanded", False),
        ("O-1004", "2025-09-01", 500, 500, "renewed", True),
        ("O-1002", "2025-10-01", 1_270, 0, "churned", False),
        ("O-1006", "2026-03-16", 500, 0, "open", False),
    ]


def test_cases_and_opportunities(built: BuiltWarehouse) -> None:
    sql = (
        "select priority, first_response_hours, resolution_hours, is_escalated"
        " from fct_ticket order by ticket_id"
    )
    assert table(built, sql) == [("high", 2, 24, False), ("normal", 6, None, True)]
    sql = (
        "select opportunity_kind, is_open, is_won, opened_date, closed_date from fct_opportunity"
        " order by opportunity_id"
    )
    # Castellan's was hoped for on 15 December, and is neither won nor lost.
    assert table(built, sql) == [
        ("renewal", False, True, "2025-04-10", "2025-06-20"),
        ("renewal", False, False, "2025-07-01", "2025-09-15"),
        ("cross_sell", True, None, "2025-12-02", None),
    ]


def test_logins_of_new_york_are_moments_in_utc(built: BuiltWarehouse) -> None:
    sql = "select account_id, mau, last_login_date from customer_360 where mau > 0"
    assert table(built, sql) == [("001Ex0000000001AAA", 2, "2025-12-31")]


def test_every_row_is_accounted_for(built: BuiltWarehouse) -> None:
    assert accounted(built, ["accounts", "contracts", "opportunities"]) == {
        "accounts": (5, 5, 0, 0, 0),
        "contracts": (10, 8, 0, 0, 2),  # the two lines below the report
        "opportunities": (3, 3, 0, 0, 0),
    }
    sql = "select reasons, raw_row from warehouse.quarantine.raw_rows order by source_row_number"
    assert table(built, sql) == [
        ("malformed_line", "Grand total: 8 order products"),
        ("malformed_line", '"Run by Mara Lind, all orders"'),
    ]

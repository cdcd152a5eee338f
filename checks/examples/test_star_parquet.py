"""A star of Parquet files, one of them a partitioned folder; figures worked out by hand.

| subscription | price | MRR |
|---|---|---|
| 10, 11 Alder | 20 seats at 50 a month, 5 more from March 2025 | 1,000, then 1,250 |
| 20 Basalt | 6,000 a year (5,400 in a former load), paused in May | 500, in May 0 |
| 30 Cobalt | 300 in February and March | 300 |
| 31 Cobalt | back on 15 June with 400 | 400 |
| 40 | a test tenant | none: internal |
"""

from __future__ import annotations

import pytest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder
from checks.examples.figures import EXAMPLES, accounted, bridge, month, retention, table


@pytest.fixture(scope="module")
def built(warehouse_builder: WarehouseBuilder) -> BuiltWarehouse:
    """The example, with the as-of date of its last login."""
    warehouse = warehouse_builder.build(EXAMPLES / "star_parquet")
    assert warehouse.failed == {}
    return warehouse


def test_mrr_and_logos_of_each_month(built: BuiltWarehouse) -> None:
    assert bridge(built) == {
        "2025-01": month(1_500, 2, new=1_500),
        "2025-02": month(1_800, 3, new=300),
        "2025-03": month(2_050, 3, expansion=250),
        "2025-04": month(1_750, 2, churn=300, churned_logos=1),
        "2025-05": month(1_250, 2, pause=500),
        "2025-06": month(2_150, 3, resume=500, reactivation=400),
    }


def test_retention_over_three_months(built: BuiltWarehouse) -> None:
    # All three of March are there in June: 1,250 + 500 + 400, of which kept 1,250 + 500 + 300.
    assert retention(built, "2025-06", 3) == {
        "nrr": (2_150, 2_050),
        "grr": (2_050, 2_050),
        "logo": (3, 3),
    }


def test_who_left_came_back(built: BuiltWarehouse) -> None:
    sql = "select account_id, status, churn_date, mrr_lost, tenure_days from fct_churn_event"
    assert table(built, sql) == [("C3", "won_back", "2025-04-01", 300, 59)]


def test_use_and_support(built: BuiltWarehouse) -> None:
    sql = (
        "select account_id, mau, logins_28d, licensed_seats, open_tickets from customer_360"
        " where mrr > 0 order by 1"
    )
    assert table(built, sql) == [("C1", 2, 3, 25, 0), ("C2", 0, 0, 1, 1), ("C3", 0, 0, 1, 0)]
    # 16:00 of a summer's day in Berlin is 14:00 UTC.
    sql = "select max(logged_in_at) from warehouse.raw.logins"
    assert table(built, sql) == [("2025-06-30 14:00:00",)]


def test_every_row_is_accounted_for(built: BuiltWarehouse) -> None:
    assert accounted(built, ["accounts", "contracts", "users", "logins", "tickets"]) == {
        "accounts": (4, 4, 0, 0, 0),
        "contracts": (7, 6, 1, 0, 0),
        "users": (4, 4, 0, 0, 0),
        "logins": (5, 5, 0, 0, 0),
        "tickets": (2, 2, 0, 0, 0),
    }

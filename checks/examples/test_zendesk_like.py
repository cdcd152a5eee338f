"""Exports in the shape of a help desk's, whose moments are events; figures worked out by hand.

| ticket | priority | first reply | solved | promise |
|---|---|---|---|---|
| 499, 28 May | high | 2 h | 48 h | kept: 1 and 16 working hours |
| 501, 2 June | urgent | 0.5 h | 6 h | kept |
| 502, 3 June | none, so normal | 4 h | 84 h, reopened once | kept: 31 working hours of 40 |
| 503, 10 June | high | 10 h | 24 h | broken: 8 working hours until the reply, 4 promised |
| 504, 20 June | low | none | open | broken: more than 16 working hours without a reply |
| 505, 21 June | | | | deleted: left out by the filter |
"""

from __future__ import annotations

import pytest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder
from checks.examples.figures import EXAMPLES, accounted, bridge, month, table


@pytest.fixture(scope="module")
def built(warehouse_builder: WarehouseBuilder) -> BuiltWarehouse:
    """The example, with the as-of date of its last login."""
    warehouse = warehouse_builder.build(EXAMPLES / "zendesk_like")
    assert warehouse.failed == {}
    return warehouse


def test_each_ticket_has_the_moments_of_its_events(built: BuiltWarehouse) -> None:
    sql = (
        "select ticket_id, priority, first_response_hours, resolution_hours, reopened_count,"
        " csat_score, is_escalated, is_sla_breached from fct_ticket order by 1"
    )
    assert table(built, sql) == [
        ("499", "high", 2, 48, 0, None, False, False),
        ("501", "urgent", 0.5, 6, 0, 5, True, False),
        ("502", "normal", 4, 84, 1, 1, False, False),
        ("503", "high", 10, 24, 0, None, False, True),
        ("504", "low", None, None, 0, None, False, True),
    ]


def test_support_of_each_month(built: BuiltWarehouse) -> None:
    # June: solved are 501, 502 and 503; the medians of 0.5, 4, 10 and of 6, 84, 24 hours.
    sql = (
        "select tickets_created, tickets_solved, backlog, first_response_hours_median,"
        " resolution_hours_median, sla_breach_rate, reopen_rate, escalation_rate, csat, csat_n"
        " from kpi_support_monthly order by month"
    )
    assert table(built, sql) == [
        (1, 1, 0, 2, 48, 0, 0, 0, None, 0),
        (4, 3, 1, 4, 24, 0.5, 1 / 3, 0.25, 0.5, 2),
    ]


def test_mrr_and_logos_of_each_month(built: BuiltWarehouse) -> None:
    assert bridge(built) == {
        "2025-05": month(300, 2, new=300),
        "2025-06": month(350, 2, expansion=50),
    }


def test_use_without_denied_logins_and_agents(built: BuiltWarehouse) -> None:
    # 2 June 08:00 is the 29th day back and counts no more; 30 June and 25 June do.
    sql = "select account_id, mau, logins_28d, licensed_seats from customer_360 order by 1"
    assert table(built, sql) == [("9001", 1, 1, 2), ("9002", 1, 1, 5)]
    assert table(built, "select count(*) from dim_user") == [(3,)]


def test_every_row_is_accounted_for(built: BuiltWarehouse) -> None:
    assert accounted(built, ["accounts", "users", "logins", "tickets"]) == {
        "accounts": (2, 2, 0, 0, 0),
        "users": (3, 3, 0, 0, 0),
        "logins": (4, 4, 0, 0, 0),
        "tickets": (5, 5, 0, 0, 0),
    }

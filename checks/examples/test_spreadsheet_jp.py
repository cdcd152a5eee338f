"""The flat Japanese spreadsheet in yen; all figures worked out by hand from its rows.

| customer | price | MRR |
|---|---|---|
| C001 | 30,000 x 10 a month, from October 2025 on x 12 | 300,000, then 360,000 |
| C002 | 1,200,000 a year, renewed in November 2025 at 960,000 | 100,000, then 80,000 |
| C003 | 240,000 x 10 a year, left with 30 June 2025 as the last day | 200,000 |
| C004 | a trial in March 2025, then 10,000 x 5 a month | 50,000 from April |
| C005 | 45,000 x 10 a quarter from June 2025 | 150,000 |
| C006 | the company's own tenant | none: internal |
| C007 | begins on 31 September 2025 | none: quarantine |
| C008 | a prospect | none: left out by the filter |
"""

from __future__ import annotations

import pytest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder
from checks.examples.figures import EXAMPLES, accounted, bridge, month, retention, table


@pytest.fixture(scope="module")
def built(warehouse_builder: WarehouseBuilder) -> BuiltWarehouse:
    """The spreadsheet, in yen and in Japanese days; the as-of date is that of its last login."""
    variables = {"reporting_currency": "JPY", "reporting_timezone": "Asia/Tokyo"}
    warehouse = warehouse_builder.build(EXAMPLES / "spreadsheet_jp", variables=variables)
    assert warehouse.failed == {}
    return warehouse


def test_mrr_and_logos_of_each_month(built: BuiltWarehouse) -> None:
    assert bridge(built) == {
        "2024-10": month(300_000, 1, new=300_000),
        "2024-11": month(400_000, 2, new=100_000),
        "2024-12": month(600_000, 3, new=200_000),
        "2025-01": month(600_000, 3),
        "2025-02": month(600_000, 3),
        "2025-03": month(600_000, 3),  # a trial makes no MRR
        "2025-04": month(650_000, 4, new=50_000),
        "2025-05": month(650_000, 4),
        "2025-06": month(800_000, 5, new=150_000),  # C003 is there on its last day
        "2025-07": month(600_000, 4, churn=200_000, churned_logos=1),
        "2025-08": month(600_000, 4),
        "2025-09": month(600_000, 4),
        "2025-10": month(660_000, 4, expansion=60_000),
        "2025-11": month(640_000, 4, contraction=20_000),
        "2025-12": month(640_000, 4),
    }


def test_retention_over_twelve_months(built: BuiltWarehouse) -> None:
    # Of 300 + 100 + 200 thousand in December 2024 there are 360 + 80 + 0, of which kept 300 + 80.
    assert retention(built, "2025-12", 12) == {
        "nrr": (440_000, 600_000),
        "grr": (380_000, 600_000),
        "logo": (2, 3),
    }
    ((nrr, grr),) = table(
        built, "select nrr_12m, grr_12m from kpi_retention_monthly where month = date '2025-12-01'"
    )
    assert (round(nrr, 4), round(grr, 4)) == (0.7333, 0.6333)


def test_who_left_and_why(built: BuiltWarehouse) -> None:
    # The last day covered is 30 June, so that 1 July is the first without; 212 days since December.
    sql = (
        "select account_id, notice_date, churn_date, cancel_reason, mrr_lost, tenure_days"
        " from fct_churn_event where status = 'churned'"
    )
    row = ("C003", "2025-05-20", "2025-07-01", "予算削減", 200_000, 212)
    assert table(built, sql) == [row]


def test_use_of_the_last_28_days(built: BuiltWarehouse) -> None:
    # U01 and U02 of twelve seats; the failed login of U03 is none; C002 was here in November.
    sql = "select account_id, mau, licensed_seats, days_since_login from customer_360 where mrr > 0"
    assert sorted(table(built, sql)) == [
        ("C001", 2, 12, 0),
        ("C002", 0, 1, 41),
        ("C004", 1, 5, 13),
        ("C005", 0, 10, None),
    ]


def test_enquiries_in_japanese_hours(built: BuiltWarehouse) -> None:
    # From 17:00 to 10:00 next day are 17 hours, of which two while Japan is at work (9 to 18).
    sql = (
        "select ticket_id, priority, first_response_hours, first_response_business_hours,"
        " resolution_hours, is_open, is_sla_breached from fct_ticket order by 1"
    )
    assert table(built, sql) == [
        ("Q-3", "normal", 17, 2, 48, False, False),
        ("Q-8", "urgent", None, None, None, True, True),
    ]


def test_every_row_is_accounted_for(built: BuiltWarehouse) -> None:
    assert accounted(built, ["accounts", "contracts", "users", "logins", "tickets"]) == {
        "accounts": (11, 8, 3, 0, 0),  # C001, C002 and C004 have two rows each
        "contracts": (10, 9, 0, 0, 1),
        "users": (8, 8, 0, 0, 0),
        "logins": (8, 8, 0, 0, 0),
        "tickets": (2, 2, 0, 0, 0),
    }
    rows = table(
        built,
        "select source_file, source_row_number, reasons, raw_row like '%2025/09/31%'"
        " from warehouse.quarantine.raw_rows",
    )
    assert rows == [("顧客台帳.csv", 10, "bad_type", True)]

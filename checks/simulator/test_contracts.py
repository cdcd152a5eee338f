"""Contract histories hold every event that the definitions have a rule for."""

from __future__ import annotations

import duckdb
import pytest

from checks.simulator.conftest import AS_OF

RENEWALS = (
    "lines n join lines o on o.contract_id = n.renewed_from_contract_id "
    "and o.product_id = n.product_id where n.line_type = 'recurring'"
)
EVENTS = {
    "renewal_on_time": f"{RENEWALS} and n.start_date = o.end_date",
    "renewal_late_within_grace": f"{RENEWALS} and n.start_date - o.end_date between 1 and 30",
    "renewal_on_the_last_day_of_grace": f"{RENEWALS} and n.start_date - o.end_date = 30",
    "return_after_grace": "truth_churns where returned_on > churn_date + 30",
    "renewal_without_a_name": "lines n join lines o on o.account_id = n.account_id "
    "and o.product_id = n.product_id and o.end_date = n.start_date "
    "and o.contract_id <> n.contract_id "
    "where n.renewed_from_contract_id is null",
    "amendment_as_a_new_line": "lines n join lines o on o.contract_id = n.contract_id "
    "and o.product_id = n.product_id and o.end_date = n.start_date "
    "and o.contract_line_id <> n.contract_line_id",
    "pause": "lines where paused_from is not null",
    "pause_ended_later": "contracts o join contracts n using (contract_line_id) where "
    "o.paused_from is not null and o.paused_until is null and n.paused_until is not null",
    "notice": "lines where cancel_notice_at is not null",
    "notice_of_an_end_to_come": f"lines where cancel_effective_date > date '{AS_OF}'",
    "notice_withdrawn": "contracts o join lines n using (contract_line_id) where "
    "o.cancel_notice_at is not null and n.cancel_notice_at is null",
    "early_end": "lines where cancel_effective_date < end_date",
    "deleted_line": "lines where is_deleted",
    "price_corrected": "contracts o join lines n using (contract_line_id) where "
    "o.unit_price <> n.unit_price",
    "end_extended_in_place": "contracts o join lines n using (contract_line_id) where "
    "n.end_date > o.end_date",
    "booked_for_later": f"lines where start_date > date '{AS_OF}'",
    "recorded_after_its_start": "(select min(updated_at) as known, any_value(start_date) as start "
    "from contracts group by contract_line_id) where cast(known as date) > start",
    "open_ended": "lines where end_date is null and line_type = 'recurring'",
    "full_discount": "lines where discount_pct = 1",
    "fraction_of_a_unit": "lines where quantity <> floor(quantity)",
    "several_intervals": "lines where interval_count > 1",
    "term_of_odd_days": "lines where billing_interval = 'term' and end_date - start_date = 400",
    "product_dropped": "lines where cancel_reason = 'not_needed'",
    "price_of_whole_yen": "lines where currency = 'JPY' and unit_price = floor(unit_price)",
    "involuntary_end": "lines where cancel_type = 'involuntary'",
    "internal_account": "accounts where is_internal",
    "prospect": "accounts where account_id not in (select account_id from lines)",
    "older_version_of_an_account": "accounts a join accounts b using (account_id) "
    "where a.updated_at < b.updated_at",
}


@pytest.mark.parametrize("event", EVENTS)
def test_the_demo_has(demo_database: duckdb.DuckDBPyConnection, event: str) -> None:
    (found,) = demo_database.execute(f"select count(*) from {EVENTS[event]}").fetchone()
    assert found > 0


@pytest.mark.parametrize("column", ["line_type", "billing_interval", "currency", "product_id"])
def test_recurring_life_is_varied(demo_database: duckdb.DuckDBPyConnection, column: str) -> None:
    expected = {"line_type": 4, "billing_interval": 7, "currency": 3, "product_id": 11}
    (found,) = demo_database.execute(f"select count(distinct {column}) from lines").fetchone()
    assert found == expected[column]


def test_no_version_moves_the_start_of_its_line(
    demo_database: duckdb.DuckDBPyConnection,
) -> None:
    starts = demo_database.execute(
        "select contract_line_id from contracts group by 1 having count(distinct start_date) > 1"
    ).fetchall()
    assert not starts

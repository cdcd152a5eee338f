"""Without dirt every row is legal: keys, references, times, listed values, nothing to come."""

from __future__ import annotations

import duckdb
import pytest

from checks.simulator.conftest import AS_OF
from simulator.dirty_kinds import EVENT_TIME, KEYS

LISTED = {
    ("accounts", "touch_model"): "high low tech",
    ("contracts", "line_type"): "recurring usage one_time trial",
    ("contracts", "billing_interval"): "day week month quarter half_year year term",
    ("contracts", "cancel_type"): "voluntary involuntary administrative",
    ("users", "role"): "admin champion member viewer",
    ("logins", "result"): "success failure",
    ("logins", "client"): "web mobile api sso",
    ("tickets", "priority"): "urgent high normal low",
    ("tickets", "status"): "new open pending hold solved closed",
    ("messages", "direction"): "outbound product",
    ("touchpoints", "kind"): "meeting call email business_review training",
    ("surveys", "kind"): "nps csat ces",
    ("opportunities", "kind"): "upsell cross_sell renewal",
}
FACTS = [
    ("users", "deactivated_at"),
    ("users", "updated_at"),
    ("accounts", "updated_at"),
    ("tickets", "first_response_at"),
    ("tickets", "solved_at"),
    ("tickets", "closed_at"),
    ("tickets", "csat_at"),
    ("tickets", "updated_at"),
    ("contracts", "cancel_notice_at"),
    ("messages", "delivered_at"),
    ("messages", "opened_at"),
    ("messages", "replied_at"),
    ("surveys", "responded_at"),
    ("milestones", "completed_at"),
    ("invoices", "paid_at"),
    ("opportunities", "closed_at"),
    ("feature_requests", "shipped_at"),
]
# A row that meets the condition would be quarantined.
FORBIDDEN = [
    ("contracts", "unit_price < 0"),
    ("contracts", "quantity < 0"),
    ("contracts", "discount_pct not between 0 and 1"),
    ("contracts", "interval_count <= 0"),
    ("contracts", "end_date < start_date"),
    ("contracts", "cancel_effective_date < start_date"),
    ("contracts", "billing_interval = 'term' and (end_date is null or end_date <= start_date)"),
    ("contracts", "paused_until < paused_from"),
    ("contracts", "updated_at < cancel_notice_at"),
    ("contracts", "currency <> 'USD' and currency not in (select currency from fx_rates)"),
    ("contracts", "product_id not in (select product_id from products)"),
    ("fx_rates", "rate <= 0"),
    ("tickets", "first_response_at < created_at"),
    ("tickets", "solved_at < created_at or closed_at < created_at"),
    ("tickets", "csat_score not between 1 and 5"),
    ("tickets", "merged_into_ticket_id = ticket_id"),
    ("tickets", "merged_into_ticket_id not in (select ticket_id from tickets)"),
    ("users", "deactivated_at < created_at"),
    ("surveys", "kind = 'nps' and score not between 0 and 10"),
    ("surveys", "kind = 'csat' and score not between 1 and 5"),
    ("surveys", "kind = 'ces' and score not between 1 and 7"),
    ("surveys", "(score is null) <> (responded_at is null) or responded_at < sent_at"),
    ("touchpoints", "sentiment not between -1 and 1"),
    ("messages", "delivered_at < sent_at or opened_at < delivered_at or replied_at < opened_at"),
    ("data_volumes", "record_count < 0"),
    ("feature_usage", "event_count <= 0"),
]
PEOPLE = [
    ("logins", "user_id"),
    ("feature_usage", "user_id"),
    ("tickets", "requester_user_id"),
    ("surveys", "user_id"),
]
WITH_ACCOUNT = [source for source in KEYS if source not in ("accounts", "products", "fx_rates")]


def count(database: duckdb.DuckDBPyConnection, source: str, condition: str) -> int:
    """Rows of a source that meet a condition."""
    return database.execute(f"select count(*) from {source} where {condition}").fetchone()[0]


@pytest.mark.parametrize("source", KEYS)
def test_keys_are_there_and_do_not_repeat(
    demo_database: duckdb.DuckDBPyConnection, source: str
) -> None:
    keys = KEYS[source] + (("updated_at",) if source in ("accounts", "users", "tickets") else ())
    assert count(demo_database, source, " or ".join(f"{key} is null" for key in keys)) == 0
    listed = ", ".join(keys)
    assert not demo_database.execute(
        f"select {listed} from {source} group by all having count(*) > 1"
    ).fetchall()


@pytest.mark.parametrize("source", WITH_ACCOUNT)
def test_every_account_is_known(demo_database: duckdb.DuckDBPyConnection, source: str) -> None:
    assert count(demo_database, source, "account_id not in (select account_id from accounts)") == 0


@pytest.mark.parametrize(("source", "column"), PEOPLE)
def test_every_person_is_of_the_account(
    demo_database: duckdb.DuckDBPyConnection, source: str, column: str
) -> None:
    strangers = demo_database.execute(
        f"select count(*) from {source} s left join users u on u.user_id = s.{column} "
        f"where s.{column} is not null "
        "and (u.user_id is null or coalesce(s.account_id, u.account_id) <> u.account_id)"
    ).fetchone()
    assert strangers == (0,)


@pytest.mark.parametrize(("source", "condition"), FORBIDDEN)
def test_no_row_breaks_a_rule(
    demo_database: duckdb.DuckDBPyConnection, source: str, condition: str
) -> None:
    assert count(demo_database, source, condition) == 0


@pytest.mark.parametrize(("source", "column"), LISTED)
def test_listed_values_are_all_used_and_no_others(
    demo_database: duckdb.DuckDBPyConnection, source: str, column: str
) -> None:
    rows = demo_database.execute(
        f"select distinct {column} from {source} where {column} is not null"
    ).fetchall()
    found = {value for (value,) in rows}
    assert found <= set(LISTED[source, column].split())
    assert len(found) >= 2


@pytest.mark.parametrize(("source", "column"), [*EVENT_TIME.items(), *FACTS])
def test_nothing_happens_after_the_as_of_day(
    demo_database: duckdb.DuckDBPyConnection, source: str, column: str
) -> None:
    assert count(demo_database, source, f"cast({column} as date) > date '{AS_OF}'") == 0


@pytest.mark.parametrize(
    ("source", "column"), [("logins", "logged_in_at"), ("contracts", "updated_at")]
)
def test_the_newest_row_is_of_the_as_of_day(
    demo_database: duckdb.DuckDBPyConnection, source: str, column: str
) -> None:
    newest = demo_database.execute(f"select max(cast({column} as date)) from {source}").fetchone()
    assert newest == (AS_OF,)


def test_parents_make_no_cycle(demo_database: duckdb.DuckDBPyConnection) -> None:
    children = demo_database.execute(
        "select count(distinct account_id) from accounts where parent_account_id is not null"
    ).fetchone()[0]
    assert children > 5
    grandparents = (
        "parent_account_id in (select account_id from accounts where parent_account_id is not null)"
    )
    assert count(demo_database, "accounts", grandparents) == 0

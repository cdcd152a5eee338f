"""Causes come before churn, decoys are followed by none, and the signs are in the data."""

from __future__ import annotations

import duckdb
import pytest

from checks.simulator.conftest import AS_OF

KINDS = ["usage_decline", "ticket_pain", "champion_left", "involuntary", "no_adoption"]
COVERAGE = f"""
create or replace temp table spans as
with in_force as (
    select account_id, start_date as first_day,
        coalesce(least(end_date, cancel_effective_date), date '2999-01-01') as last_day
    from lines
    where line_type = 'recurring' and not is_deleted and quantity > 0
),
following as (
    select *, max(last_day) over (partition by account_id order by first_day, last_day
        rows between unbounded preceding and 1 preceding) as covered_to
    from in_force where last_day > first_day
),
numbered as (
    select *, count_if(covered_to is null or first_day > covered_to + 30) over (
        partition by account_id order by first_day, last_day) as spell
    from following
)
select account_id, min(first_day) as first_day, max(last_day) as last_day
from numbered group by account_id, spell
having max(last_day) + 30 <= date '{AS_OF}'
"""


def test_the_churn_of_the_truth_is_the_churn_of_the_contracts(
    demo_database: duckdb.DuckDBPyConnection,
) -> None:
    demo_database.execute(COVERAGE)
    ended = demo_database.execute("select account_id, last_day from spans order by all").fetchall()
    told = demo_database.execute(
        "select account_id, churn_date from truth_churns order by all"
    ).fetchall()
    assert ended == told
    assert len(told) > 40


def test_a_cause_begins_weeks_before_its_churn(demo_database: duckdb.DuckDBPyConnection) -> None:
    (shortest,) = demo_database.execute(
        "select min(churn_date - cause_started_on) from truth_churns "
        "where planted_cause <> 'no_sign'"
    ).fetchone()
    assert shortest >= 42


def test_three_in_ten_churn_without_a_sign(demo_database: duckdb.DuckDBPyConnection) -> None:
    (share,) = demo_database.execute(
        "select avg(cast(planted_cause = 'no_sign' as int)) from truth_churns"
    ).fetchone()
    assert 0.3 <= share <= 0.6


@pytest.mark.parametrize("kind", KINDS)
def test_each_cause_and_its_decoy_exist(
    demo_database: duckdb.DuckDBPyConnection, kind: str
) -> None:
    planted = demo_database.execute(
        "select count_if(is_decoy), count_if(not is_decoy) from truth_episodes "
        f"where kind = '{kind}'"
    ).fetchone()
    assert min(planted) >= 1


def test_a_decoy_is_not_followed_by_churn_of_its_term(
    demo_database: duckdb.DuckDBPyConnection,
) -> None:
    followed = demo_database.execute(
        "select * from truth_episodes e join truth_churns c using (account_id) "
        "where e.is_decoy and c.churn_date between e.started_on and e.ended_on"
    ).fetchall()
    assert not followed


def test_use_falls_in_a_decline_and_comes_back_after_a_decoy(
    demo_database: duckdb.DuckDBPyConnection,
) -> None:
    levels = demo_database.execute(
        f"""
        select e.is_decoy,
            count_if(l.day between e.started_on - 28 and e.started_on - 1) / 28.0 as before,
            count_if(l.day between e.started_on + 42 and e.started_on + 55) / 14.0 as during,
            count_if(l.day between e.ended_on and e.ended_on + 27) / 28.0 as after
        from truth_episodes e
        join (select u.account_id, cast(g.logged_in_at as date) as day
            from logins g join users u using (user_id)) l using (account_id)
        where e.kind = 'usage_decline' and e.started_on + 60 < date '{AS_OF}'
            and e.ended_on + 28 < date '{AS_OF}'
        group by e.is_decoy order by e.is_decoy
        """
    ).fetchall()
    (_, before, during, after), (_, decoy_before, decoy_during, decoy_after) = levels
    assert during < 0.6 * before
    assert after < 0.2 * before
    assert decoy_during < 0.6 * decoy_before
    assert decoy_after > 0.7 * decoy_before


def test_a_champion_is_deactivated_on_the_day_the_cause_begins(
    demo_database: duckdb.DuckDBPyConnection,
) -> None:
    without = demo_database.execute(
        f"""
        select account_id from truth_episodes e
        where kind = 'champion_left' and started_on <= date '{AS_OF}' and not exists (
            select 1 from users u where u.account_id = e.account_id and u.role = 'champion'
            and abs(cast(u.deactivated_at as date) - e.started_on) <= 1)
        """
    ).fetchall()
    planted = demo_database.execute(
        "select count(*) from truth_episodes where kind = 'champion_left'"
    ).fetchone()[0]
    assert len(without) <= planted * 0.1


def test_pain_brings_urgent_tickets(demo_database: duckdb.DuckDBPyConnection) -> None:
    inside, outside = demo_database.execute(
        """
        select avg(cast(priority = 'urgent' as int)) filter (where e.account_id is not null),
            avg(cast(priority = 'urgent' as int)) filter (where e.account_id is null)
        from tickets t left join truth_episodes e on e.account_id = t.account_id
            and e.kind = 'ticket_pain' and t.created_at >= e.started_on
            and t.created_at < e.ended_on
        """
    ).fetchone()
    assert inside > 4 * outside


def test_unpaid_invoices_come_before_involuntary_churn(
    demo_database: duckdb.DuckDBPyConnection,
) -> None:
    causes = demo_database.execute(
        "select count(*), count_if(exists (select 1 from invoices i where i.account_id = "
        "c.account_id and i.paid_at is null and i.due_at < c.churn_date + 30)) "
        "from truth_churns c where planted_cause = 'involuntary'"
    ).fetchone()
    assert causes[0] > 0
    assert causes[1] >= 0.5 * causes[0]


def test_the_company_looks_like_one(demo_database: duckdb.DuckDBPyConnection) -> None:
    demo_database.execute(COVERAGE)
    churned, started = demo_database.execute(
        "select (select count(*) from spans), (select count(distinct account_id) from lines)"
    ).fetchone()
    assert 0.1 < churned / started < 0.4
    happy, answered = demo_database.execute(
        "select count_if(csat_score >= 4), count(csat_score) from tickets"
    ).fetchone()
    assert 0.6 < happy / answered < 0.95
    promoters = demo_database.execute(
        "select (count_if(score >= 9) - count_if(score <= 6)) / count(score) from surveys "
        "where kind = 'nps'"
    ).fetchone()[0]
    assert -0.2 < promoters < 0.6

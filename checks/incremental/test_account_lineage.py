"""The reader of statements finds what does not follow accounts, and lets through what does."""

from __future__ import annotations

import pytest

from checks.incremental.account_lineage import faults

ACCOUNTED = {"lines": True, "users": True, "months": False}
_READ = """
    with lines as (select * from "w"."i"."lines"), users as (select * from "w"."i"."users"),
    months as (select * from "w"."i"."months"), made as ({}) select * from made
"""
PLANTED = {
    "users is joined without": "select lines.account_id from lines join users on lines.u = users.u",
    "users is joined": "select lines.account_id from lines left join users on"
    " lines.account_id = users.account_id or lines.u = users.u",
    "a window is not": "select account_id, rank() over (partition by line_id) as n from lines",
    "rows are grouped": "select max(account_id) as x, max(1) as account_id from lines group by u",
    "gathered without": "select min(day) as first_day from lines",
    "DISTINCT without": "select distinct line_id from lines",
    "taken from former_account_id": "select former_account_id as account_id from lines",
    "are looked up": "select account_id from lines where u in (select u from users)",
    "taken from parent_id": "select account_id from users union all"
    " select parent_id as account_id from users",
}
FOLLOWING = (
    "select lines.*, months.month from lines join months on lines.day <= months.day",
    """select lines.account_id, count(*) as n from lines join users
    on lines.account_id = users.account_id and lines.u = users.u group by lines.account_id""",
    "select account_id, lag(day) over (partition by u, account_id order by day) as d from lines",
    """select coalesce(lines.account_id, users.account_id) as account_id
    from lines full join users on lines.account_id = users.account_id""",
    "select account_id, sum(x) over w as s from lines window w as (partition by account_id)",
    "select month, row_number() over (order by month) as n from months",
)


@pytest.mark.parametrize("fault", PLANTED)
def test_what_does_not_follow_accounts_is_found(fault: str) -> None:
    assert [one for one in faults(_READ.format(PLANTED[fault]), ACCOUNTED) if fault in one] != []


@pytest.mark.parametrize("query", FOLLOWING)
def test_what_follows_accounts_is_let_through(query: str) -> None:
    assert faults(_READ.format(query), ACCOUNTED) == []

"""What customers ask for, and how long they wait for it.

Readings of the book where it leaves room:
- a request is shipped at `shipped_at`, whatever its status says; it is declined when it is not
  shipped and its status is one of those by which tools decline; what is shipped before it was asked
  for took 0 days;
- declined requests are in no median of days to ship; open ones are censored at `as_of_date`; the
  Kaplan-Meier median is the first number of days after which at most half still wait.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from .book import Book
from .groups import state_of
from .lines import local_mrr, valued
from .money import ZERO, month_of

Rows = list[dict[str, Any]]

DECLINED = {
    "already exists", "archived", "cancelled", "canceled", "closed", "declined", "duplicate",
    "not planned", "rejected", "will not implement", "won't do", "wont_do",
}  # fmt: skip


def arr_now(book: Book, account_id: str) -> Decimal:
    """Return what an account pays in a year, at the rate of `as_of_date`."""
    story = book.stories.get(account_id)
    state = story.state(book.as_of) if story else []
    return 12 * valued(local_mrr(state), book.rate_of(month_of(book.as_of)))


def request_facts(book: Book) -> Rows:
    """Return the requests of customers: whether they are settled, and the days that were seen."""
    staged = book.staged
    facts = []
    for row in staged.rows("feature_requests"):
        if row["account_id"] in book.internal:
            continue
        shipped_on = staged.day(staged.known_fact(row["shipped_at"]))
        is_declined = shipped_on is None and row["status"].lower() in DECLINED
        last = shipped_on or book.as_of
        facts.append(
            {
                "account_id": row["account_id"],
                "topic": row["topic"],
                "is_shipped": shipped_on is not None,
                "is_declined": is_declined,
                "is_open": shipped_on is None and not is_declined,
                "days": max((last - staged.day(row["created_at"])).days, 0),
            }
        )
    return facts


def kaplan_meier_median(facts: Rows) -> int | None:
    """Return the first number of days after which at most half of the requests still wait."""
    waiting = Fraction(1)
    for days in sorted({one["days"] for one in facts}):
        at_risk = sum(one["days"] >= days for one in facts)
        shipped = sum(one["days"] == days and one["is_shipped"] for one in facts)
        waiting *= 1 - Fraction(shipped, at_risk)
        if waiting <= Fraction(1, 2):
            return days
    return None


def kpi_feature_requests(book: Book) -> Rows:
    """One row per topic that customers asked for."""
    by_topic: dict[str, Rows] = defaultdict(list)
    for one in request_facts(book):
        by_topic[one["topic"]].append(one)
    rows = []
    for topic, facts in by_topic.items():
        still_open = [one for one in facts if one["is_open"]]
        shipped = [one["days"] for one in facts if one["is_shipped"]]
        waiting_accounts = {one["account_id"] for one in still_open}
        rows.append(
            {
                "topic": topic,
                "requests": len(facts),
                "accounts_asking": len({one["account_id"] for one in facts}),
                "open_requests": len(still_open),
                "arr": sum((arr_now(book, account) for account in waiting_accounts), ZERO),
                "shipped_requests": len(shipped),
                "declined_requests": sum(one["is_declined"] for one in facts),
                "median_days_to_ship": float(median(shipped)) if shipped else None,
                "km_median_days_to_ship": kaplan_meier_median(
                    [one for one in facts if not one["is_declined"]]
                ),
            }
        )
    return rows


def account_requests(book: Book) -> Rows:
    """One row per account: what it asked for."""
    facts = request_facts(book)
    rows = []
    for row in book.staged.rows("accounts"):
        mine = [one for one in facts if one["account_id"] == row["account_id"]]
        is_internal = row["account_id"] in book.internal
        rows.append(
            {
                "account_id": row["account_id"],
                "requests_state": state_of(book, "feature_requests", is_internal, bool(mine)),
                "open_requests": sum(one["is_open"] for one in mine) if mine else None,
                "shipped_requests": sum(one["is_shipped"] for one in mine) if mine else None,
            }
        )
    return rows

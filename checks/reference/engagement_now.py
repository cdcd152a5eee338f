"""Engagement today and in total: its parts of the 360, and `kpi_engagement_monthly`.

Readings of the book where it leaves room:
- a part of the 360 is `no_data` when nothing was ever known of the account; of data, when no
  count stands today; of seats, when the account was never active;
- totals of use and data are over accounts active at the month's end, those of messages and
  contacts over all; without contact for 60 days is an active account that never had one, too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .book import Book
from .engagement import OUTCOMES, Engagement, Row, fct_account_engagement
from .money import month_of, ratio

RECENT_DAYS = 90
CONTACT_DAYS = 60
RATES = {
    "adoption_breadth": ("features_used", "features_entitled"),
    "message_delivery_rate": ("messages_delivered", "messages_sent"),
    "message_open_rate": ("messages_opened", "messages_delivered"),
    "message_reply_rate": ("messages_replied", "messages_delivered"),
}
SOURCES = {
    "features_used": ("feature_usage",),
    "features_entitled": ("feature_usage",),
    "records": ("data_volumes",),
    **dict.fromkeys((*OUTCOMES, "product_messages_sent"), ("messages",)),
    "touchpoints": ("touchpoints",),
    "two_way_contacts": ("messages", "touchpoints"),
    "accounts_without_two_way_contact_60d": ("messages", "touchpoints"),
}
"""figure -> the sources of which one must be connected."""


def _states(book: Book, is_connected: bool, known: set[str]) -> dict[str, str]:
    """Return account -> whether a part of the 360 speaks of it."""
    states = {}
    for row in book.staged.rows("accounts"):
        account_id = row["account_id"]
        state = "ok" if account_id in known else "no_data"
        state = state if is_connected else "not_connected"
        states[account_id] = "not_applicable" if account_id in book.internal else state
    return states


def account_features(book: Book) -> list[Row]:
    """One row per account: its features today."""
    engagement = Engagement(book)
    known = {account_id for account_id, used in engagement.uses.items() if used}
    rows = []
    for account_id, state in _states(book, engagement.has("feature_usage"), known).items():
        found = engagement.features(account_id, book.as_of) if state == "ok" else {}
        rows.append(
            {
                "account_id": account_id,
                "features_state": state,
                "features_used_28d": found.get("features_used"),
                "features_entitled": found.get("features_entitled"),
                "adoption_breadth": found.get("adoption_breadth"),
            }
        )
    return rows


def account_data(book: Book) -> list[Row]:
    """One row per account: the records that stand today."""
    engagement, today = Engagement(book), book.as_of
    ids = list(engagement.snapshots)
    known = {name for name in ids if engagement.records(name, today) is not None}
    rows = []
    for account_id, state in _states(book, engagement.has("data_volumes"), known).items():
        found = engagement.data(account_id, today, today - timedelta(days=28))
        found = found if state == "ok" else {}
        rows.append(
            {
                "account_id": account_id,
                "data_state": state,
                "records": found.get("records"),
                "record_growth_28d": found.get("record_growth"),
                "plan_limit_share": found.get("plan_limit_share"),
            }
        )
    return rows


def account_messages(book: Book) -> list[Row]:
    """One row per account: the messages of the last 90 days, and when both sides last spoke."""
    engagement, today = Engagement(book), book.as_of
    known = set(engagement.messages)
    first = today - timedelta(days=RECENT_DAYS - 1)
    rows = []
    for account_id, state in _states(book, engagement.has("messages"), known).items():
        found = engagement.outcomes(account_id, first, today)
        row = {f"{name}_90d": count if state == "ok" else None for name, count in found.items()}
        row["product_messages_90d"] = row.pop("product_messages_sent_90d")
        talks = [moment.replace(tzinfo=None) for moment in engagement.talks[account_id]]
        last = max(talks, default=None) if state == "ok" else None
        row |= {"account_id": account_id, "messages_state": state, "last_two_way_contact_at": last}
        rows.append(row)
    return rows


def account_seats(book: Book) -> list[Row]:
    """One row per account: its seats this month, and the logins of those who matter."""
    engagement, today = Engagement(book), book.as_of
    known = {name for name in book.stories if engagement.months(name)}
    champions = {
        user["account_id"]
        for user in engagement.users.values()
        if user["role"] == "champion"
        and not user["is_internal"]
        and book.staged.known_fact(user["deactivated_at"]) is None
    }
    rows = []
    for account_id, state in _states(book, True, known).items():
        is_ok = state == "ok"
        found = engagement.seats(account_id, month_of(today), today) if is_ok else {}
        row: dict[str, Any] = {"account_id": account_id, "seats_state": state}
        names = ("unused_seats", "seats_time_weighted", "champion_logins_28d", "admin_logins_28d")
        row |= {name: found.get(name) for name in names}
        rows.append(row | {"has_champion": account_id in champions if is_ok else None})
    return rows


def _month_total(rows: list[Row], name: str) -> Any:
    """Return the sum of a figure over the rows of a month."""
    if name in ("features_used", "features_entitled", "records"):
        rows = [row for row in rows if row["is_active_end"]]
    if name != "accounts_without_two_way_contact_60d":
        return sum(row[name] or 0 for row in rows)
    silences = [row["days_since_two_way_contact"] for row in rows if row["is_active_end"]]
    return sum(days is None or days >= CONTACT_DAYS for days in silences)


def kpi_engagement_monthly(book: Book) -> list[Row]:
    """One row per month over all accounts."""
    facts, connected = fct_account_engagement(book), book.staged.connected
    rows = []
    for month in book.months:
        of_month = [row for row in facts if row["month"] == month]
        totals: dict[str, Any] = {"unused_seats": _month_total(of_month, "unused_seats")}
        for name, sources in SOURCES.items():
            is_there = bool(connected & set(sources))
            totals[name] = _month_total(of_month, name) if is_there else None
        for name, (upper, lower) in RATES.items():
            is_there = totals[lower] is not None
            totals[name] = ratio(totals[upper], totals[lower]) if is_there else None
        rows.append({"month": month, "is_complete": book.is_complete(month), **totals})
    return rows

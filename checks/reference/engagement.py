"""Depth of use, data, messages and contacts per month: `fct_account_engagement`.

Readings of the book where it leaves room:
- a feature is adopted when it was used on three days of the 28, by whom and how often does not
  matter; as shipped no product lists its features, so a customer is entitled to every one that
  any customer has used up to the day;
- a snapshot stands for 92 days, its own day included, or until the next one of its kind;
- a message that was answered had been opened, and one that was opened had been delivered; those
  of a month are the ones sent in it, whenever they were opened;
- a contact goes both ways when both sides spoke: any touchpoint but an e-mail, or a reply;
- what is not connected is unknown, not 0; logins by role are counted of active accounts only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from .book import DAY, Book
from .money import month_of, ratio
from .usage import (
    WINDOW,
    Activity,
    days_to,
    distinct,
    licensed_seats,
    login_activity,
    seat_products,
    successes,
)

Row = dict[str, Any]
ADOPTION_DAYS = 3
SNAPSHOT_DAYS = 92
TALKS = ("meeting", "call", "business_review", "training")
OUTCOMES = ("messages_sent", "messages_delivered", "messages_opened", "messages_replied")


class Engagement:
    """What customers used, stored, were sent and said; internal accounts and people left out."""

    def __init__(self, book: Book) -> None:
        """Gather the events of all accounts."""
        self.book = book
        self.users = {row["user_id"]: row for row in book.staged.rows("users")}
        self.logins: Activity = login_activity(book)
        self.seat_based = seat_products(book)
        self.uses: dict[str, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
        self.snapshots: dict[str, list[Row]] = defaultdict(list)
        self.messages: dict[str, list[Row]] = defaultdict(list)
        self.touches: dict[str, list[datetime]] = defaultdict(list)
        self.talks: dict[str, list[datetime]] = defaultdict(list)
        self._gather()

    def has(self, *sources: str) -> bool:
        """Return whether one of the sources is connected."""
        return bool(self.book.staged.connected & set(sources))

    def _rows(self, source: str) -> list[Row]:
        rows = self.book.staged.rows(source)
        return [row for row in rows if row["account_id"] not in self.book.internal]

    def _gather(self) -> None:
        known = self.book.staged.known_fact
        for row in self._rows("feature_usage"):
            user = self.users.get(row["user_id"])
            if row["event_count"] > 0 and not (user and user["is_internal"]):
                self.uses[row["account_id"]][row["feature"]].add(row["usage_date"])
        for row in self._rows("data_volumes"):
            self.snapshots[row["account_id"]].append(row)
        for row in self._rows("touchpoints"):
            self.touches[row["account_id"]].append(row["occurred_at"])
            if row["kind"] in TALKS:
                self.talks[row["account_id"]].append(row["occurred_at"])
        for row in self._rows("messages"):
            facts = {name: known(row[name]) for name in ("delivered_at", "opened_at", "replied_at")}
            self.messages[row["account_id"]].append({**row, **facts})
            if row["direction"] == "outbound" and facts["replied_at"]:
                self.talks[row["account_id"]].append(facts["replied_at"])

    def features(self, account_id: str, day: date) -> Row:
        """Return features adopted in the 28 days to a day, and those entitled to on it."""
        window = set(days_to(day, WINDOW))
        story = self.book.stories.get(account_id)
        days = [len(used & window) for used in self.uses[account_id].values()]
        seen = {
            feature
            for account in list(self.uses.values())
            for feature, used in account.items()
            if min(used) <= day
        }
        used = sum(count >= ADOPTION_DAYS for count in days)
        entitled = len(seen) if story and story.state(day) else 0
        return {
            "features_used": used,
            "features_entitled": entitled,
            "adoption_breadth": ratio(used, entitled),
            "is_any_used": any(days),
        }

    def standing(self, account_id: str, day: date) -> list[Row]:
        """Return the snapshot of each kind of data that stands on a day."""
        latest: dict[str, Row] = {}
        for row in sorted(self.snapshots[account_id], key=lambda row: row["snapshot_date"]):
            if row["snapshot_date"] <= day:
                latest[row["object_type"]] = row
        return [row for row in latest.values() if (day - row["snapshot_date"]).days < SNAPSHOT_DAYS]

    def records(self, account_id: str, day: date) -> int | None:
        """Return the records of all kinds on a day; null when no count stands."""
        rows = self.standing(account_id, day)
        return int(sum(row["record_count"] for row in rows)) if rows else None

    def data(self, account_id: str, day: date, earlier: date) -> Row:
        """Return the records on a day, on an earlier one, and how they grew."""
        now, before = self.records(account_id, day), self.records(account_id, earlier)
        shares = [
            ratio(row["record_count"], row["plan_limit"])
            for row in self.standing(account_id, day)
            if row["plan_limit"]
        ]
        is_measured = now is not None and before is not None
        return {
            "records": now,
            "records_prev": before if now is not None else None,
            "record_growth": ratio(now - before, before) if is_measured else None,
            "plan_limit_share": max(shares, default=None),
        }

    def outcomes(self, account_id: str, first: date, last: date) -> Row:
        """Return the messages sent on the days from first to last, and what became of them."""
        found: Counter[str] = Counter(dict.fromkeys((*OUTCOMES, "product_messages_sent"), 0))
        for message in self.messages[account_id]:
            if not first <= self.book.staged.day(message["sent_at"]) <= last:
                continue
            if message["direction"] == "product":
                found["product_messages_sent"] += 1
                continue
            is_replied = message["replied_at"] is not None
            is_opened = is_replied or message["opened_at"] is not None
            is_delivered = is_opened or message["delivered_at"] is not None
            for name, is_met in zip(
                OUTCOMES, (True, is_delivered, is_opened, is_replied), strict=True
            ):
                found[name] += int(is_met)
        return dict(found)

    def contacts(self, account_id: str, month: date, last: date) -> Row:
        """Return the contacts of a month and the days since both sides last spoke."""
        day, touches = self.book.staged.day, self.touches[account_id]
        talks = [day(moment) for moment in self.talks[account_id] if day(moment) <= last]
        return {
            "touchpoints": sum(month_of(day(moment)) == month for moment in touches),
            "two_way_contacts": sum(month_of(one) == month for one in talks),
            "days_since_two_way_contact": (last - max(talks)).days if talks else None,
        }

    def role_logins(self, account_id: str, role: str, day: date) -> int:
        """Return the login days, user by user, of the users with a role, while active."""
        if not self.book.stories[account_id].state(day):
            return 0
        days = self.logins.get(account_id, {})
        return sum(
            self.users[user]["role"] == role
            for one in days_to(day, WINDOW)
            if one in days
            for user in days[one].users
        )

    def seats(self, account_id: str, month: date, last: date) -> Row:
        """Return the seats on the last day, over the days of the month, and those without user."""
        story, days = self.book.stories[account_id], self.logins.get(account_id, {})
        length = (last - month).days + 1
        daily = [licensed_seats(story.state(day), self.seat_based) for day in days_to(last, length)]
        mau = len(distinct(days, last, WINDOW))
        return {
            "champion_logins_28d": self.role_logins(account_id, "champion", last),
            "admin_logins_28d": self.role_logins(account_id, "admin", last),
            "seats_end": daily[0],
            "seats_time_weighted": ratio(sum(daily), length),
            "unused_seats": max(daily[0] - mau, 0),
        }

    def months(self, account_id: str) -> list[date]:
        """Return the months from that of the first active day on."""
        story = self.book.stories.get(account_id)
        if not story or not story.started:
            return []
        first = story.started[0].first
        return [month for month in self.book.months if first <= self.book.end_of(month)]


def _engagement_row(engagement: Engagement, account_id: str, month: date) -> Row | None:
    """Return the row of an account and month; null when it is gone and has nothing to tell."""
    book = engagement.book
    last = book.end_of(month)
    features = engagement.features(account_id, last)
    data = engagement.data(account_id, last, month - DAY)
    messages = engagement.outcomes(account_id, month, last)
    contacts = engagement.contacts(account_id, month, last)
    is_active = bool(book.stories[account_id].state(last))
    has_logins = bool(successes(engagement.logins.get(account_id, {}), last, WINDOW))
    is_told = features.pop("is_any_used") or data["records"] is not None
    is_heard = any(messages.values()) or contacts["touchpoints"] or contacts["two_way_contacts"]
    if not (is_active or has_logins or is_told or is_heard):
        return None
    row = {"account_id": account_id, "month": month, "is_active_end": is_active}
    row |= features if engagement.has("feature_usage") else dict.fromkeys(features)
    row |= data
    row |= messages if engagement.has("messages") else dict.fromkeys(messages)
    row |= contacts
    if not engagement.has("touchpoints"):
        row["touchpoints"] = None
    if not engagement.has("messages", "touchpoints"):
        row["two_way_contacts"] = None
    return row | engagement.seats(account_id, month, last)


def fct_account_engagement(book: Book) -> list[Row]:
    """One row per account and month in which it is active or has anything to tell."""
    engagement = Engagement(book)
    rows = [
        _engagement_row(engagement, account_id, month)
        for account_id in sorted(book.stories)
        for month in engagement.months(account_id)
    ]
    return [row for row in rows if row]

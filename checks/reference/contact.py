"""Rows of what customers use, get, say and pay, for generated histories: random, with its edges.

Known facts end on `as_of`; some events and facts lie just after it. Users are at times unknown.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
DAYS_OF_MONTH = 30
FEATURES = ["search", "export", "検索", "api"]
KINDS_OF_TOUCH = ["meeting", "call", "email", "business_review", "training"]
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


class _Chance:
    """Draws days and moments of one history."""

    def __init__(self, rng: Random, as_of: date, months: int) -> None:
        self.rng = rng
        self.as_of = as_of
        self.span = max(1, months) * DAYS_OF_MONTH

    def day(self) -> date:
        """Return a day of the history; recent days and the last ones are drawn more often."""
        reach = self.rng.choice([2, 30, 100, self.span])
        return self.as_of - timedelta(days=self.rng.randint(0, max(0, min(reach, self.span))))

    def moment(self, day: date | None = None) -> str:
        """Return an instant of a day, at times the last second of it, at times with an offset."""
        text = self.rng.choice(["T00:00:00", "T10:11:12Z", "T23:59:59", "T09:00:00+00:00", ""])
        return f"{day or self.day()}{text}"

    def later(self, day: date, share: float) -> str | None:
        """Return an instant after the day, which may lie after `as_of`; None for the other part."""
        if self.rng.random() >= share:
            return None
        return self.moment(day + timedelta(days=self.rng.choice([1, 1, 2, 7, 30, 90, 200])))


def customer_rows(
    rng: Random, users: list[Row], ids: list[str], as_of: date, months: int
) -> dict[str, list[Row]]:
    """Return source -> rows of the nine optional sources that tell of the customer."""
    chance = _Chance(rng, as_of, months)
    people: dict[str, list[str]] = {}
    for user in users:
        people.setdefault(user["account_id"], []).append(user["user_id"])
    return {
        "feature_usage": _uses(chance, ids, people),
        "data_volumes": _volumes(chance, ids),
        "messages": _messages(chance, ids),
        "touchpoints": _touches(chance, ids),
        "surveys": _surveys(chance, ids, people),
        "milestones": _milestones(chance, ids),
        "opportunities": _opportunities(chance, ids),
        "invoices": _invoices(chance, ids),
        "feature_requests": _requests(chance, ids),
    }


def _some(chance: _Chance, ids: list[str], most: int) -> list[str]:
    """Return each account up to `most` times; some have none, as of a source not used by all."""
    return [name for name in ids for _ in range(max(0, chance.rng.randint(-1, most)))]


def _distinct(rows: list[Row], *key: str) -> list[Row]:
    """Return the last row of each key."""
    return list({tuple(row[name] for name in key): row for row in rows}.values())


def _uses(chance: _Chance, ids: list[str], people: dict[str, list[str]]) -> list[Row]:
    rng = chance.rng
    rows = [
        {
            "account_id": account,
            "usage_date": chance.day(),
            "feature": rng.choice(FEATURES),
            "user_id": rng.choice([*people.get(account, []), "nobody"]),
            "event_count": rng.randint(1, 9),
        }
        for account in _some(chance, ids, 6)
    ]
    return _distinct(rows, "account_id", "usage_date", "feature", "user_id")


def _volumes(chance: _Chance, ids: list[str]) -> list[Row]:
    rng = chance.rng
    rows = [
        {
            "account_id": account,
            "snapshot_date": chance.day(),
            "object_type": rng.choice(["records", "files"]),
            "record_count": rng.choice([0, 80, 100, 799, 800, 1200]),
            "plan_limit": rng.choice([None, 100, 1000, 1000, 0]),
        }
        for account in _some(chance, ids, 4)
    ]
    return _distinct(rows, "account_id", "snapshot_date", "object_type")


def _messages(chance: _Chance, ids: list[str]) -> list[Row]:
    rows = []
    for number, account in enumerate(_some(chance, ids, 3)):
        day = chance.day()
        rows.append(
            {
                "message_id": f"M{number}",
                "account_id": account,
                "sent_at": chance.moment(day),
                "direction": chance.rng.choice(["outbound", "outbound", "product"]),
                "kind": chance.rng.choice([None, "campaign", "check_in"]),
                "delivered_at": chance.later(day, 0.9),
                "opened_at": chance.later(day, 0.6),
                "replied_at": chance.later(day, 0.3),
            }
        )
    return rows


def _touches(chance: _Chance, ids: list[str]) -> list[Row]:
    rng = chance.rng
    return [
        {
            "touchpoint_id": f"T{number}",
            "account_id": account,
            "occurred_at": chance.moment(),
            "kind": rng.choice(KINDS_OF_TOUCH),
            "owner": rng.choice([None, "Aoki"]),
            "planned_at": _plan(chance),
            "sentiment": rng.choice([None, "-1", "0", "0.5", "1"]),
            "summary": rng.choice([None, "ok, fine"]),
        }
        for number, account in enumerate(_some(chance, ids, 3))
    ]


def _plan(chance: _Chance) -> str | None:
    """Return for when a contact was planned: not at all, some day, the last one or one ahead."""
    ahead = chance.as_of + timedelta(days=chance.rng.choice([1, 9]))
    planned = [None, chance.moment(), f"{chance.as_of}T12:00:00", f"{ahead}T02:00:00"]
    return chance.rng.choice(planned)


def _surveys(chance: _Chance, ids: list[str], people: dict[str, list[str]]) -> list[Row]:
    rng = chance.rng
    rows = []
    for number, account in enumerate(_some(chance, ids, 3)):
        day, kind = chance.day(), rng.choice(list(SCALES))
        answered = chance.later(day, 0.6)
        score = rng.randint(*SCALES[kind]) if answered or rng.random() < 0.1 else None
        rows.append(
            {
                "survey_id": f"S{number}",
                "account_id": account,
                "user_id": rng.choice([None, "nobody", *people.get(account, [])]),
                "kind": kind,
                "sent_at": chance.moment(day),
                "responded_at": answered,
                "score": score,
                "comment": rng.choice([None, "thanks"]),
            }
        )
    return rows


def _milestones(chance: _Chance, ids: list[str]) -> list[Row]:
    rows = []
    for account in _some(chance, ids, 3):
        day = chance.day()
        rows.append(
            {
                "account_id": account,
                "milestone": chance.rng.choice(["kickoff", "first_value", "go_live"]),
                "due_at": chance.rng.choice([None, chance.moment(day)]),
                "completed_at": chance.later(day, 0.6),
            }
        )
    return _distinct(rows, "account_id", "milestone")


def _opportunities(chance: _Chance, ids: list[str]) -> list[Row]:
    rng = chance.rng
    rows = []
    for number, account in enumerate(_some(chance, ids, 2)):
        day = chance.day()
        rows.append(
            {
                "opportunity_id": f"O{number}",
                "account_id": account,
                "kind": rng.choice(["upsell", "cross_sell", "renewal"]),
                "product_id": rng.choice([None, "P1", "P9"]),
                "amount": rng.choice([None, "0", "1000.5", "250000"]),
                "currency": rng.choice([None, "USD", "EUR", "JPY"]),
                "stage": rng.choice(["open", "won", "lost"]),
                "opened_at": chance.moment(day),
                "closed_at": chance.later(day, 0.6),
                "is_won": rng.choice([None, "true", "false"]),
            }
        )
    return rows


def _invoices(chance: _Chance, ids: list[str]) -> list[Row]:
    rng = chance.rng
    rows = []
    for number, account in enumerate(_some(chance, ids, 3)):
        day = chance.day()
        rows.append(
            {
                "invoice_id": f"I{number}",
                "account_id": account,
                "issued_at": chance.moment(day),
                "due_at": chance.moment(day + timedelta(days=rng.choice([0, 14, 30]))),
                "paid_at": chance.later(day, 0.7),
                "amount": rng.choice(["100", "2400.0001", "-50"]),
                "currency": rng.choice(["USD", "EUR", "JPY"]),
            }
        )
    return rows


def _requests(chance: _Chance, ids: list[str]) -> list[Row]:
    rng = chance.rng
    rows = []
    for number, account in enumerate(_some(chance, ids, 2)):
        day = chance.day()
        rows.append(
            {
                "request_id": f"R{number}",
                "account_id": account,
                "created_at": chance.moment(day),
                "topic": rng.choice(["export", "検索", "sso"]),
                "status": rng.choice(["open", "planned", "shipped", "Declined", "closed"]),
                "shipped_at": chance.later(day, 0.4),
            }
        )
    return rows

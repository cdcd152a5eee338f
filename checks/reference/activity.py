"""Users, logins and tickets with the edges of the book, for generated histories."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]


def users_of(rng: Random, accounts: list[str], as_of: date) -> list[Row]:
    """Return up to four users per account, some internal, some known by a later version only."""
    rows: list[Row] = []
    for account_id in accounts:
        for number in range(rng.choice([0, 1, 2, 4])):
            row = {
                "user_id": f"{account_id}-U{number}",
                "account_id": account_id,
                "email": f"user{number}@example.com",
                "role": rng.choice([None, "admin", "champion", "member", "viewer"]),
                "created_at": "2020-03-01T00:00:00+09:00",
                "deactivated_at": rng.choice([None, f"{as_of - timedelta(20)}"]),
                "is_internal": rng.choice([None, None, "false", "true"]),
                "updated_at": rng.choice([None, "2024-01-01", f"{as_of + timedelta(3)}"]),
            }
            rows.append(row)
            if rng.random() < 0.1:
                # An older version, elsewhere and internal, that must not be used.
                older = {"account_id": accounts[0], "is_internal": "1"}
                updated_at = "2019-01-01" if row["updated_at"] else None
                if updated_at:
                    rows.append({**row, **older, "updated_at": updated_at})
    return rows


def moment(rng: Random, day: date) -> str:
    """Return an instant of a day, often at its edges, in one of the accepted spellings."""
    clock = rng.choice([time(0, 0), time(23, 59, 59), time(12, 30), time(15, 0), time(14, 59, 59)])
    stamp = datetime.combine(day, clock)
    return rng.choice(
        [
            stamp.isoformat(),
            stamp.isoformat(sep=" ") + "Z",
            stamp.isoformat() + ".250000Z",
            stamp.isoformat(timespec="minutes") + "+00:00",
            (stamp + timedelta(hours=9)).isoformat() + "+09",
            (stamp - timedelta(hours=3, minutes=30)).isoformat() + "-03:30",
        ]
    )


def login_days(rng: Random, as_of: date, months: int) -> list[date]:
    """Return days of logins: runs, and gaps of about the 28 days that a window has."""
    day = as_of - timedelta(days=rng.randint(0, max(months * 30, 1)))
    days = []
    while day <= as_of and len(days) < 40:
        days.append(day)
        day += timedelta(days=rng.choice([1, 1, 1, 2, 6, 7, 27, 28, 29, 60]))
    return days


def logins_of(
    rng: Random, users: list[Row], accounts: list[str], as_of: date, months: int
) -> list[Row]:
    """Return logins of most users, and some of users that nobody knows; the last on `as_of`."""
    people = sorted({(user["user_id"], user["account_id"]) for user in users})
    people += [(f"unknown-{account_id}", account_id) for account_id in accounts[::9]]
    rows: list[Row] = []
    for user_id, account_id in people:
        if rng.random() < 0.3:
            continue
        for day in login_days(rng, as_of, months):
            for _ in range(rng.choice([1, 1, 1, 3])):
                own = None if rng.random() < 0.5 else account_id
                elsewhere = rng.choice(accounts) if rng.random() < 0.03 else own
                is_unknown = user_id.startswith("unknown")
                rows.append(
                    {
                        "login_id": f"G{len(rows):06d}",
                        "user_id": user_id,
                        "account_id": account_id if is_unknown else elsewhere,
                        "logged_in_at": moment(rng, day),
                        "result": rng.choice([None, "success", "success", "failure"]),
                        "client": rng.choice([None, "web", "mobile", "api", "sso"]),
                    }
                )
    if accounts:
        last = {"login_id": "G-last", "user_id": "unknown", "account_id": accounts[0]}
        rows.append({**last, "logged_in_at": f"{as_of}T01:00:00Z"})
    return rows


def tickets_of(
    rng: Random, users: list[Row], accounts: list[str], as_of: date, months: int
) -> list[Row]:
    """Return tickets that are open, solved, closed only, solved later than `as_of`, and so on."""
    rows: list[Row] = []
    number = 0
    requesters = [user["user_id"] for user in users] or ["nobody"]
    for account_id in accounts:
        for _ in range(rng.choice([0, 1, 2, 5])):
            day = as_of - timedelta(days=rng.randint(0, max(months * 30, 1)))
            created = datetime.combine(day, time(rng.randint(0, 23), rng.randint(0, 59)))
            responded = created + timedelta(minutes=rng.choice([0, 7, 90, 3000, 90000]))
            solved = created + timedelta(minutes=rng.choice([0, 61, 1440, 10000, 100000]))
            number += 1
            rows.append(
                {
                    "ticket_id": f"T{number:05d}",
                    "account_id": account_id,
                    "requester_user_id": rng.choice([None, "nobody", rng.choice(requesters)]),
                    "created_at": created.isoformat() + "Z",
                    "priority": rng.choice(["urgent", "high", "normal", "low"]),
                    "status": rng.choice(["new", "open", "pending", "hold", "solved", "closed"]),
                    "first_response_at": rng.choice([None, responded.isoformat()]),
                    **solving(rng, solved),
                    "category": [None, "billing", "使い方"][number % 3],
                    "reopened_count": rng.choice([None, "0", "1", "2"]),
                    "is_escalated": rng.choice([None, "true", "false"]),
                    **score(rng, solved),
                    "merged_into_ticket_id": rng.choice([None] * 9 + ["T00000"]),
                    "is_spam": rng.choice([None] * 6 + ["false", "true"]),
                    "updated_at": rng.choice([None, f"{as_of}T12:00:00Z"]),
                }
            )
    return rows + older_tickets(rng, rows) + bursts_of(accounts, as_of)


def bursts_of(accounts: list[str], as_of: date) -> list[Row]:
    """Return many tickets within a month for every ninth account, most of them scored low."""
    rows: list[Row] = []
    for number, account_id in enumerate(accounts[::9]):
        last = as_of - timedelta(days=number * 11)
        for step in range(6 + number % 3):
            created = datetime.combine(last - timedelta(days=4 * step), time(12, 0))
            rows.append(
                {
                    "ticket_id": f"B{number:03d}-{step}",
                    "account_id": account_id,
                    "created_at": created.isoformat(),
                    "priority": "urgent" if step == 1 else "normal",
                    "status": "solved",
                    "solved_at": (created + timedelta(days=step)).isoformat(),
                    "csat_score": str(1 + (step + number) % 4) if step else None,
                }
            )
    return rows


def older_tickets(rng: Random, rows: list[Row]) -> list[Row]:
    """Return earlier versions of some tickets: open still, and of another priority."""
    older = {"priority": "urgent", "solved_at": None, "closed_at": None, "updated_at": "2022-02-02"}
    return [{**row, **older} for row in rows if row["updated_at"] and rng.random() < 0.2]


def solving(rng: Random, solved: datetime) -> Row:
    """Return when a ticket was solved and closed: both, one, or neither."""
    closed = solved + timedelta(days=3)
    kind = rng.choice(["both", "closed only", "solved only", "neither"])
    return {
        "solved_at": solved.isoformat() if kind in ("both", "solved only") else None,
        "closed_at": closed.isoformat() if kind in ("both", "closed only") else None,
    }


def score(rng: Random, solved: datetime) -> Row:
    """Return a score, its time given or not."""
    value = rng.choice([None, None, "1", "3", "4", "5"])
    given_at = (solved + timedelta(days=1)).isoformat()
    return {"csat_score": value, "csat_at": rng.choice([None, given_at]) if value else None}

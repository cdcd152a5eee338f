"""Logins: `fct_account_login_daily`, `fct_account_usage`, `kpi_adoption_monthly`.

Readings of the book where it leaves room:
- a user counts under the account of the login; a login of an unknown user counts as a login and
  as a login day, but nobody is counted for it;
- `stickiness` is the mean of `dau` over the 28 days, divided by `mau` of the last of them; for
  all accounts together `dau` and `mau` are distinct users over the active accounts;
- `licensed_seats` are those of the lines that count on the day: 0 for an account not active;
  paused lines keep their seats;
- the observation dates begin with the first day of the first month.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .book import DAY, Book
from .lines import State
from .money import last_day, ratio

WINDOW = 28
SUNDAY = 6


@dataclass
class LoginDay:
    """What one account did on one day."""

    successes: int = 0
    failures: int = 0
    users: set[str] = field(default_factory=set)


Activity = dict[str, dict[date, LoginDay]]
"""account -> day -> what it did, days with logins only, without internal users and accounts."""


def login_activity(book: Book) -> Activity:
    """Return the activity of all accounts, each login under its own account, else its user's."""
    users = {row["user_id"]: row for row in book.staged.rows("users")}
    activity: Activity = defaultdict(dict)
    for login in book.staged.rows("logins"):
        user = users.get(login["user_id"])
        account_id = login["account_id"] or user["account_id"]
        if account_id in book.internal or (user and user["is_internal"]):
            continue
        day = activity[account_id].setdefault(book.staged.day(login["logged_in_at"]), LoginDay())
        if login["result"] == "failure":
            day.failures += 1
            continue
        day.successes += 1
        if user:
            day.users.add(user["user_id"])
    return activity


def fct_account_login_daily(book: Book) -> list[dict[str, Any]]:
    """One row per account and day with a login."""
    return [
        {
            "account_id": account_id,
            "date": day,
            "dau": len(logins.users),
            "logins": logins.successes,
            "failed_logins": logins.failures,
        }
        for account_id, days in sorted(login_activity(book).items())
        for day, logins in sorted(days.items())
    ]


def days_to(last: date, count: int) -> list[date]:
    """Return the `count` days that end with `last`."""
    return [last - back * DAY for back in range(count)]


def observation_dates(book: Book) -> list[date]:
    """Return the Sundays, the month ends, `as_of_date` and 28 days before it."""
    dates = []
    day = book.months[0] if book.months else book.as_of + DAY
    special = {book.as_of, book.as_of - timedelta(days=WINDOW)}
    while day <= book.as_of:
        if day.weekday() == SUNDAY or day == last_day(day) or day in special:
            dates.append(day)
        day += DAY
    return dates


def seat_products(book: Book) -> dict[str, bool]:
    """Return product -> whether it is sold by the seat, for the products that say so."""
    rows = book.staged.rows("products")
    return {row["product_id"]: row["is_seat_based"] is not False for row in rows}


def licensed_seats(state: State, seat_based: dict[str, bool]) -> Decimal:
    """Return the quantity of the lines of seat products; unknown products are sold by the seat."""
    return sum(
        (line.quantity for line, _ in state if seat_based.get(line.product_id, True)),
        Decimal("0.0000"),
    )


def distinct(days: dict[date, LoginDay], last: date, count: int) -> set[str]:
    """Return the users with a successful login in the `count` days to `last`."""
    return {user for day in days_to(last, count) if day in days for user in days[day].users}


def successes(days: dict[date, LoginDay], last: date, count: int) -> list[int]:
    """Return the successful logins of each day that has one, in the `count` days to `last`."""
    return [
        days[day].successes
        for day in days_to(last, count)
        if day in days and days[day].successes > 0
    ]


def usage_row(
    account_id: str, day: date, days: dict[date, LoginDay], seats: Decimal
) -> dict[str, Any]:
    """Return what an account did up to one observation date."""
    logins = successes(days, day, WINDOW)
    previous = successes(days, day - timedelta(days=WINDOW), WINDOW)
    login_days = [other for other, done in days.items() if other <= day and done.successes]
    last_login = max(login_days, default=None)
    mau = len(distinct(days, day, WINDOW))
    user_days = sum(len(distinct(days, other, 1)) for other in days_to(day, WINDOW))
    return {
        "account_id": account_id,
        "date": day,
        "dau": len(distinct(days, day, 1)),
        "wau": len(distinct(days, day, 7)),
        "mau": mau,
        "logins_28d": sum(logins),
        "login_days_28d": len(logins),
        "logins_prev_28d": sum(previous),
        "last_login_date": last_login,
        "days_since_login": (day - last_login).days if last_login else None,
        "licensed_seats": seats,
        "login_rate": ratio(mau, seats),
        "stickiness": ratio(user_days, WINDOW * mau),
    }


def fct_account_usage(book: Book) -> list[dict[str, Any]]:
    """One row per account and observation date on which it is active or has a recent login."""
    activity, seat_based = login_activity(book), seat_products(book)
    rows = []
    for account_id in sorted(activity.keys() | book.stories.keys()):
        days, story = activity.get(account_id, {}), book.stories.get(account_id)
        for day in observation_dates(book):
            state = story.state(day) if story else []
            if state or successes(days, day, WINDOW):
                rows.append(usage_row(account_id, day, days, licensed_seats(state, seat_based)))
    return rows


def kpi_adoption_monthly(book: Book) -> list[dict[str, Any]]:
    """One row per month, over the accounts active at its end."""
    activity, seat_based = login_activity(book), seat_products(book)
    rows = []
    for month in book.months:
        last = book.end_of(month)
        states = {name: story.state(last) for name, story in book.stories.items()}
        active = {name: state for name, state in states.items() if state}
        days = [activity.get(name, {}) for name in active]
        users = {user for one in days for user in distinct(one, last, WINDOW)}
        user_days = sum(
            len({user for one in days for user in distinct(one, day, 1)})
            for day in days_to(last, WINDOW)
        )
        seats = total_seats(active, seat_based)
        rows.append(
            {
                "month": month,
                "active_accounts": len(active),
                "mau": len(users),
                "licensed_seats": seats,
                "login_rate": ratio(len(users), seats),
                "stickiness": ratio(Fraction(user_days), WINDOW * len(users)),
                "accounts_without_login": sum(not successes(one, last, WINDOW) for one in days),
            }
        )
    return rows


def total_seats(states: dict[str, State], seat_based: dict[str, bool]) -> Decimal:
    """Return the licensed seats of several accounts."""
    return sum((licensed_seats(state, seat_based) for state in states.values()), Decimal("0.0000"))

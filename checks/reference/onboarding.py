"""`fct_onboarding_milestone` and `kpi_onboarding_monthly`: how new customers get what they bought.

Readings of the book where it leaves room:
- the first value of an account is its milestone `first_value`, and `go_live` only where there is
  no milestone of that name, open or completed; without either it is not tracked;
- reached before the first active day is reached after 0 days;
- who has not reached it waits until `as_of_date`, or until the churn date if it has left;
- within 90 days is on or before the 90th day after the first active day; a month is mature when
  that day has come for its last day;
- the completion rate is over the accounts of the month that have milestones.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from .book import Book
from .money import last_day, month_of, ratio

FIRST_WEEKS = 90
NAMES_OF_FIRST_VALUE = ("first_value", "go_live")
HALF = Fraction(1, 2)


@dataclass
class Onboarding:
    """What is known of one account's milestones: name -> due day and day of completion."""

    due: dict[str, date | None] = field(default_factory=dict)
    completed: dict[str, date | None] = field(default_factory=dict)

    @property
    def tracks_first_value(self) -> bool:
        """Return whether one of the milestones says when first value is reached."""
        return any(name in self.completed for name in NAMES_OF_FIRST_VALUE)

    @property
    def first_value(self) -> date | None:
        """Return the day of first value, None as long as it is not reached."""
        tracked = [name for name in NAMES_OF_FIRST_VALUE if name in self.completed]
        return self.completed[tracked[0]] if tracked else None

    @property
    def last_completed(self) -> date | None:
        """Return the day on which all milestones were completed, None while one is open."""
        days = [day for day in self.completed.values() if day]
        return max(days) if days and len(days) == len(self.completed) else None


def onboardings(book: Book) -> dict[str, Onboarding]:
    """Return account -> its milestones, for accounts that have some and are not internal."""
    staged, found = book.staged, defaultdict[str, Onboarding](Onboarding)
    for row in staged.rows("milestones"):
        if row["account_id"] not in book.internal:
            known = found[row["account_id"]]
            known.due[row["milestone"]] = staged.day(row["due_at"])
            known.completed[row["milestone"]] = staged.day(staged.known_fact(row["completed_at"]))
    return dict(found)


def first_day(book: Book, account_id: str) -> date | None:
    """Return the first active day of an account, None when it never was active."""
    story = book.stories.get(account_id)
    return story.started[0].first if story and story.started else None


def days_from(first: date | None, last: date | None) -> int | None:
    """Return the days from one day to another, None when either is not known."""
    return (last - first).days if first and last else None


def fct_onboarding_milestone(book: Book) -> list[dict[str, Any]]:
    """One row per account and milestone."""
    rows = []
    for account_id, known in sorted(onboardings(book).items()):
        started = first_day(book, account_id)
        for milestone, due in known.due.items():
            completed = known.completed[milestone]
            is_overdue = completed is None and due is not None and due < book.as_of
            rows.append(
                {
                    "account_id": account_id,
                    "milestone": milestone,
                    "days_to_complete": days_from(started, completed),
                    "days_late": days_from(due, completed),
                    "days_overdue": days_from(due, book.as_of) if is_overdue else None,
                    "is_completed": completed is not None,
                    "is_overdue": is_overdue,
                    "started_date": started,
                    "due_date": due,
                    "completed_date": completed,
                }
            )
    return rows


@dataclass(frozen=True)
class Wait:
    """Days until first value, or until nobody waited any more without it."""

    days: int
    is_over: bool


def wait_of(book: Book, account_id: str, known: Onboarding) -> Wait:
    """Return how long an account that has started waited for its first value."""
    story = book.stories[account_id]
    started = story.started[0].first
    if known.first_value:
        return Wait(max(0, (known.first_value - started).days), is_over=True)
    return Wait((min(story.spells[-1].end, book.as_of) - started).days, is_over=False)


def waiting_median(waits: list[Wait]) -> int | None:
    """Return the first day on which at most half still wait, by Kaplan and Meier."""
    still_waiting = Fraction(1)
    for day in sorted({wait.days for wait in waits}):
        at_risk = sum(wait.days >= day for wait in waits)
        reached = sum(wait.days == day and wait.is_over for wait in waits)
        still_waiting *= 1 - Fraction(reached, at_risk)
        if still_waiting <= HALF:
            return day
    return None


def onboarding_month(book: Book, month: date, accounts: dict[str, Onboarding]) -> dict[str, Any]:
    """Return one month of the accounts that started in it; those without milestones have none."""
    with_milestones = {name: known for name, known in accounts.items() if known.due}
    tracked = {name: known for name, known in accounts.items() if known.tracks_first_value}
    waits = [wait_of(book, name, known) for name, known in tracked.items()]
    reached = [wait.days for wait in waits if wait.is_over]
    is_mature = last_day(month) + timedelta(days=FIRST_WEEKS) <= book.as_of
    in_time = sum(
        known.last_completed is not None
        and (known.last_completed - first_day(book, name)).days <= FIRST_WEEKS
        for name, known in with_milestones.items()
    )
    return {
        "month": month,
        "accounts_started": len(accounts),
        "accounts_with_milestones": len(with_milestones),
        "accounts_onboarded_90d": in_time if is_mature else None,
        "onboarding_completion_rate": ratio(in_time, len(with_milestones)) if is_mature else None,
        "first_value_tracked": len(tracked),
        "first_value_reached": len(reached),
        "time_to_first_value_days_median": float(median(reached)) if reached else None,
        "time_to_first_value_days_km_median": waiting_median(waits),
        "is_complete": book.is_complete(month),
        "is_mature": is_mature,
    }


def kpi_onboarding_monthly(book: Book) -> list[dict[str, Any]]:
    """One row per month of the book."""
    known = onboardings(book)
    started: dict[date, dict[str, Onboarding]] = defaultdict(dict)
    for account_id in book.stories:
        first = first_day(book, account_id)
        if first:
            started[month_of(first)][account_id] = known.get(account_id, Onboarding())
    return [onboarding_month(book, month, started[month]) for month in book.months]

"""`fct_lifecycle_phase` and `kpi_phase_transitions`: the phase of every account on every day.

Readings of the book where it leaves room:
- a day carried by grace, or a bridged gap, is active; the phase of such a day is judged like that
  of any other, and a notice of the end before it still stands;
- only a notice of an end of coverage counts, from the first day of the span that ends at the
  earliest; all is as known at `as_of_date`, so that a withdrawn notice leaves no trace;
- a contract is up for renewal from 90 days before its agreed end, or a quarter of the term (whole
  days) if that is less, until a renewing line is recorded or begins, or else until the grace after
  that end is over; one that was cancelled before its agreed end is not up any more from then on;
  the term is as long as the line has had that agreed end, whatever else changed in it;
- without a milestone that tells of first value, value is at least one active user and as many as
  half of the licensed seats, on the last observation date up to the day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .book import DAY, AccountStory, Book
from .churn import notice_of
from .lines import FOREVER
from .money import month_of
from .onboarding import Onboarding, onboardings
from .renewals import account_renewals, extensions
from .usage import (
    WINDOW,
    LoginDay,
    distinct,
    licensed_seats,
    login_activity,
    observation_dates,
    seat_products,
)

RENEWAL_WINDOW, WON_BACK, ONBOARDING, ONBOARDING_UNTRACKED = 90, 90, 90, 30
PARTS_OF_TERM = 4

PHASES = [
    "prospect", "churned", "at_notice", "renewal_window", "won_back", "onboarding", "value",
    "adoption",
]  # fmt: skip


@dataclass
class Days:
    """Days [first, end)."""

    first: date
    end: date


class Life:
    """One account's life: asked for its phase on a day, it looks at that day alone."""

    def __init__(self, account_id: str, book: Book, shared: Shared) -> None:
        """Take what is known of the account."""
        self.story: AccountStory | None = book.stories.get(account_id)
        self.onboarding = shared.onboardings.get(account_id, Onboarding())
        self.logins = shared.logins.get(account_id, {})
        self.shared = shared
        self.windows = renewal_windows(book, account_id, shared.recorded) if self.story else []
        self.used: dict[date, bool] = {}

    def phase_on(self, day: date) -> str:
        """Return the first phase whose rule applies on the day."""
        counted = self.story.day_that_counts(day) if self.story else None
        if counted is None:
            was_active = bool(self.story) and self.story.was_active_before(day)
            return "churned" if was_active else "prospect"
        if self.is_at_notice(day, counted):
            return "at_notice"
        if any(window.first <= day < window.end for window in self.windows):
            return "renewal_window"
        spell = max(spell.first for spell in self.story.spells if spell.first <= day)
        first = self.story.spells[0].first
        if spell > first and (day - spell).days < WON_BACK:
            return "won_back"
        if self.is_onboarding(day, first):
            return "onboarding"
        return "value" if self.has_value(day) else "adoption"

    def is_at_notice(self, day: date, counted: date) -> bool:
        """Return whether notice was given of the end of the span that counts on the day."""
        span = next(span for span in self.story.spans if span.first <= counted < span.end)
        notice = notice_of(self.story, span) if span.end != FOREVER else None
        return notice is not None and notice <= day

    def is_onboarding(self, day: date, first: date) -> bool:
        """Return whether the account is new and has not got its first value."""
        if not self.onboarding.tracks_first_value:
            return (day - first).days < ONBOARDING_UNTRACKED
        return (day - first).days < ONBOARDING and not self.has_value(day)

    def has_value(self, day: date) -> bool:
        """Return whether milestones or use show that the account gets what it pays for."""
        if self.onboarding.tracks_first_value:
            reached = self.onboarding.first_value
            return reached is not None and reached <= day
        place = bisect_right(self.shared.observed, day)
        return place > 0 and self.is_used(self.shared.observed[place - 1])

    def is_used(self, observed: date) -> bool:
        """Return whether enough users were active on an observation date."""
        if observed not in self.used:
            users = len(distinct(self.logins, observed, WINDOW))
            seats = licensed_seats(self.story.state(observed), self.shared.seat_based)
            self.used[observed] = users > 0 and 2 * users >= seats
        return self.used[observed]


class Shared:
    """What the lives of all accounts are read from."""

    def __init__(self, book: Book) -> None:
        """Read logins, milestones and when lines were recorded, once for all accounts."""
        self.onboardings: dict[str, Onboarding] = onboardings(book)
        self.logins: dict[str, dict[date, LoginDay]] = login_activity(book)
        self.seat_based = seat_products(book)
        self.observed = observation_dates(book)
        self.recorded: dict[str, date] = {}
        source = book.staged.sources["contracts"]
        for row in source.staged + source.superseded:
            line_id, day = row.values["contract_line_id"], book.staged.day(row.values["updated_at"])
            self.recorded[line_id] = min(day, self.recorded.get(line_id, day))


def renewal_windows(book: Book, account_id: str, recorded: dict[str, date]) -> list[Days]:
    """Return the days on which contracts of the account were up for renewal."""
    windows = []
    for row in account_renewals(book, account_id):
        due_lines = {line.line_id for line in row.lines}
        terms = [
            (row.due_date - line.start).days // PARTS_OF_TERM
            for line in book.lines
            if line.line_id in due_lines and line.natural_end == row.due_date
        ]
        opens = row.due_date - max(min(term, RENEWAL_WINDOW) for term in terms) * DAY
        last_end = max(line.end for line in row.lines)
        grace = timedelta(days=book.grace_days)
        closes = [last_end if last_end < row.due_date else row.due_date + grace]
        moved = extensions(row, grace)
        closes += [
            line.start if line in moved else min(line.start, recorded[line.line_id])
            for line in row.renewing
        ]
        windows.append(Days(opens, min(closes)))
    return windows


def lives(book: Book) -> dict[str, tuple[date, Life]]:
    """Return account -> its first day and its life, for accounts that are not internal."""
    shared, found = Shared(book), {}
    for row in book.staged.rows("accounts"):
        if row["account_id"] not in book.internal:
            life = Life(row["account_id"], book, shared)
            days = [book.staged.day(row["created_at"])]
            days += [life.story.started[0].first] if life.story and life.story.started else []
            found[row["account_id"]] = min(days), life
    return found


def phases_now(book: Book) -> dict[str, str]:
    """Return account -> its phase on `as_of_date`."""
    return {account_id: life.phase_on(book.as_of) for account_id, (_, life) in lives(book).items()}


def fct_lifecycle_phase(book: Book) -> list[dict[str, Any]]:
    """One row per account and stretch of days in one phase, found by walking all its days."""
    rows: list[dict[str, Any]] = []
    for account_id, (day, life) in sorted(lives(book).items()):
        own: list[dict[str, Any]] = []
        while day <= book.as_of:
            phase, before = life.phase_on(day), own[-1] if own else None
            if before is None or before["phase"] != phase:
                own.append(
                    {
                        "account_id": account_id,
                        "phase": phase,
                        "previous_phase": before["phase"] if before else None,
                        "days_in_phase": 0,
                        "valid_from": day,
                        "valid_to": None,
                    }
                )
                if before:
                    before["valid_to"] = day
            own[-1]["days_in_phase"] += 1
            day += DAY
        rows += own
    return rows


def kpi_phase_transitions(book: Book) -> list[dict[str, Any]]:
    """One row per month and pair of phases between which some account changed."""
    changes = Counter(
        (month_of(row["valid_from"]), row["previous_phase"], row["phase"])
        for row in fct_lifecycle_phase(book)
        if row["previous_phase"]
    )
    return [
        {
            "month": month,
            "from_phase": before,
            "to_phase": after,
            "transition_count": count,
            "is_complete": book.is_complete(month),
        }
        for (month, before, after), count in sorted(changes.items())
    ]

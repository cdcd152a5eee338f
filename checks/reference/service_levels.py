"""Promises of support: whether a ticket's clock ran too long, seen from any instant.

Readings of the book where it leaves room:
- a ticket solved without a first response was answered by the solution; a response after the
  solution still ends the clock of the response;
- a promise can be kept up to the last instant by which no more than its target has passed: the
  end of a business day that fills the target to the full is followed by a night that costs nothing;
- the current priority and the account's current country decide.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from .book import Book
from .business_time import calendar_of, seed

Ticket = dict[str, Any]
MEASURES = ("first_response", "resolution")
DAY = timedelta(days=1)
MICROSECONDS_PER_HOUR = 3_600_000_000


def end_of_day(book: Book, day: date) -> datetime:
    """Return the instant at which a day of the reporting time zone is over."""
    zone = ZoneInfo(book.staged.settings.reporting_timezone)
    return datetime.combine(day + DAY, time(0), zone).astimezone(UTC)


@cache
def policy_of(priority: str, measure: str) -> tuple[str, timedelta]:
    """Return the clock and the target of what is promised for a priority."""
    row = next(row for row in seed("sla_policies") if row["priority"] == priority)
    hours = Decimal(row[f"{measure}_target_hours"])
    return row[f"{measure}_clock"], timedelta(microseconds=int(hours * MICROSECONDS_PER_HOUR))


def stop_of(ticket: Ticket, measure: str, until: datetime) -> datetime:
    """Return when the clock of a promise stopped, as far as is known at `until`."""
    stops = [ticket["solved"]]
    if measure == "first_response":
        stops.insert(0, ticket["responded"])
    return next((stop for stop in stops if stop is not None and stop < until), until)


def is_missed(ticket: Ticket, measure: str, until: datetime) -> bool:
    """Return whether a promise was broken before `until`."""
    clock, target = policy_of(ticket["priority"], measure)
    start, stop = ticket["created_at"], stop_of(ticket, measure, until)
    if clock == "calendar":
        return stop - start > target
    return calendar_of(ticket["country"]).open_time(start, stop) > target


def is_breached(ticket: Ticket, until: datetime) -> bool:
    """Return whether either promise was broken before `until`."""
    return any(is_missed(ticket, measure, until) for measure in MEASURES)


def kept_until(ticket: Ticket, measure: str) -> datetime:
    """Return the last instant by which a promise can be kept."""
    clock, target = policy_of(ticket["priority"], measure)
    if clock == "calendar":
        return ticket["created_at"] + target
    return calendar_of(ticket["country"]).last_instant_within(ticket["created_at"], target)


def first_breach(ticket: Ticket, until: datetime) -> datetime | None:
    """Return when the first broken promise ran out; null without one."""
    broken = [measure for measure in MEASURES if is_missed(ticket, measure, until)]
    return min((kept_until(ticket, measure) for measure in broken), default=None)


def half_time(waits: list[tuple[Any, bool]]) -> float | None:
    """Return the Kaplan-Meier median of waits, each with whether it came to its end."""
    left = Fraction(1)
    for length in sorted({wait for wait, _ in waits}):
        at_risk = sum(wait >= length for wait, _ in waits)
        ended = sum(wait == length and is_ended for wait, is_ended in waits)
        left *= 1 - Fraction(ended, at_risk)
        if left <= Fraction(1, 2):
            return float(length)
    return None

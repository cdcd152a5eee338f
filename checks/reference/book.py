"""The account's story: which recurring lines count on a day, and whether the account is active.

Readings of the book where it leaves room:
- a line of quantity 0 is no coverage and makes nothing, so it is never among an account's
  lines on a day;
- `max_pause_days`: coverage ends on the first day on which all lines in force have been paused
  for that many days running, and comes back with the first line that is not paused; grace
  follows as after any other end of coverage;
- the first month counts every recurring line of a non-internal account, one that never was in
  force or has quantity 0 too.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from .lines import FOREVER, Line, Rate, State
from .money import add_months, last_day, month_of
from .reading import Staged
from .stretches import lines_of

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days [first, end) without a gap."""

    first: date
    end: date


def coverage_spans(lines: Iterable[Line], max_pause_days: int | None) -> list[Span]:
    """Return the union of the in-force days of recurring lines with quantity > 0, in order.

    Between two change days nothing starts, ends, pauses or resumes, so one look at the first of
    them settles all days up to the next.
    """
    covering = [line for line in lines if line.is_recurring and line.quantity > 0]
    changes = sorted(
        {
            day
            for line in covering
            for day in (line.start, line.end, line.paused_from, line.paused_until)
        }
    )
    spans: list[Span] = []
    paused_since = None
    for first, end in itertools.pairwise(changes):
        in_force = [line for line in covering if line.is_in_force(first)]
        is_all_paused = bool(in_force) and all(line.is_paused(first) for line in in_force)
        paused_since = (paused_since or first) if is_all_paused else None
        if is_all_paused and max_pause_days is not None:
            days_left = max_pause_days - (first - paused_since).days
            end = min(end, first + max(days_left, 0) * DAY)
        if in_force and first < end:
            if spans and spans[-1].end == first:
                spans[-1] = Span(spans[-1].first, end)
            else:
                spans.append(Span(first, end))
    return spans


class AccountStory:
    """One account's coverage, and what grace makes of its gaps, as known at `as_of`."""

    def __init__(self, account_id: str, lines: list[Line], staged: Staged) -> None:
        """Work out spans, spells of activity and carried days from the account's lines."""
        self.account_id = account_id
        self.as_of = staged.as_of
        self.grace = timedelta(days=staged.settings.renewal_grace_days)
        self.lines = [line for line in lines if line.is_recurring and line.quantity > 0]
        self.spans = coverage_spans(self.lines, staged.settings.max_pause_days)
        self.started = [span for span in self.spans if span.first <= self.as_of]
        self.carried = self._carried_days()
        self._states: dict[date, State] = {}
        self.spells = self._spells()

    def is_bridged(self, span: Span) -> bool:
        """Return whether the gap after a span is at most `renewal_grace_days` long."""
        following = self.next_started(span)
        return following is not None and following.first - span.end <= self.grace

    def next_started(self, span: Span) -> Span | None:
        """Return the next span that began by `as_of`."""
        return next((other for other in self.started if other.first >= span.end), None)

    def is_in_grace(self, span: Span) -> bool:
        """Return whether the span has ended, nothing followed yet, and grace is not over."""
        is_last = self.next_started(span) is None
        return is_last and span.end <= self.as_of < _plus(span.end, self.grace)

    def _carried_days(self) -> list[Span]:
        """Return the gaps whose days carry the lines of the last covered day."""
        carried = []
        for span in self.started:
            if self.is_bridged(span):
                carried.append(Span(span.end, self.next_started(span).first))
            elif self.is_in_grace(span):
                carried.append(Span(span.end, self.as_of + DAY))
        return carried

    def _spells(self) -> list[Span]:
        """Return the runs of active days; one that goes on at `as_of` ends `FOREVER`."""
        spells: list[Span] = []
        for span in self.started:
            is_going_on = span.end > self.as_of or self.is_in_grace(span)
            end = FOREVER if is_going_on else span.end
            if spells and self.is_bridged(spells[-1]):
                spells[-1] = Span(spells[-1].first, end)
            else:
                spells.append(Span(span.first, end))
        return spells

    def day_that_counts(self, day: date) -> date | None:
        """Return the covered day whose lines count on `day`: itself, or the last before a carry."""
        if any(span.first <= day < span.end for span in self.spans):
            return day
        for gap in self.carried:
            if gap.first <= day < gap.end:
                return gap.first - DAY
        return None

    def state(self, day: date) -> State:
        """Return the lines that count on a day, with their pauses; empty when not active."""
        if day not in self._states:
            counted = self.day_that_counts(day)
            in_force = [line for line in self.lines if counted and line.is_in_force(counted)]
            self._states[day] = [(line, line.is_paused(counted)) for line in in_force]
        return self._states[day]

    def is_carried(self, day: date) -> bool:
        """Return whether the account is active on the day by grace only."""
        return self.day_that_counts(day) not in (None, day)

    def was_active_before(self, day: date) -> bool:
        """Return whether there is an earlier active day."""
        return bool(self.spans) and self.spans[0].first < day


def _plus(day: date, span: timedelta) -> date:
    """Add, without passing the end of the calendar."""
    return FOREVER if FOREVER - day < span else day + span


class Book:
    """All stories, months and rates of a warehouse as known at its `as_of_date`."""

    def __init__(self, staged: Staged) -> None:
        """Make lines of the staged contracts and one story per non-internal account."""
        self.staged = staged
        self.as_of = staged.as_of
        self.grace_days = staged.settings.renewal_grace_days
        self.internal = {row["account_id"] for row in staged.rows("accounts") if row["is_internal"]}
        self.lines = lines_of(staged)
        lines_by_account: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.account_id not in self.internal:
                lines_by_account[line.account_id].append(line)
        self.stories = {
            account_id: AccountStory(account_id, lines, staged)
            for account_id, lines in sorted(lines_by_account.items())
        }

    def of_accounts(self, account_ids: set[str]) -> Book:
        """Return the same book with the stories of these accounts only; its months stay."""
        part = copy(self)
        part.stories = {
            account_id: story
            for account_id, story in self.stories.items()
            if account_id in account_ids
        }
        part.months = self.months
        return part

    @property
    def counted_lines(self) -> list[Line]:
        """Return the recurring lines of accounts that are not internal."""
        return [
            line
            for line in self.lines
            if line.is_recurring and line.account_id not in self.internal
        ]

    @cached_property
    def months(self) -> list[date]:
        """Months from the earliest start of a recurring line to that of `as_of_date`."""
        if not self.counted_lines:
            return []
        month = month_of(min(line.start for line in self.counted_lines))
        months = []
        while month <= month_of(self.as_of):
            months.append(month)
            month = add_months(month, 1)
        return months

    def end_of(self, month: date) -> date:
        """Return the day whose state is the month's: its last, or `as_of_date`."""
        return min(last_day(month), self.as_of)

    def is_complete(self, month: date) -> bool:
        """Return whether the month's last day is known."""
        return last_day(month) <= self.as_of

    @cached_property
    def _rates(self) -> dict[str, list[tuple[date, Fraction]]]:
        rates: dict[str, list[tuple[date, Fraction]]] = defaultdict(list)
        for row in sorted(self.staged.rows("fx_rates"), key=lambda row: row["rate_date"]):
            rates[row["currency"]].append((row["rate_date"], Fraction(row["rate"])))
        return rates

    def rate_of(self, month: date) -> Rate:
        """Return the rates of a month: in force on its last day (or on `as_of_date` if earlier)."""
        day = self.end_of(month)

        def rate(currency: str) -> Fraction:
            if currency == self.staged.settings.reporting_currency:
                return Fraction(1)
            rates = self._rates[currency]
            return next((value for since, value in reversed(rates) if since <= day), rates[0][1])

        return rate

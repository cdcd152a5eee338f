"""Business time between two instants, day by day: opening times, holidays, changes of the clock.

The parameters are those of the seeds; what they mean is written here a second time:
- opening times are on the wall of the calendar's time zone, whatever its offset on the day;
- a country without a calendar, and no country, have the calendar `default`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

SEEDS = Path(__file__).parents[2] / "seeds"
DAY = timedelta(days=1)
NONE = timedelta(0)


def seed(name: str) -> list[dict[str, str]]:
    """Return the rows of a seed as texts; an empty cell is an empty text."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class Calendar:
    """When a calendar is open."""

    zone: ZoneInfo
    hours: dict[int, tuple[str, str]]
    holidays: set[date]
    known: dict[date, tuple[datetime, datetime] | None] = field(default_factory=dict)

    def on_the_wall(self, day: date, clock: str) -> datetime:
        """Return the instant at which the clocks show `HH:MM` on a day; 24:00 ends it."""
        if clock == "24:00":
            return self.on_the_wall(day + DAY, "00:00")
        return datetime.combine(day, time.fromisoformat(clock), self.zone).astimezone(UTC)

    def opening(self, day: date) -> tuple[datetime, datetime] | None:
        """Return when it opens and closes on a day; null when it is closed."""
        if day not in self.known:
            hours = None if day in self.holidays else self.hours.get(day.isoweekday())
            found = tuple(self.on_the_wall(day, clock) for clock in hours) if hours else None
            self.known[day] = found
        return self.known[day]

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """Return how long it is open between two instants."""
        total, day = NONE, start.astimezone(self.zone).date()
        while day <= end.astimezone(self.zone).date():
            opening = self.opening(day)
            if opening:
                total += max(min(end, opening[1]) - max(start, opening[0]), NONE)
            day += DAY
        return total

    def last_instant_within(self, start: datetime, target: timedelta) -> datetime:
        """Return the last instant by which no more than `target` of open time has passed."""
        left, day = target, start.astimezone(self.zone).date()
        while True:
            opening = self.opening(day)
            if opening and opening[1] > start:
                first = max(start, opening[0])
                if left < opening[1] - first:
                    return first + left
                left -= opening[1] - first
            day += DAY


@cache
def calendars() -> dict[str, Calendar]:
    """Return calendar -> when it is open."""
    return {
        row["calendar_id"]: Calendar(
            ZoneInfo(row["time_zone"]),
            {
                int(hours["weekday"]): (hours["opens_at"], hours["closes_at"])
                for hours in seed("business_hours")
                if hours["calendar_id"] == row["calendar_id"]
            },
            {
                date.fromisoformat(holiday["holiday_date"])
                for holiday in seed("holidays")
                if holiday["holiday_region"] == row["holiday_region"]
            },
        )
        for row in seed("business_calendars")
    }


@cache
def calendar_of_countries() -> dict[str, str]:
    """Return country -> its calendar, for countries that have one."""
    return {row["country"]: row["calendar_id"] for row in seed("business_calendar_countries")}


def calendar_of(country: str | None) -> Calendar:
    """Return the calendar by which a country is served."""
    return calendars()[calendar_of_countries().get(country or "", "default")]

"""The seed of holidays against the rules of the two laws, worked out here from weekdays."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from math import floor

import pytest

from pipeline.options import ROOT

YEARS = range(2022, 2029)
DAY = timedelta(days=1)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


def seed(region: str) -> dict[date, str]:
    """Holiday -> its name, of a region of the seed."""
    with (ROOT / "seeds" / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return {
            date.fromisoformat(row["holiday_date"]): row["holiday_name"]
            for row in csv.DictReader(file)
            if row["holiday_region"] == region
        }


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The number-th such weekday of a month, from 1."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def equinox(year: int, constant: float) -> int:
    """Day of the month of an equinox in Japan, by the usual approximation for 1980 to 2099."""
    return floor(constant + 0.242194 * (year - 1980)) - (year - 1980) // 4


def named_days_of_japan(year: int) -> set[date]:
    """The days that the law names, wherever in the week they fall."""
    fixed = [(1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23)]
    return {
        *(date(year, month, day) for month, day in fixed),
        *(nth(year, month, MONDAY, n) for month, n in ((1, 2), (7, 3), (9, 3), (10, 2))),
        date(year, 3, equinox(year, 20.8431)),
        date(year, 9, equinox(year, 23.2488)),
    }


def holidays_of_japan(year: int) -> set[date]:
    """With the next free day for a Sunday, and the day that two others enclose."""
    named = named_days_of_japan(year)
    found = set(named)
    for day in named:
        if day.weekday() == SUNDAY:
            while day in named:
                day += DAY
            found.add(day)
    return found | {
        day + DAY
        for day in named
        if day + 2 * DAY in named and day + DAY not in found and (day + DAY).weekday() != SUNDAY
    }


def federal_holidays(year: int) -> set[date]:
    """On the days they are observed: Friday for a Saturday, Monday for a Sunday."""
    memorial = next(
        day
        for day in (date(year, 5, 31) - back * DAY for back in range(7))
        if day.weekday() == MONDAY
    )
    fixed = [date(year, *day) for day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    moved = {SATURDAY: -DAY, SUNDAY: DAY}
    return {
        *(day + moved.get(day.weekday(), timedelta(0)) for day in fixed),
        *(nth(year, month, MONDAY, n) for month, n in ((1, 3), (2, 3), (9, 1), (10, 2))),
        nth(year, 11, THURSDAY, 4),
        memorial,
    }


def test_the_holidays_of_japan_are_those_of_the_law() -> None:
    assert set(seed("JP")) == set().union(*(holidays_of_japan(year) for year in YEARS))


def test_the_federal_holidays_are_those_observed() -> None:
    assert set(seed("US")) == set().union(*(federal_holidays(year) for year in YEARS))


@pytest.mark.parametrize(
    ("region", "day", "name"),
    [
        ("JP", date(2026, 9, 22), "国民の休日"),
        ("JP", date(2026, 5, 6), "振替休日"),
        ("JP", date(2027, 3, 22), "振替休日"),
        ("US", date(2026, 7, 3), "Independence Day"),
        ("US", date(2027, 6, 18), "Juneteenth National Independence Day"),
        ("US", date(2027, 12, 31), "New Year's Day"),
    ],
)
def test_a_day_off_has_its_name(region: str, day: date, name: str) -> None:
    assert seed(region)[day] == name


def test_a_year_has_a_name_for_each_day_of_the_law() -> None:
    for year in YEARS:
        names = [name for day, name in seed("JP").items() if day.year == year]
        assert len(set(names) - {"振替休日", "国民の休日"}) == len(named_days_of_japan(year)), year
    assert len(set(seed("US").values())) == len(federal_holidays(2024))

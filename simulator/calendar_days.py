"""Calendar arithmetic on day numbers (days since 1970-01-01)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

EPOCH = date(1970, 1, 1)


def day_of(value: date) -> int:
    """Day number of a date."""
    return (value - EPOCH).days


def date_of(day: int) -> date:
    """Date of a day number."""
    return EPOCH + timedelta(days=day)


@lru_cache(maxsize=1 << 16)
def add_months(day: int, months: int) -> int:
    """The same day of the month `months` later, clamped to that month's last day."""
    start = date_of(day)
    number = start.year * 12 + start.month - 1 + months
    year, month = number // 12, number % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return day_of(date(year, month, min(start.day, last)))


def month_end_days(first_day: int, months: int) -> np.ndarray:
    """Last day of `months` months, the first being the one that starts on `first_day`."""
    return np.array([add_months(first_day, n + 1) - 1 for n in range(months)], dtype=np.int64)


def month_index(days: np.ndarray, month_starts: np.ndarray) -> np.ndarray:
    """Position of the month that holds each day; -1 before the first month."""
    return np.searchsorted(month_starts, days, side="right") - 1

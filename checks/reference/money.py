"""Exact amounts: rounding, months, and what a contract line makes in a month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

ZERO = Decimal("0.0000")

MONTHS_PER_INTERVAL = {
    "day": Fraction(365, 12),
    "week": Fraction(52, 12),
    "month": Fraction(1),
    "quarter": Fraction(1, 3),
    "half_year": Fraction(1, 6),
    "year": Fraction(1, 12),
}
"""What one price of an interval makes in a month (for `day`: 365/12 days in a month)."""


def round_half_away(value: Fraction | Decimal | int, places: int = 4) -> Decimal:
    """Round once, half away from zero, to this many decimals."""
    scaled = Fraction(value) * 10**places
    digits = floor(abs(scaled) + Fraction(1, 2))
    return Decimal(digits if scaled >= 0 else -digits).scaleb(-places)


def ratio(numerator: Decimal | int, denominator: Decimal | int) -> float | None:
    """Return the quotient as a double, made from exact parts; null over zero."""
    if denominator == 0:
        return None
    return float(Fraction(numerator) / Fraction(denominator))


def month_of(day: date) -> date:
    """First day of the day's month."""
    return day.replace(day=1)


def last_day(month: date) -> date:
    """Last day of the month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def add_months(month: date, count: int) -> date:
    """First day of the month `count` months later (earlier when negative)."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def plus_whole_months(day: date, count: int) -> date:
    """Return the same day `count` months later, clamped to that month's last day."""
    last = last_day(add_months(month_of(day), count))
    return last.replace(day=min(day.day, last.day))


def whole_months(start: date, end: date) -> int | None:
    """Return n when `end` is `start` plus n whole months, or both are month ends, else null."""
    count = (end.year - start.year) * 12 + end.month - start.month
    if count < 1:
        return None
    both_month_ends = start == last_day(month_of(start)) and end == last_day(month_of(end))
    return count if both_month_ends or plus_whole_months(start, count) == end else None


def months_factor(
    interval: str, interval_count: int | None, start: date, end: date | None
) -> Fraction:
    """Return the share of one price that falls on one month.

    A `term` runs from `start` to the natural `end`; it knows no interval count.
    """
    if interval != "term":
        return MONTHS_PER_INTERVAL[interval] / (interval_count or 1)
    months = whole_months(start, end)
    if months:
        return Fraction(1, months)
    return Fraction(365, 12) / ((end - start) // timedelta(days=1))


def line_mrr(
    unit_price: Decimal, quantity: Decimal, discount_pct: Decimal, factor: Fraction
) -> Decimal:
    """Return the local MRR of a line: one exact product, rounded once to 4 decimals."""
    share_paid = 1 - Fraction(discount_pct)
    return round_half_away(Fraction(unit_price) * Fraction(quantity) * share_paid * factor)

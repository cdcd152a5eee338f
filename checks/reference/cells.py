"""How a raw cell is read: text in, value out, or `BAD` when the text is not of the type.

Readings of the book where it leaves room:
- blanks, tabs and line ends around a cell are trimmed, text cells included; what is empty
  after that is null;
- an integer may be written with a fraction of zeros (`3.0`), any other fraction is bad;
- a decimal with more fraction digits than its type is rounded half away from zero; one with
  more integer digits than its type is bad;
- the date of a timestamp in a date column is the written one (its first ten characters), so
  that an export of midnights does not shift with the time zone;
- fractions of a second beyond microseconds are cut off.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .money import round_half_away

BAD = object()
"""Stands for a cell that does not parse."""

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?"
    r"(Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?"
)
_DECIMAL_KIND = re.compile(r"decimal\(([0-9]+),([0-9]+)\)")


def trimmed(cell: str | None) -> str | None:
    """Return the cell without surrounding white space; null when nothing is left."""
    stripped = (cell or "").strip(" \t\r\n\f\v")
    return stripped or None


def read_cell(kind: str, cell: str | None) -> Any:
    """Return the value of a cell of this kind, None when it is empty, `BAD` when it fails."""
    text = trimmed(cell)
    if text is None:
        return None
    match = _DECIMAL_KIND.fullmatch(kind)
    if match:
        return read_decimal(text, int(match[1]), int(match[2]))
    readers = {
        "text": lambda value: value,
        "boolean": read_boolean,
        "integer": read_integer,
        "date": read_date,
        "timestamp": read_timestamp,
    }
    return readers[kind](text)


def read_boolean(text: str) -> Any:
    """true, false, 1 or 0 in any case."""
    return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), BAD)


def read_integer(text: str) -> Any:
    """Digits with an optional sign; a fraction only of zeros."""
    if not _NUMBER.fullmatch(text):
        return BAD
    number = Fraction(text)
    return int(number) if number.denominator == 1 else BAD


def read_decimal(text: str, precision: int, scale: int) -> Any:
    """A decimal of `scale` fraction digits and at most `precision` digits in all."""
    if not _NUMBER.fullmatch(text):
        return BAD
    number: Decimal = round_half_away(Fraction(text), scale)
    return number if abs(number) < Decimal(10) ** (precision - scale) else BAD


def read_date(text: str) -> Any:
    """A real day, or the written day of a timestamp."""
    if not _DATE.fullmatch(text) and read_timestamp(text) is BAD:
        return BAD
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return BAD


def read_timestamp(text: str) -> Any:
    """An instant in UTC (aware); a day alone is its midnight, no offset means UTC."""
    match = _TIMESTAMP.fullmatch(text)
    if not match:
        return BAD
    day, hour, minute, second, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat(day).replace(
            hour=int(hour or 0),
            minute=int(minute or 0),
            second=int(second or 0),
            microsecond=int((fraction or "").ljust(6, "0")[:6]),
            tzinfo=UTC,
        )
        return moment - _offset(offset)
    except (ValueError, OverflowError):
        return BAD


def _offset(text: str | None) -> timedelta:
    """Hours and minutes east of Greenwich; a ValueError when they are no real offset."""
    if text in (None, "Z"):
        return timedelta(0)
    hours, _, minutes = text[1:].partition(":")
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise ValueError(text)
    east = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return -east if text[0] == "-" else east

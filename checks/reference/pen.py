"""Writes the contract rows of one generated account."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from .columns import COLUMNS
from .money import last_day, month_of, plus_whole_months

Row = dict[str, Any]
PRICES = ["100", "1200", "33.333333", "999.99", "4.9", "0.01", "0.0001", "1234.567891", "50", "0"]
QUANTITIES = ["1", "3", "10", "250", "7.5", "0.3333", "12"]
DISCOUNTS = [None, None, None, "0", "0.05", "0.1", "0.333333", "1"]
INTERVALS = ["month", "month", "year", "quarter", "half_year", "week", "day"]
PRODUCTS = ["P1", "P2", "P3", "P9"]
CURRENCIES = ["USD", "USD", "EUR", "JPY"]


class Pen:
    """Writes the contract rows of one account."""

    def __init__(self, rng: Random, account_id: str, as_of: date, grace: int, months: int) -> None:
        """Begin an account whose history spans about `months` months before `as_of`."""
        self.rng, self.account_id, self.as_of, self.grace = rng, account_id, as_of, grace
        self.months = months
        self.rows: list[Row] = []
        self.lines = self.minutes = 0
        self.currency = rng.choice(CURRENCIES)

    def day(self, *, before: int = 0) -> date:
        """Return a day of the history, now and then a month's first, last or its 29th to 31st."""
        start = plus_whole_months(month_of(self.as_of), -self.months)
        span = (self.as_of - start).days - before
        day = start + timedelta(days=self.rng.randint(0, max(span, 1)))
        edge = self.rng.choice(["", "", "first", "last", "last but one"])
        if edge == "first":
            return month_of(day)
        if edge:
            return last_day(month_of(day)) - timedelta(days=int(edge == "last but one"))
        return day

    def gap(self) -> int:
        """Return days between two spans: none, some, or about as many as grace bridges."""
        edges = [0, 0, 1, 7, self.grace - 1, self.grace, self.grace + 1, self.grace + 40]
        return max(self.rng.choice(edges), 0)

    def line(self, start: date, end: date | None = None, **cells: Any) -> Row:
        """Write the first version of a new line; cells given by name win over chosen ones."""
        self.lines += 1
        rng = self.rng
        booked_on = min(start, self.as_of) - timedelta(days=rng.randint(0, 40))
        row = dict.fromkeys(column.name for column in COLUMNS["contracts"])
        row |= {
            "contract_line_id": f"{self.account_id}-L{self.lines:02d}",
            "contract_id": f"{self.account_id}-C1",
            "account_id": self.account_id,
            "product_id": rng.choice(PRODUCTS),
            "line_type": "recurring",
            "currency": self.currency,
            "unit_price": rng.choice(PRICES),
            "quantity": rng.choice(QUANTITIES),
            "discount_pct": rng.choice(DISCOUNTS),
            "billing_interval": rng.choice(INTERVALS),
            "interval_count": rng.choice([None, None, None, "1", "2", "3"]),
            "start_date": start,
            "end_date": end,
            "updated_at": f"{booked_on}T08:00:00Z",
        }
        row |= cells
        self.rows.append(row)
        return row

    def version(self, row: Row, days_later: int, **cells: Any) -> Row:
        """Write a later version of a line, known so many days after the given one."""
        known_on = date.fromisoformat(row["updated_at"][:10]) + timedelta(days=days_later)
        later = {**row, "updated_at": f"{known_on}T09:30:00Z", **cells}
        self.rows.append(later)
        return later

    def moment(self, day: date) -> str:
        """Return a new moment of a day, later than those before, mostly not after `as_of`."""
        self.minutes += 1
        day = min(day, self.as_of + timedelta(days=int(self.rng.random() < 0.1)))
        hour = self.rng.choice([0, 3, 12, 23])
        return f"{day}T{hour:02d}:{self.minutes:02d}:00Z"

    def edit(self, row: Row, day: date, **cells: Any) -> Row:
        """Write a version of a line that was recorded on a day."""
        later = {**row, "updated_at": self.moment(day), **cells}
        self.rows.append(later)
        return later

    def same_line(self, row: Row) -> dict[str, Any]:
        """Return the commercial cells of a line, to start another one with."""
        names = (
            "contract_id", "product_id", "currency", "unit_price", "quantity", "discount_pct",
            "billing_interval", "interval_count",
        )  # fmt: skip
        return {name: row[name] for name in names}

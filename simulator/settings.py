"""What was asked for: sizes, dates and the independent random streams that follow from one seed."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from simulator.calendar_days import day_of, month_end_days

DAY_MICROSECONDS = 86_400_000_000
GRACE_DAYS = 30
LARGE_LOGINS = 2_000_000
LARGE_ACCOUNTS = 5_000


@dataclass(frozen=True)
class Settings:
    """One request. Days are integers since 1970-01-01; counts are targets, met about."""

    out: Path
    accounts: int = 400
    months: int = 36
    logins: int = 250_000
    users: int = 4_000
    tickets: int = 5_600
    lines: int | None = None
    seed: int = 1
    dirty: float = 0.0
    as_of: date = date(2025, 12, 31)
    file_format: str = "auto"
    seat_scale: float = 0.7

    @property
    def as_of_day(self) -> int:
        """The last day that the data know."""
        return day_of(self.as_of)

    @property
    def end_us(self) -> int:
        """First microsecond after the as-of day."""
        return (self.as_of_day + 1) * DAY_MICROSECONDS

    @property
    def first_day(self) -> int:
        """First day of the first simulated month."""
        month_number = self.as_of.year * 12 + self.as_of.month - self.months
        return day_of(date(month_number // 12, month_number % 12 + 1, 1))

    @property
    def month_ends(self) -> np.ndarray:
        """Last day of every simulated month; the last one is never after the as-of day."""
        ends = month_end_days(self.first_day, self.months)
        return np.minimum(ends, self.as_of_day)

    @property
    def month_starts(self) -> np.ndarray:
        """First day of every simulated month."""
        return np.concatenate([[self.first_day], self.month_ends[:-1] + 1]).astype(np.int64)

    @property
    def is_large(self) -> bool:
        """Whether logins are split by month and, unless asked otherwise, all is Parquet."""
        return self.logins > LARGE_LOGINS or self.accounts > LARGE_ACCOUNTS

    def format_of(self, source: str) -> str:
        """`csv` or `parquet` for one source; the small demo takes both roads on purpose."""
        if self.file_format != "auto":
            return self.file_format
        return "parquet" if self.is_large or source == "logins" else "csv"

    def generator(self, part: str, number: int = 0) -> np.random.Generator:
        """A numpy stream that belongs to one part only, so that no part's draws move another's."""
        name = int.from_bytes(hashlib.sha256(part.encode()).digest()[:8], "big")
        return np.random.Generator(
            np.random.SFC64(np.random.SeedSequence([self.seed, name, number]))
        )

    def scalar_stream(self, part: str, number: int) -> random.Random:
        """A stream of single draws for one account, untouched by other accounts."""
        return random.Random(f"{self.seed}/{part}/{number}")


def default_as_of() -> date:
    """The fixed last day of the demo."""
    return date(2025, 12, 31)


def day_text(day: int | None) -> str:
    """ISO text of a day number, empty for none."""
    return "" if day is None else (date(1970, 1, 1) + timedelta(days=int(day))).isoformat()

"""Logins, month by month and chunk by chunk, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from simulator import columns
from simulator.activity import day_weights, week_of
from simulator.book import Book
from simulator.calendar_days import date_of
from simulator.schemas import SCHEMAS
from simulator.settings import DAY_MICROSECONDS, Settings
from simulator.users import Users
from simulator.writing import SourceWriter, write_parquet

CHUNK_LOGINS = 1_500_000
RESULTS = ["success", "failure", None]
CLIENTS = ["web", "mobile", "api", "sso", None]
HOUR_WEIGHTS = np.array(
    [1, 1, 1, 1, 1, 2, 4, 10, 30, 44, 42, 38, 26, 36, 42, 40, 36, 28, 14, 8, 6, 5, 3, 2]
)


class LoginMaker:
    """Draws logins from people's habits, the activity of their account, and the calendar."""

    def __init__(self, settings: Settings, book: Book, users: Users, activity: np.ndarray) -> None:
        self._settings = settings
        self._book = book
        self._users = users
        self._activity = activity
        self._user_ids = users.ids
        self._account_ids = book.account_ids
        self._offset = np.array([account.offset_hours for account in book.accounts], dtype=np.int64)
        # Cumulated logins to expect of each user, from a random phase on; see _draw.
        self._due = settings.generator("login phase").random(len(users.account))
        self._made = 0
        self._scale = 1.0
        expected = sum(self._expected(month).sum() for month in range(settings.months))
        self._scale = settings.logins / expected if expected else 0.0

    def _weeks(self, month: int) -> tuple[np.ndarray, np.ndarray]:
        """Week of each day of the month, and the weight of each day."""
        settings = self._settings
        days = np.arange(settings.month_starts[month], settings.month_ends[month] + 1)
        return week_of(settings, days), day_weights(settings, month)

    def _expected(self, month: int) -> np.ndarray:
        """Logins to expect of each user in a month, under the present scale."""
        settings, users, book = self._settings, self._users, self._book
        weeks, weights = self._weeks(month)
        per_week = np.bincount(weeks - weeks[0], weights=weights)
        level = self._activity[:, weeks[0] : weeks[-1] + 1] @ per_week
        start, end = settings.month_starts[month], settings.month_ends[month] + 1
        account = users.account
        spells = [(book.first_day, book.last_day), (book.return_day, book.return_last_day)]
        days = np.zeros(len(account))
        for first, last in spells:
            low = np.maximum(np.maximum(users.created_day + 1, first[account]), start)
            high = np.minimum(np.minimum(users.deactivated_day, last[account]), end)
            days += np.maximum(high - low, 0)
        return users.rate * level[account] * days / (end - start) * self._scale

    def chunks(self, month: int) -> Iterator[pa.Table]:
        """Tables of one month's logins, each in the order of time."""
        expected = self._expected(month)
        steps = np.floor(np.cumsum(expected) / CHUNK_LOGINS).astype(np.int64)
        last = self._settings.months - 1
        for part in range(int(steps[-1]) + 1 if len(steps) else 1):
            picked = np.flatnonzero((steps == part) & (expected > 0))
            rng = self._settings.generator("logins", month * 100_000 + part)
            user, moment = self._draw(month, picked, rng)
            if month == last and part == 0:
                user, moment = self._closing(user, moment)
            order = np.argsort(moment, kind="stable")
            yield self._table(user[order], moment[order], rng)

    def _draw(
        self, month: int, picked: np.ndarray, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray]:
        """User positions and moments.

        One login falls into each unit of a user's cumulated expectation: people are steadier than
        a Poisson process, and small accounts would otherwise seem to fall and rise for no reason.
        """
        users, start = self._users, self._settings.month_starts[month]
        weeks, weights = self._weeks(month)
        window = self._activity[:, weeks[0] : weeks[-1] + 1]
        peak = window.max(axis=1)
        account = users.account[picked]
        wanted = users.rate[picked] * self._scale * peak[account] * weights.sum()
        before = self._due[picked]
        self._due[picked] = before + wanted
        count = (np.floor(before + wanted) - np.floor(before)).astype(np.int64)
        user = np.repeat(picked.astype(np.int32), count)
        unit = np.arange(len(user)) - np.repeat(np.cumsum(count) - count, count)
        place = np.repeat(np.floor(before) - before, count) + unit + rng.random(len(user))
        day = _place(weights, np.abs(place) / np.repeat(wanted, count))
        account = users.account[user]
        share = window[account, (weeks - weeks[0])[day]] / peak[account]
        date = start + day
        keep = rng.random(len(user), dtype=np.float32) < share
        keep &= (date > users.created_day[user]) & (date < users.deactivated_day[user])
        keep &= self._book.covered(account, date)
        user, date = user[keep], date[keep]
        hour = (
            _place(HOUR_WEIGHTS, rng.random(len(user))) - self._offset[users.account[user]]
        ) % 24
        second = rng.integers(0, 3600, len(user))
        return user, date * DAY_MICROSECONDS + (hour * 3600 + second) * 1_000_000

    def _closing(self, user: np.ndarray, moment: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """One login on the as-of day itself, so that the newest row of the data names that day."""
        users, day = self._users, self._settings.as_of_day
        is_open = (users.created_day < day) & (users.deactivated_day > day)
        is_open &= self._book.covered(users.account, np.full(len(users.account), day))
        found = np.flatnonzero(is_open)[:1].astype(np.int32)
        at = np.full(len(found), day * DAY_MICROSECONDS + 20 * 3_600_000_000)
        return np.concatenate([user, found]), np.concatenate([moment, at])

    def _table(self, user: np.ndarray, moment: np.ndarray, rng: np.random.Generator) -> pa.Table:
        size = len(user)
        numbers = np.arange(self._made + 1, self._made + size + 1)
        self._made += size
        draw = rng.random(size, dtype=np.float32)
        result = np.searchsorted([0.965, 0.995], draw, side="right")
        client = np.searchsorted(
            [0.58, 0.80, 0.86, 0.99], rng.random(size, dtype=np.float32), side="right"
        )
        account = pa.array(
            self._users.account[user], mask=rng.random(size, dtype=np.float32) < 0.06
        )
        return pa.table(
            [
                pa.array(numbers).cast(pa.string()),
                self._user_ids.take(pa.array(user)),
                self._account_ids.take(account),
                pa.array(moment).cast(pa.timestamp("us")),
                columns.choices(RESULTS, result),
                columns.choices(CLIENTS, client),
            ],
            schema=SCHEMAS["logins"],
        )


def _place(weights: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """Positions drawn with weights, by a table of 4096 equal slices of the draws."""
    edges = np.cumsum(weights) / np.sum(weights)
    slices = np.searchsorted(edges, (np.arange(4096) + 0.5) / 4096, side="right")
    return slices.clip(0, len(weights) - 1)[(draws * 4096).astype(np.int64).clip(0, 4095)]


def write_logins(
    settings: Settings, book: Book, users: Users, activity: np.ndarray, folder: Path
) -> int:
    """Write all logins and return their number; large requests become one sub-folder per month."""
    maker = LoginMaker(settings, book, users, activity)
    file_format = settings.format_of("logins")
    if not (settings.is_large and file_format == "parquet"):
        with SourceWriter(folder, "logins", file_format) as writer:
            for month in range(settings.months):
                for chunk in maker.chunks(month):
                    writer.write(chunk)
        return writer.rows
    rows = 0
    for month in range(settings.months):
        name = f"month={date_of(int(settings.month_starts[month])):%Y-%m}"
        for part, chunk in enumerate(maker.chunks(month)):
            write_parquet(folder / "logins" / name / f"part-{part}.parquet", chunk)
            rows += chunk.num_rows
    return rows

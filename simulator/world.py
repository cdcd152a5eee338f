"""Everything that later sources are drawn from, and draws of events per account and month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from simulator import fate
from simulator.activity import week_of
from simulator.book import Book
from simulator.settings import DAY_MICROSECONDS, Settings
from simulator.users import Users

BLOCK_ACCOUNTS = 10_000


@dataclass
class World:
    """Settings, contract book, people, weekly activity, and per month (n, m) activity and moods."""

    settings: Settings
    book: Book
    users: Users
    activity: np.ndarray
    monthly: np.ndarray
    moods: dict[str, np.ndarray]

    @classmethod
    def build(cls, settings: Settings, book: Book, users: Users, activity: np.ndarray) -> World:
        """Derive the monthly views."""
        middles = (settings.month_starts + settings.month_ends) // 2
        return cls(
            settings,
            book,
            users,
            activity,
            activity[:, week_of(settings, middles)],
            _moods(settings, book),
        )

    def mood(self, kind: str, block: slice) -> np.ndarray:
        """Boolean (accounts of the block, months): in such an episode at the month's end."""
        return self.moods[kind][block]


@dataclass
class Draws:
    """Events of one block of accounts: position of the account, month and day of each event."""

    account: np.ndarray
    month: np.ndarray
    day: np.ndarray

    def __len__(self) -> int:
        return len(self.account)


def _moods(settings: Settings, book: Book) -> dict[str, np.ndarray]:
    """Per kind of episode, a boolean matrix over accounts and months."""
    kinds = [*fate.KIND_WEIGHTS, fate.NO_ADOPTION]
    moods = {kind: np.zeros((settings.accounts, settings.months), dtype=bool) for kind in kinds}
    for index, episode in book.episodes:
        low, high = np.searchsorted(settings.month_ends, [episode.start_day, episode.end_day])
        moods[episode.kind][index, low : max(high, low + 1)] = True
    return moods


def blocks(settings: Settings) -> Iterator[tuple[int, slice]]:
    """Slices of accounts that are worked on together, so that memory stays bounded."""
    for number, first in enumerate(range(0, settings.accounts, BLOCK_ACCOUNTS)):
        yield number, slice(first, min(first + BLOCK_ACCOUNTS, settings.accounts))


def draw_events(world: World, block: slice, rate: np.ndarray, rng: np.random.Generator) -> Draws:
    """Events at a monthly `rate` (accounts, months) on covered days, in the order of time."""
    settings = world.settings
    counts = rng.poisson(np.where(world.book.seats[block] > 0, rate, 0.0))
    size = counts.shape[0]
    account = np.repeat(np.arange(block.start, block.start + size), counts.sum(axis=1))
    month = np.repeat(np.tile(np.arange(settings.months), size), counts.ravel())
    length = settings.month_ends - settings.month_starts + 1
    day = settings.month_starts[month] + (rng.random(len(month)) * length[month]).astype(np.int64)
    keep = world.book.covered(account, day)
    account, month, day = account[keep], month[keep], day[keep]
    order = np.lexsort((account, day))
    return Draws(account[order], month[order], day[order])


def office_moments(world: World, draws: Draws, rng: np.random.Generator) -> np.ndarray:
    """A moment of each event's day, in microseconds, in the customer's office hours."""
    offset = np.array([account.offset_hours for account in world.book.accounts])[draws.account]
    hour = (rng.integers(8, 18, len(draws)) - offset) % 24
    return (
        draws.day * DAY_MICROSECONDS + (hour * 3600 + rng.integers(0, 3600, len(draws))) * 1_000_000
    )


def later(
    world: World, moments: np.ndarray, hours: np.ndarray, happens: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Moments some hours later and whether they happened by the end of the as-of day."""
    times = moments + (hours * 3600).astype(np.int64) * 1_000_000 + 1_000_000
    return times, happens & (times < world.settings.end_us)


def account_ids(world: World, draws: Draws) -> pa.Array:
    """The account id of each event."""
    return world.book.account_ids.take(pa.array(draws.account))


def people(world: World, account: np.ndarray, rng: np.random.Generator, share: float) -> pa.Array:
    """A user id of each event's account for a share of the events, else null."""
    begin = world.users.first_user[account]
    count = world.users.first_user[account + 1] - begin
    known = (count > 0) & (rng.random(len(account)) < share)
    pick = begin + (rng.random(len(account)) ** 2 * count).astype(np.int64)
    return world.users.ids.take(pa.array(np.where(known, pick, 0), mask=~known))


def attribute(world: World, draws: Draws, name: str) -> pa.Array:
    """An attribute of each event's account."""
    values = [getattr(account, name) for account in world.book.accounts]
    return pa.array(values).take(pa.array(draws.account))

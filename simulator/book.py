"""The contract book of all accounts, and the arrays that every behaviour is drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from simulator import columns
from simulator.accounts import Account, make_account
from simulator.endings import Departure
from simulator.fate import INVOLUNTARY, Episode
from simulator.history import AccountWalk, History
from simulator.lines import UNIT, Line
from simulator.plans import Pattern, months_of_price
from simulator.schemas import PRICE, QUANTITY, SCHEMAS, SHARE
from simulator.settings import Settings

BATCH = 2_000
NEVER = 1 << 30


@dataclass
class Book:
    """Arrays over accounts (n) and months (m); `seats` and `mrr_cents` are states at month ends."""

    accounts: list[Account]
    seats: np.ndarray
    mrr_cents: np.ndarray
    first_day: np.ndarray
    last_day: np.ndarray
    return_day: np.ndarray
    return_last_day: np.ndarray
    invoice_months: np.ndarray
    episodes: list[tuple[int, Episode]] = field(default_factory=list)
    departures: list[tuple[int, Departure]] = field(default_factory=list)

    @property
    def account_ids(self) -> pa.Array:
        """Text ids in the order of the arrays."""
        return pa.array([account.account_id for account in self.accounts])

    def covered(self, account: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Whether each account is a customer on the day beside it."""
        first = (self.first_day[account] <= day) & (day < self.last_day[account])
        again = (self.return_day[account] <= day) & (day < self.return_last_day[account])
        return first | again


def empty_book(settings: Settings) -> Book:
    """A book without contracts: accounts made, nothing active yet."""
    size, months = settings.accounts, settings.months
    never = np.full(size, NEVER, dtype=np.int64)
    return Book(
        accounts=[make_account(settings, index) for index in range(size)],
        seats=np.zeros((size, months), dtype=np.int32),
        mrr_cents=np.zeros((size, months), dtype=np.int64),
        first_day=never.copy(),
        last_day=never.copy(),
        return_day=never.copy(),
        return_last_day=never.copy(),
        invoice_months=np.ones(size, dtype=np.int64),
    )


def monthly_cents(line: Line) -> int:
    """Monthly value of a line in hundredths of its currency; for invoices and stories only."""
    months = 12 / 365 if line.interval == "day" else _months(line)
    return round(
        line.unit_price * (line.quantity / UNIT) * (1 - line.discount / 1e6) / months / 10_000
    )


def _months(line: Line) -> float:
    if line.interval == "term":
        assert line.end is not None
        return max((line.end - line.start) * 12 / 365, 0.1)
    return months_of_price(Pattern(line.interval, line.interval_count, 0, False, (0, 0, 0)))


def enter(book: Book, index: int, history: History, month_ends: np.ndarray) -> None:
    """Put one account's history into the arrays."""
    for line in history.lines:
        if not line.counts:
            continue
        end = NEVER if line.last_day is None else line.last_day
        low = int(np.searchsorted(month_ends, line.start))
        high = int(np.searchsorted(month_ends, end))
        book.mrr_cents[index, low:high] += monthly_cents(line)
        if line.product.is_seat_based:
            book.seats[index, low:high] += line.quantity // UNIT
    # Payment trouble shows in bills, and a yearly bill may not fall into it.
    is_in_trouble = any(episode.kind == INVOLUNTARY for episode in history.episodes)
    book.invoice_months[index] = 1 if is_in_trouble else history.invoice_months
    book.episodes += [(index, episode) for episode in history.episodes]
    book.departures += [(index, departure) for departure in history.departures]
    spells = book.accounts[index].start_day
    if spells is None:
        return
    book.first_day[index] = spells
    if history.departures:
        book.last_day[index] = history.departures[0].day
        if history.departures[0].returned_day is not None:
            book.return_day[index] = history.departures[0].returned_day
            if len(history.departures) > 1:
                book.return_last_day[index] = history.departures[1].day


def contracts_table(rows: list[tuple]) -> pa.Table:
    """Rows of `contracts` from raw tuples with scaled integers."""
    names = SCHEMAS["contracts"].names
    cells = dict(zip(names, (list(column) for column in zip(*rows, strict=True)), strict=True))
    for name, kind in (("unit_price", PRICE), ("quantity", QUANTITY), ("discount_pct", SHARE)):
        cells[name] = columns.decimals(np.array(cells[name], dtype=np.int64), kind)
    return columns.table("contracts", cells)


def walk_accounts(settings: Settings, book: Book, richness: float) -> Iterator[pa.Table]:
    """Fill the book account by account and hand out the rows of `contracts` in batches."""
    month_ends = settings.month_ends
    for first in range(0, settings.accounts, BATCH):
        rows: list[tuple] = []
        for account in book.accounts[first : first + BATCH]:
            history = AccountWalk(settings, account, richness).run()
            enter(book, account.index, history, month_ends)
            rows += history.rows
        if rows:
            yield contracts_table(rows)

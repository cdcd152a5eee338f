"""The people behind the seats: roles, turnover, the champion who leaves, and habits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator import columns, fate, names
from simulator.book import NEVER, Book
from simulator.settings import DAY_MICROSECONDS, Settings

ROLES = ["admin", "champion", "member", "viewer", None]
ADMIN, CHAMPION, MEMBER, VIEWER, NO_ROLE = range(5)
ROLE_RATE = np.array([1.5, 1.7, 1.0, 0.5, 0.8])
YEARLY_TURNOVER = 0.10
INTERNAL_SHARE = 0.004
OCCASIONAL_RATE = 0.05


@dataclass
class Users:
    """Arrays over users by account; `first_user[a]:first_user[a + 1]` are those of a."""

    account: np.ndarray
    role: np.ndarray
    created_day: np.ndarray
    deactivated_day: np.ndarray
    is_internal: np.ndarray
    rate: np.ndarray
    first_user: np.ndarray

    @property
    def ids(self) -> pa.Array:
        """Text ids in the order of the arrays."""
        return columns.ids("U", np.arange(1, len(self.account) + 1), 7)


def _needed(settings: Settings, book: Book, rng: np.random.Generator) -> np.ndarray:
    """New people per account and month (n, m): those that the seats of the month call for."""
    provisioned = rng.uniform(0.80, 1.0, settings.accounts)
    wanted = np.ceil(book.seats * provisioned[:, None]).astype(np.int64)
    most = np.maximum.accumulate(wanted, axis=1)
    return np.diff(most, axis=1, prepend=0)


def _seat_holders(
    settings: Settings, book: Book, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Account, day of creation and rank in the account of everyone who first fills a seat."""
    needed = _needed(settings, book, rng)
    account = np.repeat(np.arange(settings.accounts), needed.sum(axis=1))
    month = np.repeat(np.tile(np.arange(settings.months), settings.accounts), needed.ravel())
    draw = rng.random(len(account))
    length = settings.month_ends - settings.month_starts + 1
    created = settings.month_starts[month] + (draw * length[month]).astype(np.int64)
    first = book.first_day[account]
    at_start = month == np.searchsorted(settings.month_ends, first)
    created = np.where(
        at_start, first + (draw**2 * 28).astype(np.int64), np.maximum(created, first)
    )
    begins = np.concatenate([[0], np.cumsum(np.bincount(account, minlength=settings.accounts))])
    rank = np.arange(len(account)) - begins[account]
    created = np.where(rank < 2, np.minimum(created, first + 2), created)
    return account, np.minimum(created, settings.as_of_day), rank


def _left_champions(book: Book) -> dict[int, tuple[int, int | None]]:
    """Per account: the day its champion leaves and the day on which a new one is named, if any."""
    left: dict[int, tuple[int, int | None]] = {}
    for index, episode in book.episodes:
        if episode.kind == fate.CHAMPION_LEFT and index not in left:
            left[index] = (episode.start_day, episode.end_day if episode.is_decoy else None)
    return left


def make_users(settings: Settings, book: Book) -> Users:
    """Everyone who ever had a seat, with replacements for those who leave."""
    rng = settings.generator("users")
    account, created, rank = _seat_holders(settings, book, rng)
    counts = np.bincount(account, minlength=settings.accounts)
    role = columns.weighted(rng, len(account), [0.06, 0.0, 0.74, 0.19, 0.01])
    role = np.where(rank == 0, ADMIN, np.where(rank == 1, CHAMPION, role))
    role = np.where((rank == 0) & (counts[account] == 1), CHAMPION, role)
    stays = (rng.exponential(365 / YEARLY_TURNOVER, len(account)) + 30).astype(np.int64)
    gone = np.where(role == CHAMPION, NEVER, created + stays)
    left = _left_champions(book)
    champions = np.flatnonzero(role == CHAMPION)
    for user in champions[np.isin(account[champions], list(left))]:
        gone[user] = max(left[int(account[user])][0], created[user] + 1)
    leavers = np.flatnonzero((gone <= settings.as_of_day) & (role != CHAMPION))
    heirs = [
        (index, day)
        for index, (_, day) in left.items()
        if day is not None and day <= settings.as_of_day
    ]
    account = np.concatenate(
        [account, account[leavers], np.array([a for a, _ in heirs], dtype=np.int64)]
    )
    created = np.concatenate(
        [created, gone[leavers], np.array([d for _, d in heirs], dtype=np.int64)]
    )
    role = np.concatenate([role, role[leavers], np.full(len(heirs), CHAMPION)])
    gone = np.concatenate([gone, np.full(len(leavers) + len(heirs), NEVER)])
    return _assemble(settings, book, account, created, role, gone, rng)


def _assemble(
    settings: Settings,
    book: Book,
    account: np.ndarray,
    created: np.ndarray,
    role: np.ndarray,
    gone: np.ndarray,
    rng: np.random.Generator,
) -> Users:
    """Sort by account, drop people who would come after the end, and draw each one's habits."""
    size = len(account)
    final = np.where(book.return_day < NEVER, book.return_last_day, book.last_day)[account]
    closes = np.where(
        rng.random(size) < 0.7, final + (rng.random(size) * 20).astype(np.int64), NEVER
    )
    gone = np.minimum(gone, np.where(final < NEVER, closes, NEVER))
    adoption = np.array([entry.adoption for entry in book.accounts])[account]
    is_regular = (rng.random(size) < adoption) | (role <= CHAMPION)
    rate = np.where(is_regular, rng.lognormal(0.0, 0.6, size), OCCASIONAL_RATE) * ROLE_RATE[role]
    is_internal = (rng.random(size) < INTERNAL_SHARE) & (role >= MEMBER)
    keep = np.flatnonzero((created <= settings.as_of_day) & (created < gone) & (created < final))
    keep = keep[np.lexsort((keep, created[keep], account[keep]))]
    counts = np.bincount(account[keep], minlength=settings.accounts)
    return Users(
        account=account[keep].astype(np.int32),
        role=role[keep],
        created_day=created[keep],
        deactivated_day=gone[keep],
        is_internal=is_internal[keep],
        rate=rate[keep],
        first_user=np.concatenate([[0], np.cumsum(counts)]),
    )


def users_table(settings: Settings, book: Book, users: Users) -> pa.Table:
    """All rows of `users`."""
    rng = settings.generator("users table")
    size = len(users.account)
    seconds = rng.integers(8 * 3600, 18 * 3600, (2, size)) * 1_000_000
    created = users.created_day * DAY_MICROSECONDS + seconds[0]
    is_gone = users.deactivated_day <= settings.as_of_day
    gone = np.where(is_gone, users.deactivated_day, 0) * DAY_MICROSECONDS + seconds[1] // 6
    mail = columns.choices(names.MAIL_NAMES, rng.integers(0, len(names.MAIL_NAMES), size))
    number = pa.array(np.arange(1, size + 1)).cast(pa.string())
    domain = book.account_ids.take(pa.array(users.account))
    email = pc.binary_join_element_wise(
        pc.binary_join_element_wise(mail, number, "."),
        pc.utf8_lower(domain),
        "@",
    )
    email = pc.binary_join_element_wise(email, "example", ".")
    return columns.table(
        "users",
        {
            "user_id": users.ids,
            "account_id": domain,
            "email": columns.only(email, rng.random(size) < 0.99),
            "role": columns.choices(ROLES, users.role),
            "created_at": created,
            "deactivated_at": columns.moments(gone, is_gone),
            "is_internal": columns.only(pa.array(users.is_internal), rng.random(size) < 0.9),
            "updated_at": np.where(is_gone, np.maximum(gone, created), created),
        },
    )

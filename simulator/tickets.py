"""Support tickets: everyday ones, and the pain that drives some accounts away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from simulator import columns, fate, names
from simulator.book import Book
from simulator.columns import NO_TIME
from simulator.settings import DAY_MICROSECONDS, Settings
from simulator.users import Users

PRIORITIES = ["urgent", "high", "normal", "low"]
RESPONSE_HOURS = np.array([1.0, 4.0, 9.0, 20.0])
SOLUTION_HOURS = np.array([14.0, 36.0, 60.0, 110.0])
HOUR_US = 3_600_000_000
PAIN_PER_WEEK = 2.6
STATUSES = ["new", "open", "pending", "hold", "solved", "closed"]


@dataclass
class Draft:
    """Arrays over tickets: account, moment of creation, and whether pain made them."""

    account: np.ndarray
    created: np.ndarray
    is_pain: np.ndarray


def _everyday(settings: Settings, book: Book, wanted: float, rng: np.random.Generator) -> tuple:
    """Accounts and days of everyday tickets: more seats ask more, but less than in proportion."""
    load = np.sqrt(book.seats.astype(np.float64))
    scale = wanted / load.sum() if load.sum() else 0.0
    counts = rng.poisson(load * scale * rng.lognormal(0.0, 0.4, settings.accounts)[:, None] * 0.92)
    account = np.repeat(np.arange(settings.accounts), counts.sum(axis=1))
    month = np.repeat(np.tile(np.arange(settings.months), settings.accounts), counts.ravel())
    length = settings.month_ends - settings.month_starts + 1
    day = settings.month_starts[month] + (rng.random(len(month)) * length[month]).astype(np.int64)
    return account, day


def _painful(settings: Settings, book: Book, rng: np.random.Generator) -> tuple:
    """Accounts and days of tickets of the episodes of pain; larger accounts complain more."""
    pain = [
        (index, episode) for index, episode in book.episodes if episode.kind == fate.TICKET_PAIN
    ]
    index = np.array([item[0] for item in pain], dtype=np.int64)
    start = np.array([item[1].start_day for item in pain], dtype=np.int64)
    end = np.array([min(item[1].end_day, settings.as_of_day + 1) for item in pain], dtype=np.int64)
    size = book.seats.max(axis=1)[index] if len(index) else np.zeros(0)
    weekly = PAIN_PER_WEEK * np.clip(np.sqrt(size) / 3, 0.8, 3.0)
    counts = rng.poisson(weekly * np.maximum(end - start, 0) / 7)
    length = np.repeat(end - start, counts)
    day = np.repeat(start, counts) + (rng.random(len(length)) * length).astype(np.int64)
    return np.repeat(index, counts), day


def _drafts(settings: Settings, book: Book, rng: np.random.Generator) -> Draft:
    """All tickets in the order of time."""
    pain_account, pain_day = _painful(settings, book, rng)
    wanted = max(settings.tickets - len(pain_account), settings.tickets * 0.2)
    account, day = _everyday(settings, book, wanted, rng)
    account = np.concatenate([account, pain_account])
    day = np.concatenate([day, pain_day])
    is_pain = np.arange(len(account)) >= len(account) - len(pain_account)
    offset = np.array([entry.offset_hours for entry in book.accounts])[account]
    hour = (rng.integers(8, 19, len(account)) - offset) % 24
    created = (
        day * DAY_MICROSECONDS + (hour * 3600 + rng.integers(0, 3600, len(account))) * 1_000_000
    )
    keep = book.covered(account, day)
    order = np.argsort(created[keep], kind="stable")
    return Draft(account[keep][order], created[keep][order], is_pain[keep][order])


def _times(
    settings: Settings, draft: Draft, priority: np.ndarray, rng: np.random.Generator
) -> tuple:
    """First response, solution and closing in microseconds; NO_TIME for what is to come."""
    size = len(draft.account)
    slow = np.where(draft.is_pain, 5.0, 1.0)
    response = RESPONSE_HOURS[priority] * slow * rng.lognormal(0.0, 0.8, size)
    solution = SOLUTION_HOURS[priority] * np.sqrt(slow) * rng.lognormal(0.0, 0.9, size)
    first = draft.created + (response * 3600).astype(np.int64) * 1_000_000 + 60_000_000
    solved = first + (solution * 3600).astype(np.int64) * 1_000_000 + 60_000_000
    first = np.where(rng.random(size) < 0.03, NO_TIME, first)
    solved = np.where(rng.random(size) < 0.005, NO_TIME, solved)
    known = solved != NO_TIME
    closed = np.where(known, np.where(known, solved, 0) + 4 * DAY_MICROSECONDS, NO_TIME)
    # Some desks close without solving.
    solved = np.where(known & (rng.random(size) < 0.01), NO_TIME, solved)
    cut = settings.end_us
    return tuple(np.where(moment < cut, moment, NO_TIME) for moment in (first, solved, closed))


def _status(
    first: np.ndarray, solved: np.ndarray, closed: np.ndarray, draw: np.ndarray
) -> np.ndarray:
    waiting = np.where(draw < 0.6, 1, np.where(draw < 0.85, 2, 3))
    is_open = np.where(first == NO_TIME, (draw < 0.4).astype(np.int64), waiting)
    return np.where(closed != NO_TIME, 5, np.where(solved != NO_TIME, 4, is_open))


def _requesters(draft: Draft, users: Users, rng: np.random.Generator) -> pa.Array:
    """A person of the account for each ticket, early users first; some tickets name nobody."""
    begin = users.first_user[draft.account]
    count = users.first_user[draft.account + 1] - begin
    pick = begin + (rng.random(len(begin)) ** 2 * count).astype(np.int64)
    known = (count > 0) & (rng.random(len(begin)) < 0.93)
    return users.ids.take(pa.array(np.where(known, pick, 0), mask=~known))


def _previous(draft: Draft, ids: pa.Array, rng: np.random.Generator) -> pa.Array:
    """For a few tickets the id of the account's ticket before, into which they were merged."""
    order = np.lexsort((np.arange(len(draft.account)), draft.account))
    before = np.empty(len(order), dtype=np.int64)
    before[order] = np.concatenate([[-1], order[:-1]])
    same = (
        (before >= 0) & (draft.account[before] == draft.account) & (rng.random(len(order)) < 0.02)
    )
    return ids.take(pa.array(np.where(same, before, 0), mask=~same))


def _satisfaction(
    settings: Settings, draft: Draft, solved: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Scores of 1 to 5 and their moments, NO_TIME where nobody answered."""
    size = len(draft.account)
    happy = columns.weighted(rng, size, [0.02, 0.04, 0.10, 0.34, 0.50]) + 1
    angry = columns.weighted(rng, size, [0.38, 0.30, 0.20, 0.09, 0.03]) + 1
    moment = np.where(solved == NO_TIME, 0, solved) + rng.integers(600, 172_800, size) * 1_000_000
    answers = (solved != NO_TIME) & (moment < settings.end_us) & (rng.random(size) < 0.38)
    return np.where(draft.is_pain, angry, happy), np.where(answers, moment, NO_TIME)


def _marks(draft: Draft, is_solved: np.ndarray, rng: np.random.Generator) -> dict[str, pa.Array]:
    """Category, channel and flags."""
    size = len(draft.account)
    categories = names.TICKET_CATEGORIES
    reopened = rng.poisson(np.where(draft.is_pain, 0.35, 0.05)) * is_solved
    is_escalated = rng.random(size) < np.where(draft.is_pain, 0.30, 0.03)
    is_spam = pa.array(rng.random(size) < 0.006)
    channel = columns.weighted(rng, size, [5, 4, 2, 1, 0.5])
    return {
        "category": columns.choices(categories, rng.integers(0, len(categories), size)),
        "channel": columns.choices(names.TICKET_CHANNELS, channel),
        "reopened_count": columns.only(pa.array(reopened), rng.random(size) < 0.95),
        "is_escalated": pa.array(is_escalated),
        "is_spam": columns.only(is_spam, rng.random(size) < 0.9),
    }


def tickets_table(settings: Settings, book: Book, users: Users) -> pa.Table:
    """All rows of `tickets`."""
    rng = settings.generator("tickets")
    draft = _drafts(settings, book, rng)
    size = len(draft.account)
    usual = columns.weighted(rng, size, [0.05, 0.17, 0.58, 0.20])
    painful = columns.weighted(rng, size, [0.40, 0.35, 0.20, 0.05])
    priority = np.where(draft.is_pain, painful, usual)
    first, solved, closed = _times(settings, draft, priority, rng)
    score, scored = _satisfaction(settings, draft, solved, rng)
    ids = columns.ids("T", np.arange(1, size + 1), 7)
    moments = [draft.created, first, solved, closed, scored]
    status = _status(first, solved, closed, rng.random(size))
    return columns.table(
        "tickets",
        {
            "ticket_id": ids,
            "account_id": book.account_ids.take(pa.array(draft.account)),
            "requester_user_id": _requesters(draft, users, rng),
            "created_at": draft.created,
            "priority": columns.choices(PRIORITIES, priority),
            "status": columns.choices(STATUSES, status),
            "first_response_at": columns.moments(first),
            "solved_at": columns.moments(solved),
            "closed_at": columns.moments(closed),
            "csat_score": columns.only(pa.array(score), scored != NO_TIME),
            "csat_at": columns.moments(scored),
            "merged_into_ticket_id": _previous(draft, ids, rng),
            "updated_at": np.max([np.where(at == NO_TIME, 0, at) for at in moments], axis=0),
            **_marks(draft, solved != NO_TIME, rng),
        },
    )

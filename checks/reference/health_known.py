"""What was known of an account on a scored date: its contracts, its segment, its people.

The book is opened anew for every date, with the contract versions recorded by then and that date
as its last one.

Readings of the book where it leaves room:
- a long pause ends no spell and an in-place edit amends nothing here: neither makes a customer new;
- an account that is active as known now, of which the contracts known on the day tell nothing, has
  the tenure and coverage that are known now, and no seats;
- before the first version of an account, that one says its segment; a version without a date is
  the first;
- who left on the day of being created was never there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .book import AccountStory, Book
from .restatement import book_at
from .usage import SUNDAY, WINDOW, licensed_seats, observation_dates, seat_products

Row = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """An account on a scored date; `seats` is None where no line was known to count."""

    account_id: str
    day: date
    tenure_days: int
    is_covered: bool
    seats: Decimal | None


def scored_dates(book: Book) -> list[date]:
    """Return the Sundays, `as_of_date` and 28 days before it."""
    special = {book.as_of, book.as_of - timedelta(days=WINDOW)}
    return [day for day in observation_dates(book) if day.weekday() == SUNDAY or day in special]


def plain(book: Book) -> Book:
    """Return the book without the rules that split lines or end long pauses."""
    simple = copy(book)
    settings = replace(book.staged.settings, max_pause_days=None, in_place_edits="correction")
    simple.staged = replace(book.staged, settings=settings)
    return simple


def spell_start(story: AccountStory, day: date) -> date:
    """Return the first day of the activity that holds a day."""
    return next(spell.first for spell in story.spells if spell.first <= day < spell.end)


def known_accounts(book: Book) -> Iterator[Known]:
    """Return each active account on each scored date, as it was known on that date."""
    simple, seat_based = plain(book), seat_products(book)
    for day in scored_dates(book):
        then = book_at(simple, day)
        for account_id, story in book.stories.items():
            if not story.state(day):
                continue
            known = then.stories.get(account_id)
            is_known = known is not None and bool(known.state(day))
            told = known if known is not None and is_known else story
            yield Known(
                account_id,
                day,
                (day - spell_start(told, day)).days,
                not told.is_carried(day),
                licensed_seats(told.state(day), seat_based) if is_known else None,
            )


def segments(book: Book) -> dict[str, list[tuple[date, str | None]]]:
    """Return account -> the days on which versions were recorded, and their segments, in order."""
    source = book.staged.sources["accounts"]
    versions: dict[str, list[tuple[date, Any, str | None]]] = defaultdict(list)
    for row in source.staged + source.superseded:
        at = row.values["updated_at"]
        recorded = (book.staged.day(at) or date.min, str(at or ""))
        versions[row.values["account_id"]].append((*recorded, row.values["segment"]))
    return {
        account_id: [(day, segment) for day, _, segment in sorted(rows, key=lambda r: r[:2])]
        for account_id, rows in versions.items()
    }


def segment_on(versions: list[tuple[date, str | None]], day: date) -> str | None:
    """Return the segment of the last version recorded by a day, or of the first of all."""
    recorded = [segment for since, segment in versions if since <= day]
    return recorded[-1] if recorded else versions[0][1]


def people_on(book: Book) -> dict[str, list[tuple[date, date | None]]]:
    """Return account -> from when until when each person was there."""
    staged, found = book.staged, defaultdict(list)
    for row in staged.rows("users"):
        if not row["is_internal"]:
            left = staged.day(staged.known_fact(row["deactivated_at"]))
            found[row["account_id"]].append((staged.day(row["created_at"]), left))
    return found


def known_observations(book: Book) -> list[Row]:
    """One row per active account and scored date."""
    versions = segments(book)
    return [
        {
            "account_id": known.account_id,
            "date": known.day,
            "segment": segment_on(versions[known.account_id], known.day),
            "tenure_days": known.tenure_days,
            "is_covered": known.is_covered,
        }
        for known in known_accounts(book)
    ]

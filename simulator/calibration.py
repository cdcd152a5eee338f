"""Finds the scales that meet the asked numbers of users and lines, on the first accounts."""

from __future__ import annotations

from dataclasses import replace

from simulator.accounts import make_account
from simulator.book import empty_book, walk_accounts
from simulator.history import AccountWalk
from simulator.settings import Settings

PILOT_ACCOUNTS = 600
# Users that an account ever has for each seat of its largest month; measured.
USERS_PER_SEAT = 1.045
MOST_RICHNESS = 12.0
RICHNESS_STEPS = 9
SEAT_STEPS = 3


def _lines_per_account(pilot: Settings, richness: float) -> float:
    accounts = [make_account(pilot, index) for index in range(pilot.accounts)]
    return sum(len(AccountWalk(pilot, one, richness).run().lines) for one in accounts) / len(
        accounts
    )


def _richness(pilot: Settings, lines_per_account: float | None) -> float:
    """How busy contracts must be for the asked number of lines; 1 when none was asked for."""
    if lines_per_account is None:
        return 1.0
    low, high = 0.0, MOST_RICHNESS
    for _ in range(RICHNESS_STEPS):
        middle = (low + high) / 2
        if _lines_per_account(pilot, middle) < lines_per_account:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def calibrate(settings: Settings) -> tuple[Settings, float]:
    """The settings with a seat scale for the asked users, and the richness for the asked lines."""
    pilot = replace(settings, accounts=min(PILOT_ACCOUNTS, settings.accounts))
    wanted = settings.lines / settings.accounts if settings.lines is not None else None
    richness = _richness(pilot, wanted)
    for _ in range(SEAT_STEPS):
        book = empty_book(pilot)
        for _ in walk_accounts(pilot, book, richness):
            pass
        users = book.seats.max(axis=1).sum() * USERS_PER_SEAT
        if not users:
            break
        target = settings.users * pilot.accounts / settings.accounts
        pilot = replace(pilot, seat_scale=pilot.seat_scale * target / users)
    return replace(settings, seat_scale=pilot.seat_scale), richness

"""Who the customers are: segment, country, size, owner, parent and first contract day."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import pyarrow as pa

from simulator import columns, names
from simulator.settings import DAY_MICROSECONDS, Settings

SEGMENTS = [("enterprise", 0.14), ("mid_market", 0.36), ("smb", 0.50)]
SEAT_MEDIAN = {"enterprise": 34.0, "mid_market": 10.0, "smb": 3.6}
EMPLOYEES_PER_SEAT = {"enterprise": 40, "mid_market": 14, "smb": 5}
TOUCH = {"enterprise": "high", "mid_market": "low", "smb": "tech"}
INTERNAL_EVERY = 150
PROSPECT_SHARE = 0.03


@dataclass(slots=True)
class Account:
    """One customer; days are day numbers, `start_day` is None for a prospect that never bought."""

    index: int
    account_id: str
    name: str
    created_day: int
    start_day: int | None
    segment: str
    industry: str | None
    country: str | None
    currency: str
    offset_hours: int
    seats: int
    employees: int | None
    owner: str | None
    touch_model: str | None
    is_internal: bool
    parent: int | None
    adoption: float


def account_id(index: int) -> str:
    """Text id of the account at a position."""
    return f"A{index + 1:06d}"


def _pick(rng: random.Random, weighted: list[tuple]) -> tuple:
    draw = rng.random()
    for choice in weighted:
        draw -= choice[1]
        if draw < 0:
            return choice
    return weighted[0]


def _start_day(rng: random.Random, settings: Settings) -> int:
    """Three in ten sign in the first quarter of a year, the rest come faster and faster."""
    span = settings.as_of_day - settings.first_day
    if rng.random() < 0.30:
        return settings.first_day + int(rng.random() * min(90, span + 1))
    return settings.first_day + int(rng.random() ** 0.85 * max(span - 3, 1))


def _company(rng: random.Random, country: str, index: int) -> str:
    stem = rng.choice(names.COMPANY_STEMS[country])
    kind = rng.choice(names.COMPANY_KINDS[country])
    trade = rng.choice(names.COMPANY_TRADES)
    if country == "JP":
        return f"{kind}{stem}{trade}" if rng.random() < 0.4 else f"{stem}{kind} {index + 1}"
    return f"{stem} {trade} {kind}"


def _parent(rng: random.Random, index: int) -> int | None:
    """Children stand at positions that 10 divides, parents do not: one level, never a cycle."""
    if index < 20 or index % 10 != 0 or rng.random() < 0.3:
        return None
    return index - 1 - int(rng.random() * 8)


def make_account(settings: Settings, index: int) -> Account:
    """The account at a position, of a stream of its own."""
    rng = settings.scalar_stream("accounts", index)
    segment = _pick(rng, SEGMENTS)[0]
    country, _, currency, offset = _pick(rng, names.COUNTRIES)
    seats = max(
        2, round(SEAT_MEDIAN[segment] * settings.seat_scale * math.exp(rng.gauss(0.0, 0.55)))
    )
    start = _start_day(rng, settings)
    is_internal = index % INTERNAL_EVERY == 7
    name = _company(rng, country, index)
    return Account(
        index=index,
        account_id=account_id(index),
        name=f"[internal] {name}" if is_internal else name,
        created_day=start - 5 - int(rng.random() * 80),
        start_day=None if rng.random() < PROSPECT_SHARE and index > 0 else start,
        segment=segment,
        industry=rng.choice(names.INDUSTRIES) if rng.random() < 0.96 else None,
        country=country if rng.random() < 0.98 else None,
        currency=currency,
        offset_hours=offset,
        seats=seats,
        employees=int(seats * EMPLOYEES_PER_SEAT[segment] * (0.6 + rng.random()))
        if rng.random() < 0.9
        else None,
        owner=rng.choice(names.OWNERS) if segment != "smb" or rng.random() < 0.6 else None,
        touch_model=TOUCH[segment] if rng.random() < 0.9 else None,
        is_internal=is_internal,
        parent=_parent(rng, index),
        adoption=min(0.96, max(0.35, rng.gauss(0.70, 0.13))),
    )


def _versions(settings: Settings, account: Account) -> list[tuple]:
    """Rows of `accounts`: the current one, and for some an older one with another owner."""
    rng = settings.scalar_stream("account versions", account.index)
    created = account.created_day * DAY_MICROSECONDS + int(rng.random() * 36_000) * 1_000_000
    room = max(settings.as_of_day - account.created_day, 1)
    second = (account.created_day + 1 + int(rng.random() * (room - 1))) * DAY_MICROSECONDS
    parent = None if account.parent is None else account_id(account.parent)

    def row(owner: str | None, updated: int) -> tuple:
        return (
            account.account_id,
            account.name,
            created,
            parent,
            account.industry,
            account.country,
            account.segment,
            account.employees,
            owner,
            account.touch_model,
            account.is_internal,
            updated,
        )

    if rng.random() < 0.06 and room > 30:
        return [row(rng.choice(names.OWNERS), created), row(account.owner, second)]
    return [row(account.owner, created if rng.random() < 0.4 else second)]


def accounts_table(settings: Settings, accounts: list[Account]) -> pa.Table:
    """All rows of `accounts`."""
    rows = [row for account in accounts for row in _versions(settings, account)]
    fields = columns.SCHEMAS["accounts"].names
    return columns.table("accounts", dict(zip(fields, zip(*rows, strict=True), strict=True)))

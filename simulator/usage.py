"""Depth of use: features that people touch, and the data that accounts keep in the product."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from simulator import columns, fate, names
from simulator.schemas import WHOLE
from simulator.world import World

OBJECT_TYPES = ["contacts", "documents"]
RECORDS_PER_SEAT = np.array([120.0, 35.0])
FEATURE_ROWS_PER_LOGIN = 0.22
MOST_FEATURE_ROWS = 6_000_000


def _breadth(world: World) -> np.ndarray:
    """How many features each account has taken to, 3 to 12."""
    rng = world.settings.generator("feature breadth")
    adoption = np.array([account.adoption for account in world.book.accounts])
    return np.clip(
        np.rint(adoption * 11 + rng.normal(0, 1.5, len(adoption)) - 1), 3, len(names.FEATURES)
    )


def feature_usage_tables(world: World) -> Iterator[pa.Table]:
    """Rows of `feature_usage`, month by month, no key twice."""
    settings, users, book = world.settings, world.users, world.book
    wanted = min(settings.logins * FEATURE_ROWS_PER_LOGIN, MOST_FEATURE_ROWS)
    weight = users.rate.sum() * settings.months * 0.45
    scale = wanted / weight if weight else 0.0
    breadth = _breadth(world)
    for month in range(settings.months):
        rng = settings.generator("feature usage", month)
        expected = users.rate * scale * world.monthly[users.account, month]
        count = np.floor(expected + rng.random(len(expected))).astype(np.int64)
        user = np.repeat(np.arange(len(count)), count)
        account = users.account[user]
        start, end = settings.month_starts[month], settings.month_ends[month] + 1
        day = start + (rng.random(len(user)) * (end - start)).astype(np.int64)
        narrow = np.where(world.moods[fate.USAGE_DECLINE][account, month], 0.5, 1.0)
        place = (rng.random(len(user)) ** 1.4 * np.maximum(breadth[account] * narrow, 1)).astype(
            np.int64
        )
        feature = (place + account) % len(names.FEATURES)
        keep = (
            book.covered(account, day)
            & (day > users.created_day[user])
            & (day < users.deactivated_day[user])
        )
        key = ((day - start) * len(users.rate) + user) * len(names.FEATURES) + feature
        picked = np.unique(np.where(keep, key, -1), return_index=True)[1]
        picked = picked[keep[picked]]
        if len(picked):
            yield columns.table(
                "feature_usage",
                {
                    "account_id": book.account_ids.take(pa.array(account[picked])),
                    "usage_date": columns.days(day[picked]),
                    "feature": columns.choices(names.FEATURES, feature[picked]),
                    "user_id": users.ids.take(pa.array(user[picked])),
                    "event_count": rng.geometric(0.18, len(picked)),
                },
            )


def data_volumes_table(world: World, number: int, block: slice) -> pa.Table:
    """Rows of `data_volumes`: one snapshot per account, kind and month end; growth follows use."""
    rng = world.settings.generator("data volumes", number)
    seats = world.book.seats[block].astype(np.float64)
    active = seats > 0
    size, months = seats.shape
    growth = (
        seats
        * world.monthly[block]
        * rng.lognormal(0, 0.35, (size, 1))
        * rng.uniform(0.8, 1.2, (size, months))
    )
    total = np.cumsum(growth, axis=1)
    account, month = np.nonzero(active)
    tables = []
    for kind, name in enumerate(OBJECT_TYPES):
        records = np.rint(total * RECORDS_PER_SEAT[kind]).astype(np.int64)[account, month]
        limit = (np.ceil(seats.max(axis=1) * RECORDS_PER_SEAT[kind] * 40 / 1000) * 1000).astype(
            np.int64
        )
        has_limit = (np.arange(size) % 5 != 0) & (kind == 0)
        tables.append(
            columns.table(
                "data_volumes",
                {
                    "account_id": world.book.account_ids.take(pa.array(account + block.start)),
                    "snapshot_date": columns.days(world.settings.month_ends[month]),
                    "object_type": pa.array([name] * len(account)),
                    "record_count": pa.array(records, WHOLE),
                    "plan_limit": pa.array(limit[account], WHOLE, mask=~has_limit[account]),
                },
            )
        )
    return pa.concat_tables(tables).sort_by(
        [("snapshot_date", "ascending"), ("account_id", "ascending")]
    )

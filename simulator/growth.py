"""Onboarding milestones, opportunities, invoices and feature requests."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from simulator import columns, fate, names, products
from simulator.book import NEVER
from simulator.schemas import AMOUNT
from simulator.settings import DAY_MICROSECONDS
from simulator.world import Draws, World, account_ids, attribute, draw_events, later, office_moments

MILESTONES = [
    ("kickoff", 10, 0.99),
    ("data_import", 25, 0.96),
    ("go_live", 45, 0.93),
    ("first_value", 70, 0.88),
]
STAGES = ["qualified", "proposal", "negotiation", "won", "lost"]
REQUEST_STATUSES = ["open", "planned", "shipped", "declined"]
PAYMENT_DAYS = 30
CREDIT_NOTE_SHARE = 0.01


def milestones_table(world: World) -> pa.Table:
    """Rows of `milestones`: four steps; where adoption fails the last two never come."""
    rng = world.settings.generator("milestones")
    book = world.book
    account = np.flatnonzero(book.first_day < NEVER)
    failed = np.zeros(len(book.accounts), dtype=bool)
    late = np.zeros(len(book.accounts))
    for index, episode in book.episodes:
        if episode.kind == fate.NO_ADOPTION:
            failed[index] = not episode.is_decoy
            late[index] = episode.end_day - episode.start_day if episode.is_decoy else 0
    pace = rng.lognormal(-0.1, 0.35, len(account))
    tables = []
    for position, (name, due_days, share) in enumerate(MILESTONES):
        due = (book.first_day[account] + due_days) * DAY_MICROSECONDS
        took = due_days * pace * rng.lognormal(0, 0.2, len(account)) + late[account] * (
            position > 1
        )
        done = (book.first_day[account] * 24 + took * 24).astype(np.int64) * 3_600_000_000
        reached = (rng.random(len(account)) < share) & ~(failed[account] & (position > 1))
        reached &= (done < world.settings.end_us) & (
            done < book.last_day[account] * DAY_MICROSECONDS
        )
        tables.append(
            columns.table(
                "milestones",
                {
                    "account_id": book.account_ids.take(pa.array(account)),
                    "milestone": pa.array([name] * len(account)),
                    "due_at": due,
                    "completed_at": columns.moments(done, reached),
                },
            )
        )
    return pa.concat_tables(tables)


def _jumps(world: World, block: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Account, month and yearly amount (in hundredths) of each rise of monthly revenue."""
    mrr = world.book.mrr_cents[block]
    rise = np.diff(mrr, axis=1, prepend=0)
    before = np.concatenate([np.zeros((mrr.shape[0], 1), dtype=np.int64), mrr[:, :-1]], axis=1)
    account, month = np.nonzero((before > 0) & (rise > before // 50))
    return account + block.start, month, rise[account, month] * 12


def opportunities_table(world: World, number: int, block: slice) -> pa.Table:
    """Rows of `opportunities`: every rise of revenue was won before; others are lost or open."""
    rng, settings = world.settings.generator("opportunities", number), world.settings
    account, month, amount = _jumps(world, block)
    lost = draw_events(world, block, np.full(world.book.seats[block].shape, 0.05), rng)
    mrr = world.book.mrr_cents[lost.account, lost.month]
    closed = settings.month_starts[month] + rng.integers(0, 5, len(month)) - 3
    opened = np.concatenate([closed - rng.integers(10, 80, len(month)), lost.day])
    closed = np.concatenate([closed, lost.day + rng.integers(15, 120, len(lost))])
    account = np.concatenate([account, lost.account])
    amount = np.concatenate(
        [amount, (mrr * 12 * rng.uniform(0.05, 0.5, len(lost))).astype(np.int64)]
    )
    is_won = np.arange(len(account)) < len(month)
    kind = columns.weighted(rng, len(account), [5, 3, 2])
    is_known = closed <= settings.as_of_day
    stage = np.where(~is_known, rng.integers(0, 3, len(account)), np.where(is_won, 3, 4))
    product = columns.choices(
        [item.product_id for item in products.ADD_ONS], rng.integers(0, 6, len(account))
    )
    draws = Draws(account, np.zeros_like(account), opened)
    return columns.table(
        "opportunities",
        {
            "opportunity_id": columns.ids(
                "O", number * 1_000_000 + np.arange(1, len(account) + 1), 8
            ),
            "account_id": account_ids(world, draws),
            "kind": columns.choices(["upsell", "cross_sell", "renewal"], kind),
            "product_id": columns.only(product, kind == 1),
            "amount": columns.decimals(amount * 100, AMOUNT),
            "currency": attribute(world, draws, "currency"),
            "stage": columns.choices(STAGES, stage),
            "opened_at": opened * DAY_MICROSECONDS
            + rng.integers(28_800, 64_800, len(account)) * 1_000_000,
            "closed_at": columns.moments(closed * DAY_MICROSECONDS + 68_000_000_000, is_known),
            "is_won": columns.only(pa.array(is_won), is_known),
        },
    )


def _billed(world: World, block: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Account, month and amount (hundredths) of each invoice: one per billing interval."""
    book, settings = world.book, world.settings
    mrr = book.mrr_cents[block]
    first = np.searchsorted(settings.month_ends, book.first_day[block])
    every = book.invoice_months[block][:, None]
    since = np.arange(settings.months)[None, :] - first[:, None]
    account, month = np.nonzero((mrr > 0) & (since >= 0) & (since % every == 0))
    amount = mrr[account, month] * every[account, 0]
    return account + block.start, month, amount


def invoices_table(world: World, number: int, block: slice) -> pa.Table:
    """Rows of `invoices`; accounts in payment trouble leave them unpaid, decoys pay very late."""
    rng, settings, book = world.settings.generator("invoices", number), world.settings, world.book
    account, month, amount = _billed(world, block)
    first = book.first_day[account]
    day = np.maximum(
        settings.month_starts[month] + rng.integers(0, 3, len(month)),
        np.minimum(first, settings.as_of_day),
    )
    paid = (
        day + PAYMENT_DAYS + np.rint(np.clip(rng.normal(-6, 5, len(day)), -28, 6)).astype(np.int64)
    )
    never = np.zeros(len(day), dtype=bool)
    for index, episode in book.episodes:
        if episode.kind == fate.INVOLUNTARY and block.start <= index < block.stop:
            low, high = np.searchsorted(account, [index, index + 1])
            due = day[low:high] + PAYMENT_DAYS
            healed = episode.end_day if episode.is_decoy else episode.end_day + PAYMENT_DAYS
            hit = (due >= episode.start_day) & (due < healed)
            never[low:high] |= hit & (not episode.is_decoy)
            paid[low:high] = np.where(hit, episode.end_day, paid[low:high])
    amount = np.where(rng.random(len(day)) < CREDIT_NOTE_SHARE, -amount // 10, amount)
    keep = np.flatnonzero(day <= settings.as_of_day)
    order = keep[np.lexsort((account[keep], day[keep]))]
    draws = Draws(account[order], month[order], day[order])
    is_paid = (~never & (paid <= settings.as_of_day))[order]
    return columns.table(
        "invoices",
        {
            "invoice_id": columns.ids("I", number * 1_000_000 + np.arange(1, len(order) + 1), 8),
            "account_id": account_ids(world, draws),
            "issued_at": day[order] * DAY_MICROSECONDS,
            "due_at": (day[order] + PAYMENT_DAYS) * DAY_MICROSECONDS,
            "paid_at": columns.moments(
                np.where(is_paid, paid[order], 0) * DAY_MICROSECONDS + 36_000_000_000, is_paid
            ),
            "amount": columns.decimals(amount[order] * 100, AMOUNT),
            "currency": attribute(world, draws, "currency"),
        },
    )


def feature_requests_table(world: World, number: int, block: slice) -> pa.Table:
    """Rows of `feature_requests`."""
    rng = world.settings.generator("feature requests", number)
    draws = draw_events(world, block, np.full(world.book.seats[block].shape, 0.07), rng)
    size = len(draws)
    created = office_moments(world, draws, rng)
    status = columns.weighted(rng, size, [5, 2, 3, 2])
    shipped, is_shipped = later(world, created, 24 * (20 + rng.exponential(150, size)), status == 2)
    status = np.where((status == 2) & ~is_shipped, 1, status)
    return columns.table(
        "feature_requests",
        {
            "request_id": columns.ids("R", number * 1_000_000 + np.arange(1, size + 1), 8),
            "account_id": account_ids(world, draws),
            "created_at": created,
            "topic": columns.choices(names.TOPICS, rng.integers(0, len(names.TOPICS), size)),
            "status": columns.choices(REQUEST_STATUSES, status),
            "shipped_at": columns.moments(shipped, is_shipped),
        },
    )

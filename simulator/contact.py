"""Contact with customers: messages, meetings and calls, and what surveys bring back."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from simulator import columns, fate, names
from simulator.schemas import SHARE
from simulator.settings import DAY_MICROSECONDS
from simulator.world import (
    World,
    account_ids,
    attribute,
    draw_events,
    later,
    office_moments,
    people,
)

MESSAGE_KINDS = ["newsletter", "release_note", "check_in", "renewal_reminder", "campaign"]
TOUCH_KINDS = ["meeting", "call", "email", "business_review", "training"]
SURVEY_KINDS = ["nps", "csat", "ces"]
SURVEY_TOP = np.array([10, 5, 7])
SURVEY_BOTTOM = np.array([0, 1, 1])
# Whoever raises tickets and stays away is asked how it goes.
ASKED_MORE = 2.0
TOUCHES_PER_MONTH = {"high": 1.6, "low": 0.5, "tech": 0.15}


def _gloom(world: World, block: slice) -> np.ndarray:
    """0..1 per account and month: how unhappy the account is."""
    pain = world.mood(fate.TICKET_PAIN, block) * 0.9
    decline = world.mood(fate.USAGE_DECLINE, block) * 0.6
    absent = world.mood(fate.NO_ADOPTION, block) * 0.7
    return np.maximum(np.maximum(pain, decline), absent)


def messages_table(world: World, number: int, block: slice) -> pa.Table:
    """Rows of `messages`: what we send, and what customers send through the product."""
    rng = world.settings.generator("messages", number)
    use = world.monthly[block] * np.clip(np.sqrt(world.book.seats[block]) / 3, 0.4, 2.5)
    draws = draw_events(world, block, 1.1 + 1.6 * use, rng)
    local = draws.account - block.start
    sent_by_customer = rng.random(len(draws)) < (1.6 * use / (1.1 + 1.6 * use))[local, draws.month]
    gloom = _gloom(world, block)[local, draws.month]
    sent = office_moments(world, draws, rng)
    size = len(draws)
    delivered, is_delivered = later(world, sent, rng.random(size) * 0.2, rng.random(size) < 0.97)
    opened, is_opened = later(
        world, delivered, rng.exponential(14, size), rng.random(size) < 0.5 - 0.3 * gloom
    )
    replied, is_replied = later(
        world, opened, rng.exponential(20, size), rng.random(size) < 0.16 - 0.13 * gloom
    )
    is_opened &= is_delivered
    is_replied &= is_opened & ~sent_by_customer
    kind = np.where(sent_by_customer, 4, columns.weighted(rng, size, [4, 3, 2, 1]))
    return columns.table(
        "messages",
        {
            "message_id": columns.ids("M", number * 1_000_000 + np.arange(1, size + 1), 8),
            "account_id": account_ids(world, draws),
            "sent_at": sent,
            "direction": columns.choices(
                ["outbound", "product"], sent_by_customer.astype(np.int64)
            ),
            "kind": columns.choices(MESSAGE_KINDS, kind),
            "delivered_at": columns.moments(delivered, is_delivered),
            "opened_at": columns.moments(opened, is_opened),
            "replied_at": columns.moments(replied, is_replied),
        },
    )


def touchpoints_table(world: World, number: int, block: slice) -> pa.Table:
    """Rows of `touchpoints`; contact thins out while use declines."""
    rng = world.settings.generator("touchpoints", number)
    accounts = world.book.accounts[block]
    base = np.array([TOUCHES_PER_MONTH[account.touch_model or "tech"] for account in accounts])
    quiet = (
        1
        - 0.6 * world.mood(fate.USAGE_DECLINE, block)
        - 0.3 * world.mood(fate.CHAMPION_LEFT, block)
    )
    draws = draw_events(world, block, base[:, None] * np.clip(quiet, 0.1, 1.0), rng)
    size = len(draws)
    gloom = _gloom(world, block)[draws.account - block.start, draws.month]
    occurred = office_moments(world, draws, rng)
    planned = occurred - rng.integers(0, 15, size) * DAY_MICROSECONDS
    mood = np.clip(rng.normal(0.35 - 0.8 * gloom, 0.3), -1, 1)
    return columns.table(
        "touchpoints",
        {
            "touchpoint_id": columns.ids("P", number * 1_000_000 + np.arange(1, size + 1), 8),
            "account_id": account_ids(world, draws),
            "occurred_at": occurred,
            "kind": columns.choices(TOUCH_KINDS, columns.weighted(rng, size, [4, 5, 6, 1, 1])),
            "owner": attribute(world, draws, "owner"),
            "planned_at": columns.moments(planned, rng.random(size) < 0.6),
            "sentiment": columns.only(
                columns.decimals(np.rint(mood * 100).astype(np.int64) * 10_000, SHARE),
                rng.random(size) < 0.7,
            ),
            "summary": columns.choices(
                names.SUMMARIES, rng.integers(0, len(names.SUMMARIES), size)
            ),
        },
    )


def _scores(kind: np.ndarray, gloom: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Integer scores in the range of each survey's kind; gloom lowers them."""
    level = np.clip(rng.normal(0.87 - 0.62 * gloom, 0.11), 0, 1)
    return np.rint(SURVEY_BOTTOM[kind] + level * (SURVEY_TOP - SURVEY_BOTTOM)[kind]).astype(
        np.int64
    )


def surveys_table(world: World, number: int, block: slice) -> pa.Table:
    """Rows of `surveys`; the unhappy are asked more often, and answer a little less often."""
    rng = world.settings.generator("surveys", number)
    size_of = np.clip(np.sqrt(world.book.seats[block]) / 3, 0.5, 3)
    unhappy = _gloom(world, block)
    draws = draw_events(world, block, 0.30 * size_of * (1 + ASKED_MORE * unhappy), rng)
    size = len(draws)
    gloom = unhappy[draws.account - block.start, draws.month]
    kind = columns.weighted(rng, size, [6, 3, 1])
    sent = office_moments(world, draws, rng)
    responded, answers = later(
        world, sent, rng.exponential(40, size), rng.random(size) < 0.42 - 0.1 * gloom
    )
    score = _scores(kind, gloom, rng)
    share = (score - SURVEY_BOTTOM[kind]) / (SURVEY_TOP - SURVEY_BOTTOM)[kind]
    comment = [names.COMMENTS["good"], names.COMMENTS["fair"], names.COMMENTS["poor"]]
    flat = comment[0] + comment[1] + comment[2]
    begin = np.array([0, len(comment[0]), len(comment[0]) + len(comment[1])])
    count = np.array([len(part) for part in comment])
    level = np.where(share >= 0.85, 0, np.where(share >= 0.55, 1, 2))
    words = begin[level] + (rng.random(size) * count[level]).astype(np.int64)
    return columns.table(
        "surveys",
        {
            "survey_id": columns.ids("S", number * 1_000_000 + np.arange(1, size + 1), 8),
            "account_id": account_ids(world, draws),
            "user_id": people(world, draws.account, rng, 0.95),
            "kind": columns.choices(SURVEY_KINDS, kind),
            "sent_at": sent,
            "responded_at": columns.moments(responded, answers),
            "score": columns.only(pa.array(score), answers),
            "comment": columns.only(columns.choices(flat, words), answers),
        },
    )

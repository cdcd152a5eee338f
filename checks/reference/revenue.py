"""Accounts, lines and revenue: `dim_account`, `fct_contract_line`, `fct_mrr_monthly`.

Readings of the book where it leaves room:
- a line that never was in force still has the `local_mrr` its cells make;
- an internal account has no `first_active_date`, as it is in no metric;
- a line that is amended between two month ends is the same line: it pauses with the MRR of its
  later stretch;
- the lines that grace carries count as in force at both ends when pause and resume are told
  from the rest of the change;
- pause and resume are local sums per currency, times the opening rate, rounded, as all amounts.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from .book import DAY, AccountStory, Book
from .lines import FOREVER, Line, Rate, State, local_mrr, valued
from .money import ZERO, add_months, last_day, month_of
from .phases import phases_now

MOVEMENTS = ["new", "reactivation", "expansion", "contraction", "churn", "pause", "resume", "fx"]
"""Parts of the bridge; published amounts are positive, `fx` is signed."""


ACCOUNT_COLUMNS = [
    "account_id", "account_name", "parent_account_id", "industry", "country", "segment",
    "touch_model", "owner",
]  # fmt: skip


def dim_account(book: Book) -> list[dict[str, Any]]:
    """One row per account, with its first active day and its phase on `as_of_date`."""
    phases = phases_now(book)
    first_days = {
        account_id: story.started[0].first
        for account_id, story in book.stories.items()
        if story.started
    }
    return [
        {
            **{name: row[name] for name in ACCOUNT_COLUMNS},
            "is_internal": bool(row["is_internal"]),
            "lifecycle_phase": phases.get(row["account_id"]),
            "first_active_date": first_days.get(row["account_id"]),
        }
        for row in book.staged.rows("accounts")
    ]


def fct_contract_line(book: Book) -> list[dict[str, Any]]:
    """One row per current line, of internal accounts and of every type, with its last terms."""
    return [
        {
            "contract_line_id": line.line_id,
            "contract_id": line.contract_id,
            "account_id": line.account_id,
            "product_id": line.product_id,
            "line_type": line.row["line_type"],
            "currency": line.currency,
            "start_date": line.row["start_date"],
            "end_date": line.row["end_date"],
            "effective_end_date": None if line.end == FOREVER else line.end,
            "quantity": line.quantity,
            "local_mrr": line.mrr if line.is_recurring else ZERO,
            "is_in_force": line.is_in_force(book.as_of),
        }
        for line in book.lines
        if line.following is None
    ]


def pause_and_resume(start: State, end: State) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return the local MRR, per currency, of lines in both states that paused, and that resumed."""
    paused_before = {line.line_id: is_paused for line, is_paused in start}
    paused: dict[str, Decimal] = defaultdict(lambda: ZERO)
    resumed: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line, is_paused in end:
        if line.line_id in paused_before and is_paused != paused_before[line.line_id]:
            (paused if is_paused else resumed)[line.currency] += line.mrr
    return paused, resumed


def bridge(
    start: State, end: State, opening: Rate, closing: Rate, was_active_before: bool
) -> dict[str, Decimal]:
    """Split the change from one state to another into the parts of the bridge.

    All amounts are in reporting currency with 4 decimals.
    """
    parts = dict.fromkeys(MOVEMENTS, ZERO)
    before, after = local_mrr(start), local_mrr(end)
    if not start and end:
        parts["reactivation" if was_active_before else "new"] = valued(after, closing)
    elif start and not end:
        parts["churn"] = valued(before, opening)
    elif start and end:
        paused, resumed = pause_and_resume(start, end)
        parts["pause"], parts["resume"] = valued(paused, opening), valued(resumed, opening)
        change = valued(after, opening) - valued(before, opening)
        rest = change + parts["pause"] - parts["resume"]
        parts["expansion" if rest > 0 else "contraction"] = abs(rest)
        parts["fx"] = valued(after, closing) - valued(after, opening)
    return parts


def movement(start: State, end: State, parts: dict[str, Decimal], was_active_before: bool) -> str:
    """Return the name of the account's movement, by condition first and by amount second."""
    if not start and end:
        return "reactivation" if was_active_before else "new"
    if start and not end:
        return "churn"
    for name in ("expansion", "contraction"):
        if parts[name] != 0:
            return name
    return "none"


def account_month(book: Book, story: AccountStory, month: date) -> dict[str, Any]:
    """Return the row of one account and month."""
    last = book.end_of(month)
    start, end = story.state(month - DAY), story.state(last)
    opening, closing = book.rate_of(add_months(month, -1)), book.rate_of(month)
    was_active_before = story.was_active_before(month)
    parts = bridge(start, end, opening, closing, was_active_before)
    return {
        "account_id": story.account_id,
        "month": month,
        "is_active_start": bool(start),
        "is_active_end": bool(end),
        "is_grace": story.is_carried(last),
        "mrr_start": valued(local_mrr(start), opening),
        "mrr_end": valued(local_mrr(end), closing),
        "movement": movement(start, end, parts, was_active_before),
        **{f"{name}_mrr": amount for name, amount in parts.items()},
        "is_complete": book.is_complete(month),
    }


def months_of_account(book: Book, story: AccountStory) -> list[date]:
    """Return the months from the first active one to the last, that of the last end included."""
    if not story.spells:
        return []
    first, last_end = month_of(story.spells[0].first), min(story.spells[-1].end, book.as_of)
    return [month for month in book.months if first <= month <= month_of(last_end)]


def fct_mrr_monthly(book: Book) -> list[dict[str, Any]]:
    """One row per account and month from the first active month to the last, without gaps."""
    return [
        account_month(book, story, month)
        for story in book.stories.values()
        for month in months_of_account(book, story)
    ]


def paused_at(state: State) -> bool:
    """Return whether an active account has all its lines paused."""
    return bool(state) and all(is_paused for _, is_paused in state)


def hidden_turns(story: AccountStory, month: date) -> tuple[int, int]:
    """Return starts and ends of activity inside a month that its movement does not show."""
    last = min(last_day(month), story.as_of)
    starts = sum(month <= spell.first <= last for spell in story.spells)
    ends = sum(month <= spell.end <= last for spell in story.spells)
    is_active_start, is_active_end = bool(story.state(month - DAY)), bool(story.state(last))
    shown_start = int(is_active_end and not is_active_start)
    shown_end = int(is_active_start and not is_active_end)
    return starts - shown_start, ends - shown_end


def committed_mrr(book: Book) -> Decimal:
    """Return CARR / 12: MRR now, plus booked lines, less lines that are known to go.

    Each of the three is a local sum per account and currency, times one rate, rounded. A line
    that grace carries counts as one in force, so that its booked successor is not added to it.
    """
    rate = book.rate_of(month_of(book.as_of))
    total = ZERO
    for story in book.stories.values():
        state = story.state(book.as_of)
        booked = [
            line for line in story.lines if line.start > book.as_of and line.was_ever_in_force
        ]
        going = [(line, paused) for line, paused in state if is_going(line, booked, book.as_of)]
        total += valued(local_mrr(state), rate)
        total += valued(local_mrr([(line, False) for line in booked]), rate)
        total -= valued(local_mrr(going), rate)
    return total


def is_going(line: Line, booked: list[Line], as_of: date) -> bool:
    """Return whether a line is cancelled later, or a booked line takes its place."""
    is_cancelled = line.row["cancel_effective_date"] is not None and line.cancel_date > as_of
    return is_cancelled or any(
        line.end <= other.start and line.contract_id in (other.contract_id, other.renewed_from)
        for other in booked
    )

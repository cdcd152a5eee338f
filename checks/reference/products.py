"""`kpi_mrr_by_product`: the monthly bridge of every product.

Readings of the book where it leaves room:
- it goes from state to state like the movements of an account, not day by day like the ledger;
- of an account that is new, reactivated or churned all its products' MRR is new, reactivation
  or churn; of one active at both ends a product that no line of it had at the start is
  `cross_sell`, also one that it had before;
- a product's change less pause and resume is expansion or contraction by its sign, as for
  accounts; a dropped product is contraction;
- an account's local amounts per currency are split over its products in bytewise order: the
  rounded running total less the rounded one before it, so that products add up to accounts
  exactly;
- a product has a row in the months in which some account has a line of it counted at the start
  or at the end; paused and carried lines count, and those that make nothing.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .book import DAY, AccountStory, Book
from .lines import Line, Rate, State
from .money import ZERO, add_months, round_half_away

PARTS = [
    "new", "reactivation", "cross_sell", "expansion", "contraction", "churn", "pause", "resume",
    "fx",
]  # fmt: skip
Amounts = dict[str, Decimal]
"""product -> amount in reporting currency."""


def split(lines: list[Line], rate: Rate) -> Amounts:
    """Return what lines make per product, so that the products add up to the rounded sum."""
    local: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for line in lines:
        local[line.currency][line.product_id] += line.mrr
    amounts: Amounts = defaultdict(lambda: ZERO)
    for currency, by_product in local.items():
        running, told = ZERO, ZERO
        for product_id in sorted(by_product, key=str.encode):
            running += by_product[product_id]
            rounded = round_half_away(Fraction(running) * rate(currency))
            amounts[product_id] += rounded - told
            told = rounded
    return amounts


def making(state: State) -> list[Line]:
    """Return the lines of a state that are not paused."""
    return [line for line, is_paused in state if not is_paused]


def turned(start: State, end: State) -> tuple[list[Line], list[Line]]:
    """Return the lines of both states that paused, and those that resumed."""
    was_paused = {line.line_id: is_paused for line, is_paused in start}
    both = [(line, is_paused) for line, is_paused in end if line.line_id in was_paused]
    paused = [line for line, is_paused in both if is_paused and not was_paused[line.line_id]]
    resumed = [line for line, is_paused in both if not is_paused and was_paused[line.line_id]]
    return paused, resumed


def parts_of_account(
    story: AccountStory, start: State, end: State, opening: Rate, closing: Rate, month: date
) -> dict[str, Amounts]:
    """Return part of the bridge -> product -> amount, of one account and month."""
    if not start and end:
        is_return = story.was_active_before(month)
        return {"reactivation" if is_return else "new": split(making(end), closing)}
    if start and not end:
        return {"churn": split(making(start), opening)}
    paused, resumed = (split(lines, opening) for lines in turned(start, end))
    before, after = split(making(start), opening), split(making(end), opening)
    at_end = split(making(end), closing)
    parts = {"pause": paused, "resume": resumed, "fx": {}}
    held = {line.product_id for line, _ in start}
    for product_id in {line.product_id for line, _ in start + end}:
        rest = after[product_id] - before[product_id] + paused[product_id] - resumed[product_id]
        name = "expansion" if rest > 0 else "contraction"
        if product_id not in held:
            name = "cross_sell"
        parts.setdefault(name, {})[product_id] = abs(rest)
        parts["fx"][product_id] = at_end[product_id] - after[product_id]
    return parts


def month_rows(book: Book, month: date) -> list[dict[str, Any]]:
    """Return the rows of one month, in bytewise order of products."""
    opening, closing = book.rate_of(add_months(month, -1)), book.rate_of(month)
    rows: dict[str, dict[str, Any]] = {}
    for story in book.stories.values():
        start, end = story.state(month - DAY), story.state(book.end_of(month))
        for line, _ in start + end:
            rows.setdefault(line.product_id, empty_row(month, line.product_id))
        for product_id, amount in split(making(start), opening).items():
            rows[product_id]["mrr_start"] += amount
        for product_id, amount in split(making(end), closing).items():
            rows[product_id]["mrr_end"] += amount
        for product_id in {line.product_id for line, _ in end}:
            rows[product_id]["logos_end"] += 1
        parts = parts_of_account(story, start, end, opening, closing, month)
        for name, amounts in parts.items():
            for product_id, amount in amounts.items():
                rows[product_id][f"{name}_mrr"] += amount
    return [rows[product_id] for product_id in sorted(rows, key=str.encode)]


def empty_row(month: date, product_id: str) -> dict[str, Any]:
    """Return a row of zeros."""
    return {
        "month": month,
        "product_id": product_id,
        "mrr_start": ZERO,
        "mrr_end": ZERO,
        "logos_end": 0,
        **{f"{name}_mrr": ZERO for name in PARTS},
    }


def kpi_mrr_by_product(book: Book) -> list[dict[str, Any]]:
    """One row per month and product with a counted line at the month's start or end."""
    return [row for month in book.months for row in month_rows(book, month)]

"""`fct_mrr_event`: the gross ledger, day by day and line by line, with a cause.

Readings of the book where it leaves room:
- the running total that is rounded begins with the opening MRR of the account (with 0 where it
  was not active at the start), so that the events of a month add up to the bridge exactly;
- an effect that rounds to 0.0000 makes no event, and a month without an fx effect has no `fx`
  row; that row has no product, currency or line;
- first the lines that pause or resume are taken out of a position; quantities and unit MRR of
  the rest count lines that make MRR only. Where such a rest has nothing before it, the whole
  is `price`; where nothing comes after it and the product is still there, the whole is `seats`;
- price, discount and interval are one after the other the change of unit price, of discount and
  of interval, the others as they were (not yet changed) or are (already changed); what rounding
  of the two line amounts leaves over goes to the last of them that did change;
- the line of an event is, among the lines of the position that come, go, pause or resume that
  day, the one with the largest MRR (for pause and resume among those that do so).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from .book import DAY, AccountStory, Book
from .lines import Line, State, local_mrr, valued
from .money import add_months, month_of, round_half_away


class Effect(NamedTuple):
    """One cause's local amount on one day, not rounded."""

    day: date
    product_id: str
    currency: str
    cause: str
    amount: Fraction
    line_id: str


Position = tuple[str, str]
"""Product and currency."""


def positions(state: State) -> dict[Position, State]:
    """Return the lines of a state by product and currency."""
    found: dict[Position, State] = defaultdict(list)
    for line, is_paused in state:
        found[line.product_id, line.currency].append((line, is_paused))
    return found


def largest(lines: Iterable[Line]) -> str:
    """Return the id of the line with the largest MRR, ties to the lowest id."""
    return min(lines, key=lambda line: (-line.mrr, line.line_id.encode())).line_id


def making(state: State) -> Fraction:
    """Return the local MRR of a position."""
    return Fraction(sum(local_mrr(state).values()))


def day_effects(day: date, before: State, after: State, first_day: date) -> list[Effect]:
    """Return the effects of one day on an account, by position and cause."""
    effects: list[Effect] = []
    old, new = positions(before), positions(after)
    old_products = {product for product, _ in old}
    new_products = {product for product, _ in new}
    for product, currency in sorted(old.keys() | new.keys()):
        one, two = old.get((product, currency), []), new.get((product, currency), [])
        if not before:
            causes = {"new_business" if day == first_day else "reactivation": making(two)}
        elif not after:
            causes = {"churn": -making(one)}
        elif product not in old_products:
            causes = {"cross_sell": making(two)}
        elif product not in new_products:
            causes = {"product_drop": -making(one)}
        else:
            effects += held_position(day, product, currency, one, two)
            continue
        line_id = largest(line for line, _ in (two or one))
        effects += [
            Effect(day, product, currency, cause, amount, line_id)
            for cause, amount in causes.items()
        ]
    return [effect for effect in effects if effect.amount != 0]


def held_position(
    day: date, product: str, currency: str, before: State, after: State
) -> list[Effect]:
    """Return the effects on a position whose product the account had and has."""
    was_paused, is_paused = dict(before), dict(after)
    both = [line for line in was_paused if line in is_paused]
    pausing = [line for line in both if is_paused[line] and not was_paused[line]]
    resuming = [line for line in both if was_paused[line] and not is_paused[line]]
    turned = {*pausing, *resuming}
    old = [line for line, paused in before if not paused and line not in turned]
    new = [line for line, paused in after if not paused and line not in turned]
    causes = rest_of_position(old, new, len(before) == len(after) == 1)
    changed = [line for line in {*was_paused, *is_paused} if line not in both]
    effects = [
        Effect(day, product, currency, cause, amount, largest(changed))
        for cause, amount in causes.items()
        if amount != 0
    ]
    for cause, sign, lines in (("pause", -1, pausing), ("resume", 1, resuming)):
        if lines:
            amount = sign * sum(Fraction(line.mrr) for line in lines)
            effects.append(Effect(day, product, currency, cause, amount, largest(lines)))
    return effects


def rest_of_position(old: list[Line], new: list[Line], is_single: bool) -> dict[str, Fraction]:
    """Split the change between lines that make MRR into seats, price, discount and interval."""
    old_mrr, new_mrr = (Fraction(sum(line.mrr for line in lines)) for lines in (old, new))
    old_quantity, new_quantity = (
        Fraction(sum(line.quantity for line in lines)) for lines in (old, new)
    )
    unit_mrr = old_mrr / old_quantity if old_quantity else Fraction(0)
    seats = (new_quantity - old_quantity) * unit_mrr
    rest = new_mrr - old_mrr - seats
    if is_single and old and new and old[0] is not new[0]:
        return {"seats": seats, **split_price(old[0], new[0], rest)}
    return {"seats": seats, "price": rest}


def split_price(old: Line, new: Line, rest: Fraction) -> dict[str, Fraction]:
    """Split the price effect of one line after another into price, discount and interval."""
    quantity = Fraction(new.quantity)
    old_price, new_price = Fraction(old.unit_price), Fraction(new.unit_price)
    old_share, new_share = 1 - Fraction(old.discount_pct), 1 - Fraction(new.discount_pct)
    effects = {
        "price": quantity * (new_price - old_price) * old_share * old.factor,
        "discount": quantity * new_price * (new_share - old_share) * old.factor,
        "interval": quantity * new_price * new_share * (new.factor - old.factor),
    }
    has_changed = {
        "price": new_price != old_price,
        "discount": new_share != old_share,
        "interval": new.factor != old.factor,
    }
    last = next((name for name in reversed(effects) if has_changed[name]), "price")
    effects[last] += rest - sum(effects.values())
    return effects


def account_effects(book: Book, story: AccountStory) -> list[Effect]:
    """Return the effects of all days from the first covered one to `as_of_date`."""
    effects: list[Effect] = []
    if not story.spells:
        return effects
    first_day = day = story.spells[0].first
    before: State = []
    while day <= book.as_of:
        after = story.state(day)
        if after != before:
            effects += day_effects(day, before, after, first_day)
        before, day = after, day + DAY
    return effects


def month_events(
    book: Book, story: AccountStory, month: date, effects: list[Effect]
) -> list[dict[str, Any]]:
    """Value one month's effects: per currency the rounded running total less the one before."""
    start, end = story.state(month - DAY), story.state(book.end_of(month))
    opening, closing = book.rate_of(add_months(month, -1)), book.rate_of(month)
    rate = opening if start else closing
    running = {currency: Fraction(amount) for currency, amount in local_mrr(start).items()}
    rows = []
    for effect in sorted(effects, key=lambda e: (e.day, e.product_id.encode(), e.cause)):
        before = running.get(effect.currency, Fraction(0))
        running[effect.currency] = before + effect.amount
        factor = rate(effect.currency)
        amount = round_half_away(running[effect.currency] * factor) - round_half_away(
            before * factor
        )
        if amount != 0:
            rows.append(event(story.account_id, effect.day, effect.cause, amount, effect))
    if start and end:
        local = local_mrr(end)
        fx = valued(local, closing) - valued(local, opening)
        if fx != 0:
            rows.append(event(story.account_id, book.end_of(month), "fx", fx, None))
    return rows


def event(
    account_id: str, day: date, cause: str, amount: Decimal, effect: Effect | None
) -> dict[str, Any]:
    """Return one row of the ledger; the amount is signed."""
    return {
        "account_id": account_id,
        "event_date": day,
        "product_id": effect.product_id if effect else None,
        "currency": effect.currency if effect else None,
        "contract_line_id": effect.line_id if effect else None,
        "cause": cause,
        "amount": amount,
    }


def fct_mrr_event(book: Book) -> list[dict[str, Any]]:
    """One row per account, day, product, currency and cause."""
    rows = []
    for story in book.stories.values():
        by_month: dict[date, list[Effect]] = defaultdict(list)
        for effect in account_effects(book, story):
            by_month[month_of(effect.day)].append(effect)
        for month in book.months:
            rows += month_events(book, story, month, by_month[month])
    return rows

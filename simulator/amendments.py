"""Changes inside a term: seats, price, products, pauses, corrections, mistakes and extra lines."""

from __future__ import annotations

import random
from dataclasses import replace

from simulator import products
from simulator.accounts import Account
from simulator.lines import UNIT, Journal, Line, at_day
from simulator.plans import Pattern, choose_discount, list_price, round_price

# Yearly rates of changes inside a term; the first two grow with `richness`.
SEAT_EXPANSION = 0.54
CROSS_SELL = 0.15
CONTRACTION = 0.07
PRODUCT_DROP = 0.04
PRICE_RISE = 0.05
PAUSE = 0.035
PART_PAUSE = 0.015
CORRECTION = 0.05
DELETED_LINE = 0.03
ONE_TIME = 0.10
USAGE_LINE = 0.06
BACK_DATED_SHARE = 0.10


class Term:
    """One contract of an account with its present lines; `end` is None when open-ended."""

    def __init__(
        self, account: Account, pattern: Pattern, contract_id: str, start: int, end: int | None
    ) -> None:
        self.account = account
        self.pattern = pattern
        self.contract_id = contract_id
        self.start = start
        self.end = end
        self.lines: list[Line] = []
        self.checks = 0
        self._count = 0

    def new_line(
        self, product: products.Product, price: int, quantity: int, discount: int, start: int
    ) -> Line:
        """A line of this contract that ends with it; it is not recorded yet.

        `price` is that of a whole billing interval; a term that is joined late costs its share.
        """
        self._count += 1
        if self.pattern.interval == "term" and self.end is not None and start > self.start:
            share = (self.end - start) / (self.end - self.start)
            price = round_price(price * share / products.MICRO, self.account.currency)
        return Line(
            line_id=f"L{self.contract_id[1:]}-{self._count}",
            contract_id=self.contract_id,
            account_id=self.account.account_id,
            product=product,
            line_type=product.line_type,
            currency=self.account.currency,
            unit_price=price,
            quantity=quantity,
            discount=discount,
            interval=self.pattern.interval,
            interval_count=self.pattern.interval_count,
            start=start,
            end=self.end,
            is_auto_renew=True if self.end is None else None,
            signed_at=None,
        )

    def whole_price(self, line: Line) -> int:
        """Unit price of a line for a whole billing interval, in millionths."""
        if line.interval != "term" or line.end is None or self.end is None:
            return line.unit_price
        return round(line.unit_price * (self.end - self.start) / (line.end - line.start))

    def platform_line(self) -> Line | None:
        """The line that carries most seats."""
        seats = [line for line in self.lines if line.product.is_seat_based]
        return max(seats, key=lambda line: (line.quantity, line.line_id), default=None)


class Amender:
    """Draws the changes of one term and notes them in the journal."""

    def __init__(
        self, rng: random.Random, journal: Journal, richness: float, growth: float
    ) -> None:
        self._rng = rng
        self._journal = journal
        self._richness = richness
        self._growth = growth

    def plan(self, term: Term, first: int, last: int) -> None:
        """Note the changes that fall into the days `[first, last)` of a term."""
        years = max(last - first, 0) / 365
        rates = [
            (SEAT_EXPANSION * self._richness * self._growth, self._expand),
            (CROSS_SELL * self._richness, self._cross_sell),
            (CONTRACTION, self._contract),
            (PRODUCT_DROP, self._drop),
            (PRICE_RISE, self._raise_price),
            (PAUSE, self._pause),
            (PART_PAUSE, self._pause_one),
            (CORRECTION, self._correct),
            (DELETED_LINE, self._mistake),
            (ONE_TIME, self._one_time),
            (USAGE_LINE, self._usage),
        ]
        for rate, change in rates:
            expected = rate * years
            count = int(expected) + (self._rng.random() < expected % 1)
            for _ in range(count):
                day = first + int(self._rng.random() * (last - first))
                self._note(term, day, change)

    def _note(self, term: Term, day: int, change: object) -> None:
        lag = -2
        if self._rng.random() < BACK_DATED_SHARE:
            lag = 1 + int(self._rng.random() * 25)
        at = at_day(max(day + lag, term.start), self._rng.random())
        self._journal.later(at, lambda moment: change(term, day, moment))

    def _replace(
        self,
        term: Term,
        old: Line,
        day: int,
        at: int,
        quantity: int | None = None,
        factor: float = 1.0,
    ) -> None:
        """Amend by ending a line and starting its successor on the same day."""
        if (
            not old.start < day
            or (old.last_day is not None and day >= old.last_day)
            or old.paused_from
        ):
            return
        price = term.whole_price(old)
        if factor != 1.0:
            price = round_price(price * factor / products.MICRO, old.currency)
        new = term.new_line(old.product, price, quantity or old.quantity, old.discount, day)
        new.signed_at = at
        if old.interval == "term":
            # A paid term keeps its natural end, which its monthly value is divided by.
            old.cancel_day = day
        else:
            old.end = day
        self._journal.record(old, at)
        self._journal.record(new, at)
        term.lines.remove(old)
        term.lines.append(new)

    def _add(self, term: Term, line: Line, at: int) -> None:
        line.signed_at = at
        self._journal.record(line, at)
        term.lines.append(line)

    def _expand(self, term: Term, day: int, at: int) -> None:
        line = term.platform_line()
        if line is None:
            return
        seats = line.quantity // UNIT
        more = max(1, round(seats * (0.08 + 0.25 * self._rng.random()))) * UNIT
        if self._rng.random() < 0.45:
            self._replace(term, line, day, at, quantity=line.quantity + more)
        elif line.last_day is None or day < line.last_day:
            new = term.new_line(line.product, term.whole_price(line), more, line.discount, day)
            self._add(term, new, at)

    def _contract(self, term: Term, day: int, at: int) -> None:
        line = term.platform_line()
        if line is not None and line.quantity > 2 * UNIT:
            less = max(1, round(line.quantity / UNIT * (0.1 + 0.25 * self._rng.random()))) * UNIT
            self._replace(term, line, day, at, quantity=line.quantity - less)

    def _cross_sell(self, term: Term, day: int, at: int) -> None:
        line = add_on_line(self._rng, term, day)
        if line is not None:
            self._add(term, line, at)

    def _drop(self, term: Term, day: int, at: int) -> None:
        extra = [
            line for line in term.lines if line.product in products.ADD_ONS and line.start < day
        ]
        if extra and len(term.lines) > 1:
            line = self._rng.choice(extra)
            line.cancel_day, line.cancel_reason, line.cancel_type = day, "not_needed", "voluntary"
            self._journal.record(line, at)
            term.lines.remove(line)

    def _raise_price(self, term: Term, day: int, at: int) -> None:
        line = term.platform_line()
        if line is not None:
            self._replace(term, line, day, at, factor=1.03 + 0.06 * self._rng.random())

    def _pause(self, term: Term, day: int, at: int) -> None:
        self._pause_lines(term, list(term.lines), day, at)

    def _pause_one(self, term: Term, day: int, at: int) -> None:
        self._pause_lines(term, [self._rng.choice(term.lines)], day, at)

    def _pause_lines(self, term: Term, lines: list[Line], day: int, at: int) -> None:
        until = day + 20 + int(self._rng.random() * 70)
        if (term.end is not None and until >= term.end - 5) or any(
            line.start >= day for line in lines
        ):
            return
        is_open = self._rng.random() < 0.3
        for line in lines:
            line.paused_from, line.paused_until = day, None if is_open else until
            self._journal.record(line, at)
        if is_open:
            self._journal.later(
                max(at_day(until, 0.2), at + 1), lambda moment: self._resume(lines, until, moment)
            )

    def _resume(self, lines: list[Line], until: int, at: int) -> None:
        for line in lines:
            line.paused_until = until
            self._journal.record(line, at)

    def _correct(self, term: Term, day: int, at: int) -> None:
        """The price was keyed in wrong; a later version puts it right from the line's start."""
        line = self._rng.choice(term.lines)
        line.unit_price = round_price(
            line.unit_price * self._rng.choice([0.9, 0.95, 1.1]) / 1e6, line.currency
        )
        self._journal.record(line, at)

    def _mistake(self, term: Term, day: int, at: int) -> None:
        line = add_on_line(self._rng, term, day)
        if line is not None:
            self._journal.record(line, at)
            gone = at_day(day + 4 + int(self._rng.random() * 45), self._rng.random())
            self._journal.later(max(gone, at + 1), lambda moment: self._delete(line, moment))

    def _delete(self, line: Line, at: int) -> None:
        line.is_deleted = True
        self._journal.record(line, at)

    def _one_time(self, term: Term, day: int, at: int) -> None:
        self._journal.record(one_time_line(term, day), at)

    def _usage(self, term: Term, day: int, at: int) -> None:
        price = round_price(
            products.API_CALLS.monthly_usd * products.PRICE_LEVEL[term.account.currency], "USD"
        )
        calls = int(1000 * (1 + 50 * self._rng.random())) * UNIT
        line = term.new_line(products.API_CALLS, max(price, 10_000), calls, 0, day)
        self._journal.record(replace(line, interval="month", interval_count=None), at)


def one_time_line(term: Term, day: int) -> Line:
    """An onboarding package, billed once."""
    level = products.PRICE_LEVEL[term.account.currency] * products.SIZE_LEVEL[term.account.segment]
    price = round_price(products.ONBOARDING.monthly_usd * level, term.account.currency)
    line = term.new_line(products.ONBOARDING, price, UNIT, 0, day)
    return replace(line, interval="month", interval_count=None, end=day + 1, is_auto_renew=None)


def add_on_line(rng: random.Random, term: Term, day: int) -> Line | None:
    """A line of a product that the contract does not have yet, None when it has all of them."""
    owned = {line.product.product_id for line in term.lines}
    free = [product for product in products.ADD_ONS if product.product_id not in owned]
    if not free or (term.end is not None and day >= term.end):
        return None
    product = rng.choice(free)
    quantity = UNIT
    if product is products.STORAGE:
        quantity = rng.choice([5_000, 10_000, 10_000, 15_000, 20_000, 25_000, 40_000, 0])
    elif product is products.VIEWER:
        quantity = max(1, term.account.seats // 4) * UNIT
    return term.new_line(
        product,
        list_price(term.account, product, term.pattern),
        quantity,
        choose_discount(rng),
        day,
    )

"""Renewals: on time, late, unnamed or in place, with new prices, seats and products."""

from __future__ import annotations

import random
from collections.abc import Callable

from simulator import products
from simulator.amendments import Term, add_on_line
from simulator.calendar_days import add_months
from simulator.lines import UNIT, Journal, Line, at_day
from simulator.plans import ODD_TERM_DAYS, Pattern, choose_discount, round_price
from simulator.settings import GRACE_DAYS

LATE_SHARE = 0.12
LAST_GRACE_DAY_SHARE = 0.01
LATE_ENTRY_SHARE = 0.05
UNNAMED_SHARE = 0.18
IN_PLACE_SHARE = 0.02
UPLIFT_SHARE = 0.65
EXPANSION_SHARE = 0.38
CONTRACTION_SHARE = 0.10
DROP_SHARE = 0.08
CROSS_SELL_SHARE = 0.10


class Renewer:
    """Makes the next contract of an account whose term ends."""

    def __init__(
        self, rng: random.Random, journal: Journal, pattern: Pattern, growth: float
    ) -> None:
        self._rng = rng
        self._journal = journal
        self._pattern = pattern
        self._growth = growth
        self._edits_in_place = rng.random() < IN_PLACE_SHARE and pattern.interval != "term"

    def renew(self, term: Term, next_contract: Callable[[], str]) -> Term | None:
        """The renewed term, recorded; None when nobody knows of it on the as-of day."""
        assert term.end is not None
        start, recorded = self._dates(term.end)
        if recorded >= self._journal.end_us:
            return None
        if self._edits_in_place:
            return self._extend(term, recorded)
        new = Term(term.account, self._pattern, next_contract(), start, self._end(start))
        named = None if self._rng.random() < UNNAMED_SHARE else term.contract_id
        signed = min(recorded, at_day(start, 0.0))
        for line in self._lines(term, new):
            line.renewed_from = named
            line.signed_at = signed
            line.is_auto_renew = self._rng.random() < 0.5
            self._journal.record(line, recorded)
            new.lines.append(line)
        return new

    def _end(self, start: int) -> int:
        if self._pattern.term_months:
            return add_months(start, self._pattern.term_months)
        return start + ODD_TERM_DAYS

    def _dates(self, due: int) -> tuple[int, int]:
        """First day of the renewal and the moment it was recorded (microseconds)."""
        rng = self._rng
        draw = rng.random()
        if draw < LAST_GRACE_DAY_SHARE:
            return due + GRACE_DAYS, at_day(due + GRACE_DAYS - 1, rng.random())
        if draw < LATE_SHARE:
            start = due + 1 + int(rng.random() * (GRACE_DAYS - 2))
            return start, at_day(start - int(rng.random() * 3), rng.random())
        if rng.random() < LATE_ENTRY_SHARE:
            return due, at_day(due + 1 + int(rng.random() * 20), rng.random())
        return due, at_day(due - 3 - int(rng.random() * 57), rng.random())

    def _extend(self, term: Term, recorded: int) -> Term:
        """The export overwrites: the same lines get a later end and the present seats."""
        assert term.end is not None
        old_end, term.end = term.end, self._end(term.end)
        for line in term.lines:
            if line.end == old_end:
                line.end = term.end
                line.quantity = (
                    self._seats(line.quantity) if line.product.is_seat_based else line.quantity
                )
                self._journal.record(line, recorded)
        return term

    def _seats(self, quantity: int) -> int:
        """Seats after the talk about the renewal, in ten-thousandths."""
        draw = self._rng.random()
        seats = quantity / UNIT
        if draw < EXPANSION_SHARE * min(self._growth, 1.8):
            return max(round(seats * (1.05 + 0.3 * self._rng.random())), int(seats) + 1) * UNIT
        if draw > 1 - CONTRACTION_SHARE:
            return max(round(seats * (0.6 + 0.3 * self._rng.random())), 1) * UNIT
        return quantity

    def _lines(self, term: Term, new: Term) -> list[Line]:
        """Lines of one product become one; some products are dropped, some are added."""
        rng = self._rng
        uplift = 1.02 + 0.05 * rng.random() if rng.random() < UPLIFT_SHARE else 1.0
        by_product: dict[str, Line] = {}
        quantities: dict[str, int] = {}
        for line in term.lines:
            if line.last_day == term.end:
                by_product.setdefault(line.product.product_id, line)
                key = line.product.product_id
                quantities[key] = quantities.get(key, 0) + line.quantity
        lines = []
        for key, old in by_product.items():
            if (
                old.product in products.ADD_ONS
                and len(by_product) > 1
                and rng.random() < DROP_SHARE
            ):
                continue
            price = round_price(term.whole_price(old) * uplift / products.MICRO, old.currency)
            discount = choose_discount(rng) if old.discount == products.MICRO else old.discount
            quantity = (
                self._seats(quantities[key]) if old.product.is_seat_based else quantities[key]
            )
            lines.append(new.new_line(old.product, price, quantity, discount, new.start))
        new.lines = lines
        if rng.random() < CROSS_SELL_SHARE:
            extra = add_on_line(rng, new, new.start)
            lines = lines if extra is None else [*lines, extra]
        new.lines = []
        return lines

"""Contract lines, and the MRR of the lines that count on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from .money import ZERO, line_mrr, months_factor, round_half_away
from .reading import Staged

FOREVER = date.max


@dataclass(frozen=True, eq=False)
class Line:
    """One contract line in its current version; `FOREVER` is the end of an open-ended one."""

    line_id: str
    contract_id: str
    account_id: str
    product_id: str
    is_recurring: bool
    currency: str
    unit_price: Decimal
    quantity: Decimal
    discount_pct: Decimal
    factor: Fraction
    start: date
    natural_end: date
    cancel_date: date
    paused_from: date
    paused_until: date
    notice_date: date | None
    renewed_from: str | None
    cancel_type: str | None
    cancel_reason: str | None
    row: dict[str, Any]

    @property
    def end(self) -> date:
        """First day no longer in force: the natural end or an earlier cancellation."""
        return min(self.natural_end, self.cancel_date)

    @property
    def was_ever_in_force(self) -> bool:
        """Return whether the line has at least one day."""
        return self.start < self.end

    @cached_property
    def mrr(self) -> Decimal:
        """Local MRR while in force and not paused."""
        return line_mrr(self.unit_price, self.quantity, self.discount_pct, self.factor)

    def is_in_force(self, day: date) -> bool:
        """Return whether the day lies in [start, end)."""
        return self.start <= day < self.end

    def is_paused(self, day: date) -> bool:
        """Return whether the day lies in [paused_from, paused_until)."""
        return self.paused_from <= day < self.paused_until


State = list[tuple[Line, bool]]
"""The recurring lines that count on a day, each with whether it is paused; empty = not active."""
Rate = Callable[[str], Fraction]
"""currency -> units of reporting currency for one unit of it."""


def make_line(row: dict[str, Any], staged: Staged) -> Line:
    """Make a line of a staged contract row."""
    start, end = row["start_date"], row["end_date"]
    paused_from = row["paused_from"] or FOREVER
    return Line(
        line_id=row["contract_line_id"],
        contract_id=row["contract_id"],
        account_id=row["account_id"],
        product_id=row["product_id"],
        is_recurring=row["line_type"] == "recurring",
        currency=row["currency"],
        unit_price=row["unit_price"],
        quantity=row["quantity"],
        discount_pct=row["discount_pct"] or Decimal(0),
        factor=months_factor(row["billing_interval"], row["interval_count"], start, end),
        start=start,
        natural_end=end or FOREVER,
        cancel_date=row["cancel_effective_date"] or FOREVER,
        paused_from=paused_from,
        paused_until=row["paused_until"] or FOREVER,
        notice_date=staged.day(staged.known_fact(row["cancel_notice_at"])),
        renewed_from=row["renewed_from_contract_id"],
        cancel_type=row["cancel_type"],
        cancel_reason=row["cancel_reason"],
        row=row,
    )


def local_mrr(state: State) -> dict[str, Decimal]:
    """Return the MRR of a state per currency; paused lines make nothing."""
    sums: dict[str, Decimal] = {}
    for line, is_paused in state:
        sums[line.currency] = sums.get(line.currency, ZERO) + (ZERO if is_paused else line.mrr)
    return sums


def valued(local: dict[str, Decimal], rate: Rate) -> Decimal:
    """Return the local sums in reporting currency: each times one rate, rounded, then added."""
    return sum(
        (round_half_away(Fraction(amount) * rate(currency)) for currency, amount in local.items()),
        ZERO,
    )


def mrr_of_lines(lines: Iterable[Line]) -> dict[str, Decimal]:
    """Return the local MRR of lines per currency, pauses left out of account."""
    return local_mrr([(line, False) for line in lines])

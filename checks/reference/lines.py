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
    """One stretch of a contract line's terms, mostly all of it; `FOREVER` is an open end.

    `row` has the stretch's terms and the latest version's other cells; `following` is the stretch
    of the same line that comes next.
    """

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
    following: Line | None = None

    @property
    def end(self) -> date:
        """First day not in force: the natural end, a cancellation or the next stretch before it."""
        next_start = self.following.start if self.following else FOREVER
        return min(self.natural_end, self.cancel_date, next_start)

    @property
    def is_extended(self) -> bool:
        """Return whether the next stretch has a later natural end."""
        return self.following is not None and self.following.natural_end > self.natural_end

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


def make_line(
    row: dict[str, Any],
    version: dict[str, Any],
    start: date,
    following: Line | None,
    staged: Staged,
) -> Line:
    """Make a line that starts on a day; the dates of `version` say how long its term is."""
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
        factor=months_factor(
            row["billing_interval"],
            row["interval_count"],
            version["start_date"],
            version["end_date"],
        ),
        start=start,
        natural_end=row["end_date"] or FOREVER,
        cancel_date=row["cancel_effective_date"] or FOREVER,
        paused_from=paused_from,
        paused_until=row["paused_until"] or FOREVER,
        notice_date=staged.day(staged.known_fact(row["cancel_notice_at"])),
        renewed_from=row["renewed_from_contract_id"],
        cancel_type=row["cancel_type"],
        cancel_reason=row["cancel_reason"],
        row=row,
        following=following,
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

"""Contract lines and the versions of them that an export would show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.products import Product
from simulator.settings import DAY_MICROSECONDS

SECOND = 1_000_000
UNIT = 10_000


@dataclass(slots=True)
class Line:
    """State of a line: prices and discounts in millionths, quantity in ten-thousandths."""

    line_id: str
    contract_id: str
    account_id: str
    product: Product
    line_type: str
    currency: str
    unit_price: int
    quantity: int
    discount: int
    interval: str
    interval_count: int | None
    start: int
    end: int | None
    is_auto_renew: bool | None
    signed_at: int | None
    renewed_from: str | None = None
    notice_at: int | None = None
    cancel_day: int | None = None
    cancel_reason: str | None = None
    cancel_type: str | None = None
    paused_from: int | None = None
    paused_until: int | None = None
    is_deleted: bool = False
    recorded_at: int = -1

    @property
    def last_day(self) -> int | None:
        """First day not covered, None when open-ended."""
        if self.end is None or self.cancel_day is None:
            return self.cancel_day if self.end is None else self.end
        return min(self.end, self.cancel_day)

    @property
    def counts(self) -> bool:
        """Whether the line makes MRR at all."""
        ends = self.last_day
        return (
            self.line_type == "recurring"
            and not self.is_deleted
            and (ends is None or ends > self.start)
        )

    def row(self, updated_at: int) -> tuple:
        """The line as a row of `contracts`, column by column."""
        return (
            self.line_id,
            self.contract_id,
            self.account_id,
            self.product.product_id,
            self.line_type,
            self.currency,
            self.unit_price,
            self.quantity,
            self.discount,
            self.interval,
            self.interval_count,
            self.start,
            self.end,
            self.is_auto_renew,
            self.signed_at,
            self.renewed_from,
            self.notice_at,
            self.cancel_day,
            self.cancel_reason,
            self.cancel_type,
            self.paused_from,
            self.paused_until,
            self.is_deleted,
            updated_at,
        )


class Journal:
    """Versions in the order in which they were recorded; nothing after the as-of day is kept."""

    def __init__(self, end_us: int) -> None:
        self.rows: list[tuple] = []
        self.known: dict[str, Line] = {}
        self.end_us = end_us
        self._pending: list[tuple[int, int, Callable[[int], None]]] = []

    def record(self, line: Line, at: int) -> None:
        """Write the line's present state as a version known from `at` (microseconds)."""
        at = max(at, line.recorded_at + SECOND)
        line.recorded_at = at
        if at < self.end_us:
            self.rows.append(line.row(at))
            self.known[line.line_id] = line

    def later(self, at: int, change: Callable[[int], None]) -> None:
        """Note a change to be made when all earlier ones are."""
        self._pending.append((at, len(self._pending), change))

    def settle(self) -> None:
        """Make the noted changes in the order of time; one that is still to come is never made."""
        while self._pending:
            self._pending.sort(key=lambda item: item[:2], reverse=True)
            at, _, change = self._pending.pop()
            if at < self.end_us:
                change(at)


def at_day(day: int, share: float) -> int:
    """A moment in the office hours of a day, in whole seconds."""
    return day * DAY_MICROSECONDS + (8 * 3600 + int(share * 36_000)) * SECOND

"""How an account buys: billing interval, length of a term, discount, and prices that follow."""

from __future__ import annotations

import random
from dataclasses import dataclass

from simulator.accounts import Account
from simulator.products import MICRO, PRICE_LEVEL, SIZE_LEVEL, Product

OPEN_ENDED_CHECK_MONTHS = 6
ODD_TERM_DAYS = 400
DISCOUNTS = [50_000, 100_000, 125_000, 150_000, 200_000, 250_000, 333_333]


@dataclass(frozen=True)
class Pattern:
    """A way of billing. `term_months` 0 is a term of an odd number of days."""

    interval: str
    interval_count: int | None
    term_months: int
    is_open_ended: bool
    weights: tuple[float, float, float]

    @property
    def invoice_months(self) -> int:
        """Months between two invoices."""
        months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}.get(self.interval)
        if months is None:
            return 1 if self.interval in ("day", "week") else self.term_months or 13
        return months * (self.interval_count or 1)


# Weights for enterprise, mid market and smb.
PATTERNS = [
    Pattern("year", None, 12, False, (0.40, 0.34, 0.17)),
    Pattern("year", 1, 12, False, (0.06, 0.04, 0.02)),
    Pattern("month", None, 12, False, (0.10, 0.16, 0.16)),
    Pattern("month", 1, 6, False, (0.01, 0.05, 0.10)),
    Pattern("month", 2, 12, False, (0.01, 0.02, 0.02)),
    Pattern("month", None, OPEN_ENDED_CHECK_MONTHS, True, (0.02, 0.10, 0.33)),
    Pattern("quarter", None, 12, False, (0.13, 0.13, 0.09)),
    Pattern("half_year", None, 12, False, (0.08, 0.06, 0.03)),
    Pattern("term", None, 12, False, (0.05, 0.04, 0.02)),
    Pattern("term", None, 24, False, (0.06, 0.02, 0.005)),
    Pattern("term", None, 36, False, (0.03, 0.01, 0.0)),
    Pattern("term", None, 0, False, (0.02, 0.01, 0.01)),
    Pattern("year", 2, 24, False, (0.03, 0.01, 0.005)),
    Pattern("week", 4, 6, False, (0.0, 0.005, 0.02)),
    Pattern("week", None, 6, False, (0.0, 0.003, 0.015)),
    Pattern("day", None, 6, False, (0.0, 0.002, 0.01)),
]
SEGMENT_POSITION = {"enterprise": 0, "mid_market": 1, "smb": 2}


def choose_pattern(rng: random.Random, segment: str) -> Pattern:
    """A billing pattern that is usual in the segment."""
    position = SEGMENT_POSITION[segment]
    weights = [pattern.weights[position] for pattern in PATTERNS]
    return rng.choices(PATTERNS, weights)[0]


def choose_discount(rng: random.Random) -> int:
    """Discount in millionths; most pay the list price."""
    return rng.choice(DISCOUNTS) if rng.random() < 0.34 else 0


def months_of_price(pattern: Pattern) -> float:
    """How many months one unit price pays for."""
    if pattern.interval == "term":
        return pattern.term_months or ODD_TERM_DAYS * 12 / 365
    if pattern.interval == "week":
        return 12 / 52 * (pattern.interval_count or 1)
    if pattern.interval == "day":
        return 12 / 365
    return pattern.invoice_months


def round_price(price: float, currency: str) -> int:
    """A price in millionths, whole yen or whole cents."""
    return (
        round(price) * MICRO if currency == "JPY" and price >= 10 else round(price * 100) * 10_000
    )


def list_price(account: Account, product: Product, pattern: Pattern) -> int:
    """Unit price in millionths of the account's currency for one billing interval."""
    monthly = product.monthly_usd * PRICE_LEVEL[account.currency]
    if not product.is_seat_based and product.is_seat_based is not None:
        monthly *= SIZE_LEVEL[account.segment]
    return round_price(monthly * months_of_price(pattern), account.currency)

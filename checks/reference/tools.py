"""What ChartMogul, Stripe Billing, ProfitWell and Baremetrics report, walked through day by day.

Only contract lines and rates go in: no grace, no limit of a pause. Every day of a month is looked
at; what changes from one day to the next is one movement of ChartMogul's, at the opening rate for
an account that was there at the start, else at the closing rate. Readings, where the rules of the
tools leave room:

- where a tool has no rule it counts as the warehouse does: ProfitWell and Baremetrics compare
  month ends, and rates are those of the months;
- a paused line is billed with MRR 0, and that is contraction: no tool has a movement for it;
- each end of coverage is a churn to ChartMogul and to Stripe, two in a month are two;
- a discount lasts for ever on a line without a natural end, and on no other;
- to ProfitWell a customer with an invoice 15 days past due is gone until the day it pays.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from .book import DAY, AccountStory, Book
from .lines import FOREVER, Line, State, local_mrr, valued
from .money import ZERO, add_months, ratio

FIGURES: dict[tuple[str, str], tuple[str, str]] = {
    ("chartmogul", "logo_churn_rate"): ("ends", "logos_start"),
    ("chartmogul", "net_revenue_churn_rate"): ("event_loss", "mrr_start"),
    ("stripe", "logo_churn_rate"): ("ends_30d", "logos_30d"),
    ("stripe", "mrr_growth"): ("lasting_growth", ""),
    ("profitwell", "logo_churn_rate"): ("paying_lost", "paying_start"),
    ("profitwell", "gross_revenue_churn_rate"): ("paying_lost_mrr", "paying_mrr_start"),
    ("baremetrics", "quick_ratio"): ("gained_mrr", "lost_mrr"),
    ("baremetrics", "nrr_30d"): ("kept_30d", "mrr_30d"),
}
"""tool, metric -> the sums over accounts that make numerator and denominator (none: an amount)."""

DELINQUENT_DAYS = 15


class Billed:
    """One account as a billing system has it, and what it adds to each sum of a month."""

    def __init__(self, book: Book, story: AccountStory) -> None:
        """Keep the account's lines that make days of coverage."""
        self.book = book
        self.lines = [line for line in story.lines if line.was_ever_in_force]
        self.first_day = min((line.start for line in self.lines), default=FOREVER)
        invoices = book.staged.rows("invoices")
        self.invoices = [row for row in invoices if row["account_id"] == story.account_id]

    def state(self, day: date) -> State:
        """Return the lines in force, each with whether it is paused."""
        return [(line, line.is_paused(day)) for line in self.lines if line.is_in_force(day)]

    @cached_property
    def lasting(self) -> dict[Line, Line]:
        """The lines as they would be with lasting discounts only."""
        without = {"discount_pct": Decimal(0)}
        return {
            line: line if line.natural_end == FOREVER else replace(line, **without)
            for line in self.lines
        }

    def lasting_state(self, day: date) -> State:
        """Return the state with lasting discounts only."""
        return [(self.lasting[line], is_paused) for line, is_paused in self.state(day)]

    def ends(self, after: date, last: date) -> int:
        """Count the days in (after, last] with nothing in force that follow one with something."""
        days = [after + (number + 1) * DAY for number in range((last - after).days)]
        return sum(bool(self.state(day - DAY)) and not self.state(day) for day in days)

    def pays(self, day: date) -> bool:
        """Return whether no invoice has been past due for 15 days, and unpaid, on the day."""
        staged = self.book.staged
        for row in self.invoices:
            paid_on = staged.day(staged.known_fact(row["paid_at"]))
            is_owed = row["amount"] > 0 and (paid_on is None or paid_on > day)
            if is_owed and (day - staged.day(row["due_at"])).days >= DELINQUENT_DAYS:
                return False
        return True

    def paying_sums(self, month: date, last: date) -> dict[str, Decimal | int]:
        """Return what the account adds to the sums of ProfitWell, to whom who owes has left."""
        start, rate = month - DAY, self.book.rate_of(add_months(month, -1))
        was_paying = bool(self.state(start)) and self.pays(start)
        is_paying = bool(self.state(last)) and self.pays(last)
        before = valued(local_mrr(self.state(start)), rate) if was_paying else ZERO
        after = valued(local_mrr(self.state(last)), rate) if is_paying else ZERO
        return {
            "paying_start": int(was_paying),
            "paying_lost": int(was_paying and not is_paying),
            "paying_mrr_start": before,
            "paying_lost_mrr": max(before - after, ZERO) if was_paying else ZERO,
        }

    def event_loss(self, month: date, last: date) -> Decimal:
        """Return churn and contraction less expansion and reactivation, movement by movement."""
        is_there = bool(self.state(month - DAY))
        rate = self.book.rate_of(add_months(month, -1) if is_there else month)
        loss = ZERO
        for number in range((last - month).days + 1):
            day = month + number * DAY
            if day != self.first_day:
                before, after = (local_mrr(self.state(one)) for one in (day - DAY, day))
                loss += valued(before, rate) - valued(after, rate)
        return loss

    def sums(self, month: date) -> dict[str, Decimal | int]:
        """Return what the account adds to each sum."""
        last, start = self.book.end_of(month), month - DAY
        window = last - timedelta(days=30)
        opening, closing = self.book.rate_of(add_months(month, -1)), self.book.rate_of(month)
        was_there = bool(self.state(start))
        before, after, earlier = (
            valued(local_mrr(self.state(day)), opening) for day in (start, last, window)
        )
        gained = max(after - before, ZERO) if was_there else ZERO
        if month <= self.first_day <= last:
            gained = valued(local_mrr(self.state(last)), closing)
        return {
            "logos_start": int(was_there),
            "ends": self.ends(start, last),
            "ends_30d": self.ends(window, last),
            "logos_30d": int(bool(self.state(window))) + int(window < self.first_day <= last),
            "mrr_start": before,
            "lost_mrr": max(before - after, ZERO) if was_there else ZERO,
            "gained_mrr": gained,
            "event_loss": self.event_loss(month, last),
            "lasting_growth": valued(local_mrr(self.lasting_state(last)), closing)
            - valued(local_mrr(self.lasting_state(start)), opening),
            "mrr_30d": earlier,
            "kept_30d": after if self.state(window) else ZERO,
            **self.paying_sums(month, last),
        }


def tool_figures(book: Book) -> list[dict[str, Any]]:
    """One row per month, tool and metric, also where there is no quotient."""
    accounts = [Billed(book, story) for story in book.stories.values()]
    rows = []
    for month in book.months:
        totals: Counter[str] = Counter()
        for account in accounts:
            totals.update(account.sums(month))
        for (tool, metric), (upper, lower) in FIGURES.items():
            value = ratio(totals[upper], totals[lower] if lower else 1)
            rows.append({"month": month, "tool": tool, "metric": metric, "value": value})
    return rows

"""Monthly totals, retention windows and cohorts.

`kpi_retention_monthly`, `kpi_retention_methods`, `kpi_cohort_retention`.

Readings of the book where it leaves room:
- `paused_logos_end` are active accounts whose lines are all paused; `zero_mrr_logos_end` are
  active accounts with MRR 0 at the month end, the paused ones among them;
- a window is long enough when its opening month is one of the book's months; the rows of
  shorter histories are there, with nulls;
- `compounded` has neither numerator nor denominator, and is null when one of its months is;
- `ledger` counts an account once for `logo`, however often it churned in the window;
- there is a cohort for every month with a first active day whose own end is known.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .book import DAY, AccountStory, Book
from .lines import local_mrr, valued
from .money import ZERO, add_months, last_day, month_of, ratio
from .revenue import (
    MOVEMENTS,
    account_month,
    bridge,
    committed_mrr,
    hidden_turns,
    months_of_account,
    paused_at,
)

WINDOWS = [1, 3, 12]
METRICS = ["nrr", "grr", "logo"]


def kpi_retention_monthly(book: Book) -> list[dict[str, Any]]:
    """One row per month from the first to that of `as_of_date`, without gaps."""
    by_month: dict[date, list[tuple[AccountStory, dict[str, Any]]]] = defaultdict(list)
    for story in book.stories.values():
        for month in months_of_account(book, story):
            by_month[month].append((story, account_month(book, story, month)))
    return [month_totals(book, month, by_month[month]) for month in book.months]


def month_totals(
    book: Book, month: date, accounts: list[tuple[AccountStory, dict[str, Any]]]
) -> dict[str, Any]:
    """Return one month's row of `kpi_retention_monthly`."""
    rows = [row for _, row in accounts]
    amounts = {
        name: sum((row[name] for row in rows), ZERO)
        for name in ("mrr_start", *(f"{name}_mrr" for name in MOVEMENTS), "mrr_end")
    }
    logos = logo_totals(book, month, accounts)
    lost = amounts["churn_mrr"] + amounts["contraction_mrr"]
    won = amounts["new_mrr"] + amounts["expansion_mrr"] + amounts["reactivation_mrr"]
    is_last = month == month_of(book.as_of)
    return {
        "month": month,
        "is_complete": book.is_complete(month),
        **amounts,
        "arr": 12 * amounts["mrr_end"],
        **logos,
        "is_final": is_final(book, month),
        "carr": 12 * committed_mrr(book) if is_last else None,
        "logo_churn_rate": ratio(logos["churned_logos"], logos["logos_start"]),
        "gross_revenue_churn_rate": ratio(lost, amounts["mrr_start"]),
        "net_revenue_churn_rate": ratio(lost - amounts["expansion_mrr"], amounts["mrr_start"]),
        **twelve_months(book, month),
        "quick_ratio": ratio(won, lost),
        "arpa": ratio(amounts["mrr_end"], logos["logos_end"]),
    }


def logo_totals(
    book: Book, month: date, accounts: list[tuple[AccountStory, dict[str, Any]]]
) -> dict[str, Any]:
    """Return the counts of accounts of one month, and the MRR that grace carries."""
    last = book.end_of(month)
    ending = [(story, row) for story, row in accounts if row["is_active_end"]]
    turns = [hidden_turns(story, month) for story, _ in accounts]
    names = [row["movement"] for _, row in accounts]
    return {
        "logos_start": sum(row["is_active_start"] for _, row in accounts),
        "new_logos": names.count("new"),
        "reactivated_logos": names.count("reactivation"),
        "churned_logos": names.count("churn"),
        "logos_end": len(ending),
        "intra_month_new_logos": sum(starts for starts, _ in turns),
        "intra_month_churned_logos": sum(ends for _, ends in turns),
        "grace_logos": sum(row["is_grace"] for _, row in ending),
        "grace_mrr": sum((row["mrr_end"] for _, row in ending if row["is_grace"]), ZERO),
        "paused_logos_end": sum(paused_at(story.state(last)) for story, _ in ending),
        "zero_mrr_logos_end": sum(row["mrr_end"] == 0 for _, row in ending),
    }


def is_final(book: Book, month: date) -> bool:
    """Return whether churn of the month can no longer come in: its end plus grace is known."""
    return (book.as_of - last_day(month)).days >= book.grace_days


def twelve_months(book: Book, month: date) -> dict[str, float | None]:
    """Return the three official 12-month figures of a month."""
    values = {metric: point_to_point(book, month, 12, metric) for metric in METRICS}
    return {
        "grr_12m": values["grr"][2],
        "nrr_12m": values["nrr"][2],
        "logo_retention_12m": values["logo"][2],
    }


Figure = tuple[Decimal | int | None, Decimal | int | None, float | None]
"""Numerator, denominator, value."""


def cohort_of(book: Book, opening_month: date) -> list[AccountStory]:
    """Return the accounts active at the end of a month."""
    last = book.end_of(opening_month)
    return [story for story in book.stories.values() if story.state(last)]


def point_to_point(book: Book, month: date, window: int, metric: str) -> Figure:
    """Compare the accounts of the opening month at both ends, at the opening month's rate."""
    opening_month = add_months(month, -window)
    if opening_month not in book.months:
        return None, None, None
    rate = book.rate_of(opening_month)
    kept, opened = ZERO, ZERO
    still_active, cohort = 0, cohort_of(book, opening_month)
    for story in cohort:
        end_state = story.state(book.end_of(month))
        at_start = valued(local_mrr(story.state(book.end_of(opening_month))), rate)
        at_end = valued(local_mrr(end_state), rate)
        opened += at_start
        kept += min(at_end, at_start) if metric == "grr" else at_end
        still_active += bool(end_state)
    if metric == "logo":
        return still_active, len(cohort), ratio(still_active, len(cohort))
    return kept, opened, ratio(kept, opened)


def compounded(
    book: Book, month: date, window: int, metric: str, totals: dict[date, dict[str, Any]]
) -> Figure:
    """Multiply 1 less the monthly churn over the window's months, from exact fractions."""
    if add_months(month, -window) not in book.months:
        return None, None, None
    product = Fraction(1)
    for back in range(window):
        row = totals[add_months(month, -back)]
        lost = row["churn_mrr"] + row["contraction_mrr"]
        lost, base = {
            "nrr": (lost - row["expansion_mrr"], row["mrr_start"]),
            "grr": (lost, row["mrr_start"]),
            "logo": (row["churned_logos"], row["logos_start"]),
        }[metric]
        if base == 0:
            return None, None, None
        product *= 1 - Fraction(lost) / Fraction(base)
    return None, None, float(product)


def ledger(book: Book, month: date, window: int, metric: str) -> Figure:
    """Subtract the cohort's losses over the window, all at the opening month's rate."""
    opening_month = add_months(month, -window)
    if opening_month not in book.months:
        return None, None, None
    rate = book.rate_of(opening_month)
    opened, lost, churned = ZERO, ZERO, 0
    cohort = cohort_of(book, opening_month)
    for story in cohort:
        opened += valued(local_mrr(story.state(book.end_of(opening_month))), rate)
        has_churned = False
        for step in range(1, window + 1):
            current = add_months(opening_month, step)
            start, end = story.state(current - DAY), story.state(book.end_of(current))
            parts = bridge(start, end, rate, rate, was_active_before=True)
            lost += parts["churn"] + parts["contraction"]
            if metric == "nrr":
                lost -= parts["expansion"] + parts["reactivation"]
            has_churned = has_churned or bool(start and not end)
        churned += has_churned
    if metric == "logo":
        return len(cohort) - churned, len(cohort), ratio(len(cohort) - churned, len(cohort))
    return opened - lost, opened, ratio(opened - lost, opened)


def kpi_retention_methods(book: Book) -> list[dict[str, Any]]:
    """One row per month, window, metric and method."""
    totals = {row["month"]: row for row in kpi_retention_monthly(book)}
    rows = []
    for month in book.months:
        for window in WINDOWS:
            for metric in METRICS:
                figures = {
                    "point_to_point": point_to_point(book, month, window, metric),
                    "compounded": compounded(book, month, window, metric, totals),
                    "ledger": ledger(book, month, window, metric),
                }
                key = {"month": month, "window_months": window, "metric": metric}
                for method, (numerator, denominator, value) in figures.items():
                    figure = {"numerator": numerator, "denominator": denominator, "value": value}
                    rows.append({**key, "method": method, **figure})
    return rows


def kpi_cohort_retention(book: Book) -> list[dict[str, Any]]:
    """One row per cohort month and month since, of complete months only."""
    cohorts: dict[date, list[AccountStory]] = defaultdict(list)
    for story in book.stories.values():
        if story.spells:
            cohorts[month_of(story.spells[0].first)].append(story)
    complete = [month for month in book.months if book.is_complete(month)]
    return [
        cohort_cell(book, cohort_month, month, stories)
        for cohort_month, stories in sorted(cohorts.items())
        for month in complete
        if month >= cohort_month
    ]


def cohort_cell(
    book: Book, cohort_month: date, month: date, stories: list[AccountStory]
) -> dict[str, Any]:
    """Return one cell: what is left of a cohort at the end of a month, at the cohort's rate."""
    rate = book.rate_of(cohort_month)
    states = [story.state(last_day(month)) for story in stories]
    first_states = [story.state(last_day(cohort_month)) for story in stories]
    mrr = sum((valued(local_mrr(state), rate) for state in states), ZERO)
    cohort_mrr = sum((valued(local_mrr(state), rate) for state in first_states), ZERO)
    active = sum(bool(state) for state in states)
    months_since = (month.year - cohort_month.year) * 12 + month.month - cohort_month.month
    return {
        "cohort_month": cohort_month,
        "months_since": months_since,
        "cohort_logos": len(stories),
        "logos_active": active,
        "logo_retention": ratio(active, len(stories)),
        "cohort_mrr": cohort_mrr,
        "mrr": mrr,
        "mrr_retention": ratio(mrr, cohort_mrr),
    }

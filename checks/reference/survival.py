"""`kpi_survival` and `kpi_ltv`: how long accounts stay, and what one is worth.

Readings of the book where it leaves room:
- a tenure ends with the first spell of activity, so that a bridged gap does not end it and a
  return after a churn adds nothing;
- there is a row for tenure 0 too, of accounts whose first active day is `as_of_date` or that
  are carried by grace after their only day; whoever is censored on a day was at risk on it;
- the mean churn rate of `simple` is over the months among the last 12 complete ones that had
  logos at their start; it is null without any. It stands beside `simple` only, as `survival`
  does not use it;
- `horizon_months_observed` is the last month t of 0..59 with 30.4375 t within the longest tenure;
- LTV has no rows as long as the book has no month.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import mean
from typing import Any

from .book import DAY, AccountStory, Book
from .lines import FOREVER
from .money import ratio
from .retention import kpi_retention_monthly

MONTH_LENGTH = Fraction("30.4375")
HORIZON_MONTHS = 60
MONTHS_OF_CHURN = 12


@dataclass(frozen=True)
class Tenure:
    """Days from an account's first active day to its first churn, or to where it is last seen."""

    days: int
    is_churned: bool


def tenure_of(book: Book, story: AccountStory) -> Tenure | None:
    """Return the tenure of an account; null when it never was active."""
    if not story.spells:
        return None
    first_spell = story.spells[0]
    if first_spell.end != FOREVER:
        return Tenure((first_spell.end - first_spell.first).days, is_churned=True)
    last_span = story.started[-1]
    last_seen = last_span.end - DAY if story.is_in_grace(last_span) else book.as_of
    return Tenure((last_seen - first_spell.first).days, is_churned=False)


def tenures(book: Book) -> list[Tenure]:
    """Return the tenure of every account that ever was active."""
    found = [tenure_of(book, story) for story in book.stories.values()]
    return [tenure for tenure in found if tenure is not None]


def survival_steps(found: list[Tenure]) -> list[tuple[int, Fraction]]:
    """Return tenure -> share of accounts that stay longer, exactly, in order of tenure."""
    steps = []
    survival = Fraction(1)
    for days in sorted({tenure.days for tenure in found}):
        at_risk = sum(tenure.days >= days for tenure in found)
        churned = sum(tenure.days == days and tenure.is_churned for tenure in found)
        survival *= 1 - Fraction(churned, at_risk)
        steps.append((days, survival))
    return steps


def kpi_survival(book: Book) -> list[dict[str, Any]]:
    """One row per distinct tenure."""
    found = tenures(book)
    rows = []
    variance = Fraction(0)
    for days, survival in survival_steps(found):
        at_risk = sum(tenure.days >= days for tenure in found)
        churned = sum(tenure.days == days and tenure.is_churned for tenure in found)
        censored = sum(tenure.days == days and not tenure.is_churned for tenure in found)
        if survival > 0:
            variance += Fraction(churned, at_risk * (at_risk - churned))
        rows.append(
            {
                "tenure_days": days,
                "at_risk": at_risk,
                "churned": churned,
                "censored": censored,
                "survival": float(survival),
                "standard_error": float(survival) * sqrt(variance) if survival > 0 else None,
            }
        )
    return rows


def mean_logo_churn(rows: list[dict[str, Any]]) -> float | None:
    """Return the mean of the monthly logo churn rates of the last 12 complete months."""
    complete = [row for row in rows if row["is_complete"]][-MONTHS_OF_CHURN:]
    rates = [
        Fraction(row["churned_logos"], row["logos_start"]) for row in complete if row["logos_start"]
    ]
    return float(mean(rates)) if rates else None


def share_after(steps: list[tuple[int, Fraction]], day: Fraction) -> Fraction:
    """Return the survival on a day: that of the last tenure up to it, 1 before the first."""
    return next((share for days, share in reversed(steps) if days <= day), Fraction(1))


def months_of_life(steps: list[tuple[int, Fraction]], discount_rate: Decimal | float) -> float:
    """Return the discounted number of months an account pays in the first 60."""
    yearly = 1 + float(discount_rate)
    return sum(
        float(share_after(steps, MONTH_LENGTH * month)) / yearly ** (month / 12)
        for month in range(HORIZON_MONTHS)
    )


def kpi_ltv(book: Book) -> list[dict[str, Any]]:
    """One row per method: `simple` and `survival`."""
    months = kpi_retention_monthly(book)
    if not months:
        return []
    settings, last = book.staged.settings, months[-1]
    arpa = ratio(last["mrr_end"], last["logos_end"])
    margin, churn = float(settings.gross_margin), mean_logo_churn(months)
    steps = survival_steps(tenures(book))
    longest = steps[-1][0] if steps else 0
    observed = min(int(longest / MONTH_LENGTH), HORIZON_MONTHS - 1)
    simple = None if arpa is None or not churn else arpa * margin / churn
    by_survival = (
        None if arpa is None else arpa * margin * months_of_life(steps, settings.discount_rate)
    )
    shared = {"arpa": arpa, "margin": margin, "n": last["logos_end"]}
    return [
        {"method": "simple", "ltv": simple, "logo_churn_rate": churn,
         "horizon_months_observed": None, **shared},
        {"method": "survival", "ltv": by_survival, "logo_churn_rate": None,
         "horizon_months_observed": observed if steps else None, **shared},
    ]  # fmt: skip

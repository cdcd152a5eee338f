"""`health_backtest` and its companions: what the health score is worth.

Readings of the book where it leaves room:
- rows are there where there is something to judge, however little; a figure needs 30 looks and 5
  that churned, one over churns 5 churns, a band of the calibration 30 looks;
- Brier is judged out of time, of the score itself, by one fit per version and population;
- a surprise rate is over the churns whose Sunday 30 to 36 (90, 180) days before has a score;
- lead time is taken within a population, of churns whose last look there can be judged; a Sunday
  without a look breaks it;
- bounds of the AUC: 90 days, all segments, no notice; groups of accounts by the hash of their id.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from .health_looks import BASELINES, DATE_SETS, HORIZONS, POPULATIONS, Look, Proof
from .health_statistics import auc_deviation, isotonic, probability_at, wilson

Row = dict[str, Any]
Outcomes = list[tuple[float, bool]]
Z = 1.959963984540054
ENOUGH_LOOKS, ENOUGH_CHURNED = 30, 5


def pairs_won(outcomes: Outcomes) -> tuple[Fraction, int]:
    """Return the pairs whose churned one has the lower value (ties half), and all pairs."""
    stayed = sorted(value for value, churned in outcomes if not churned)
    gone = [value for value, churned in outcomes if churned]
    won = Fraction(0)
    for value in gone:
        above = len(stayed) - bisect_right(stayed, value)
        ties = bisect_right(stayed, value) - bisect_left(stayed, value)
        won += above + Fraction(ties, 2)
    return won, len(stayed) * len(gone)


def largest_distance(outcomes: Outcomes) -> Fraction:
    """Return the largest distance of the two distributions, times the pairs."""
    stayed = sorted(value for value, churned in outcomes if not churned)
    gone = sorted(value for value, churned in outcomes if churned)
    distances = [
        abs(bisect_right(gone, value) * len(stayed) - bisect_right(stayed, value) * len(gone))
        for value in {value for value, _ in outcomes}
    ]
    return Fraction(max(distances))


def figure(metric: str, n: int, churned: int, value: float | None, **parts: Any) -> Row:
    """Return the cells of a figure; null with too few looks or churns."""
    over_churns = metric in ("surprise_churn_rate", "median_lead_days")
    is_enough = churned >= ENOUGH_CHURNED and (over_churns or n >= ENOUGH_LOOKS)
    shown = value if is_enough else None
    lower, upper = parts.pop("bounds", (None, None)) if is_enough else (None, None)
    parts.pop("bounds", None)
    return {
        "metric": metric,
        "n": n,
        "churned": churned,
        "value": shown,
        "lower_bound": lower,
        "upper_bound": upper,
        "numerator": parts.get("numerator"),
        "denominator": parts.get("denominator"),
        "is_withheld": shown is None,
    }


def quotient(numerator: Fraction | int, denominator: Fraction | int) -> float | None:
    """Return the quotient as a double; null over 0."""
    return float(Fraction(numerator) / Fraction(denominator)) if denominator else None


def groups(proof: Proof) -> Iterator[tuple[Row, list[Look]]]:
    """Yield version, population and segment, `(all)` too, with the looks of each."""
    found: dict[tuple[str, str, str], list[Look]] = defaultdict(list)
    for look in proof.looks:
        for segment in ("(all)", look.segment):
            found[look.version, look.population, segment].append(look)
    for (version, population, segment), looks in found.items():
        yield {"score_version": version, "population": population, "segment": segment}, looks


def pair_figures(outcomes: Outcomes, baseline: str, deviation: float | None) -> list[Row]:
    """Return AUC, Gini, KS and, of the score itself, the base rate."""
    n, churned = len(outcomes), sum(gone for _, gone in outcomes)
    won, pairs = pairs_won(outcomes)
    auc, distance = quotient(won, pairs), largest_distance(outcomes)
    bounds = (None, None)
    if auc is not None and deviation is not None:
        bounds = (max(auc - Z * deviation, 0.0), min(auc + Z * deviation, 1.0))
    rows = [
        figure("auc", n, churned, auc, numerator=won, denominator=pairs, bounds=bounds),
        figure(
            "gini",
            n,
            churned,
            quotient(2 * won - pairs, pairs),
            numerator=2 * won - pairs,
            denominator=pairs,
        ),
        figure("ks", n, churned, quotient(distance, pairs), numerator=distance, denominator=pairs),
    ]
    if baseline == "none":
        rate = {"numerator": churned, "denominator": n, "bounds": wilson(churned, n)}
        rows.append(figure("base_rate", n, churned, quotient(churned, n), **rate))
    return rows


def discrimination(proof: Proof) -> Iterator[Row]:
    """Yield the figures over pairs of every group, horizon, set of dates and baseline."""
    for keys, looks in groups(proof):
        for horizon in HORIZONS:
            for date_set in DATE_SETS:
                held = [k for k in looks if proof.calendar.holds(date_set, k.day, horizon)]
                for baseline in BASELINES:
                    known = [k for k in held if None not in (k.score, k.values[baseline])]
                    if not known:
                        continue
                    has_bounds = (horizon, keys["population"], keys["segment"]) == (
                        90,
                        "no_notice",
                        "(all)",
                    )
                    deviation = auc_deviation(known, baseline) if has_bounds else None
                    outcomes = [(float(k.values[baseline]), k.churned(horizon)) for k in known]
                    more = {"horizon_days": horizon, "date_set": date_set, "baseline": baseline}
                    for row in pair_figures(outcomes, baseline, deviation):
                        yield keys | more | row


def fits(proof: Proof) -> dict[tuple[str, str, int], dict[int, Fraction]]:
    """Return version, population and horizon -> point of the score -> probability."""
    found: dict[tuple[str, str, int], dict[int, list[bool]]] = {}
    for look in proof.looks:
        for horizon in HORIZONS:
            if look.score is not None and proof.calendar.is_fitted_on(look.day, horizon):
                points = found.setdefault((look.version, look.population, horizon), {})
                points.setdefault(math.floor(look.score), []).append(look.churned(horizon))
    return {key: isotonic(points) for key, points in found.items()}


def brier(proof: Proof) -> Iterator[Row]:
    """Yield the mean squared errors out of time."""
    fitted = fits(proof)
    for keys, looks in groups(proof):
        for horizon in HORIZONS:
            fit = fitted.get((keys["score_version"], keys["population"], horizon))
            held = [
                look
                for look in looks
                if look.score is not None and proof.calendar.holds("out_of_time", look.day, horizon)
            ]
            if not held:
                continue
            error = None
            if fit:
                errors = [
                    (look.churned(horizon) - probability_at(fit, look.score)) ** 2 for look in held
                ]
                error = float(sum(errors) / len(held))
            churned = sum(look.churned(horizon) for look in held)
            more = {"horizon_days": horizon, "date_set": "out_of_time", "baseline": "none"}
            yield keys | more | figure("brier", len(held), churned, error)


def surprises(proof: Proof) -> Iterator[Row]:
    """Yield the shares of churns that were healthy at the last look before the horizon."""
    for keys, looks in groups(proof):
        for horizon in HORIZONS:
            for date_set in DATE_SETS:
                seen = [
                    look.band == "healthy"
                    for look in looks
                    if look.score is not None
                    and look.days_to_churn is not None
                    and horizon <= look.days_to_churn < horizon + 7
                    and proof.calendar.holds(date_set, look.day, horizon)
                ]
                if not seen:
                    continue
                n, healthy = len(seen), sum(seen)
                rate = {"numerator": healthy, "denominator": n, "bounds": wilson(healthy, n)}
                more = {"horizon_days": horizon, "date_set": date_set, "baseline": "none"}
                row = figure("surprise_churn_rate", n, n, quotient(healthy, n), **rate)
                yield keys | more | row


def lead_times(proof: Proof) -> Iterator[Row]:
    """Yield the medians of the lead times."""
    churns: dict[tuple[str, str, str, date], list[Look]] = defaultdict(list)
    for look in proof.looks:
        if look.churn_date:
            churns[look.version, look.population, look.account_id, look.churn_date].append(look)
    found: dict[tuple[str, str, str, str], list[int | None]] = defaultdict(list)
    for (version, population, _, _), looks in churns.items():
        backwards = sorted(looks, key=lambda look: look.day, reverse=True)
        lead, after = None, backwards[0].day + timedelta(days=7)
        for look in backwards:
            if look.band != "at_risk" or look.day != after - timedelta(days=7):
                break
            lead, after = look.days_to_churn, look.day
        for date_set in DATE_SETS:
            if proof.calendar.holds(date_set, backwards[0].day, 90):
                for segment in ("(all)", backwards[0].segment):
                    found[version, population, segment, date_set].append(lead)
    for (version, population, segment, date_set), leads in found.items():
        keys = {"score_version": version, "population": population, "segment": segment}
        more = {"horizon_days": 90, "date_set": date_set, "baseline": "none"}
        known = [lead for lead in leads if lead is not None]
        value = float(median(known)) if known else None
        yield keys | more | figure("median_lead_days", len(known), len(leads), value)


def health_backtest(proof: Proof) -> list[Row]:
    """One row per version, metric, segment, horizon, set of dates, population and baseline."""
    rows = [*discrimination(proof), *brier(proof), *surprises(proof), *lead_times(proof)]
    for row in rows:
        for name in ("numerator", "denominator"):
            if row[name] is not None:
                row[name] = Decimal(Fraction(row[name]).numerator) / Fraction(row[name]).denominator
    return rows


def health_calibration(proof: Proof) -> list[Row]:
    """One row per version, band, set of dates and horizon, of accounts without a notice."""
    fitted, rows = fits(proof), []
    found: dict[tuple[str, str, str, int], list[Look]] = defaultdict(list)
    for look in proof.looks:
        for horizon in HORIZONS:
            for date_set in DATE_SETS:
                is_held = proof.calendar.holds(date_set, look.day, horizon)
                if is_held and look.score is not None and look.population == POPULATIONS[0]:
                    found[look.version, look.band, date_set, horizon].append(look)
    for (version, band, date_set, horizon), looks in found.items():
        n, churned = len(looks), sum(look.churned(horizon) for look in looks)
        is_enough, fit = n >= ENOUGH_LOOKS, fitted.get((version, POPULATIONS[0], horizon))
        mean = None
        if is_enough and fit and date_set == "out_of_time":
            mean = float(sum(probability_at(fit, look.score) for look in looks) / n)
        lower, upper = wilson(churned, n) if is_enough else (None, None)
        rows.append(
            {
                "score_version": version,
                "band": band,
                "date_set": date_set,
                "horizon_days": horizon,
                "n": n,
                "churned": churned,
                "churn_rate": quotient(churned, n) if is_enough else None,
                "lower_bound": lower,
                "upper_bound": upper,
                "mean_probability": mean,
                "is_withheld": not is_enough,
            }
        )
    return rows

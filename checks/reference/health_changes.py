"""Why a health score moved: `health_change`.

Readings of the book where it leaves room:
- the change of the rules is what the old inputs score by the rules of now, less the old score; a
  component that only the new profile has, and that was known then, is part of that;
- where nothing of the old inputs can be scored by the rules of now, all is a change of the rules;
- where no component is known at both ends, the rest of the change is data;
- an override that came, went or changed its band is a part without points.
"""

from __future__ import annotations

from datetime import date, timedelta

from .health_scores import MONTH_OF_DAYS, Health, Row, judge, mean, total
from .usage import SUNDAY

DAYS_OF_CHANGES = timedelta(days=91)
Parts = dict[tuple[str, str], float]


def is_recent(day: date, as_of: date) -> bool:
    """Whether changes of a day are told: of the as-of date, and of Sundays not long before it."""
    return day > as_of - DAYS_OF_CHANGES and (day == as_of or day.weekday() == SUNDAY)


def health_change(health: Health) -> list[Row]:
    """One row per account, recent date, part and component."""
    rows = []
    for account_id, day in health.judged:
        is_told = is_recent(day, health.as_of)
        if is_told and (account_id, day - MONTH_OF_DAYS) in health.judged:
            rows += change_rows(health, account_id, day)
    return rows


def change_rows(health: Health, account_id: str, day: date) -> list[Row]:
    """Return the parts of one change, with the bands at its ends."""
    before = day - MONTH_OF_DAYS
    is_known = health.change(account_id, day) is not None
    parts = split(health, account_id, day) if is_known else {}
    if health.override_band(account_id, before) != health.override_band(account_id, day):
        parts["override", "(all)"] = 0.0
    return [
        {
            "account_id": account_id,
            "date": day,
            "part": part,
            "component_id": component_id,
            "points": points,
            "final_band_prev_28d": health.final_band(account_id, before),
            "final_band": health.final_band(account_id, day),
        }
        for (part, component_id), points in parts.items()
    ]


def split(health: Health, account_id: str, day: date) -> Parts:
    """Return (part, component) -> its points of the change since 28 days before."""
    now = health.judged[account_id, day]
    then = health.judged[account_id, day - MONTH_OF_DAYS]
    assert now.mean is not None
    assert then.mean is not None
    again = judge(health.rules, then.facts, now.version, now.profile)
    kept = sorted(now.scores.keys() & again.scores.keys())
    weight = total(now.weights[name] for name in kept)
    parts: Parts = {
        ("behaviour", name): now.weights[name] * (now.scores[name] - again.scores[name]) / weight
        for name in kept
    }
    by_new_rules = now.mean if again.mean is None else again.mean
    kept_now = mean({name: now.scores[name] for name in kept}, now.weights)
    kept_then = mean({name: again.scores[name] for name in kept}, now.weights)
    if kept_now is None or kept_then is None:
        parts["data", "(all)"] = now.mean - by_new_rules
    else:
        parts["data", "(all)"] = now.mean - kept_now + (kept_then - by_new_rules)
    parts["configuration", "(all)"] = by_new_rules - then.mean
    return parts

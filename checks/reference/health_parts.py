"""Deciles, components and stability of the health score.

Readings of the book where it leaves room:
- deciles and components are of the version that is valid on `as_of_date`, at 90 days, on all
  dates that can be judged, without a notice, where the version's score is known;
- a component counts on the looks whose profile has it; its thirds are of its own score;
- a change of band is between two Sundays that follow each other and both have a score; it flips
  when the band before is back within 28 days.
"""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from typing import Any

from .health_backtest import ENOUGH_CHURNED, ENOUGH_LOOKS, pairs_won, quotient
from .health_looks import SUNDAY, Look, Proof
from .health_statistics import wilson
from .money import month_of

Row = dict[str, Any]
HORIZON = 90


def judged_looks(proof: Proof) -> list[Look]:
    """Return the looks of the current version that deciles and components are made from."""
    return [
        look
        for look in proof.looks
        if look.version == proof.current
        and look.population == "no_notice"
        and look.score is not None
        and proof.calendar.is_known(look.day, HORIZON)
    ]


def health_backtest_decile(proof: Proof) -> list[Row]:
    """One row per tenth of the scores that is not empty."""
    looks = sorted(judged_looks(proof), key=lambda look: look.score)
    places: dict[float, list[int]] = defaultdict(list)
    for place, look in enumerate(looks, start=1):
        places[look.score].append(place)
    deciles: dict[int, list[Look]] = defaultdict(list)
    for look in looks:
        midrank = Fraction(places[look.score][0] + places[look.score][-1], 2)
        deciles[math.ceil(10 * midrank / len(looks))].append(look)
    all_churned = sum(look.churned(HORIZON) for look in looks)
    rows = []
    for decile, members in deciles.items():
        n, churned = len(members), sum(look.churned(HORIZON) for look in members)
        lower, upper = wilson(churned, n)
        rows.append(
            {
                "score_version": proof.current,
                "decile": decile,
                "n": n,
                "churned": churned,
                "churn_rate": quotient(churned, n),
                "base_rate": quotient(all_churned, len(looks)),
                "lift": quotient(churned * len(looks), n * all_churned),
                "lower_bound": lower,
                "upper_bound": upper,
                "lowest_score": min(look.score for look in members),
                "highest_score": max(look.score for look in members),
            }
        )
    return rows


def health_component_backtest(proof: Proof, components: list[Row]) -> list[Row]:
    """One row per component of a profile; `components` are rows of the current version."""
    looks = {(look.account_id, look.day): look for look in judged_looks(proof)}
    seen: dict[str, list[tuple[float | None, bool]]] = defaultdict(list)
    for row in components:
        look = looks.get((row["account_id"], row["date"]))
        if look and row["state"]:
            score = row["score"] if row["state"] == "ok" else None
            seen[row["component_id"]].append((score, look.churned(HORIZON)))
    rows = [component_row(name, outcomes) for name, outcomes in seen.items()]
    for row in rows:
        better = [other for other in rows if (other["auc"] or 0) > (row["auc"] or 0)]
        row["auc_rank"] = None if row["auc"] is None else len(better) + 1
    return rows


def component_row(name: str, outcomes: list[tuple[float | None, bool]]) -> Row:
    """Return the figures of one component, but for its rank."""
    known = [(score, churned) for score, churned in outcomes if score is not None]
    n, churned = len(known), sum(gone for _, gone in known)
    is_enough = n >= ENOUGH_LOOKS and churned >= ENOUGH_CHURNED
    won, pairs = pairs_won(known)
    auc = quotient(won, pairs) if is_enough else None
    row: Row = {
        "component_id": name,
        "n": n,
        "churned": churned,
        "known_share": quotient(n, len(outcomes)),
        "auc": auc,
        "is_in_claimed_direction": None if auc is None else auc > 0.5,
        "is_withheld": auc is None,
    }
    thirds = {"low": (0, 1), "middle": (1, 2), "high": (2, 4)}
    for third, (first, end) in thirds.items():
        inside = [gone for score, gone in known if 100 * first <= 3 * score < 100 * end]
        row[f"n_{third}"] = len(inside)
        row[f"churn_rate_{third}"] = quotient(sum(inside), len(inside))
    return row


def health_stability(scores: list[Row]) -> list[Row]:
    """One row per version and month with a scored Sunday."""
    bands: dict[tuple[str, str], dict[Any, str]] = defaultdict(dict)
    months: dict[tuple[str, Any], list[Row]] = defaultdict(list)
    for row in scores:
        if row["date"].weekday() == SUNDAY:
            bands[row["score_version"], row["account_id"]][row["date"]] = row["band"]
            months[row["score_version"], month_of(row["date"])].append(row)
    rows = []
    for (version, month), observed in months.items():
        changes = flips = 0
        for row in observed:
            mine, day = bands[version, row["account_id"]], row["date"]
            before = mine.get(day - timedelta(days=7), "unknown")
            if "unknown" not in (before, row["band"]) and before != row["band"]:
                changes += 1
                flips += any(mine.get(day + timedelta(days=7 * k)) == before for k in range(1, 5))
        known = [row["coverage"] for row in observed if row["coverage"] is not None]
        n, scored = len(observed), sum(row["score"] is not None for row in observed)
        rows.append(
            {
                "score_version": version,
                "month": month,
                "n": n,
                "changes": changes,
                "flips": flips,
                "mean_coverage": sum(known) / len(known) if known else None,
                "scored_share": scored / n,
                "unknown_share": (n - scored) / n,
            }
        )
    return rows

"""Health as it is shown: its part of the 360, and the bands of months and the ways between them.

Readings of the book where it leaves room:
- the last scored date of a month is its last Sunday, in the as-of month `as_of_date`;
- MRR is that of the month's end, or of its start for an account that is gone by then;
- nobody moves from or to `unknown`, or from or to not being there;
- health speaks when a band is known: without a score, too, when a person has set it;
- words are said of what makes 0.05 points, and of the largest part of a change: to four decimals,
  then by the names of part and component.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from math import floor
from typing import Any

from .book import Book
from .health_changes import health_change
from .health_rules import SEEDS
from .health_scores import health_of
from .money import ZERO, add_months, last_day, month_of, ratio
from .signals import mrr_by_month
from .usage import SUNDAY

Row = dict[str, Any]
RANKS = {"at_risk": 1, "neutral": 2, "healthy": 3}
WORTH_A_WORD = 0.05


def rounded(value: float, places: int) -> Decimal:
    """Return a figure to some decimals, halves upwards."""
    return Decimal(floor(10**places * value + 0.5)).scaleb(-places)


def words_of(seed: str) -> list[Row]:
    """Return the rows of a seed of words."""
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points_text(points: float) -> str:
    """Return points with a sign and a decimal."""
    return f"{'-' if points < 0 else '+'}{rounded(abs(points), 1)}"


def drivers_in_words(drivers: list[tuple[str, float]]) -> tuple[str | None, str | None]:
    """Return what cost points, in English and in Japanese."""
    names = {row["component_id"]: row for row in words_of("health_component_names")}
    told = [(names[name], points_text(-lost)) for name, lost in drivers if lost >= WORTH_A_WORD]
    english = [f"{row['lost_when_en']} ({points} points)" for row, points in told]
    japanese = [f"{row['lost_when_ja']}({points}点)" for row, points in told]
    return "; ".join(english) or None, "、".join(japanese) or None


def reason_in_words(parts: list[Row]) -> tuple[str | None, str | None]:
    """Return the largest part of a change, in English and in Japanese."""
    large = [part for part in parts if abs(part["points"]) >= WORTH_A_WORD]
    if not large:
        return None, None
    names = {row["component_id"]: row for row in words_of("health_component_names")}
    part = min(large, key=lambda p: (-rounded(abs(p["points"]), 4), p["part"], p["component_id"]))
    way, points = "down" if part["points"] < 0 else "up", points_text(part["points"])
    phrase = next(
        row
        for row in words_of("health_change_phrases")
        if (row["part"], row["way"]) == (part["part"], way)
    )
    name = names.get(part["component_id"], {})
    english = phrase["phrase_en"].replace("{component}", name.get("component_name_en", ""))
    japanese = phrase["phrase_ja"].replace("{component}", name.get("component_name_ja", ""))
    return f"{english} ({points} points)", f"{japanese}({points}点)"


def account_health(book: Book) -> list[Row]:
    """One row per account: its health today."""
    health, today = health_of(book), book.as_of
    scores = {row["account_id"]: row for row in health.scores() if row["date"] == today}
    parts: dict[str, list[Row]] = defaultdict(list)
    for part in health_change(health):
        if part["date"] == today:
            parts[part["account_id"]].append(part)
    rows = []
    for account in book.staged.rows("accounts"):
        account_id = account["account_id"]
        score = scores.get(account_id)
        row: Row = dict.fromkeys(SHOWN) | {"account_id": account_id}
        row["health_state"] = health_state(score)
        if score and row["health_state"] == "ok":
            lost = health.judged[account_id, today].points_lost()
            ids = (score["top_drivers"] or "").split(", ")
            drivers = [(name, lost[name]) for name in ids if name]
            row |= {name: score[of] for name, of in SHOWN.items() if of}
            row["health_drivers_en"], row["health_drivers_ja"] = drivers_in_words(drivers)
            reasons = reason_in_words(parts[account_id])
            row["health_change_reason_en"], row["health_change_reason_ja"] = reasons
        rows.append(row)
    return rows


SHOWN = {
    "health_score": "score",
    "health_band": "final_band",
    "health_coverage": "coverage",
    "health_trend": "trend",
    "health_drivers": "top_drivers",
    "health_change_28d": "score_change_28d",
    "health_drivers_en": "",
    "health_drivers_ja": "",
    "health_change_reason_en": "",
    "health_change_reason_ja": "",
}
"""column of the 360 -> column of the score, if it is one."""


def health_state(score: Row | None) -> str:
    """Return whether health speaks of an account."""
    if score is None:
        return "not_applicable"
    if score["final_band"] != "unknown":
        return "ok"
    return "not_connected" if score["coverage"] is None else "no_data"


def scored_day(book: Book, month: date) -> date:
    """Return the last scored date of a month."""
    if month == month_of(book.as_of):
        return book.as_of
    day = last_day(month)
    while day.weekday() != SUNDAY:
        day -= timedelta(days=1)
    return day


def month_rows(book: Book) -> dict[date, dict[str, Row]]:
    """Return month -> account -> its score on the month's last scored date."""
    months = {scored_day(book, month): month for month in book.months}
    found: dict[date, dict[str, Row]] = {month: {} for month in book.months}
    for row in health_of(book).scores():
        if row["date"] in months:
            found[months[row["date"]]][row["account_id"]] = row
    return found


def account_months(book: Book) -> list[Row]:
    """One row per month and account that was scored in it, or in the month before."""
    scored, mrr = month_rows(book), mrr_by_month(book)
    rows = []
    for month in book.months:
        now, before = scored[month], scored.get(add_months(month, -1), {})
        for account_id in now.keys() | before.keys():
            present = now.get(account_id, {})
            rows.append(
                {
                    "month": month,
                    "from_band": before.get(account_id, {}).get("final_band", "none"),
                    "to_band": present.get("final_band", "none"),
                    "mrr": mrr.get((account_id, month), ZERO),
                    "score": present.get("score"),
                    "coverage": present.get("coverage"),
                }
            )
    return rows


def kpi_health_monthly(book: Book) -> list[Row]:
    """One row per month over all accounts."""
    rows, result = account_months(book), []
    for month in book.months:
        present = [r for r in rows if r["month"] == month and r["to_band"] != "none"]
        scores = [rounded(r["score"], 4) for r in present if r["score"] is not None]
        coverages = [rounded(r["coverage"] or 0.0, 4) for r in present]
        moves = [
            RANKS[r["to_band"]] - RANKS[r["from_band"]]
            for r in present
            if r["to_band"] in RANKS and r["from_band"] in RANKS
        ]
        row: Row = {"month": month, "is_complete": book.is_complete(month)}
        for band in (*RANKS, "unknown"):
            own = [r["mrr"] for r in present if r["to_band"] == band]
            row |= {f"{band}_accounts": len(own), f"{band}_mrr": sum(own, ZERO)}
        result.append(
            row
            | {
                "health_accounts": len(present),
                "scored_accounts": len(scores),
                "health_scored_share": ratio(len(scores), len(present)),
                "moved_up_accounts": sum(move > 0 for move in moves),
                "moved_down_accounts": sum(move < 0 for move in moves),
                "health_score_mean": ratio(sum(scores, ZERO), len(scores)),
                "health_coverage_mean": ratio(sum(coverages, ZERO), len(present)),
            }
        )
    return result


def kpi_health_transitions(book: Book) -> list[Row]:
    """One row per month and pair of bands that some account went between."""
    found: dict[tuple[date, str, str], list[Decimal]] = defaultdict(list)
    for row in account_months(book):
        found[row["month"], row["from_band"], row["to_band"]].append(row["mrr"])
    return [
        {
            "month": month,
            "from_band": from_band,
            "to_band": to_band,
            "accounts": len(amounts),
            "mrr": sum(amounts, ZERO),
            "is_complete": book.is_complete(month),
        }
        for (month, from_band, to_band), amounts in found.items()
    ]

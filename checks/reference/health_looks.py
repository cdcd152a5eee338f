"""The looks at accounts that the health score is judged by: a version's score, and what came after.

Readings of the book where it leaves room:
- a look is a Sunday on which the account had a line in force; other observation dates move with
  `as_of_date` and are left out;
- a notice stands from its day to the end of coverage it announced; one that was taken back, to the
  day on which the version without it was recorded;
- the later half of an odd number of dates has the middle one; dates are those of any look;
- baselines are taken on the looks at which the version's score is known.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

DAY = timedelta(days=1)
HORIZONS = (30, 90, 180)
BASELINES = ("none", "tenure", "logins_only", "last_version")
POPULATIONS = ("no_notice", "notice_given")
DATE_SETS = ("all", "out_of_time")
SUNDAY = 6

Row = dict[str, Any]
Notice = tuple[str, date, date]


@dataclass(frozen=True)
class Look:
    """One version's view of an account on a Sunday, and its next recognised churn."""

    account_id: str
    day: date
    version: str
    segment: str
    population: str
    band: str
    values: dict[str, float | None]
    churn_date: date | None

    @property
    def score(self) -> float | None:
        """The version's own score."""
        return self.values["none"]

    @property
    def days_to_churn(self) -> int | None:
        """Days to the next churn."""
        return (self.churn_date - self.day).days if self.churn_date else None

    def churned(self, horizon: int) -> bool:
        """Return whether the churn date lies within the horizon."""
        return self.churn_date is not None and self.churn_date - self.day <= horizon * DAY


@dataclass(frozen=True)
class Calendar:
    """Which dates can be judged, and which of them are the later half."""

    as_of: date
    grace_days: int
    days: tuple[date, ...]

    def is_known(self, day: date, horizon: int) -> bool:
        """Return whether every churn within the horizon of the day is recognised."""
        return day + (horizon + self.grace_days) * DAY <= self.as_of

    @cached_property
    def splits(self) -> dict[int, date | None]:
        """Horizon -> the first date of the later half."""
        known = {h: [day for day in self.days if self.is_known(day, h)] for h in HORIZONS}
        return {h: days[len(days) // 2] if days else None for h, days in known.items()}

    def holds(self, date_set: str, day: date, horizon: int) -> bool:
        """Return whether a date is of the set."""
        if not self.is_known(day, horizon):
            return False
        split = self.splits[horizon]
        return date_set == "all" or (split is not None and day >= split)

    def is_fitted_on(self, day: date, horizon: int) -> bool:
        """Return whether the label of the date was known on the split date."""
        split = self.splits[horizon]
        return split is not None and day + (horizon + self.grace_days) * DAY <= split


@dataclass(frozen=True)
class Proof:
    """All looks, the calendar, and the versions in order with the one of `as_of_date`."""

    looks: list[Look]
    calendar: Calendar
    current: str | None


def looks_of(
    scores: list[Row], versions: list[str], churns: list[Row], notices: list[Notice]
) -> list[Look]:
    """Return one look per score of a Sunday with a line in force."""
    by_key = {(row["score_version"], row["account_id"], row["date"]): row for row in scores}
    former = dict(zip(versions[1:], versions, strict=False))
    ends: dict[str, list[date]] = defaultdict(list)
    for event in churns:
        if event["status"] in ("churned", "won_back"):
            ends[event["account_id"]].append(event["churn_date"])
    looks = []
    for row in scores:
        day, account_id = row["date"], row["account_id"]
        if day.weekday() != SUNDAY or not row["is_covered"]:
            continue
        last = by_key.get((former.get(row["score_version"]), account_id, day), {})
        is_noticed = any(a == account_id and since <= day < end for a, since, end in notices)
        values = {
            "none": row["score"],
            "tenure": row["tenure_days"],
            "logins_only": row["logins_28d"],
            "last_version": last.get("score"),
        }
        looks.append(
            Look(
                account_id,
                day,
                row["score_version"],
                "(none)" if row["segment"] is None else row["segment"],
                POPULATIONS[is_noticed],
                row["band"],
                values,
                min((end for end in ends[account_id] if end > day), default=None),
            )
        )
    return looks


def proof_of(
    scores: list[Row],
    versions: list[tuple[str, date]],
    churns: list[Row],
    notices: list[Notice],
    as_of: date,
    grace_days: int,
) -> Proof:
    """Return the looks with what they are judged by; `versions` are (version, valid from)."""
    ordered = sorted(versions, key=lambda one: (one[1], one[0].encode()))
    names = [name for name, _ in ordered]
    looks = looks_of(scores, names, churns, notices)
    days = tuple(sorted({look.day for look in looks}))
    valid = [name for name, since in ordered if since <= as_of]
    return Proof(looks, Calendar(as_of, grace_days, days), valid[-1] if valid else None)

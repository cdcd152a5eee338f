"""The health score: `fct_health_score` and `fct_health_component`.

Account by account and date by date, from the inputs as they were known on the date.

Readings of the book where it leaves room:
- scores, coverage and change are rounded to ten decimals before a limit is held against them;
- a component without a value is what its profile's `missing_policy` says;
- a driver has lost points; equal ones go by id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import floor
from typing import Any
from weakref import WeakKeyDictionary

from .book import Book
from .health_inputs import health_inputs
from .health_known import known_observations
from .health_rules import Component, Rules, rules_of, seed_tables

Row = dict[str, Any]
MIN_COVERAGE = 0.5
MONTH_OF_DAYS = timedelta(days=28)
STEP = 5
DRIVERS = 3


@dataclass
class Facts:
    """What was known of an account on a date: its inputs by component."""

    account_id: str
    day: date
    segment: str | None
    tenure_days: int
    is_covered: bool
    inputs: dict[str, tuple[float | None, date | None, bool]] = field(default_factory=dict)


@dataclass
class Judged:
    """The facts by the rules of one profile: state, score and weight of each component of it."""

    facts: Facts
    version: str
    profile: str
    states: dict[str, str]
    scores: dict[str, float]
    weights: dict[str, float]
    mean: float | None
    coverage: float | None

    def score(self, min_coverage: float) -> float | None:
        """Return the score, if enough is known."""
        is_enough = self.coverage is not None and self.coverage >= min_coverage
        return self.mean if is_enough else None

    def points_lost(self) -> dict[str, float]:
        """Return what each scored component lacks to 100, in points of the score."""
        all_weights = total(self.weights[name] for name in sorted(self.scores))
        return {
            name: self.weights[name] * (100 - self.scores[name]) / all_weights
            for name in sorted(self.scores)
        }


def settled(value: float) -> float:
    """Return a figure to ten decimals."""
    return floor(value * 10**10 + 0.5) / 10**10


def total(values: Iterable[float]) -> float:
    """Return the sum, added in order."""
    result = 0.0
    for value in values:
        result += value
    return result


def mean(scores: dict[str, float], weights: dict[str, float]) -> float | None:
    """Return the weighted mean of scores."""
    names = sorted(scores)
    if not names:
        return None
    weighted = total(weights[name] * scores[name] for name in names)
    return settled(weighted / total(weights[name] for name in names))


def state_of(rule: Component, facts: Facts, component_id: str) -> str:
    """Return `ok`, `stale`, `missing` or `not_applicable`."""
    value, known_on, applies = facts.inputs[component_id]
    if not applies:
        return "not_applicable"
    if value is None or known_on is None:
        return rule.missing_policy
    return "stale" if (facts.day - known_on).days > rule.max_age_days else "ok"


def judge(rules: Rules, facts: Facts, version: str, profile: str) -> Judged:
    """Return the components of a profile, judged."""
    components = rules.components[version, profile]
    states = {name: state_of(rule, facts, name) for name, rule in components.items()}
    scores = {}
    for name, rule in components.items():
        value = facts.inputs[name][0]
        if states[name] == "ok" and value is not None:
            place = (value - rule.floor) / (rule.target - rule.floor)
            scores[name] = settled(100 * min(max(place, 0.0), 1.0))
    weights = {name: rule.weight for name, rule in components.items()}
    applicable = [name for name in sorted(states) if states[name] != "not_applicable"]
    known = total(weights[name] for name in sorted(scores))
    coverage = settled(known / total(weights[n] for n in applicable)) if applicable else None
    return Judged(facts, version, profile, states, scores, weights, mean(scores, weights), coverage)


class Health:
    """All published scores, by account and date."""

    def __init__(self, rules: Rules, facts: Iterable[Facts], as_of: date, coverage: float) -> None:
        """Judge each account and date by the version and profile of the date."""
        self.rules, self.as_of, self.min_coverage = rules, as_of, coverage
        self.judged: dict[tuple[str, date], Judged] = {}
        for one in facts:
            version = rules.version_on(one.day)
            if version is not None:
                profile = rules.profile(version, one.segment, one.tenure_days)
                judged = judge(rules, one, version, profile)
                self.judged[one.account_id, one.day] = judged

    def score_on(self, account_id: str, day: date) -> float | None:
        """Return the published score of a date, if there is one."""
        judged = self.judged.get((account_id, day))
        return judged.score(self.min_coverage) if judged else None

    def change(self, account_id: str, day: date) -> float | None:
        """Return the change since 28 days before."""
        now, then = self.score_on(account_id, day), self.score_on(account_id, day - MONTH_OF_DAYS)
        return None if now is None or then is None else settled(now - then)

    def override_band(self, account_id: str, day: date) -> str | None:
        """Return the band that a person has set for a day."""
        override = self.rules.override(account_id, day)
        return override.band if override else None

    def final_band(self, account_id: str, day: date) -> str:
        """Return the band that people work with."""
        band = self.rules.band(self.judged[account_id, day].version, self.score_on(account_id, day))
        return self.override_band(account_id, day) or band

    def scores(self) -> list[Row]:
        """`fct_health_score`."""
        return [self._score_row(*key) for key in self.judged]

    def _score_row(self, account_id: str, day: date) -> Row:
        judged, score = self.judged[account_id, day], self.score_on(account_id, day)
        change, override = self.change(account_id, day), self.rules.override(account_id, day)
        lost = judged.points_lost() if score is not None else {}
        drivers = sorted((-points, name) for name, points in lost.items() if points > 0)[:DRIVERS]
        return {
            "account_id": account_id,
            "date": day,
            "score_version": judged.version,
            "profile": judged.profile,
            "score": score,
            "coverage": judged.coverage,
            "band": self.rules.band(judged.version, score),
            "final_band": self.final_band(account_id, day),
            "score_prev_28d": self.score_on(account_id, day - MONTH_OF_DAYS),
            "score_change_28d": change,
            "trend": trend(change),
            "top_drivers": ", ".join(name for _, name in drivers) or None,
            "override_reason": override.reason if override else None,
            "override_owner": override.owner if override else None,
            "is_covered": judged.facts.is_covered,
        }

    def components(self) -> list[Row]:
        """`fct_health_component`."""
        rows = []
        for (account_id, day), judged in self.judged.items():
            is_scored = self.score_on(account_id, day) is not None
            lost = judged.points_lost() if is_scored else {}
            rows += [
                {
                    "account_id": account_id,
                    "date": day,
                    "component_id": name,
                    "raw_value": judged.facts.inputs[name][0],
                    "score": judged.scores.get(name),
                    "weight": judged.weights[name],
                    "state": state,
                    "points_lost": lost.get(name),
                }
                for name, state in judged.states.items()
            ]
        return rows


def trend(change: float | None) -> str | None:
    """Return in which direction a score goes; 5 points are enough."""
    if change is None:
        return None
    return "improving" if change >= STEP else "declining" if change <= -STEP else "steady"


def facts_of(observations: list[Row], inputs: list[Row]) -> list[Facts]:
    """Return the facts of each account and date, from the rows that say them."""
    by_key: dict[tuple[str, date], dict[str, Any]] = defaultdict(dict)
    for row in inputs:
        known = row["raw_value"], row["known_on"], row["applies"]
        by_key[row["account_id"], row["date"]][row["component_id"]] = known
    return [
        Facts(
            *(row[name] for name in ("account_id", "date", "segment", "tenure_days", "is_covered")),
            inputs=by_key[row["account_id"], row["date"]],
        )
        for row in observations
    ]


_OF_BOOK: WeakKeyDictionary[Book, Health] = WeakKeyDictionary()


def health_of(book: Book) -> Health:
    """Return the scores of a book, worked out once."""
    if book not in _OF_BOOK:
        facts = facts_of(known_observations(book), health_inputs(book))
        rules = rules_of(seed_tables())
        _OF_BOOK[book] = Health(rules, facts, book.as_of, MIN_COVERAGE)
    return _OF_BOOK[book]

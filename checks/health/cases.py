"""Accounts whose health was worked out by hand: what is known, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checks.reference.health_rules import Tables
from checks.reference.health_scores import Facts

Row = dict[str, Any]
COMPONENTS = (
    *("active_user_share", "contact_gap", "data_growth", "feature_breadth", "login_days"),
    *("login_rate", "login_trend", "messages_delivered", "nps", "satisfaction", "support_load"),
)
AS_OF = date(2025, 6, 29)
BANDS = (("at_risk", 0, 50), ("neutral", 50, 75), ("healthy", 75, 100))


@dataclass(frozen=True)
class Component:
    """A row of `health_components`; `policy` is what no value means."""

    name: str
    weight: float
    floor: float
    target: float
    policy: str = "missing"


# By hand: 10 login days are 50 points, satisfaction 4 is 80, a gap of 55 days is 50.
OLD = (
    Component("login_days", 30, 0, 20),
    Component("satisfaction", 20, 2, 4.5, "not_applicable"),
    Component("contact_gap", 50, 90, 20),
)
YOUNG = (Component("login_days", 1, 0, 10),)


@dataclass(frozen=True)
class Case:
    """Facts, rules, and the cells expected of the rows with the key cells that are named."""

    what: str
    why: str
    facts: tuple[Facts, ...]
    expected: dict[str, tuple[Row, ...]]
    versions: dict[str, tuple[str, dict[str, tuple[Component, ...]]]] = field(
        default_factory=lambda: {"v1": ("2000-01-01", {"young": YOUNG, "old": OLD})}
    )
    overrides: tuple[tuple[str, str, str], ...] = ()

    def tables(self) -> Tables:
        """Return the rows of the seeds."""
        tables: Tables = {"health_bands": [], "health_components": []}
        phases = (("onboarding", 0, 90, "young"), ("mature", 90, None, "old"))
        tables |= {
            "health_score_versions": [
                {"score_version": name, "valid_from": since}
                for name, (since, _) in self.versions.items()
            ],
            "health_tenure_phases": [
                {"score_version": v, "tenure_phase": p, "from_days": a, "to_days": b}
                for v in self.versions
                for p, a, b, _ in phases
            ],
            "health_profiles": [
                {"score_version": v, "segment": "*", "tenure_phase": p, "profile": profile}
                for v in self.versions
                for p, _, _, profile in phases
            ],
            "health_overrides": [
                {"account_id": "A", "band": band, "reason": "r", "owner": "o"}
                | {"valid_from": since, "expires_on": until}
                for band, since, until in self.overrides
            ],
        }
        for version, (_, profiles) in self.versions.items():
            tables["health_bands"] += [
                {"score_version": version, "band": band, "from_score": a, "to_score": b}
                for band, a, b in BANDS
            ]
            tables["health_components"] += [
                component_row(version, profile, one)
                for profile, components in profiles.items()
                for one in components
            ]
        return tables


def component_row(version: str, profile: str, one: Component) -> Row:
    """Return a row of `health_components`."""
    return {
        "score_version": version,
        "profile": profile,
        "component_id": one.name,
        "weight": one.weight,
        "floor_value": one.floor,
        "target_value": one.target,
        "max_age_days": 28,
        "missing_policy": one.policy,
    }


def known(day: str, tenure_days: int = 400, **values: Any) -> Facts:
    """Return what is known of account A; a component not named has no source.

    A value may be a pair of a figure and the day it was known; None is a source without a value.
    """
    on, inputs = date.fromisoformat(day), {}
    for name in COMPONENTS:
        value = values.get(name)
        if isinstance(value, tuple):
            inputs[name] = (float(value[0]), date.fromisoformat(value[1]), True)
        else:
            is_known = value is not None
            inputs[name] = (
                float(value) if is_known else None,
                on if is_known else None,
                name in values,
            )
    return Facts("A", on, None, tenure_days, True, inputs)


def score_row(day: str, **cells: Any) -> Row:
    """Return the cells expected of one row of `fct_health_score`."""
    return {"date": date.fromisoformat(day), **cells}


def part_row(day: str, part: str, component_id: str, points: float) -> Row:
    """Return the cells expected of one row of `health_change`."""
    keys = {"part": part, "component_id": component_id}
    return {"date": date.fromisoformat(day), **keys, "points": points}

"""The parameters of the health score, read from the seeds; `health_scores` says what they mean."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = (
    *("health_score_versions", "health_tenure_phases", "health_profiles", "health_components"),
    *("health_bands", "health_overrides"),
)
Tables = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Component:
    """How one component is scored in one profile."""

    weight: float
    floor: float
    target: float
    max_age_days: int
    missing_policy: str


@dataclass(frozen=True)
class Override:
    """A person's word on an account's band, on the days [valid_from, expires_on)."""

    band: str
    reason: str
    owner: str
    valid_from: date
    expires_on: date


@dataclass
class Rules:
    """All versions of the rules."""

    versions: list[tuple[date, str]]
    phases: dict[str, list[tuple[int, int | None, str]]] = field(default_factory=dict)
    profiles: dict[tuple[str, str, str], str] = field(default_factory=dict)
    components: dict[tuple[str, str], dict[str, Component]] = field(default_factory=dict)
    bands: dict[str, list[tuple[float, float, str]]] = field(default_factory=dict)
    overrides: dict[str, list[Override]] = field(default_factory=dict)

    def version_on(self, day: date) -> str | None:
        """Return the version that began last, of those that had begun."""
        begun = [(since, version) for since, version in self.versions if since <= day]
        return max(begun)[1] if begun else None

    def profile(self, version: str, segment: str | None, tenure_days: int) -> str:
        """Return the profile by segment and phase; `*` where the segment has none of its own."""
        phase = next(
            name
            for first, end, name in self.phases[version]
            if first <= tenure_days and (end is None or tenure_days < end)
        )
        own = self.profiles.get((version, segment or "*", phase))
        return own or self.profiles[version, "*", phase]

    def band(self, version: str, score: float | None) -> str:
        """Return the band that holds a score; the highest holds 100."""
        for lowest, end, name in self.bands[version]:
            if score is not None and lowest <= score and (score < end or score == end == 100):
                return name
        return "unknown"

    def override(self, account_id: str, day: date) -> Override | None:
        """Return the override that holds on a day."""
        found = [
            o for o in self.overrides.get(account_id, []) if o.valid_from <= day < o.expires_on
        ]
        return found[0] if found else None


def seed_tables() -> Tables:
    """Return the rows of the seeds as texts."""
    tables = {}
    for name in NAMES:
        with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def rules_of(tables: Tables) -> Rules:
    """Return the rules that the rows of the seeds say."""
    versions = tables["health_score_versions"]
    rules = Rules([(_day(row["valid_from"]), row["score_version"]) for row in versions])
    phases, bands, overrides = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in tables["health_tenure_phases"]:
        end = int(row["to_days"]) if row["to_days"] not in ("", None) else None
        phases[row["score_version"]].append((int(row["from_days"]), end, row["tenure_phase"]))
    for row in tables["health_bands"]:
        limits = float(row["from_score"]), float(row["to_score"])
        bands[row["score_version"]].append((*limits, row["band"]))
    for row in tables["health_overrides"]:
        days = _day(row["valid_from"]), _day(row["expires_on"])
        said = Override(row["band"], row["reason"], row["owner"], *days)
        overrides[row["account_id"]].append(said)
    for row in tables["health_profiles"]:
        key = row["score_version"], row["segment"], row["tenure_phase"]
        rules.profiles[key] = row["profile"]
    for row in tables["health_components"]:
        profile = rules.components.setdefault((row["score_version"], row["profile"]), {})
        profile[row["component_id"]] = Component(
            *(float(row[name]) for name in ("weight", "floor_value", "target_value")),
            int(row["max_age_days"]),
            row["missing_policy"],
        )
    rules.phases, rules.bands, rules.overrides = dict(phases), dict(bands), dict(overrides)
    return rules


def _day(cell: str | date) -> date:
    """Return the day that a cell says."""
    return cell if isinstance(cell, date) else date.fromisoformat(cell)

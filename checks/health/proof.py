"""What the backtest says of simulated companies, and how it must answer to changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checks.health.companies import Companies, inject_leak, shuffle_behaviour

MARTS = (
    *("health_backtest", "health_component_backtest", "health_calibration", "int_health_inputs"),
)
ACCOUNTS, MONTHS = 400, 36
BASELINES = ("none", "last_version", "logins_only", "tenure")
BANDS = ("at_risk", "neutral", "healthy")
# The component that is made to know the future, and the raw values between which it lies then.
LEAKY, LEAK_LOW, LEAK_HIGH = "active_user_share", 0.0, 1.0


@dataclass(frozen=True)
class Auc:
    """An AUC of the backtest with its bounds, a bootstrap over accounts."""

    value: float
    lower: float
    upper: float
    observations: int
    churned: int

    @property
    def holds_a_coin(self) -> bool:
        """Whether a coin would do as well, as far as the bounds tell."""
        return self.lower <= 0.5 <= self.upper

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.lower:.3f} to {self.upper:.3f})"


@dataclass
class Company:
    """Figures of one simulated company: AUC by baseline and set of dates, and so on."""

    seed: int
    auc: dict[tuple[str, str], Auc] = field(default_factory=dict)
    churn_rate: dict[str, float] = field(default_factory=dict)
    component_auc: dict[str, float] = field(default_factory=dict)
    noise_auc: float = 0.5
    surprise_rate: float | None = None
    lead_days: float | None = None
    shuffled: Auc | None = None
    leaked: Auc | None = None
    leaked_rows: int = 0
    honest_rows: int = 0


def measure(
    companies: Companies, folder: Path, seeds: Iterable[int], accounts: int = ACCOUNTS
) -> Iterator[Company]:
    """Simulate and score each seed's company; then with shuffled behaviour, then with a leak."""
    for seed in seeds:
        companies.build(folder / str(seed), seed, accounts, MONTHS)
        found = figures(companies, seed)
        found.honest_rows = rows_known_too_late(companies)
        inject_leak(companies, LEAKY, LEAK_LOW, LEAK_HIGH)
        found.leaked = auc_of(companies)
        found.leaked_rows = rows_known_too_late(companies)
        shuffle_behaviour(companies, seed)
        found.shuffled = auc_of(companies)
        yield found


def figures(companies: Companies, seed: int) -> Company:
    """The figures of the company that was built last."""
    found = Company(seed)
    for row in companies.query(_AUCS):
        found.auc[row["baseline"], row["date_set"]] = _auc(row)
    found.churn_rate = {
        row["band"]: row["churn_rate"]
        for row in companies.query(_BANDS)
        if row["churn_rate"] is not None
    }
    found.component_auc = {
        row["component_id"]: row["auc"]
        for row in companies.query("select * from {health_component_backtest}")
        if row["auc"] is not None
    }
    others = {row["metric"]: row["value"] for row in companies.query(_OTHERS)}
    found.surprise_rate = others.get("surprise_churn_rate")
    found.lead_days = others.get("median_lead_days")
    found.noise_auc = noise_auc(companies.query(_OUTCOMES))
    return found


def auc_of(companies: Companies) -> Auc:
    """The AUC of the score over all dates."""
    (row,) = (
        row
        for row in companies.query(_AUCS)
        if (row["baseline"], row["date_set"]) == ("none", "all")
    )
    return _auc(row)


def _auc(row: dict[str, Any]) -> Auc:
    return Auc(row["value"], row["lower_bound"], row["upper_bound"], row["n"], row["churned"])


def noise_auc(rows: Sequence[dict[str, Any]]) -> float:
    """The AUC of a component that knows nothing: the digest of the account's id."""
    from sklearn.metrics import roc_auc_score

    digests = [hashlib.sha256(row["account_id"].encode()).hexdigest() for row in rows]
    safety = [int(digest[:12], 16) for digest in digests]
    return float(roc_auc_score([not row["churned_90"] for row in rows], safety))


def rows_known_too_late(companies: Companies) -> int:
    """Rows of the inputs that the test `known_by_date` fails on."""
    (row,) = companies.query(
        "select count(*) as rows_found from {int_health_inputs} where known_on > date"
    )
    return row["rows_found"]


_CURRENT = """
    segment = '(all)' and horizon_days = 90 and population = 'no_notice'
    and score_version = (select score_version from {int_health_versions} where is_current_version)
"""
_AUCS = f"select * from {{health_backtest}} where metric = 'auc' and {_CURRENT}"
_OTHERS = f"""
    select * from {{health_backtest}}
    where metric in ('surprise_churn_rate', 'median_lead_days') and date_set = 'out_of_time'
        and baseline = 'none' and {_CURRENT}
"""
_BANDS = """
    select * from {health_calibration}
    where horizon_days = 90 and date_set = 'out_of_time'
        and score_version = (
            select score_version from {int_health_versions} where is_current_version
        )
"""
_OUTCOMES = """
    select account_id, churned_90 from {int_health_outcomes}
    where is_eligible_90 and not had_notice
"""


def mean(values: Iterable[float]) -> float:
    """Their mean."""
    listed = list(values)
    return sum(listed) / len(listed)


def ranked(companies: Sequence[Company]) -> dict[str, float]:
    """Mean AUC of each component over the companies, the best first."""
    names = {name for company in companies for name in company.component_auc}
    means = {
        name: mean(one.component_auc[name] for one in companies if name in one.component_auc)
        for name in names
    }
    return dict(sorted(means.items(), key=lambda item: (-item[1], item[0])))

"""The models of the health score's backtest, run in memory on scores that are made up."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa

from checks.mutation.compiled_project import CompiledProject
from checks.mutation.in_memory import connect
from checks.reference.health_looks import Proof, proof_of

Row = dict[str, Any]
Inputs = dict[str, list[Row]]
AS_OF = date(2025, 12, 31)
VERSIONS = [("v1", date(1900, 1, 1)), ("v2", date(2000, 1, 1))]
_TEXT, _NUMBER, _WHOLE = pa.string(), pa.float64(), pa.int32()
_DATE, _BOOLEAN = pa.date32(), pa.bool_()
_COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "int_as_of": {"as_of_date": _DATE},
    "int_health_observations": {"account_id": _TEXT, "date": _DATE, "is_covered": _BOOLEAN},
    "int_health_version_scores": {
        "account_id": _TEXT,
        "date": _DATE,
        "score_version": _TEXT,
        "score": _NUMBER,
        "coverage": _NUMBER,
        "band": _TEXT,
        "tenure_days": _WHOLE,
        "segment": _TEXT,
        "is_covered": _BOOLEAN,
        "logins_28d": _WHOLE,
    },
    "fct_churn_event": {"account_id": _TEXT, "churn_date": _DATE, "is_recognised": _BOOLEAN},
    "int_notice_periods": {"account_id": _TEXT, "notice_from": _DATE, "notice_until": _DATE},
    "health_score_versions": {"score_version": _TEXT, "valid_from": _DATE},
    "health_backtest_parameters": {"parameter": _TEXT, "parameter_value": _WHOLE},
}
_MADE = (
    *("int_health_outcomes", "int_health_split_dates", "int_health_versions"),
    *("int_health_observations_judged", "int_health_valued_observations"),
    *("int_health_value_counts", "int_health_discrimination", "int_health_rank_cells"),
    *("int_health_group_cells", "bootstrap_weights", "int_bootstrap_weights"),
    *("int_health_auc_spreads", "int_health_score_cells", "int_health_isotonic_fits"),
    *("int_health_probabilities", "int_health_brier_sums", "int_health_surprises"),
    *("int_health_lead_times", "int_health_figures", "health_backtest"),
    *("health_backtest_decile", "health_calibration", "health_stability"),
)


class BacktestModels:
    """A database in memory that makes the marts of the backtest from one set of scores."""

    def __init__(self, project: CompiledProject) -> None:
        self.project = project
        self.connection = connect()

    def run(self, inputs: Inputs) -> None:
        """Lay down the inputs and run the models on them, each after what it reads."""
        for name, columns in _COLUMNS.items():
            rows = inputs[name]
            given = pa.table(
                {c: pa.array([row.get(c) for row in rows], kind) for c, kind in columns.items()}
            )
            self.connection.register("given", given)
            relation = self.project.relations[name]
            self.connection.execute(f"create or replace table {relation} as from given")
            self.connection.unregister("given")
        for name in self.project.order:
            if name in _MADE:
                relation, sql = self.project.relations[name], self.project.sql["{}"][name]
                self.connection.execute(f"create or replace table {relation} as {sql}")

    def rows(self, name: str) -> list[Row]:
        """All rows of a model as dicts."""
        result = self.connection.execute(f"from {self.project.relations[name]}")
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def band_of(score: float | None) -> str:
    """The band of a score."""
    if score is None:
        return "unknown"
    return "at_risk" if score < 50 else "neutral" if score < 75 else "healthy"


def made_up(seed: int, accounts: int = 40, weeks: int = 70, step: int = 5) -> Inputs:
    """Scores of two versions in steps, so that many are equal, with churns, notices and gaps."""
    rng = Random(seed)
    inputs: Inputs = {name: [] for name in _COLUMNS}
    inputs["int_as_of"] = [{"as_of_date": AS_OF}]
    inputs["health_score_versions"] = [
        {"score_version": name, "valid_from": since} for name, since in VERSIONS
    ]
    inputs["health_backtest_parameters"] = [
        {"parameter": "minimum_observations", "parameter_value": 30},
        {"parameter": "minimum_churned", "parameter_value": 5},
    ]
    first = AS_OF - timedelta(days=3 + 7 * weeks)
    days = [first + timedelta(days=7 * week) for week in range(weeks + 1)]
    for number in range(accounts):
        _add_account(inputs, rng, f"account {number}", [*days, AS_OF], step)
    return inputs


def _add_account(inputs: Inputs, rng: Random, account_id: str, days: list[date], step: int) -> None:
    """One account: at times it churns, at times it comes back, at times it gives notice."""
    segment = rng.choice(["smb", "enterprise", None])
    start = rng.choice(days[: len(days) // 2])
    churn = start + timedelta(days=rng.randint(20, 500)) if rng.random() < 0.6 else None
    churn = churn if churn and churn + timedelta(days=30) <= AS_OF else None
    back = churn + timedelta(days=rng.randint(31, 90)) if churn and rng.random() < 0.3 else None
    if churn:
        status = "won_back" if back and back <= AS_OF else "churned"
        event = {"account_id": account_id, "churn_date": churn, "status": status}
        inputs["fct_churn_event"].append(event | {"is_recognised": True})
        if rng.random() < 0.5:
            since = churn - timedelta(days=rng.randint(1, 150))
            notice = {"account_id": account_id, "notice_from": since, "notice_until": churn}
            inputs["int_notice_periods"].append(notice)
    for day in days:
        if day < start or (churn and day >= churn and not (back and day >= back)):
            continue
        near = churn is not None and 0 < (churn - day).days < 120
        observation = {
            "account_id": account_id,
            "date": day,
            "is_covered": rng.random() < 0.95,
            "segment": rng.choice(["smb", "enterprise"]) if rng.random() < 0.05 else segment,
            "tenure_days": (day - start).days,
            "logins_28d": rng.randint(0, 5 if near else 9),
        }
        inputs["int_health_observations"].append(observation)
        for version, _ in VERSIONS:
            score = float(step * rng.randint(0, (60 if near else 100) // step))
            known = None if rng.random() < 0.05 else score + rng.choice([0.0, 0.0, 0.25])
            inputs["int_health_version_scores"].append(
                {
                    **observation,
                    "score_version": version,
                    "score": known,
                    "coverage": rng.choice([0.5, 0.75, 1.0, None]),
                    "band": band_of(known),
                }
            )


def proof(inputs: Inputs, grace_days: int = 30) -> Proof:
    """The looks that the inputs make, as the reference sees them."""
    notices = [
        (row["account_id"], row["notice_from"], row["notice_until"])
        for row in inputs["int_notice_periods"]
    ]
    return proof_of(
        inputs["int_health_version_scores"],
        [(row["score_version"], row["valid_from"]) for row in inputs["health_score_versions"]],
        inputs["fct_churn_event"],
        notices,
        inputs["int_as_of"][0]["as_of_date"],
        grace_days,
    )

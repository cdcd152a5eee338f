"""Observations in which it is known what tells who leaves, and build files that hold them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from calibration.observations import HORIZON_DAYS, Observations

AS_OF = date(2025, 12, 31)
GRACE_DAYS = 30
COMPONENTS = (
    *("active_user_share", "contact_gap", "data_growth", "feature_breadth", "login_days"),
    *("login_rate", "login_trend", "messages_delivered", "nps", "satisfaction", "support_load"),
)
DRIVER, REVERSED = "satisfaction", "nps"
VERSION = "2025.2"
PROFILE = "mature"


def planted(seed: int = 1, accounts: int = 240, weeks: int = 100) -> Observations:
    """Accounts seen every week until they leave; a low `DRIVER` is why they do.

    Accounts leave rather with a high `REVERSED`; all other components are noise. A tenth of the
    component scores is not known.
    """
    rng = np.random.default_rng(seed)
    last = AS_OF - timedelta(days=HORIZON_DAYS + GRACE_DAYS)
    days = np.array([last - timedelta(weeks=weeks - 1 - week) for week in range(weeks)])
    level = rng.uniform(0, 100, (accounts, len(COMPONENTS)))
    odds = 0.0004 + 0.016 * (level[:, COMPONENTS.index(DRIVER)] < 35)
    odds *= 0.6 + 0.8 * (level[:, COMPONENTS.index(REVERSED)] > 50)
    leaves = rng.geometric(odds)
    account, week = np.nonzero(np.arange(weeks)[None, :] < leaves[:, None])
    order = np.lexsort((account, week))
    account, week = account[order], week[order]
    scores = np.clip(level[account] + rng.normal(0, 8, (len(account), len(COMPONENTS))), 0, 100)
    scores[rng.random(scores.shape) < 0.1] = np.nan
    known = ~np.isnan(scores)
    present = np.where(known, scores, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return Observations(
        version=VERSION,
        as_of=AS_OF,
        grace_days=GRACE_DAYS,
        components=COMPONENTS,
        accounts=np.array([f"A{number:04}" for number in account]),
        dates=days[week].astype("datetime64[D]"),
        churned=(leaves[account] - week) * 7 <= HORIZON_DAYS,
        scores=scores,
        present=present,
        logins=np.floor(level[account, 0]),
    )


def write_build(out: Path, observed: Observations) -> None:
    """A build file of which `make calibrate` reads these observations again."""
    out.mkdir(parents=True, exist_ok=True)
    rows = pa.table(
        {
            "account_id": observed.accounts,
            "date": pa.array(observed.dates),
            "churned": observed.churned,
            "present": observed.present,
            "logins": observed.logins,
            **{
                name: pa.array(observed.scores[:, place], from_pandas=True)
                for place, name in enumerate(observed.components)
            },
        }
    )
    with duckdb.connect(str(out / "warehouse.duckdb")) as connection:
        connection.register("observed", rows)
        names = ", ".join(f"('{name}')" for name in observed.components)
        for statement in _TABLES.split(";"):
            connection.execute(
                statement.format(
                    names=names,
                    listed=", ".join(f"{name} as {name}_score" for name in COMPONENTS),
                    version=observed.version,
                    as_of=observed.as_of,
                    grace_days=observed.grace_days,
                    profile=PROFILE,
                )
            )


_TABLES = """
    create schema intermediate; create schema seeds; create schema marts;
    create table marts.fct_churn_event as select
        date '2025-01-01' as churn_date,
        date '2025-01-01' + {grace_days} as recognised_date;
    create table intermediate.int_as_of as select date '{as_of}' as as_of_date;
    create table intermediate.int_health_versions as
        select '{version}' as score_version, true as is_current_version
        union all select 'other', false;
    create table seeds.health_components as
        select '{version}' as score_version, component_id from (values {names}) as c(component_id);
    create table intermediate.int_health_outcomes as
        select account_id, date, cast(churned as integer) as churned_90, true as is_eligible_90,
            false as had_notice from observed
        union all select 'noticed', date '2025-01-05', 1, true, true
        union all select 'too_late', date '2025-01-05', null, false, false
        union all select 'unscored', date '2025-01-05', 0, true, false;
    create table intermediate.int_health_components_judged as
        select account_id, date, '{version}' as score_version, '{profile}' as profile,
            present as score, logins as logins_28d, {listed} from observed
        union all
        select account_id, date, 'other', '{profile}', 50, logins, {listed} from observed
        union all
        select name, date '2025-01-05', '{version}', '{profile}',
            case when name <> 'unscored' then 50 end, logins, {listed}
        from (select * from observed limit 1)
        cross join (values ('noticed'), ('too_late'), ('unscored')) as others(name)
"""

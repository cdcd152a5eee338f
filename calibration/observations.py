"""What the weights are fitted on: past observations with the outcome that is known by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np

from pipeline.failure import BuildFailure
from pipeline.options import Options
from pipeline.publish import attached

HORIZON_DAYS = 90
# More accounts than this make the fit slower, hardly better.
MOST_ACCOUNTS = 5_000


@dataclass(frozen=True)
class Observations:
    """Arrays of equal length, in the order of dates and accounts.

    `scores` has a column per component, nan where it does not count on that date; `present` is the
    score as the warehouse has it.
    """

    version: str
    as_of: date
    grace_days: int
    components: tuple[str, ...]
    accounts: np.ndarray
    dates: np.ndarray
    churned: np.ndarray
    scores: np.ndarray
    present: np.ndarray
    logins: np.ndarray

    def only(self, chosen: np.ndarray) -> Observations:
        """Those of a mask or of positions."""
        arrays = {
            name: value[chosen]
            for name, value in vars(self).items()
            if isinstance(value, np.ndarray)
        }
        return Observations(**{**vars(self), **arrays})

    @property
    def churned_accounts(self) -> int:
        """How many accounts left within the horizon of one of these observations."""
        return len(np.unique(self.accounts[self.churned]))


def read_observations(options: Options) -> Observations:
    """The observations that the backtest judges, of the version that is published last.

    Official population of the backtest: scored Sundays, a line in force, no notice yet, outcome
    known. Raises BuildFailure when there is no build, or one without scores.
    """
    if not options.warehouse.exists():
        raise BuildFailure(f"There is no build in {options.out} yet: run `make build`.")
    with attached(build=options.warehouse) as connection:
        connection.execute("use build")
        try:
            return _read(connection)
        except duckdb.CatalogException as error:
            raise BuildFailure(
                "The build was made before there were health scores, or by another version of the"
                f" project: run `make build` ({str(error).splitlines()[0]})."
            ) from error


def _read(connection: duckdb.DuckDBPyConnection) -> Observations:
    """The arrays, out of one query."""
    as_of, version, grace_days = _row(connection, _VERSION)
    components = [row[0] for row in connection.execute(_COMPONENTS, [version]).fetchall()]
    columns = ", ".join(f"{name}_score as {name}" for name in components)
    if version is None or not components:
        raise BuildFailure("No account has a health score yet, so that there is nothing to fit.")
    query = _OBSERVATIONS.format(columns=columns)
    found = connection.execute(query, {"version": version, "most": MOST_ACCOUNTS}).fetchnumpy()
    return Observations(
        version=version,
        as_of=as_of,
        grace_days=grace_days,
        components=tuple(components),
        accounts=found["account_id"].astype(str),
        dates=found["date"].astype("datetime64[D]"),
        churned=found["churned"].astype(bool),
        scores=np.column_stack([_doubles(found[name]) for name in components]),
        present=_doubles(found["present"]),
        logins=_doubles(found["logins"]),
    )


def _row(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    """The only row of a query."""
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row


def _doubles(cells: np.ndarray) -> np.ndarray:
    """Doubles with nan for null."""
    return np.ma.filled(np.ma.asarray(cells).astype(float), np.nan)


# The build's own days of grace, whatever the settings are by now.
_VERSION = """
    select
        as_of_date,
        score_version,
        (select coalesce(max(recognised_date - churn_date), 0) from marts.fct_churn_event)
    from intermediate.int_as_of left join intermediate.int_health_versions on is_current_version
"""
_COMPONENTS = """
    select distinct component_id from seeds.health_components where score_version = ? order by 1
"""
# Accounts are drawn by the digest of their id, so that a build always gives the same ones.
_OBSERVATIONS = """
    with judged as (
        select judged.*, outcomes.churned_90
        from intermediate.int_health_components_judged as judged
        inner join intermediate.int_health_outcomes as outcomes using (account_id, date)
        where
            judged.score_version = $version and judged.score is not null
            and outcomes.is_eligible_90 and not outcomes.had_notice
    ),
    accounts as (
        select account_id from (select distinct account_id from judged)
        order by md5(account_id), account_id limit $most
    )
    select
        account_id, date, churned_90 as churned, score as present, logins_28d as logins,
        {columns}
    from judged semi join accounts using (account_id)
    order by date, account_id
"""

"""Simulated companies with their health scores in memory, and scored again on other facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from checks.definitions.model_graph import ModelGraph
from checks.mutation.compiled_project import CompiledProject
from checks.mutation.in_memory import build_models, fill_raw
from pipeline.raw_contracts import READ_ONCE
from simulator.__main__ import parser, settings_from
from simulator.run import simulate

AS_OF = date(2025, 12, 31)
FACTS = "int_health_facts"


class Companies(ModelGraph):
    """One database in memory, for a company after another; `own_facts` keeps the true facts."""

    def __init__(self, project: CompiledProject, marts: Iterable[str]) -> None:
        """Only what `marts` are made from will be built."""
        super().__init__(project)
        self.wanted = self._reduced("{}", marts)
        self.sql = self.project.sql["{}"]

    def build(self, folder: Path, seed: int, accounts: int, months: int) -> None:
        """Simulate a company into a folder, read it and build all that is wanted."""
        options = {"out": folder, "accounts": accounts, "months": months, "seed": seed}
        options |= {"as-of": AS_OF, "format": "csv"}
        asked = [f"--{name}={value}" for name, value in options.items()]
        sources = simulate(settings_from(parser().parse_args(asked)))
        self.build_folder(folder, sources)

    def build_folder(self, folder: Path, sources: Iterable[str]) -> None:
        """Read a folder of CSV files and build all that is wanted."""
        fill_raw(self.connection, self.project, {source: [] for source in sources})
        for source in sources:
            for table in (source, *(f"new_{source}" for _ in range(source in READ_ONCE))):
                self._copy(folder / f"{source}.csv", source, self.project.relations[f"raw.{table}"])
        build_models(self.connection, self.wanted, fixed={"int_as_of_candidates": _ONLY_CANDIDATE})
        self.connection.execute(
            f"create or replace temp table own_facts as from {self.relation(FACTS)}"
        )

    def build_from(self, changed: str, sql: str) -> None:
        """Take `sql` for the model `changed`, and build all that is made from it anew."""
        stale: set[str] = set()
        for name in self.wanted.order:
            text = sql if name == changed else self.sql[name]
            if name == changed or any(self.relation(one) in text for one in stale):
                stale.add(name)
                self.connection.execute(f"create or replace table {self.relation(name)} as {text}")

    def relation(self, name: str) -> str:
        """The relation of a model."""
        return self.project.relations[name]

    def query(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a query in which a model stands as `{name}`."""
        result = self.connection.execute(sql.format_map(self.project.relations))
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    def _copy(self, file: Path, source: str, relation: str) -> None:
        """Read a CSV file into a raw table as landing does."""
        cells = [name for name in self.project.sources[source] if not name.startswith("_")]
        packed = ", ".join(f"{name} := {name}" for name in cells)
        self.connection.execute(
            f"insert into {relation} by name select {', '.join(cells)},"
            f" struct_pack({packed}) as _raw_row, '{source}.csv' as _file,"
            " row_number() over () as _row_number"
            f" from read_csv('{file}', header = true, all_varchar = true, parallel = false)"
        )


_ONLY_CANDIDATE = f"""
    select 'contracts' as source, 'updated_at' as column_name, 'contracts.csv' as source_file,
        1 as candidate_rank, cast(1 as bigint) as source_row_number,
        cast('{AS_OF}' as date) as as_of_candidate
"""


def facts_columns(companies: Companies) -> list[str]:
    """The columns of the facts."""
    result = companies.connection.execute(f"from {companies.relation(FACTS)} limit 0")
    return [column[0] for column in result.description]


OWN_COLUMNS = ("account_id", "date", "is_covered")
"""What an account keeps when it is given another one's behaviour; its outcomes are its own too."""


def shuffle_behaviour(companies: Companies, seed: int) -> None:
    """Give every account the behaviour of another one, of the same dates, and score it anew.

    Each account has one other, for all dates; dates on which the other was not a customer go.
    """
    columns = ", ".join(
        f"{'own' if name in OWN_COLUMNS else 'other'}.{name}" for name in facts_columns(companies)
    )
    companies.build_from(FACTS, _SHUFFLED.format(columns=columns, seed=seed))


_SHUFFLED = """
    with places as (
        select account_id, count(*) over () as accounts,
            row_number() over (order by md5(account_id || '/{seed}')) as place
        from (select distinct account_id from own_facts)
    ),
    pairs as (
        select own.account_id, other.account_id as other_id
        from places as own inner join places as other on other.place = own.place % own.accounts + 1
    )
    select {columns}
    from own_facts as own
    inner join pairs on own.account_id = pairs.account_id
    inner join own_facts as other on other.account_id = pairs.other_id and other.date = own.date
"""


def inject_leak(companies: Companies, component: str, low: float, high: float) -> None:
    """Let a component be the days to the next churn, as nobody could know it, and score anew.

    The value goes from `low` on the day before leaving to `high` a year before it, or for good.
    """
    leak = f"{low} + ({high} - {low}) * least(coalesce(days_to_churn, 365), 365) / 365.0"
    changed = {
        component: f"cast({leak} as double)",
        f"{component}_on": "coalesce(churn_date, own_facts.date)",
        f"{component}_applies": "true",
    }
    columns = ", ".join(
        f"{changed.get(name, 'own_facts.' + name)} as {name}" for name in facts_columns(companies)
    )
    churns = companies.relation("fct_churn_event")
    companies.build_from(
        FACTS,
        f"""
        with next_churns as (
            select account_id, date, min(churn_date) as churn_date,
                min(churn_date) - date as days_to_churn
            from own_facts inner join {churns} as churns using (account_id)
            where churns.is_recognised and churns.churn_date > date
            group by account_id, date
        )
        select {columns} from own_facts left join next_churns using (account_id, date)
        """,
    )

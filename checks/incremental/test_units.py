"""A table that is made anew unit by unit gives for some units what it gives for all of them.

Every model is made by account unless it says otherwise, so every model is asked twice. Its text
must follow accounts in all that it joins, groups and orders. And its statement, run on the rows of
some accounts (or accounts and dates, or months), must give their rows in the table.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlglot
from sqlglot import exp

from checks.definitions.model_graph import ModelGraph
from checks.incremental.account_lineage import faults
from checks.incremental.units import ALL, DAY, DEFAULT, PERIODS, USERS, Unit, read_by, rows_apart
from checks.reference.histories import AS_OF, generate
from pipeline.options import ROOT
from pipeline.parsed_project import parsed_project

pytestmark = pytest.mark.slow

# Many and few: what looks at its neighbours misses them in both, what looks at all in the latter.
ACCOUNT_SHARES = (2, 20)
PERIOD_SHARES = (2, 50)

MADE_BY_KEY = [unit for unit in ALL.values() if unit.key]
MADE_BY_UNITS = [
    unit
    for unit in ALL.values()
    if (unit.is_table and unit.made_by) or (unit.is_view and unit.told_by in PERIODS)
]
# What changed of the tables that a view reads is told of the view's rows, so it has to follow too.
FOLLOWING = [
    unit
    for key, unit in ALL.items()
    if key.startswith("model")
    and unit.has_account
    and (unit.made_by if unit.is_table else unit.is_view)
]


def test_every_unit_is_one_that_the_macros_know() -> None:
    text = (ROOT / "macros" / "duckdb" / "note_nodes.sql").read_text(encoding="utf-8")
    for name, column in PERIODS.items():
        assert f"'{name}': '{column}'" in text
    named = {unit.made_by for unit in ALL.values()} | {unit.told_by for unit in ALL.values()}
    assert named == {None, "account", DAY, *PERIODS}
    assert all(unit.period for unit in ALL.values() if unit.told_by == DAY)
    assert len(MADE_BY_UNITS) > 140


def test_what_a_date_reaches_is_said_of_tables_of_accounts_that_are_read() -> None:
    manifest = parsed_project("duckdb")
    assert manifest is not None
    said = 0
    for key, unit in ALL.items():
        reached = (manifest.nodes[key].config.meta or {}).get("reached_by_date", {})
        read = read_by(unit)
        assert not reached or (unit.made_by and "int_as_of" in read), unit.name
        assert all(parent in read and read[parent].has_account for parent in reached), unit.name
        said += len(reached)
    assert said >= 5


def test_what_is_made_by_account_follows_accounts(model_graph: ModelGraph) -> None:
    accounted = {unit.name: unit.has_account for unit in ALL.values()}
    people_of_all = accounted | {USERS: False}
    assert [
        f"{unit.name}, {fault}"
        for unit in FOLLOWING
        for fault in faults(
            model_graph.project.sql[DEFAULT][unit.name] or "",
            people_of_all if unit.reached_by_users else accounted,
        )
    ] == []


@pytest.mark.parametrize(
    ("seed", "accounts"), [(1, 100), pytest.param(2, 60, marks=pytest.mark.long)]
)
def test_some_units_are_made_as_all_are(model_graph: ModelGraph, seed: int, accounts: int) -> None:
    model_graph.run(generate(seed, accounts), AS_OF)
    assert [
        f"{unit.name}, one in {share}, {by_period=}: {count} rows differ"
        for unit in MADE_BY_UNITS
        for share, by_period in _choices(unit)
        if (count := _differing(model_graph, unit, share, by_period))
    ] == []


@pytest.mark.parametrize("share", ACCOUNT_SHARES)
def test_rows_of_some_keys_end_as_all_do(model_graph: ModelGraph, share: int) -> None:
    model_graph.run(generate(1, 100), AS_OF)
    assert len(MADE_BY_KEY) > 10
    for unit in MADE_BY_KEY:
        assert unit.key
        (staged,) = (ALL[key].relation for key in unit.parents if ".stg_raw__" in key)
        is_chosen = _is_chosen([unit.key], share)
        cut = (model_graph.project.sql[DEFAULT][unit.name] or "").replace(
            staged, f"(select * from {staged} where {is_chosen})"
        )
        kept = f"select * from {unit.relation} where {is_chosen}"
        assert rows_apart(model_graph, f"select * from ({cut})", kept) == 0, unit.name


@pytest.mark.parametrize("unit", MADE_BY_KEY, ids=lambda unit: unit.name)
def test_a_row_ends_by_its_key_and_its_account(model_graph: ModelGraph, unit: Unit) -> None:
    """What the macro `keys_read` relies on: nothing else can make a row end otherwise."""
    sql = model_graph.project.sql[DEFAULT][unit.name] or ""
    windows = list(sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Window))
    assert windows
    for window in windows:
        partition = ", ".join(one.sql() for one in window.args["partition_by"])
        assert partition.startswith(unit.key or "-"), (unit.name, partition)
    (staged,) = (ALL[key] for key in unit.parents if ".stg_raw__" in key)
    for column in set(staged.columns) - set(unit.columns):
        assert column not in sql, "a check asks for what the table does not keep"
    for parent in (ALL[key] for key in unit.parents if key in ALL):
        if parent.has_account and ".stg_raw__" not in parent.relation.replace('"', ""):
            assert ".account_id = known_accounts.account_id" in sql, parent.name


def _choices(unit: Unit) -> Iterator[tuple[int, bool]]:
    """One in how many units, and whether those with a period: its own units, and its accounts."""
    if unit.has_account:
        yield from ((share, False) for share in ACCOUNT_SHARES)
    if unit.made_by != "account":
        yield from ((share, True) for share in PERIOD_SHARES)


def _differing(graph: ModelGraph, unit: Unit, share: int, by_period: bool) -> int:
    """Rows of chosen units that only one of the two has: the table, or what is made of them."""
    cut = graph.project.sql[DEFAULT][unit.name] or ""
    for relation, condition in _read(unit, share, by_period):
        cut = cut.replace(relation, f"(select * from {relation} where {condition})")
    condition = _is_chosen(unit.names if by_period else ["account_id"], share)
    columns = ", ".join(f'"{name}"' for name in unit.columns)
    made = f"select {columns} from ({cut}) where {condition}"
    kept = f"select {columns} from {unit.relation} where {condition}"
    return rows_apart(graph, made, kept)


def _read(unit: Unit, share: int, by_period: bool) -> Iterator[tuple[str, str]]:
    """What the model reads by units, with the condition on its rows; what it reads whole is not."""
    later = unit.reaches_later
    for parent in read_by(unit).values():
        if parent.name == USERS and unit.reached_by_users:
            continue
        if not by_period and parent.has_account:
            yield parent.relation, _is_chosen(["account_id"], share)
        is_cut = (parent.has_account or not unit.has_account) and parent.name not in later
        if by_period and is_cut and parent.told_by == unit.made_by:
            names = parent.names if unit.has_account else [str(parent.period)]
            yield parent.relation, _is_chosen(names, share, unit.looks_back_days)


def _is_chosen(names: list[str], share: int, back: int = 0) -> str:
    """A condition that holds for one unit in `share`, or for what lies `back` days before one."""
    chosen = f"hash({', '.join(names)}) % {share} = 0"
    if not back:
        return chosen
    later = ", ".join([*names[:-1], f"cast({names[-1]} + {back} as date)"])
    return f"({chosen} or hash({later}) % {share} = 0)"

"""What a model says of the rows it reads is so.

They reach later rows only, or it reads some of them only, or it counts them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checks.definitions.model_graph import ModelGraph
from checks.incremental.units import ALL, DAY, DEFAULT, PERIODS, Unit, read_by, rows_apart
from checks.reference.histories import AS_OF, generate

pytestmark = pytest.mark.slow

REACHING = [unit for unit in ALL.values() if unit.reaches_later]
READING_SOME = [unit for unit in ALL.values() if unit.reads_only]
READING_OWN = [unit for unit in ALL.values() if unit.reads_own_of]
COUNTING = [unit for unit in ALL.values() if unit.counts]
# Of the periods of a table these are the ones up to which its rows are asked for.
CUTS = (0.2, 0.5, 0.8, 0.95)


@pytest.fixture(scope="module", name="graph")
def graph_of_one_company(model_graph: ModelGraph) -> ModelGraph:
    """All models of one company, made once."""
    model_graph.run(generate(1, 100), AS_OF)
    return model_graph


def test_what_reaches_later_rows_is_read_and_told_of_a_period() -> None:
    assert len(REACHING) > 15
    for unit in REACHING:
        read = read_by(unit)
        assert unit.made_by in ("month", "observation"), unit.name
        for name in unit.reaches_later:
            assert name in read, (unit.name, name)
            # A month lies in no observation date, and nothing looks at a unit and at its days.
            assert read[name].told_by in (DAY, *PERIODS), (unit.name, name)
            assert unit.made_by == "month" or read[name].told_by == DAY, (unit.name, name)
    assert len(READING_SOME) >= 2
    for unit in READING_SOME:
        assert set(unit.reads_only) <= set(read_by(unit)), unit.name


def test_rows_that_come_later_change_no_row_of_before(graph: ModelGraph) -> None:
    for unit in REACHING:
        compared = 0
        for cut in _cuts(graph, unit):
            sql = graph.project.sql[DEFAULT][unit.name] or ""
            for name in unit.reaches_later:
                parent = read_by(unit)[name]
                until = f"cast({parent.period} as date) <= {_last_day(unit, cut)}"
                sql = sql.replace(
                    parent.relation, f"(select * from {parent.relation} where {until})"
                )
            before = f"cast({unit.period} as date) <= date '{cut}'"
            kept = f"select * from {unit.relation} where {before}"
            made = f"select * from ({sql}) where {before}"
            assert rows_apart(graph, made, kept) == 0, (unit.name, cut)
            compared += _count(graph, kept)
        assert compared > 0, unit.name


def test_rows_that_are_not_read_change_nothing(graph: ModelGraph) -> None:
    for unit in READING_SOME:
        sql = graph.project.sql[DEFAULT][unit.name] or ""
        for name, condition in unit.reads_only.items():
            parent = read_by(unit)[name]
            told = f"select *, {parent.period} as period from {parent.relation}"
            read = f"select * exclude (period) from ({told}) where {condition}"
            sql = sql.replace(parent.relation, f"({read})")
        kept = f"select * from {unit.relation}"
        assert rows_apart(graph, f"select * from ({sql})", kept) == 0, unit.name
        assert _count(graph, kept) > 0, unit.name


@pytest.mark.parametrize("share", [2, 20])
def test_dates_of_others_are_not_read(graph: ModelGraph, share: int) -> None:
    assert len(READING_OWN) > 5
    for unit in READING_OWN:
        sql = graph.project.sql[DEFAULT][unit.name] or ""
        is_chosen = f"hash(date) % {share} = 0"
        for name in unit.reads_own_of:
            parent = read_by(unit)[name]
            assert parent.told_by == unit.made_by == "observation", unit.name
            assert not parent.has_account, unit.name
            rows = f"(select * from {parent.relation} where {is_chosen})"
            sql = sql.replace(parent.relation, rows)
        kept = f"select * from {unit.relation} where {is_chosen}"
        made = f"select * from ({sql}) where {is_chosen}"
        assert rows_apart(graph, made, kept) == 0, unit.name
        assert _count(graph, kept) > 0, unit.name


@pytest.mark.parametrize("share", [2, 20])
def test_counts_of_some_rows_and_of_all_others_add_up(graph: ModelGraph, share: int) -> None:
    """What the macro `counts_read` relies on: counts are taken away and added row by row."""
    assert len(COUNTING) >= 3
    for unit in COUNTING:
        # Only tables that are made by units keep the rows that they had.
        read = [parent for parent in read_by(unit).values() if parent.has_account]
        tables = [
            one
            for parent in read
            for one in (read_by(parent).values() if parent.is_view else [parent])
        ]
        assert all(one.is_table for one in tables if one.has_account), unit.name
    for unit in COUNTING:
        parts = []
        for condition in ("= 0", "<> 0"):
            sql = graph.project.sql[DEFAULT][unit.name] or ""
            for parent in read_by(unit).values():
                if parent.has_account:
                    rows = f"select * from {parent.relation} where hash(account_id, date) % {share}"
                    sql = sql.replace(parent.relation, f"({rows} {condition})")
            parts.append(f"select * from ({sql})")
        columns = [
            f"cast(sum({name}) as bigint) as {name}" if name in unit.counts else name
            for name in unit.columns
        ]
        made = f"select {', '.join(columns)} from ({' union all '.join(parts)}) group by all"
        kept = f"select {', '.join(unit.columns)} from {unit.relation}"
        assert rows_apart(graph, made, kept) == 0, unit.name
        empty = " and ".join(f"{name} = 0" for name in unit.counts)
        assert _count(graph, f"{kept} where {empty}") == 0, unit.name
        assert _count(graph, kept) > 0, unit.name


def _count(graph: ModelGraph, query: str) -> int:
    """How many rows a query gives."""
    return int(graph.connection.execute(f"select count(*) from ({query})").fetchall()[0][0])


def _cuts(graph: ModelGraph, unit: Unit) -> Iterator[str]:
    """Some of the periods that a table has rows of."""
    periods = graph.connection.execute(
        f"select distinct cast({unit.period} as date) from {unit.relation} order by 1"
    ).fetchall()
    for cut in CUTS:
        yield periods[int(cut * (len(periods) - 1))][0].isoformat()


def _last_day(unit: Unit, period: str) -> str:
    """The last day of a period: that of a month, or the date itself."""
    return f"last_day(date '{period}')" if unit.made_by == "month" else f"date '{period}'"

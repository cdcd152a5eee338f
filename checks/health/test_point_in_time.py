"""No input of the health score knows more than was known on its day.

A warehouse built as of a day is what was known then. What a later build says of that day must be
the same, row by row and cell by cell: a contract recorded late, a segment changed since, a ticket
scored since must not show. A later build may lack accounts that it knows to have been gone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from jinja2 import Template

from checks.definitions.model_graph import ModelGraph
from checks.mutation.compiled_project import compile_project
from checks.reference.histories import AS_OF, generate
from pipeline.options import ROOT

FACTS = "int_health_facts"
DAYS = [date(2025, 3, 2), date(2024, 11, 24)]
Raw = dict[str, list[dict[str, Any]]]

# A model, what its SQL says, and what it would say if it looked ahead.
LEAKS = {
    "segment": (
        "int_health_observations",
        "active_dates.date >= known_segments.valid_from",
        "known_segments.valid_to = date '9999-12-31'",
    ),
    "score of a ticket": (
        "int_health_satisfaction",
        "csat_date as scored_on",
        "created_date as scored_on",
    ),
    "contract version": (
        "int_contract_lines_known",
        "covering_versions.known_from <= knowledge_periods.known_from",
        "covering_versions.is_latest",
    ),
    "answer": (
        "int_health_voice",
        "answer_periods.answered_date <= observation_dates.date",
        "answer_periods.answered_date - 400 <= observation_dates.date",
    ),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> ModelGraph:
    """All models on raw rows in memory."""
    return ModelGraph(compile_project(tmp_path_factory.mktemp("compiled"), [{}]))


def history(seed: int, accounts: int) -> Raw:
    """Rows whose later versions tell news and correct nothing, with segments that change.

    Which tickets count and who is internal is taken as known now, so tickets have one version.
    """
    raw: Raw = generate(seed, accounts, with_ties=False, with_faults=False)
    tickets = {row["ticket_id"]: {**row, "updated_at": None} for row in raw["tickets"]}
    raw["tickets"] = list(tickets.values())
    plain = [row for row in raw["accounts"] if not row["updated_at"]]
    for number, row in enumerate(plain):
        changed = DAYS[number % 2] + timedelta(days=number % 40)
        raw["accounts"].append({**row, "segment": "changed", "updated_at": f"{changed}T00:00:00Z"})
    return raw


def facts_on(graph: ModelGraph, raw: Raw, as_of: date, days: list[date]) -> dict[Any, Any]:
    """Account and day -> its facts, as a build of `as_of` tells them."""
    graph.run(raw, as_of, names=[FACTS])
    rows = graph.rows(FACTS)
    return {(row["account_id"], row["date"]): row for row in rows if row["date"] in days}


def differences(before: dict[Any, Any], after: dict[Any, Any]) -> list[str]:
    """What two builds say differently of the rows that both have."""
    return [
        f"{key} {name}: {cell!r} became {after[key][name]!r}"
        for key in sorted(before.keys() & after.keys())
        for name, cell in before[key].items()
        if cell != after[key][name]
    ]


def leaking(graph: ModelGraph, leak: str) -> ModelGraph:
    """The graph with one model that looks ahead."""
    name, right, wrong = LEAKS[leak]
    compiled = graph.project.sql["{}"]
    assert right in compiled[name]
    sql = {**compiled, name: compiled[name].replace(right, wrong)}
    return ModelGraph(replace(graph.project, sql={**graph.project.sql, "{}": sql}))


def known_by_date(relation: str) -> str:
    """The SQL of the generic test of this name for `int_health_inputs`."""
    text = (ROOT / "tests" / "generic" / "known_by_date.sql").read_text(encoding="utf-8")
    body = text.split("%}", 1)[1].replace("{% endtest %}", "")
    return Template(body).render(model=relation, known_on="known_on", date_column="date")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_later_build_says_the_same_of_a_day_as_the_build_of_that_day(
    graph: ModelGraph, seed: int
) -> None:
    raw = history(seed, 60)
    later = facts_on(graph, raw, AS_OF, DAYS)
    for day in DAYS:
        then = facts_on(graph, raw, day, [day])
        assert len(then.keys() & later.keys()) > 20
        assert differences(then, later) == []


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(graph: ModelGraph, leak: str) -> None:
    raw, day = history(1, 60), DAYS[0]
    changed = leaking(graph, leak)
    later = facts_on(changed, raw, AS_OF, [day])
    assert differences(facts_on(changed, raw, day, [day]), later) != []


def test_the_generic_test_finds_what_was_known_after_the_day(graph: ModelGraph) -> None:
    raw = history(1, 40)
    query = known_by_date(graph.project.relations["int_health_inputs"])
    graph.run(raw, AS_OF, names=["int_health_inputs"])
    assert graph.connection.execute(query).fetchall() == []
    changed = leaking(graph, "answer")
    changed.run(raw, AS_OF, names=["int_health_inputs"])
    assert changed.connection.execute(query).fetchall() != []

"""The long form of the KPIs says what their marts say, and accounts add up to it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import ModelGraph
from checks.reference.histories import AS_OF, generate

Place = tuple[Any, ...]
NO_SPLIT = ("all", "(all)")
# Columns of a KPI mart that name or qualify a row.
NO_KPIS = {"month", "dimension", "value", "is_complete", "is_final", "is_mature"}
# Splits of tickets: an account is in several of their values at once, so that no sum over accounts
# makes them, and a seat is in none.
TICKET_DIMENSIONS = {"priority", "category"}


def values_by_place(graph: ModelGraph) -> dict[Place, dict[str, Any]]:
    """(KPI, month, dimension, value of it) -> the row of kpi_values."""
    return {
        (row["kpi_id"], row["month"], row["dimension"], row["dimension_value"]): row
        for row in graph.rows("kpi_values")
        if row["version"] == "current"
    }


def mart_cells(graph: ModelGraph) -> dict[Place, Any]:
    """The same places -> what the KPI marts say; null cells are left out."""
    marts = {row["source_model"] for row in graph.rows("kpi_catalog")} - {"kpi_mrr_by_product"}
    cells = {}
    for mart in [*sorted(marts), "kpi_retention_by_segment"]:
        for row in graph.rows(mart):
            split = (row["dimension"], row["value"]) if "dimension" in row else NO_SPLIT
            for kpi in set(row) - NO_KPIS:
                if row[kpi] is not None:
                    cells[kpi, row["month"], *split] = row[kpi]
    for row in graph.rows("kpi_retention_monthly"):
        cells["cross_sell_mrr", row["month"], *NO_SPLIT] = Decimal(0)
    for row in graph.rows("kpi_mrr_by_product"):
        cells["cross_sell_mrr", row["month"], *NO_SPLIT] += row["cross_sell_mrr"]
    return cells


def assert_values_are_those_of_the_marts(graph: ModelGraph) -> None:
    """Every cell of a KPI mart is a value, and no total is anything else."""
    values, cells = values_by_place(graph), mart_cells(graph)
    wrong = {
        place: (cell, values.get(place))
        for place, cell in cells.items()
        if place not in values or values[place]["value"] != float(cell)
    }
    assert wrong == {}
    unknown = [
        place
        for place, row in values.items()
        if place[2:] == NO_SPLIT and row["value"] is not None and place not in cells
    ]
    assert unknown == []


def assert_quotients_stand_beside_what_they_are_made_of(graph: ModelGraph) -> None:
    """A value is its numerator, or the numerator over a denominator that is there and not 0."""
    quotients = {row["kpi_id"] for row in graph.rows("kpi_catalog") if row["denominator_formula"]}
    for row in graph.rows("kpi_values"):
        numerator, denominator = row["numerator"], row["denominator"]
        if row["kpi_id"] not in quotients:
            assert denominator is None, row
            assert numerator is None or row["value"] == float(numerator), row
        elif not denominator:
            assert denominator is not None or row["dimension"] in TICKET_DIMENSIONS, row
            assert row["value"] is None, row
        else:
            assert row["value"] == float(numerator) / float(denominator), row


def sums_of_accounts(graph: ModelGraph) -> dict[Place, list[Decimal]]:
    """The places of kpi_values -> contributions of the accounts there, summed."""
    splits: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in graph.rows("int_account_dimensions"):
        splits[row["account_id"]].append((row["dimension"], row["dimension_value"]))
    sums: dict[Place, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in graph.rows("kpi_contributions"):
        for split in splits[row["account_id"]]:
            total = sums[row["kpi_id"], row["month"], *split]
            total[0] += row["numerator"]
            total[1] += row["denominator"] or 0
    return sums


def assert_accounts_add_up_in_every_split(graph: ModelGraph) -> None:
    """Numerators and denominators of every additive KPI are the sums over its accounts."""
    additive = {row["kpi_id"] for row in graph.rows("kpi_catalog") if row["is_additive"]}
    published = {
        place: [row["numerator"], row["denominator"] or Decimal(0)]
        for place, row in values_by_place(graph).items()
        if place[0] in additive and place[2] not in TICKET_DIMENSIONS
    }
    sums = sums_of_accounts(graph)
    assert {place[0] for place in published} == additive
    assert {place[0] for place in sums} <= additive
    nothing = [Decimal(0), Decimal(0)]
    assert {place: sums[place] for place in set(sums) - set(published)} == {}
    assert {
        place: (terms, sums.get(place))
        for place, terms in published.items()
        if terms != sums.get(place, nothing)
    } == {}


def assert_only_accounts_that_add_something_are_listed(graph: ModelGraph) -> None:
    """No row of nothing, and an account once per KPI and month."""
    rows = graph.rows("kpi_contributions")
    assert all(row["numerator"] or row["denominator"] for row in rows)
    assert len({(r["kpi_id"], r["month"], r["account_id"]) for r in rows}) == len(rows)


@pytest.mark.parametrize("seed", [1, pytest.param(4, marks=pytest.mark.long)])
def test_values_marts_and_accounts_agree(
    model_graph: ModelGraph, variables: dict[str, Any], seed: int
) -> None:
    model_graph.run(generate(seed, 80), AS_OF, as_key(variables))
    assert_values_are_those_of_the_marts(model_graph)
    assert_quotients_stand_beside_what_they_are_made_of(model_graph)
    assert_accounts_add_up_in_every_split(model_graph)
    assert_only_accounts_that_add_something_are_listed(model_graph)

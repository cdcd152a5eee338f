"""What holds for the marts whatever the contracts are, on generated histories."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.definitions.model_graph import ModelGraph, Rows
from checks.reference.histories import AS_OF, generate, histories

SIGNS = {
    "new": 1, "reactivation": 1, "expansion": 1, "resume": 1, "fx": 1,
    "churn": -1, "contraction": -1, "pause": -1,
}  # fmt: skip
FEW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ROW_PLACES = {"source_file", "source_row_number"}
# What the figures that must hold in every history stand in.
HELD = [
    *("fct_mrr_monthly", "kpi_retention_monthly", "kpi_retention_by_segment", "kpi_method_bridge"),
    *("fct_account_usage", "quality_row_accounting"),
]


def assert_bridge_closes(row: dict[str, Any]) -> None:
    """Opening MRR and the movements make the closing MRR, to the last digit."""
    change = sum(sign * row[f"{name}_mrr"] for name, sign in SIGNS.items())
    assert row["mrr_end"] == row["mrr_start"] + change, row
    assert all(row[f"{name}_mrr"] >= 0 for name in SIGNS if name != "fx"), row


def assert_months_follow(rows: Rows) -> None:
    """An account's months have no gap, and each opens with what the one before closed with."""
    for before, after in pairwise(rows):
        if before["account_id"] == after["account_id"]:
            months = [12 * row["month"].year + row["month"].month for row in (before, after)]
            assert months[1] == months[0] + 1, after
            assert after["is_active_start"] == before["is_active_end"], after
            assert after["mrr_start"] == before["mrr_end"], after


def assert_retention_is_ordered(row: dict[str, Any]) -> None:
    """What is kept is never more than what was there, nor than what is paid now."""
    if row["grr_12m"] is not None:
        assert row["grr_12m"] <= 1, row
        assert row["grr_12m"] <= row["nrr_12m"], row
    logos = row["logos_start"] + row["new_logos"] + row["reactivated_logos"]
    assert row["logos_end"] == logos - row["churned_logos"], row


def assert_method_bridge_is_explained(graph: ModelGraph) -> None:
    """Nothing is left over, in numerators and denominators, and the parts make the whole."""
    rows = graph.rows("kpi_method_bridge")
    assert [
        row
        for row in rows
        if row["component"] == "unexplained"
        and (row["numerator"] or row["denominator"] or row["amount"])
    ] == []
    totals: dict[tuple[Any, ...], list[float]] = {}
    for row in rows:
        sign = -1 if row["component"] == "theirs" else 1
        key = (row["month"], row["tool"], row["metric"])
        totals.setdefault(key, []).append(sign * row["amount"])
    assert {key: parts for key, parts in totals.items() if abs(sum(parts)) >= 0.00005} == {}


def assert_figures_hold(graph: ModelGraph) -> None:
    """All properties of one run."""
    mrr_rows = sorted(graph.rows("fct_mrr_monthly"), key=lambda r: (r["account_id"], r["month"]))
    assert_months_follow(mrr_rows)
    for row in [*mrr_rows, *graph.rows("kpi_retention_monthly")]:
        assert_bridge_closes(row)
    for row in [*graph.rows("kpi_retention_monthly"), *graph.rows("kpi_retention_by_segment")]:
        assert_retention_is_ordered(row)
    for row in graph.rows("quality_row_accounting"):
        ends = ("staged_rows", "superseded_rows", "duplicate_rows", "quarantined_rows")
        assert row["raw_rows"] == sum(row[end] for end in ends), row
    for row in graph.rows("fct_account_usage"):
        assert row["dau"] <= row["wau"] <= row["mau"], row
    assert_method_bridge_is_explained(graph)


@FEW
@given(raw=histories(max_accounts=60, with_ties=True))
def test_bridges_close_and_every_row_has_one_end(model_graph: ModelGraph, raw: Any) -> None:
    model_graph.run(raw, AS_OF, names=HELD)
    assert_figures_hold(model_graph)


def test_bridges_close_on_many_accounts_with_faulty_rows(model_graph: ModelGraph) -> None:
    model_graph.run(generate(11, 200), AS_OF, names=HELD)
    assert_figures_hold(model_graph)
    assert graph_total(model_graph) == sum_of_accounts(model_graph)


def graph_total(graph: ModelGraph) -> list[tuple[Any, Decimal]]:
    """Closing MRR per month as published."""
    return sorted((row["month"], row["mrr_end"]) for row in graph.rows("kpi_retention_monthly"))


def sum_of_accounts(graph: ModelGraph) -> list[tuple[Any, Decimal]]:
    """Closing MRR per month, summed over the accounts."""
    totals = {row["month"]: Decimal(0) for row in graph.rows("kpi_retention_monthly")}
    for row in graph.rows("fct_mrr_monthly"):
        totals[row["month"]] += row["mrr_end"]
    return sorted(totals.items())


def published(graph: ModelGraph) -> dict[str, Counter[tuple[Any, ...]]]:
    """Every mart's rows without the places of raw rows; build_info has a time of its own."""
    marts = [name for name, place in graph.project.relations.items() if '"marts".' in place]
    return {
        name: Counter(
            tuple(value for column, value in row.items() if column not in ROW_PLACES)
            for row in graph.rows(name)
        )
        for name in marts
        if name != "build_info"
    }


@pytest.mark.long
@FEW
@given(raw=histories(max_accounts=20), seed=st.integers(0, 1000))
def test_rows_in_another_order_give_the_same_marts(
    model_graph: ModelGraph, raw: Any, seed: int
) -> None:
    model_graph.run(raw, AS_OF)
    expected = published(model_graph)
    shuffled = {source: Random(seed).sample(rows, len(rows)) for source, rows in raw.items()}
    model_graph.run(shuffled, AS_OF)
    assert published(model_graph) == expected

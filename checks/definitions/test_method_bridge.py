"""What other tools would report: against a walk through the days, and fully explained."""

from __future__ import annotations

from typing import Any

import pytest

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import ModelGraph
from checks.definitions.test_properties import assert_method_bridge_is_explained
from checks.reference import read
from checks.reference.book import Book
from checks.reference.histories import AS_OF, generate
from checks.reference.tools import tool_figures


@pytest.mark.parametrize(("seed", "accounts"), [(1, 80), (2, 60)])
def test_each_tools_figure_is_what_its_rules_make_day_by_day(
    model_graph: ModelGraph, variables: dict[str, Any], seed: int, accounts: int
) -> None:
    raw = generate(seed, accounts)
    model_graph.run(raw, AS_OF, as_key(variables), ["kpi_method_bridge"])
    expected = {
        (row["month"], row["tool"], row["metric"]): row["value"]
        for row in tool_figures(Book(read(raw, AS_OF, variables)))
    }
    found = {
        (row["month"], row["tool"], row["metric"]): row["amount"]
        for row in model_graph.rows("kpi_method_bridge")
        if row["component"] == "theirs"
    }
    assert found
    assert found == pytest.approx({key: expected[key] for key in found}, rel=1e-9, abs=1e-9)
    assert_method_bridge_is_explained(model_graph)


@pytest.mark.parametrize("seed", [4, 5])
def test_grace_and_the_limit_of_a_pause_leave_nothing_unexplained(
    model_graph: ModelGraph, variables: dict[str, Any], seed: int
) -> None:
    model_graph.run(generate(seed, 150), AS_OF, as_key(variables), ["kpi_method_bridge"])
    assert_method_bridge_is_explained(model_graph)

"""No figure hangs on where an engine puts nulls when it sorts: the three engines differ in that."""

from __future__ import annotations

import pytest

from checks.definitions.model_graph import COMPARED, ModelGraph
from checks.reference.histories import AS_OF, generate


@pytest.mark.parametrize(
    "order",
    ["nulls_first", pytest.param("nulls_first_on_asc_last_on_desc", marks=pytest.mark.long)],
)
def test_every_mart_is_the_same_wherever_nulls_are_sorted(
    model_graph: ModelGraph, order: str
) -> None:
    raw = generate(4, 60)
    model_graph.run(raw, AS_OF)
    names = [*COMPARED, "quality_quarantine", "kpi_survival", "mrr_restatement", "customer_360"]
    expected = {name: model_graph.rows(name) for name in names}
    model_graph.connection.execute(f"set default_null_order = '{order}'")
    try:
        model_graph.run(raw, AS_OF)
        model_graph.connection.execute("reset default_null_order")
        assert [name for name in names if model_graph.rows(name) != expected[name]] == []
    finally:
        model_graph.connection.execute("reset default_null_order")

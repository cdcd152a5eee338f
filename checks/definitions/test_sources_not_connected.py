"""A source that is not there leaves its figures empty, and is no 0: as the reference says."""

from __future__ import annotations

import pytest

from checks.definitions.model_graph import COMPARED, ModelGraph
from checks.reference import compare, marts
from checks.reference.histories import AS_OF, generate

ENGAGEMENT = [name for name in COMPARED if "engagement" in name or name.startswith("int_account_")]


@pytest.mark.parametrize(
    "absent",
    [
        *(["feature_usage"], ["messages"], ["touchpoints"]),
        *(pytest.param([one], marks=pytest.mark.long) for one in ("surveys", "feature_requests")),
        ["messages", "touchpoints", "data_volumes"],
    ],
    ids=" and ".join,
)
def test_what_is_not_connected_is_unknown(model_graph: ModelGraph, absent: list[str]) -> None:
    raw = {name: rows for name, rows in generate(8, 40).items() if name not in absent}
    model_graph.run(raw, AS_OF)
    expected = marts(raw, AS_OF, {}, ENGAGEMENT)
    differences = [
        difference
        for name in ENGAGEMENT
        for difference in compare(
            name, expected[name], model_graph.rows(name), list(COMPARED[name])
        )
    ]
    assert differences == []

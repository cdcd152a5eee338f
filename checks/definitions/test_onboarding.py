"""Time to first value against lifelines, for every month and split of generated histories."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from lifelines import KaplanMeierFitter

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import ModelGraph
from checks.reference.histories import AS_OF, generate

# A share of one half may miss it in the last digit.
TOLERANCE = 1e-9
Cell = tuple[Any, str, str]


def waits_by_cell(model_graph: ModelGraph) -> dict[Cell, list[tuple[int, bool]]]:
    """Month, dimension and value -> days waited, and whether first value was reached."""
    starts = {row["account_id"]: row for row in model_graph.rows("int_onboarding_starts")}
    waits = defaultdict[Cell, list[tuple[int, bool]]](list)
    for split in model_graph.rows("int_account_dimensions"):
        start = starts.get(split["account_id"])
        if start and start["has_first_value_milestone"]:
            cell = start["month"], split["dimension"], split["dimension_value"]
            waits[cell].append((start["waiting_days"], start["is_first_value_reached"]))
    return waits


def median_wait(waits: list[tuple[int, bool]]) -> float | None:
    """The median by lifelines, None where less than half have reached first value."""
    days, reached = zip(*waits, strict=True)
    still_waiting = KaplanMeierFitter().fit(days, reached).survival_function_.iloc[:, 0]
    half = still_waiting[still_waiting <= 0.5 + TOLERANCE]
    return None if half.empty else half.index[0]


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_the_waiting_median_is_that_of_lifelines(
    model_graph: ModelGraph, variables: dict[str, Any], seed: int
) -> None:
    model_graph.run(generate(seed, 150), AS_OF, as_key(variables))
    found = {
        (row["month"], row["dimension"], row["dimension_value"]): row[
            "time_to_first_value_days_km_median"
        ]
        for row in model_graph.rows("int_onboarding_totals")
    }
    expected = {cell: median_wait(waits) for cell, waits in waits_by_cell(model_graph).items()}
    assert any(median is not None for median in expected.values())
    assert {cell: found[cell] for cell in expected} == expected
    assert not any(median for cell, median in found.items() if cell not in expected)

"""The marts against the independent reference, cell by cell, on generated histories."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import COMPARED, ModelGraph
from checks.reference import compare, marts, read
from checks.reference.histories import AS_OF, generate

MORE_HISTORIES = [(2, 60), (3, 60)]


@pytest.mark.parametrize(
    ("seed", "accounts"),
    [(1, 100), *(pytest.param(*more, marks=pytest.mark.long) for more in MORE_HISTORIES)],
)
def test_every_cell_is_what_the_reference_says(
    model_graph: ModelGraph, variables: dict[str, Any], seed: int, accounts: int
) -> None:
    _compare_every_cell(model_graph, variables, seed, accounts)


@pytest.mark.long
@pytest.mark.parametrize(("seed", "accounts"), MORE_HISTORIES)
def test_every_cell_of_more_histories_by_default(
    model_graph: ModelGraph, seed: int, accounts: int
) -> None:
    _compare_every_cell(model_graph, {}, seed, accounts)


def _compare_every_cell(
    model_graph: ModelGraph, variables: dict[str, Any], seed: int, accounts: int
) -> None:
    raw = generate(seed, accounts)
    model_graph.run(raw, AS_OF, as_key(variables))
    expected = marts(raw, AS_OF, variables, [*COMPARED, "quality_quarantine"])
    differences = [
        difference
        for name, key in COMPARED.items()
        for difference in compare(name, expected[name], model_graph.rows(name), list(key))
    ]
    assert differences == []
    found = [
        _reasons(expected["quality_quarantine"]),
        _reasons(model_graph.rows("quality_quarantine")),
    ]
    assert found[0] == found[1]


def _reasons(rows: list[dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    """How often each row key was quarantined for which reasons."""
    return Counter((row["source"], row["row_key"], row["reasons"]) for row in rows)


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_the_default_as_of_date_is_the_one_of_the_reference(
    model_graph: ModelGraph, seed: int
) -> None:
    raw = generate(seed, 10, with_faults=False)
    model_graph.run(raw, None, names=["int_as_of"])
    assert [row["as_of_date"] for row in model_graph.rows("int_as_of")] == [read(raw).as_of]

"""Every hand-worked case twice: through the models, and through the independent reference."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from checks.definitions.cases_page import PAGE, page
from checks.definitions.expected_cells import faults
from checks.definitions.hand_worked import Case, Row, World, read_tables
from checks.definitions.model_graph import ModelGraph
from checks.reference import KEYS, marts

# Marts that the models, or the reference, do not have yet; their cells are left out of the one
# comparison until they are there. A mart that is missing and not named here is a failure.
PENDING: set[str] = set()
NOT_IN_REFERENCE: set[str] = set()
# Cases that the models get wrong so far; one that they get right must not stay here.
KNOWN_FAULTS = {"With edits as amendments, a version of 15 March moves the end by a year."}

FEWEST_CASES = 80
TABLES = read_tables()
CASES = [case for table in TABLES for case in table.cases]
MARTS = {mart for case in CASES for mart in case.expected}
Results = dict[str, list[Row]]


def company_of(case: Case) -> tuple[Any, ...]:
    """What is built at once: a company of its own, or all cases of one day and one set of vars."""
    world = case.world
    return (world.as_of, world.variables_key, id(world) if case.is_company else None)


@cache
def companies() -> dict[tuple[Any, ...], tuple[World, dict[str, list[Row]], list[str]]]:
    """Per company a world with its day and vars, all its raw rows, and the marts asked for."""
    found: dict[tuple[Any, ...], list[Case]] = defaultdict(list)
    for case in CASES:
        found[company_of(case)].append(case)
    return {
        key: (cases[0].world, _rows_of(cases), sorted({m for case in cases for m in case.expected}))
        for key, cases in found.items()
    }


def _rows_of(cases: list[Case]) -> dict[str, list[Row]]:
    """The raw rows of cases that are built together; a company's rows are there once."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for case in cases[:1] if cases[0].is_company else cases:
        for source, given in case.raw_rows().items():
            rows[source] += given
    return dict(rows)


@pytest.fixture(scope="module")
def built(model_graph: ModelGraph) -> dict[tuple[Any, ...], Results]:
    """Per company the marts that the models make."""
    known = set(model_graph.project.relations)
    results: dict[tuple[Any, ...], Results] = {}
    for key, (world, raw, names) in companies().items():
        there = [name for name in names if name in known]
        model_graph.run(raw, world.as_of, world.variables_key, there)
        results[key] = {name: model_graph.rows(name) for name in there}
    return results


@pytest.fixture(scope="module")
def worked_out() -> dict[tuple[Any, ...], Results]:
    """Per company the marts that the reference makes."""
    return {
        key: marts(raw, world.as_of, world.variables, names)
        for key, (world, raw, names) in companies().items()
    }


def assert_as_expected(case: Case, results: Results, left_out: set[str]) -> None:
    """Compare all marts of a case; what is left out is a skip, never a silent pass."""
    found = [
        fault
        for mart in case.expected
        if mart not in left_out
        for fault in faults(case, mart, results[mart], tuple(KEYS.get(mart, ())))
    ]
    assert found == [], case.what
    missing = sorted(left_out & set(case.expected))
    if missing:
        pytest.skip(f"not there yet: {', '.join(missing)}")


def as_parameter(case: Case) -> Any:
    """A case with its id, and marked when the models are known to get it wrong."""
    is_known = case.what in KNOWN_FAULTS
    marks = [pytest.mark.xfail(strict=True, reason="known fault")] if is_known else []
    return pytest.param(case, id=case.case_id, marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_models_say_what_was_worked_out_by_hand(
    case: Case, built: dict[tuple[Any, ...], Results]
) -> None:
    assert_as_expected(case, built[company_of(case)], PENDING)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_the_reference_says_what_was_worked_out_by_hand(
    case: Case, worked_out: dict[tuple[Any, ...], Results]
) -> None:
    assert_as_expected(case, worked_out[company_of(case)], NOT_IN_REFERENCE)


def test_what_is_pending_is_not_there_yet(model_graph: ModelGraph) -> None:
    assert sorted(PENDING & set(model_graph.project.relations)) == []
    assert sorted(NOT_IN_REFERENCE & set(KEYS)) == []


def test_there_are_enough_cases_and_each_says_how_it_was_worked_out() -> None:
    assert len(CASES) >= FEWEST_CASES
    assert [case.case_id for case in CASES if len(case.why) < 20 or not case.expected] == []
    texts = [case.what for case in CASES]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_the_page_of_cases_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(TABLES), (
        "run: python -m checks.definitions.cases_page"
    )

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
    results: dict[tuple[Any, ...], Results] = {}
    for key, (world, raw, names) in companies().items():
        model_graph.run(raw, world.as_of, world.variables_key, names)
        results[key] = {name: model_graph.rows(name) for name in names}
    return results


@pytest.fixture(scope="module")
def worked_out() -> dict[tuple[Any, ...], Results]:
    """Per company the marts that the reference makes."""
    return {
        key: marts(raw, world.as_of, world.variables, names)
        for key, (world, raw, names) in companies().items()
    }


def assert_as_expected(case: Case, results: Results) -> None:
    """Compare all marts of a case."""
    assert [
        fault
        for mart in case.expected
        for fault in faults(case, mart, results[mart], tuple(KEYS.get(mart, ())))
    ] == [], case.what


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_models_say_what_was_worked_out_by_hand(
    case: Case, built: dict[tuple[Any, ...], Results]
) -> None:
    assert_as_expected(case, built[company_of(case)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_the_reference_says_what_was_worked_out_by_hand(
    case: Case, worked_out: dict[tuple[Any, ...], Results]
) -> None:
    assert_as_expected(case, worked_out[company_of(case)])


def test_there_are_enough_cases_and_each_says_how_it_was_worked_out() -> None:
    assert len(CASES) >= FEWEST_CASES
    assert [case.case_id for case in CASES if len(case.why) < 20 or not case.expected] == []
    texts = [case.what for case in CASES]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_the_page_of_cases_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(TABLES), (
        "run: python -m checks.definitions.cases_page"
    )

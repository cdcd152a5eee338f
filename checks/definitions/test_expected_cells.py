"""The comparison of hand-worked cases sees what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest

from checks.definitions.expected_cells import faults, is_cell, number
from checks.definitions.hand_worked import Case, World

MONTH = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("200/450", Fraction(4, 9)),
        ("12 * (100 - 40)", Fraction(720)),
        ("-40/1200", Fraction(-1, 30)),
        ("5/8 * sqrt(4)", 1.25),
    ],
)
def test_a_figure_is_worked_out_exactly(text: str, value: Any) -> None:
    assert number(text) == value


def test_only_figures_are_worked_out() -> None:
    with pytest.raises(ValueError, match="not a figure"):
        number("open('x')")


@pytest.mark.parametrize(
    ("expected", "actual", "is_same"),
    [
        ("100", Decimal("100.0000"), True),
        ("100", Decimal("100.0001"), False),
        ("1/3", 1 / 3, True),
        ("1/3", 0.3333, False),
        ("sqrt(2)", sqrt(2), True),
        ("null", None, True),
        ("null", Decimal(0), False),
        ("0", None, False),
        ("true", True, True),
        ("true", False, False),
        ("2025-03", MONTH, True),
        ("2025-03-02", MONTH, False),
        ("new", "new", True),
        ("new", "churn", False),
    ],
)
def test_cells_agree_or_do_not(expected: str, actual: Any, is_same: bool) -> None:
    assert is_cell(expected, actual) is is_same


def a_case(mart: str, *expected: dict[str, Any]) -> Case:
    """A case of one account that expects these rows."""
    world = World(date(2025, 6, 30), {}, ({"account_id": "A"},))
    return Case("x 01", "It happens.", "So it is.", (), world, {mart: list(expected)})


ROW = {"account_id": "x 01 A", "month": MONTH, "movement": "new", "new_mrr": Decimal(100)}
OTHERS = {**ROW, "account_id": "y 01 A"}
KEYS = ("account_id", "month")


@pytest.mark.parametrize(
    ("expected", "is_right"),
    [
        ({"month": "2025-03", "movement": "new", "new_mrr": "100"}, True),
        ({"month": "2025-03", "new_mrr": "99"}, False),
        ({"month": "2025-03", "no_such_column": "1"}, False),
        ({"month": "2025-04", "movement": "new"}, False),
        ({"month": "2025-04", "row": "none"}, True),
        ({"month": "2025-03", "row": "none"}, False),
    ],
)
def test_a_row_is_found_by_its_key_among_the_cases_own(
    expected: dict[str, Any], is_right: bool
) -> None:
    found = faults(a_case("fct_mrr_monthly", expected), "fct_mrr_monthly", [OTHERS, ROW], KEYS)
    assert (found == []) is is_right


def test_a_row_too_many_of_an_event_mart_is_a_fault() -> None:
    case = a_case("fct_churn_event", {"month": "2025-03"})
    assert faults(case, "fct_churn_event", [ROW], KEYS) == []
    assert faults(case, "fct_churn_event", [ROW, {**ROW, "month": date(2025, 4, 1)}], KEYS)

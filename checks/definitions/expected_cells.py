"""Whether a mart's rows are what a hand-worked case expects."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isclose, sqrt
from typing import Any

from checks.definitions.hand_worked import Case, Row

# Marts of which a case names all rows of its accounts; of the others, those that matter.
COMPLETE = {"fct_mrr_event", "fct_churn_event", "fct_renewal", "mrr_restatement"}
RELATIVE_TOLERANCE = 1e-9

_OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def number(text: str) -> Fraction | float:
    """The value of a written figure: digits, + - * / **, brackets and sqrt(); exact if it can be.

    Raises ValueError for anything else.
    """
    return _value(ast.parse(text, mode="eval").body, text)


def _value(node: ast.expr, text: str) -> Fraction | float:
    """The value of one part of a figure; a number is taken as it is written."""
    if isinstance(node, ast.Constant):
        return Fraction(ast.get_source_segment(text, node) or "")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, text)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        left, right = _value(node.left, text), _value(node.right, text)
        return _OPERATIONS[type(node.op)](left, right)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "sqrt":
        return sqrt(_value(node.args[0], text))
    raise ValueError(f"not a figure: {text}")


def day(text: str) -> date:
    """A written day, or the first day of a written month."""
    return date.fromisoformat(text if text.count("-") == 2 else f"{text}-01")


def is_cell(expected: str | None, actual: Any) -> bool:
    """Whether a cell is what was written: quotients to 1e-9 relative, all else exactly."""
    if expected in (None, "null") or actual is None:
        return expected in (None, "null") and actual is None
    if isinstance(actual, bool):
        return expected == str(actual).lower()
    if isinstance(actual, date):
        return day(expected) == actual
    if isinstance(actual, float):
        return isclose(number(expected), actual, rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-12)
    if isinstance(actual, int | Decimal):
        return number(expected) == Fraction(actual)
    return bool(expected == actual)


def faults(case: Case, mart: str, rows: list[Row], keys: tuple[str, ...]) -> list[str]:
    """How the rows of a mart differ from what the case expects, in words; none when they agree."""
    own = rows
    if rows and not case.is_company and "account_id" in rows[0]:
        own = [row for row in rows if row["account_id"] in case.accounts]
    found = []
    for expected in case.expected[mart]:
        expected = {name: case.own(name, cell) for name, cell in expected.items()}
        found += _row_faults(expected, mart, own, keys)
    if mart in COMPLETE and len(own) != len(case.expected[mart]):
        found.append(f"{mart}: {len(own)} rows instead of {len(case.expected[mart])}: {own}")
    return found


def _row_faults(expected: Row, mart: str, rows: list[Row], keys: tuple[str, ...]) -> list[str]:
    """How the one row with the key cells of an expected row differs from it."""
    named = {name: cell for name, cell in expected.items() if name in keys}
    matching = [
        row for row in rows if all(is_cell(cell, row[name]) for name, cell in named.items())
    ]
    if expected.get("row") == "none":
        return [f"{mart} {named}: there is a row: {matching}"] if matching else []
    if len(matching) != 1:
        return [f"{mart} {named}: {len(matching)} rows, there should be 1, of {rows}"]
    return [
        f"{mart} {named} {name}: expected {cell}, is {matching[0].get(name, 'no such column')}"
        for name, cell in expected.items()
        if name not in matching[0] or not is_cell(cell, matching[0][name])
    ]

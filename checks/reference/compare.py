"""Compare expected rows with the rows a mart has."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from math import isclose
from typing import Any

SHOWN = 10
RELATIVE_TOLERANCE = 1e-9


def same(expected: Any, actual: Any) -> bool:
    """Return whether two cells agree: doubles to 1e-9 relative, everything else exactly."""
    if expected is None or actual is None or isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, float):
        return isclose(expected, float(actual), rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-12)
    if isinstance(expected, int | Decimal) and isinstance(actual, int | float | Decimal):
        return Fraction(expected) == Fraction(actual)
    return bool(expected == actual)


def compare_counts(
    mart_name: str,
    expected_rows: list[dict[str, Any]],
    actual_rows: list[dict[str, Any]],
    columns: list[str],
) -> list[str]:
    """Return how rows without a key differ: which cells are there more or less often."""
    expected, actual = (
        Counter(tuple(row[name] for name in columns) for row in rows)
        for rows in (expected_rows, actual_rows)
    )
    return [
        f"{mart_name} {row}: expected {expected[row]} times, is there {actual[row]} times"
        for row in sorted(expected.keys() | actual.keys(), key=str)
        if expected[row] != actual[row]
    ][:SHOWN]


def compare(
    mart_name: str,
    expected_rows: list[dict[str, Any]],
    actual_rows: list[dict[str, Any]],
    key: list[str],
) -> list[str]:
    """Return the first differences in words, none when the rows agree.

    Only the columns of the expected rows are compared; a mart may have more. Rows are found by
    `key`, which must be unique on both sides.
    """
    expected = {tuple(row[name] for name in key): row for row in expected_rows}
    actual = {tuple(row[name] for name in key): row for row in actual_rows}
    found = []
    for side, rows in (("expected", expected_rows), ("actual", actual_rows)):
        counts = Counter(tuple(row[name] for name in key) for row in rows)
        found += [
            f"{mart_name}: {side} key {k} is there {n} times" for k, n in counts.items() if n > 1
        ]
    found += [f"{mart_name}: row {k} is missing" for k in expected if k not in actual]
    found += [f"{mart_name}: row {k} should not be there" for k in actual if k not in expected]
    for row_key, row in expected.items():
        for column, value in row.items():
            other = actual.get(row_key)
            if other is None:
                break
            if column not in other:
                found.append(f"{mart_name}: column {column} is missing")
            elif not same(value, other[column]):
                found.append(
                    f"{mart_name} {dict(zip(key, row_key, strict=True))} {column}: "
                    f"expected {value!r}, is {other[column]!r}"
                )
    return found[:SHOWN]

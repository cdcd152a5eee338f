"""Hand-worked cases of the gross ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .ledger import fct_mrr_event
from .small import book, cells_of, line, rate


def causes(*lines: dict[str, Any], as_of: str = "2025-03-31", **more: Any) -> list[tuple[Any, ...]]:
    rows = fct_mrr_event(book(as_of, *lines, **more))
    return [cells_of(row, "event_date", "cause", "amount", "contract_line_id") for row in rows]


MARCH = date(2025, 3, 1)
NEW = (date(2025, 1, 1), "new_business", "1000.0000", "L1")
TEN = {"quantity": "10"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # 2 more seats at the old 100 = 200; nothing else changed
        ({"quantity": "12"}, [("seats", "200.0000")]),
        # 12 seats at 110: 2 x 100 = 200 for seats, 12 x 10 = 120 for price (in order of cause)
        ({"quantity": "12", "unit_price": "110"}, [("price", "120.0000"), ("seats", "200.0000")]),
        # 10 x 100 x (0.75 - 1) = -250
        ({"quantity": "10", "discount_pct": "0.25"}, [("discount", "-250.0000")]),
        # price at the old discount 10 x 20 = 200, discount at the new price 10 x 120 x -0.1 = -120
        ({"quantity": "10", "unit_price": "120", "discount_pct": "0.1"},
         [("discount", "-120.0000"), ("price", "200.0000")]),
        # 100 each quarter: 10 x 100 x (1/3 - 1) = -666.6667
        ({"quantity": "10", "billing_interval": "quarter"}, [("interval", "-666.6667")]),
    ],
)  # fmt: skip
def test_causes_of_a_change(cells: dict[str, str], expected: list[tuple[str, str]]) -> None:
    found = causes(line("L1", "2025-01-01", "2025-03-01", **TEN), line("L2", "2025-03-01", **cells))
    assert found[0] == NEW
    assert [(cause, amount) for _, cause, amount, _ in found[1:]] == expected
    assert {day for day, *_ in found[1:]} == {MARCH}


def test_two_lines_of_one_position_are_one() -> None:
    # 10 + 5 seats at 100 and 40: 1200; L2 leaves: 5 seats at the mean of 80 = -400, the rest is
    # price: 1000 - 1200 + 400 = 200
    found = causes(
        line("L1", "2025-01-01", **TEN),
        line("L2", "2025-01-01", "2025-03-01", unit_price="40", quantity="5"),
    )
    assert found[0][1:3] == ("new_business", "1200.0000")
    assert found[1:] == [(MARCH, "price", "200.0000", "L2"), (MARCH, "seats", "-400.0000", "L2")]


def test_products_come_and_go() -> None:
    found = causes(
        line("L1", "2025-01-01", **TEN),
        line("L2", "2025-03-01", "2025-03-20", product_id="P2"),
    )
    assert found[1:] == [
        (MARCH, "cross_sell", "100.0000", "L2"),
        (date(2025, 3, 20), "product_drop", "-100.0000", "L2"),
    ]


def test_churn_and_return_in_the_ledger_but_no_event_for_a_bridged_gap() -> None:
    # [1 Jan, 1 Feb) and [10 Feb, 1 Mar) are bridged; back on 1 June after a real gap
    found = causes(
        line("L1", "2025-01-01", "2025-02-01", **TEN),
        line("L2", "2025-02-10", "2025-03-01", **TEN),
        line("L3", "2025-06-01", **TEN),
        as_of="2025-06-30",
    )
    assert found == [
        NEW,
        (MARCH, "churn", "-1000.0000", "L2"),
        (date(2025, 6, 1), "reactivation", "1000.0000", "L3"),
    ]


def test_events_are_rounded_as_a_running_total() -> None:
    # 100.00 EUR in January and three more lines of 0.0001 EUR in March, all at 1.5:
    # 150.00015 -> 150.0002, 150.0003, 150.00045 -> 150.0005: events 0.0002, 0.0001, 0.0002
    tiny = {"currency": "EUR", "unit_price": "0.0001"}
    found = causes(
        line("L1", "2025-01-01", currency="EUR"),
        *(line(f"L{n}", f"2025-03-0{n}", product_id=f"P{n}", **tiny) for n in (2, 3, 4)),
        sources={"fx_rates": [rate("EUR", "2025-01-01", "1.5")]},
    )
    assert [amount for _, _, amount, _ in found[1:]] == ["0.0002", "0.0001", "0.0002"]

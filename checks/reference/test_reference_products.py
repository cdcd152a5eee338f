"""Hand-worked cases of MRR by product.

A line makes 100 USD a month from one seat of P1 where a case does not say otherwise.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from .book import Book
from .histories import AS_OF, generate
from .products import PARTS, kpi_mrr_by_product
from .reading import read
from .retention import kpi_retention_monthly
from .small import book, cells_of, line, rate

P2 = {"product_id": "P2", "unit_price": "40"}


def told(world: Book, month: str) -> dict[str, dict[str, str]]:
    """product -> the amounts of its row that are not 0."""
    rows = [
        row
        for row in kpi_mrr_by_product(world)
        if row["month"] == date.fromisoformat(month + "-01")
    ]
    return {
        row["product_id"]: {
            name: str(row[name])
            for name in row
            if name not in ("month", "product_id") and row[name] != 0
        }
        for row in rows
    }


def test_all_products_of_a_new_account_are_new() -> None:
    world = book("2025-01-31", line("L1", "2025-01-05"), line("L2", "2025-01-20", **P2))
    assert told(world, "2025-01") == {
        "P1": {"mrr_end": "100.0000", "logos_end": "1", "new_mrr": "100.0000"},
        "P2": {"mrr_end": "40.0000", "logos_end": "1", "new_mrr": "40.0000"},
    }


def test_a_product_that_comes_later_is_cross_sell_and_one_that_goes_contraction() -> None:
    world = book(
        "2025-03-31", line("L1", "2025-01-05"), line("L2", "2025-02-20", "2025-03-10", **P2)
    )
    assert told(world, "2025-02") == {
        "P1": {"mrr_start": "100.0000", "mrr_end": "100.0000", "logos_end": "1"},
        "P2": {"mrr_end": "40.0000", "logos_end": "1", "cross_sell_mrr": "40.0000"},
    }
    assert told(world, "2025-03")["P2"] == {"mrr_start": "40.0000", "contraction_mrr": "40.0000"}


def test_a_swap_of_products_shows_on_both_sides() -> None:
    # the account's movement is a contraction of 60: cross-sell 40 less contraction 100
    world = book(
        "2025-02-28", line("L1", "2025-01-05", "2025-02-10"), line("L2", "2025-02-10", **P2)
    )
    assert told(world, "2025-02") == {
        "P1": {"mrr_start": "100.0000", "contraction_mrr": "100.0000"},
        "P2": {"mrr_end": "40.0000", "logos_end": "1", "cross_sell_mrr": "40.0000"},
    }


def test_a_product_has_rows_as_long_as_it_is_at_either_end() -> None:
    # away after 10 February: a row of February, none of March; the account goes on with P1
    world = book(
        "2025-03-31", line("L1", "2025-01-05"), line("L2", "2025-01-05", "2025-02-10", **P2)
    )
    keys = [(row["month"].month, row["product_id"]) for row in kpi_mrr_by_product(world)]
    assert keys == [(1, "P1"), (1, "P2"), (2, "P1"), (2, "P2"), (3, "P1")]


def test_churn_and_return_take_every_product() -> None:
    world = book(
        "2025-05-31",
        line("L1", "2025-01-05", "2025-02-10"),
        line("L2", "2025-01-05", "2025-02-10", **P2),
        line("L3", "2025-05-10", **P2),
    )
    assert told(world, "2025-02") == {
        "P1": {"mrr_start": "100.0000", "churn_mrr": "100.0000"},
        "P2": {"mrr_start": "40.0000", "churn_mrr": "40.0000"},
    }
    assert told(world, "2025-05") == {
        "P2": {"mrr_end": "40.0000", "logos_end": "1", "reactivation_mrr": "40.0000"}
    }


def test_a_paused_product_keeps_its_logo() -> None:
    # L1 (P1, 100) pauses over the end of February; another line of P1 grows from 10 to 15
    world = book(
        "2025-03-31",
        line("L1", "2025-01-05", paused_from="2025-02-10", paused_until="2025-03-10"),
        line("L2", "2025-01-05", "2025-02-05", unit_price="10"),
        line("L3", "2025-02-05", unit_price="15"),
    )
    assert told(world, "2025-02") == {
        "P1": {"mrr_start": "110.0000", "mrr_end": "15.0000", "logos_end": "1",
               "expansion_mrr": "5.0000", "pause_mrr": "100.0000"},
    }  # fmt: skip
    assert told(world, "2025-03")["P1"]["resume_mrr"] == "100.0000"


def test_exchange_rates_have_their_own_part() -> None:
    # 100 EUR at 1.1, then 150 EUR at 1.2: start 110, expansion 55, fx 15, end 180
    world = book(
        "2025-02-28",
        line("L1", "2025-01-01", "2025-02-01", currency="EUR"),
        line("L2", "2025-02-01", currency="EUR", unit_price="150"),
        sources={"fx_rates": [rate("EUR", "2025-01-15", "1.1"), rate("EUR", "2025-02-28", "1.2")]},
    )
    assert told(world, "2025-02")["P1"] == {
        "mrr_start": "110.0000", "mrr_end": "180.0000", "logos_end": "1",
        "expansion_mrr": "55.0000", "fx_mrr": "15.0000",
    }  # fmt: skip


def test_what_rounding_leaves_goes_by_running_totals_in_bytewise_order() -> None:
    # 0.0001 EUR at 1.5 each: 0.00015, 0.0003, 0.00045 round to 0.0002, 0.0003, 0.0005. In bytes
    # "P10" is before "P2", and "P2" before "p1".
    tiny = {"currency": "EUR", "unit_price": "0.0001"}
    world = book(
        "2025-01-31",
        *(line(f"L{name}", "2025-01-05", product_id=name, **tiny) for name in ("p1", "P2", "P10")),
        sources={"fx_rates": [rate("EUR", "2025-01-01", "1.5")]},
    )
    rows = kpi_mrr_by_product(world)
    assert [cells_of(row, "product_id", "new_mrr", "mrr_end") for row in rows] == [
        ("P10", "0.0002", "0.0002"), ("P2", "0.0001", "0.0001"), ("p1", "0.0002", "0.0002"),
    ]  # fmt: skip


SIGNS = {
    "new": 1, "reactivation": 1, "cross_sell": 1, "expansion": 1, "resume": 1, "fx": 1,
    "churn": -1, "contraction": -1, "pause": -1,
}  # fmt: skip
VARIANTS: list[dict[str, Any]] = [{}, {"renewal_grace_days": 5, "max_pause_days": 20}]


@pytest.mark.parametrize("variables", VARIANTS, ids=str)
def test_products_close_and_add_up_to_the_months(variables: dict[str, Any]) -> None:
    world = Book(read(generate(8, 100), AS_OF, variables))
    rows = kpi_mrr_by_product(world)
    for row in rows:
        change = sum(SIGNS[name] * row[f"{name}_mrr"] for name in PARTS)
        assert row["mrr_end"] == row["mrr_start"] + change
        assert all(row[f"{name}_mrr"] >= 0 for name in PARTS if name != "fx")
    for month in kpi_retention_monthly(world):
        found = [row for row in rows if row["month"] == month["month"]]
        sums: dict[str, Decimal] = {
            name: sum((row[name] for row in found), Decimal(0))
            for name in ("mrr_start", "mrr_end", *(f"{part}_mrr" for part in PARTS))
        }
        for name in ("mrr_start", "mrr_end", "new_mrr", "reactivation_mrr", "churn_mrr",
                     "pause_mrr", "resume_mrr", "fx_mrr"):  # fmt: skip
            assert sums[name] == month[name]
        rest = sums["cross_sell_mrr"] + sums["expansion_mrr"] - sums["contraction_mrr"]
        assert rest == month["expansion_mrr"] - month["contraction_mrr"]

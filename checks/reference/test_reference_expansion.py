"""The reference on parents and growth, against figures worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from .book import Book
from .expansion import (
    fct_opportunity,
    fct_whitespace,
    int_account_expansion,
    kpi_expansion_monthly,
)
from .hierarchy import dim_account_hierarchy
from .small import accounts_book, book, cells_of, line, only

AS_OF = "2024-06-30"


def opportunity(opportunity_id: str, opened: str, **cells: Any) -> dict[str, Any]:
    """Return a row of `opportunities`: an open upsell of account A over 100 USD."""
    row = {"opportunity_id": opportunity_id, "account_id": "A", "kind": "upsell", "stage": "x"}
    return {**row, "opened_at": opened, "amount": "100", **cells}


def snapshot(day: str, count: int, limit: int, **cells: Any) -> dict[str, Any]:
    """Return a row of `data_volumes` of account A."""
    row = {"account_id": "A", "snapshot_date": day, "object_type": "files"}
    return {**row, "record_count": str(count), "plan_limit": str(limit), **cells}


def tree(**parents: str | None) -> Book:
    """Return a book of accounts, each with the parent it names."""
    cells = {name: {"parent_account_id": parent} for name, parent in parents.items()}
    return accounts_book(AS_OF, {name: [] for name in parents}, cells=cells)


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({"a": None, "b": "a", "c": "b"}, [("a", "root", 0), ("a", "child", 1), ("a", "child", 2)]),
        ({"a": "a", "b": "a"}, [("a", "cycle", 0), ("b", "cycle", 0)]),
        ({"a": "b", "b": "a"}, [("a", "cycle", 0), ("b", "cycle", 0)]),
        ({"a": "nobody", "b": "a"}, [("a", "unknown_parent", 0), ("a", "child", 1)]),
    ],
)
def test_a_path_ends_where_it_must(
    parents: dict[str, str | None], expected: list[tuple[str, str, int]]
) -> None:
    rows = dim_account_hierarchy(tree(**parents))
    names = ("ultimate_parent_id", "path_status", "tree_depth")
    assert [cells_of(row, *names) for row in rows] == expected


def test_a_win_follows_the_first_signal_of_180_days() -> None:
    sources = {
        "opportunities": [
            opportunity("on_the_day", "2024-01-01", closed_at="2024-06-29", is_won="true"),
            opportunity("a_day_late", "2024-01-01", closed_at="2024-06-30", is_won="true"),
            opportunity("lost", "2024-01-01", closed_at="2024-06-29", is_won="false"),
        ],
        "data_volumes": [snapshot("2024-01-01", 80, 100), snapshot("2024-03-01", 79, 100)],
    }
    rows = fct_opportunity(book(AS_OF, line("L", "2024-01-01"), sources=sources))
    assert [row["days_from_signal"] for row in rows] == [180, None, None]
    assert [row["first_signal_date"] for row in rows] == [
        date(2024, 1, 1),
        None,
        date(2024, 1, 1),
    ]


def test_an_opportunity_is_valued_where_it_closed_or_now() -> None:
    sources = {
        "fx_rates": [
            {"currency": "EUR", "rate_date": "2024-01-01", "rate": "1.1"},
            {"currency": "EUR", "rate_date": "2024-06-01", "rate": "1.5"},
        ],
        "opportunities": [
            opportunity("closed", "2024-01-01", currency="EUR", closed_at="2024-05-31"),
            opportunity("open", "2024-01-01", currency="EUR"),
        ],
    }
    rows = fct_opportunity(book(AS_OF, line("L", "2024-01-01"), sources=sources))
    assert [row["amount"] for row in rows] == [Decimal("110.0000"), Decimal("150.0000")]


def test_upsell_and_cross_sell_go_from_month_end_to_month_end() -> None:
    lines = [
        line("seats", "2024-01-01", "2024-02-10"),
        line("more seats", "2024-02-10", quantity="3"),
        line("taken up", "2024-02-05", "2024-02-20", product_id="P2"),
        line("and enlarged", "2024-02-20", product_id="P2", quantity="2"),
        line("smaller", "2024-01-01", "2024-02-10", product_id="P3", quantity="2"),
        line("smaller now", "2024-02-10", product_id="P3"),
    ]
    row = only(kpi_expansion_monthly(book(AS_OF, *lines)), month=date(2024, 2, 1))
    names = ("mrr_start", "upsell_mrr", "cross_sell_mrr", "upsell_accounts", "cross_sell_accounts")
    assert cells_of(row, *names) == ("300.0000", "200.0000", "200.0000", 1, 1)
    assert row["opportunities_won"] is None


def test_whitespace_is_worth_the_median_of_its_segment() -> None:
    lines = {
        "A": [line("1", "2024-01-01")],
        "B": [line("1", "2024-01-01", product_id="P2")],
        "C": [line("1", "2024-01-01", product_id="P2", quantity="2")],
        "D": [line("1", "2024-01-01", product_id="P3")],
    }
    cells = {"D": {"segment": "smb"}}
    rows = fct_whitespace(accounts_book(AS_OF, lines, cells=cells))
    row = only(rows, account_id="A", product_id="P2")
    names = ("accounts_of_segment", "accounts_of_segment_with_product", "potential_mrr")
    assert cells_of(row, *names) == (3, 2, "150.0000")
    assert only(rows, account_id="A", product_id="P3")["potential_mrr"] is None
    assert only(rows, account_id="D", product_id="P2")["accounts_of_segment"] == 1


def test_an_old_snapshot_says_nothing_of_now() -> None:
    def limit(day: str) -> bool | None:
        sources = {"data_volumes": [snapshot(day, 800, 1000)]}
        world = book(AS_OF, line("L", "2024-01-01"), sources=sources)
        return only(int_account_expansion(world), account_id="A")["is_near_plan_limit"]

    assert limit("2024-03-31") is True
    assert limit("2024-03-30") is None

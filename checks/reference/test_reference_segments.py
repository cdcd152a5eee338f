"""Hand-worked cases of the figures by what the accounts are now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from .book import Book
from .histories import AS_OF, generate
from .reading import read
from .retention import kpi_retention_monthly
from .segments import DIMENSIONS, kpi_retention_by_segment
from .small import ACCOUNT, accounts_book, cells_of, line, only


def three_accounts(**more: Any) -> Book:
    """A (100, big) stays, B (40, big) churns in February, C (7) has no segment and comes then."""
    return accounts_book(
        "2025-02-28",
        {
            "A": [line("L1", "2025-01-01")],
            "B": [line("L1", "2025-01-01", "2025-02-10", unit_price="40")],
            "C": [line("L1", "2025-02-01", unit_price="7")],
        },
        cells={"A": {"segment": "big"}, "B": {"segment": "big"}},
        renewal_grace_days=10,
        **more,
    )


def test_each_value_has_its_own_bridge_and_rates() -> None:
    rows = kpi_retention_by_segment(three_accounts())
    names = ("mrr_start", "new_mrr", "churn_mrr", "mrr_end", "logos_end", "logo_churn_rate")
    february = {"month": date(2025, 2, 1), "dimension": "segment"}
    assert cells_of(only(rows, value="big", **february), *names) == (
        "140.0000", "0.0000", "40.0000", "100.0000", 1, 0.5,
    )  # fmt: skip
    assert cells_of(only(rows, value="(none)", **february), *names) == (
        "0.0000", "7.0000", "0.0000", "7.0000", 1, None,
    )  # fmt: skip


def test_a_value_has_a_row_in_every_month_of_the_book() -> None:
    # C is new in February, the book begins in January
    rows = kpi_retention_by_segment(three_accounts())
    january = only(rows, month=date(2025, 1, 1), dimension="segment", value="(none)")
    assert cells_of(january, "mrr_end", "logos_end", "is_complete") == ("0.0000", 0, True)


def test_the_value_of_today_holds_for_all_months() -> None:
    # B was big until its row of 20 February says small: so it is small in January too
    versions = [
        ("A", "big", "01-01"),
        ("B", "big", "01-01"),
        ("B", "small", "02-20"),
        ("C", None, "01-01"),
    ]
    accounts = [
        {**ACCOUNT, "account_id": name, "segment": segment, "updated_at": f"2025-{day}"}
        for name, segment, day in versions
    ]
    world = three_accounts(sources={"accounts": accounts})
    rows = kpi_retention_by_segment(world)
    january = {"month": date(2025, 1, 1), "dimension": "segment"}
    assert str(only(rows, value="small", **january)["mrr_end"]) == "40.0000"
    assert str(only(rows, value="big", **january)["mrr_end"]) == "100.0000"


def test_a_booked_account_counts_for_its_value_by_what_it_commits() -> None:
    world = accounts_book(
        "2025-02-28",
        {"A": [line("L1", "2025-01-01")], "B": [line("L1", "2025-04-01")], "C": []},
        cells={name: {"owner": f"owner of {name}"} for name in "ABC"},
    )
    rows = [row for row in kpi_retention_by_segment(world) if row["dimension"] == "owner"]
    assert [cells_of(row, "month", "value", "carr") for row in rows] == [
        (date(2025, 1, 1), "owner of A", None), (date(2025, 2, 1), "owner of A", "1200.0000"),
        (date(2025, 1, 1), "owner of B", None), (date(2025, 2, 1), "owner of B", "1200.0000"),
    ]  # fmt: skip


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_values_of_a_dimension_add_up_to_the_total(dimension: str) -> None:
    world = Book(read(generate(4, 80), AS_OF))
    parts = [row for row in kpi_retention_by_segment(world) if row["dimension"] == dimension]
    for total in kpi_retention_monthly(world):
        values = [row for row in parts if row["month"] == total["month"]]
        for name, amount in total.items():
            if isinstance(amount, Decimal | int) and not isinstance(amount, bool):
                assert sum(row[name] for row in values) == amount

"""Hand-worked cases of retention windows and cohorts."""

from __future__ import annotations

from datetime import date
from typing import Any

from .retention import kpi_cohort_retention, kpi_retention_methods
from .small import ACCOUNT, book, cells_of, line, only


def other_account(account_id: str, *lines: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "account_id": account_id,
            "contract_line_id": f"{account_id}-{row['contract_line_id']}",
        }
        for row in lines
    ]


def test_retention_by_three_methods() -> None:
    # January: A 100, B 300. February: A grows to 150, B leaves. March: C comes with 500, B is back
    # with 200. The three-month window at March opens in December: too short.
    # Window 1 at March (opens February: A 150): nrr 150/150, grr 150/150, logo 1/1.
    # Window 1 at February (opens January: 400): nrr 150/400, grr 100/400, logo 1/2.
    # Compounded the same; the ledger: losses 300, expansion 50: nrr 150/400, grr 100/400.
    world = book(
        "2025-03-31",
        line("L1", "2025-01-01", "2025-02-10"),
        line("L2", "2025-02-10", unit_price="150"),
        *other_account("B", line("L1", "2025-01-01", "2025-02-01", unit_price="300"),
                       line("L2", "2025-03-15", unit_price="200")),
        *other_account("C", line("L1", "2025-03-01", unit_price="500")),
        sources={"accounts": [{**ACCOUNT, "account_id": name} for name in "ABC"]},
        renewal_grace_days=10,
    )  # fmt: skip
    rows = kpi_retention_methods(world)
    for method in ("point_to_point", "compounded", "ledger"):
        for metric, value in (("nrr", 0.375), ("grr", 0.25), ("logo", 0.5)):
            key = {"month": date(2025, 2, 1), "window_months": 1, "metric": metric}
            assert only(rows, method=method, **key)["value"] == value
    assert only(rows, month=date(2025, 3, 1), window_months=3, metric="nrr",
                method="ledger")["value"] is None  # fmt: skip


def test_methods_differ_when_an_account_comes_back() -> None:
    # A 100 in January to April; B 100 in January, away in February and March, 60 in April.
    # Point to point, 3 months at April: nrr 160/200, grr (100 + 60)/200, logo 2/2.
    # Ledger: loss 100, return 60: nrr (200 - 100 + 60)/200, grr 100/200, logo 1/2.
    # Compounded: (1 - 100/200) x 1 x 1 = 0.5 for all three.
    world = book(
        "2025-04-30",
        line("L1", "2025-01-01"),
        *other_account("B", line("L1", "2025-01-01", "2025-02-01"),
                       line("L2", "2025-04-10", unit_price="60")),
        sources={"accounts": [{**ACCOUNT, "account_id": name} for name in "AB"]},
    )  # fmt: skip
    rows = kpi_retention_methods(world)
    expected = {
        "point_to_point": (0.8, 0.8, 1.0), "compounded": (0.5, 0.5, 0.5), "ledger": (0.8, 0.5, 0.5),
    }  # fmt: skip
    for method, values in expected.items():
        for metric, value in zip(("nrr", "grr", "logo"), values, strict=True):
            key = {"month": date(2025, 4, 1), "window_months": 3, "metric": metric}
            assert only(rows, method=method, **key)["value"] == value


def test_a_cohort_counts_accounts_gone_by_the_end_of_its_month() -> None:
    # A starts on 5 January and stays, B is in and out in January: 1 of 2 at month 0, MRR 100 of 100
    world = book(
        "2025-03-15",
        line("L1", "2025-01-05"),
        *other_account("B", line("L1", "2025-01-05", "2025-01-10")),
        sources={"accounts": [{**ACCOUNT, "account_id": name} for name in "AB"]},
    )
    rows = kpi_cohort_retention(world)
    assert [row["months_since"] for row in rows] == [0, 1]
    assert cells_of(rows[0], "cohort_logos", "logo_retention", "mrr_retention") == (2, 0.5, 1.0)

"""To ProfitWell who is 15 days past due has left: nine accounts by hand, in March 2025."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from checks.definitions.model_graph import ModelGraph
from checks.reference.small import line

AS_OF = date(2025, 6, 30)
MARCH = date(2025, 3, 1)

# Past due for 15 days on 31 March is an invoice due on the 16th or before. Each account makes 100
# USD a month from January on; per account: logos lost, at the start, MRR lost, at the start.
INVOICES: dict[str, tuple[list[tuple[str, str | None, str]], tuple[int, int, int, int]]] = {
    "never billed": ([], (0, 1, 0, 100)),
    "falls behind on the 31st": ([("2025-03-16", None, "100")], (1, 1, 100, 100)),
    "a day less": ([("2025-03-17", None, "100")], (0, 1, 0, 100)),
    "pays on the 31st": ([("2025-03-16", "2025-03-31T08:00", "100")], (0, 1, 0, 100)),
    "pays in April": ([("2025-03-16", "2025-04-01T08:00", "100")], (1, 1, 100, 100)),
    "behind on 28 February": ([("2025-02-13", None, "100")], (0, 0, 0, 0)),
    "catches up in March": ([("2025-02-13", "2025-03-01T08:00", "100")], (0, 0, 0, 0)),
    "owes nothing": ([("2025-01-01", None, "-100"), ("2025-01-01", None, "0")], (0, 1, 0, 100)),
    "owes two": ([("2025-03-01", None, "5"), ("2025-02-20", None, "7")], (1, 1, 100, 100)),
}


def invoice_rows() -> list[dict[str, Any]]:
    """The invoices of all accounts."""
    return [
        {
            "invoice_id": f"{name} {number}",
            "account_id": name,
            "issued_at": "2025-01-01",
            "due_at": due_at,
            "paid_at": paid_at,
            "amount": amount,
            "currency": "USD",
        }
        for name, (invoices, _) in INVOICES.items()
        for number, (due_at, paid_at, amount) in enumerate(invoices)
    ]


def march(graph: ModelGraph, metric: str) -> tuple[Any, Any]:
    """Numerator and denominator of ProfitWell's figure in March."""
    rows = graph.rows("int_profitwell_monthly")
    (row,) = [row for row in rows if row["month"] == MARCH and row["metric"] == metric]
    return row["numerator"], row["denominator"]


@pytest.mark.parametrize("account", INVOICES)
def test_to_profitwell_who_is_15_days_past_due_has_left(
    model_graph: ModelGraph, account: str
) -> None:
    raw = {
        "accounts": [{"account_id": account, "account_name": "x", "created_at": "2020-01-01"}],
        "contracts": [line("1", "2025-01-01", account_id=account)],
        "invoices": [row for row in invoice_rows() if row["account_id"] == account],
    }
    model_graph.run(raw, AS_OF, names=["kpi_method_bridge"])
    logos = march(model_graph, "logo_churn_rate")
    revenue = march(model_graph, "gross_revenue_churn_rate")
    assert (*logos, *revenue) == INVOICES[account][1]


def test_delinquent_churn_is_a_difference_of_its_own(model_graph: ModelGraph) -> None:
    raw = {
        "accounts": [
            {"account_id": name, "account_name": "x", "created_at": "2020-01-01"}
            for name in INVOICES
        ],
        "contracts": [
            line(str(number), "2025-01-01", account_id=name) for number, name in enumerate(INVOICES)
        ],
        "invoices": invoice_rows(),
    }
    model_graph.run(raw, AS_OF, names=["kpi_method_bridge"])
    found = {
        (row["metric"], row["component"]): (row["numerator"], row["denominator"])
        for row in model_graph.rows("kpi_method_bridge")
        if row["month"] == MARCH and row["tool"] == "profitwell"
    }
    # Three fall behind in March, two were behind before; nobody's contract ends.
    assert found == {
        ("logo_churn_rate", "ours"): (0, 9),
        ("logo_churn_rate", "delinquent"): (3, -2),
        ("logo_churn_rate", "unexplained"): (0, 0),
        ("logo_churn_rate", "theirs"): (3, 7),
        ("gross_revenue_churn_rate", "ours"): (0, 900),
        ("gross_revenue_churn_rate", "delinquent"): (300, -200),
        ("gross_revenue_churn_rate", "unexplained"): (0, 0),
        ("gross_revenue_churn_rate", "theirs"): (300, 700),
    }

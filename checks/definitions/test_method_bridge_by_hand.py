"""Ten accounts worked by hand for each tool, in March 2025, run through the models.

The month opens with the state of 28 February and closes with that of the 31st; the 30 days to the
31st begin with the state of 1 March. Grace is 30 days. A line makes 100 USD a month unless said
otherwise, and 1 EUR is 1.00 USD up to 30 March and 1.10 from the 31st on.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from checks.definitions.model_graph import ModelGraph
from checks.reference.small import line, rate

AS_OF = date(2025, 6, 30)
MARCH = date(2025, 3, 1)
RATES = [rate("EUR", "2025-01-01", "1"), rate("EUR", "2025-03-31", "1.1")]
# An account that keeps the calendar open from January on and is never looked at.
FRAME = line("frame", "2025-01-01", "2025-01-02", account_id="frame")

ACCOUNTS: dict[str, list[dict[str, Any]]] = {
    "stays": [line("1", "2025-01-01")],
    "leaves on the 15th": [line("2", "2025-01-01", "2025-03-15")],
    # 21 days without a line, which grace bridges for us
    "renews late, in April": [
        line("3", "2025-01-01", "2025-03-20"),
        line("3b", "2025-04-10"),
    ],
    "comes back after months": [
        line("4", "2024-10-01", "2025-01-01"),
        line("4b", "2025-03-10", unit_price="80"),
    ],
    "new and gone": [line("5", "2025-03-05", "2025-03-20", unit_price="60")],
    "new on the 1st, and grows": [
        line("6", "2025-03-01", unit_price="50"),
        line("6b", "2025-03-16", unit_price="30"),
    ],
    "pauses on the 10th": [
        line("7", "2025-01-01", paused_from="2025-03-10", paused_until="2025-04-10")
    ],
    # 20 % off for ever: 80; then 50 less 10 % up to the end of the line: 45
    "grows at a discount": [
        line("8", "2025-01-01", discount_pct="0.2"),
        line("8b", "2025-03-15", "2026-03-15", unit_price="50", discount_pct="0.1"),
    ],
    "shrinks in euros": [
        line("9", "2025-01-01", "2025-03-12", currency="EUR"),
        line("9b", "2025-03-12", currency="EUR", unit_price="90"),
    ],
    "out for three days": [
        line("10", "2025-01-01", "2025-03-01"),
        line("10b", "2025-03-04"),
    ],
}

# Ends in March over customers on 28 February: each end is a churn, that of the new customer too.
CHARTMOGUL_LOGOS = {
    "stays": (0, 1),
    "leaves on the 15th": (1, 1),
    "renews late, in April": (1, 1),  # no grace
    "comes back after months": (0, 0),
    "new and gone": (1, 0),
    "new on the 1st, and grows": (0, 0),
    "pauses on the 10th": (0, 1),
    "grows at a discount": (0, 1),
    "shrinks in euros": (0, 1),
    "out for three days": (1, 1),  # the end of 1 March
}
# Churn + contraction - expansion - reactivation, over MRR on 28 February.
CHARTMOGUL_REVENUE = {
    "stays": (0, 100),
    "leaves on the 15th": (100, 100),
    "renews late, in April": (100, 100),
    "comes back after months": (-80, 0),
    "new and gone": (60, 0),  # new 60 is not in the formula, churn 60 is
    "new on the 1st, and grows": (-30, 0),  # new 50, then expansion 30
    "pauses on the 10th": (100, 100),  # MRR 0: contraction
    "grows at a discount": (-45, 80),
    "shrinks in euros": (10, 100),  # 100 and 90 EUR at 1.00; the rate of March is no movement
    "out for three days": (0, 100),  # churn 100, reactivation 100
}
# Ends from 2 to 31 March over customers on the 1st and those new from the 2nd on.
STRIPE_LOGOS = {
    "stays": (0, 1),
    "leaves on the 15th": (1, 1),
    "renews late, in April": (1, 1),
    "comes back after months": (0, 0),  # neither there on the 1st nor new
    "new and gone": (1, 1),
    "new on the 1st, and grows": (0, 1),  # there on the 1st
    "pauses on the 10th": (0, 1),
    "grows at a discount": (0, 1),
    "shrinks in euros": (0, 1),
    "out for three days": (0, 0),  # gone on the 1st: before the window, and not there at its start
}
# MRR on the 31st less that on 28 February, each at its own rate.
STRIPE_GROWTH = {
    "stays": (0, None),
    "leaves on the 15th": (-100, None),
    "renews late, in April": (-100, None),
    "comes back after months": (80, None),
    "new and gone": (0, None),
    "new on the 1st, and grows": (80, None),
    "pauses on the 10th": (-100, None),
    "grows at a discount": (50, None),  # 80 to 80 + 50: the 10 % end with the line
    "shrinks in euros": (-1, None),  # 90 x 1.10 less 100 x 1.00
    "out for three days": (0, None),
}
# Gone on the 31st, over customers on 28 February.
PROFITWELL_LOGOS = {
    "stays": (0, 1),
    "leaves on the 15th": (1, 1),
    "renews late, in April": (1, 1),
    "comes back after months": (0, 0),
    "new and gone": (0, 0),  # ignored
    "new on the 1st, and grows": (0, 0),
    "pauses on the 10th": (0, 1),
    "grows at a discount": (0, 1),
    "shrinks in euros": (0, 1),
    "out for three days": (0, 1),
}
# Churn + contraction, on hold being 0, over MRR on 28 February.
PROFITWELL_REVENUE = {
    "stays": (0, 100),
    "leaves on the 15th": (100, 100),
    "renews late, in April": (100, 100),
    "comes back after months": (0, 0),
    "new and gone": (0, 0),
    "new on the 1st, and grows": (0, 0),
    "pauses on the 10th": (100, 100),
    "grows at a discount": (0, 80),
    "shrinks in euros": (10, 100),
    "out for three days": (0, 100),
}
# New + expansion, over churn + contraction.
BAREMETRICS_QUICK_RATIO = {
    "stays": (0, 0),
    "leaves on the 15th": (0, 100),
    "renews late, in April": (0, 100),
    "comes back after months": (0, 0),  # reactivation is neither
    "new and gone": (0, 0),
    "new on the 1st, and grows": (80, 0),
    "pauses on the 10th": (0, 100),
    "grows at a discount": (45, 0),
    "shrinks in euros": (0, 10),
    "out for three days": (0, 0),
}
# What the customers of 1 March pay on the 31st, over what they paid on the 1st.
BAREMETRICS_RETENTION = {
    "stays": (100, 100),
    "leaves on the 15th": (0, 100),
    "renews late, in April": (0, 100),
    "comes back after months": (0, 0),
    "new and gone": (0, 0),
    "new on the 1st, and grows": (80, 50),
    "pauses on the 10th": (0, 100),
    "grows at a discount": (125, 80),
    "shrinks in euros": (90, 100),
    "out for three days": (0, 0),  # not there on the 1st
}
BY_HAND = {
    ("chartmogul", "logo_churn_rate"): CHARTMOGUL_LOGOS,
    ("chartmogul", "net_revenue_churn_rate"): CHARTMOGUL_REVENUE,
    ("stripe", "logo_churn_rate"): STRIPE_LOGOS,
    ("stripe", "mrr_growth"): STRIPE_GROWTH,
    ("profitwell", "logo_churn_rate"): PROFITWELL_LOGOS,
    ("profitwell", "gross_revenue_churn_rate"): PROFITWELL_REVENUE,
    ("baremetrics", "quick_ratio"): BAREMETRICS_QUICK_RATIO,
    ("baremetrics", "nrr_30d"): BAREMETRICS_RETENTION,
}


def raw_rows(*names: str) -> dict[str, list[dict[str, Any]]]:
    """The raw rows of these accounts, and of one that left in January."""
    accounts = [
        {"account_id": name, "account_name": name, "created_at": "2020-01-01"}
        for name in ["frame", *names]
    ]
    lines = [{**row, "account_id": name} for name in names for row in ACCOUNTS[name]]
    return {"accounts": accounts, "contracts": [FRAME, *lines], "fx_rates": RATES}


def march(graph: ModelGraph, tool: str, metric: str) -> tuple[Any, Any]:
    """Numerator and denominator of a tool's figure in March."""
    rows = graph.rows(f"int_{tool}_monthly")
    (row,) = [row for row in rows if row["month"] == MARCH and row["metric"] == metric]
    return row["numerator"], row["denominator"]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_each_account_adds_what_was_worked_out_by_hand(
    model_graph: ModelGraph, account: str
) -> None:
    model_graph.run(raw_rows(account), AS_OF, names=["kpi_method_bridge"])
    found = {key: march(model_graph, *key) for key in BY_HAND}
    assert found == {key: accounts[account] for key, accounts in BY_HAND.items()}


def test_ten_accounts_together_make_the_figures_of_the_bridge(model_graph: ModelGraph) -> None:
    model_graph.run(raw_rows(*ACCOUNTS), AS_OF, names=["kpi_method_bridge"])
    found = {
        (row["tool"], row["metric"]): row
        for row in model_graph.rows("kpi_method_bridge")
        if row["month"] == MARCH and row["component"] == "theirs"
    }
    for key, accounts in BY_HAND.items():
        numerator = sum(upper for upper, _ in accounts.values())
        denominator = sum(lower or 0 for _, lower in accounts.values()) or 1
        assert found[key]["amount"] == pytest.approx(numerator / denominator, abs=1e-12), key


# Per tool and metric: how far each named difference moves numerator and denominator. Ours are the
# accounts active on 28 February (seven, with 680 USD), of which one leaves; the late renewal is
# carried by grace with 100 USD.
DIFFERENCES = {
    ("chartmogul", "logo_churn_rate"): {
        "ours": (1, 7),
        "no_grace": (1, 0),  # the late renewal
        "within_month": (2, 0),  # new and gone, out for three days
    },
    ("chartmogul", "net_revenue_churn_rate"): {
        "ours": (100 + 10 - 45, 680),
        "no_grace": (100, 0),
        "pause": (100, 0),
        "reactivation": (-80, 0),
        "within_month": (60 - 30, 0),
    },
    ("stripe", "logo_churn_rate"): {
        "ours": (1, 7),
        "no_grace": (1, 0),
        "within_month": (2, 0),
        "new_in_denominator": (0, 2),  # new and gone, new on the 1st
        # the end of the 1st is out, and with it its customer; new on the 1st is there by then
        "rolling_30_days": (-1, -1),
    },
    ("stripe", "mrr_growth"): {
        "ours": (80 + 45 - 100 - 10, None),
        "no_grace": (-100, None),
        "pause": (-100, None),
        "reactivation": (80, None),
        "fx": (9, None),  # 90 EUR x 0.10
        "limited_discounts": (5, None),
    },
    ("profitwell", "logo_churn_rate"): {"ours": (1, 7), "no_grace": (1, 0)},
    ("profitwell", "gross_revenue_churn_rate"): {
        "ours": (110, 680),
        "no_grace": (100, 0),
        "pause": (100, 0),
    },
    ("baremetrics", "quick_ratio"): {
        "ours": (80 + 45 + 80, 110),
        "no_grace": (0, 100),
        "pause": (0, 100),
        "reactivation": (-80, 0),
    },
    ("baremetrics", "nrr_30d"): {
        # at the opening rate: 100 + 0 + 100 carried + 0 paused + 125 + 90 + 100
        "ours": (515, 680),
        "no_grace": (-100, 0),
        # in: new on the 1st, 50 then and 80 now; out: the customer that is not there on the 1st
        "rolling_30_days": (80 - 100, 50 - 100),
    },
}


def test_each_difference_is_what_was_worked_out_by_hand(model_graph: ModelGraph) -> None:
    model_graph.run(raw_rows(*ACCOUNTS), AS_OF, names=["kpi_method_bridge"])
    found: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = {}
    for row in model_graph.rows("kpi_method_bridge"):
        if row["month"] == MARCH and row["component"] != "theirs":
            cells = (row["numerator"], row["denominator"])
            found.setdefault((row["tool"], row["metric"]), {})[row["component"]] = cells
    unexplained = {key: cells.pop("unexplained") for key, cells in found.items()}
    assert {upper for upper, _ in unexplained.values()} == {Decimal(0)}
    assert {lower for _, lower in unexplained.values()} == {Decimal(0), None}
    assert found == DIFFERENCES

"""All figures of the reference at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from . import (
    churn,
    expansion,
    hierarchy,
    ledger,
    products,
    reading,
    renewals,
    restatement,
    retention,
    revenue,
    segments,
    support,
    survival,
    usage,
)
from .book import Book

Rows = list[dict[str, Any]]

KEYS: dict[str, list[str]] = {
    "quality_row_accounting": ["source"],
    "quality_quarantine": ["source", "file", "row_number"],
    "dim_account": ["account_id"],
    "fct_contract_line": ["contract_line_id"],
    "fct_mrr_monthly": ["account_id", "month"],
    "fct_mrr_event": ["account_id", "event_date", "product_id", "currency", "cause"],
    "kpi_mrr_by_product": ["month", "product_id"],
    "mrr_restatement": ["month", "account_id"],
    "fct_churn_event": ["account_id", "churn_date", "notice_date"],
    "fct_renewal": ["account_id", "contract_id", "due_date"],
    "fct_account_login_daily": ["account_id", "date"],
    "fct_account_usage": ["account_id", "date"],
    "fct_ticket": ["ticket_id"],
    "kpi_retention_monthly": ["month"],
    "kpi_retention_by_segment": ["month", "dimension", "value"],
    "kpi_retention_methods": ["month", "window_months", "metric", "method"],
    "kpi_cohort_retention": ["cohort_month", "months_since"],
    "kpi_renewals_monthly": ["month"],
    "kpi_survival": ["tenure_days"],
    "kpi_ltv": ["method"],
    "kpi_adoption_monthly": ["month"],
    "kpi_support_monthly": ["month"],
    "dim_account_hierarchy": ["account_id"],
    "customer_360_parent": ["ultimate_parent_id"],
    "quality_account_hierarchy": ["path_status"],
    "fct_opportunity": ["opportunity_id"],
    "fct_whitespace": ["account_id", "product_id"],
    "int_account_expansion": ["account_id"],
    "kpi_expansion_monthly": ["month"],
}
"""mart -> the columns that name a row."""

_MAKERS: dict[str, Callable[[Book], Rows]] = {
    "quality_row_accounting": lambda book: reading.quality_row_accounting(book.staged),
    "quality_quarantine": lambda book: reading.quality_quarantine(book.staged),
    "dim_account": revenue.dim_account,
    "fct_contract_line": revenue.fct_contract_line,
    "fct_mrr_monthly": revenue.fct_mrr_monthly,
    "fct_mrr_event": ledger.fct_mrr_event,
    "kpi_mrr_by_product": products.kpi_mrr_by_product,
    "mrr_restatement": restatement.mrr_restatement,
    "fct_churn_event": churn.fct_churn_event,
    "fct_renewal": renewals.fct_renewal,
    "fct_account_login_daily": usage.fct_account_login_daily,
    "fct_account_usage": usage.fct_account_usage,
    "fct_ticket": support.fct_ticket,
    "kpi_retention_monthly": retention.kpi_retention_monthly,
    "kpi_retention_by_segment": segments.kpi_retention_by_segment,
    "kpi_retention_methods": retention.kpi_retention_methods,
    "kpi_cohort_retention": retention.kpi_cohort_retention,
    "kpi_renewals_monthly": renewals.kpi_renewals_monthly,
    "kpi_survival": survival.kpi_survival,
    "kpi_ltv": survival.kpi_ltv,
    "kpi_adoption_monthly": usage.kpi_adoption_monthly,
    "kpi_support_monthly": support.kpi_support_monthly,
    "dim_account_hierarchy": hierarchy.dim_account_hierarchy,
    "customer_360_parent": hierarchy.customer_360_parent,
    "quality_account_hierarchy": hierarchy.quality_account_hierarchy,
    "fct_opportunity": expansion.fct_opportunity,
    "fct_whitespace": expansion.fct_whitespace,
    "int_account_expansion": expansion.int_account_expansion,
    "kpi_expansion_monthly": expansion.kpi_expansion_monthly,
}


def marts(
    raw: reading.Raw,
    as_of: date | None = None,
    variables: dict[str, Any] | None = None,
    names: list[str] | None = None,
) -> dict[str, Rows]:
    """Return mart name -> its rows, worked out from raw rows; all marts without `names`."""
    book = Book(reading.read(raw, as_of, variables))
    return {name: make(book) for name, make in _MAKERS.items() if not names or name in names}

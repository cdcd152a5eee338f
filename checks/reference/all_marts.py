"""All figures of the reference at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from . import (
    cadence,
    churn,
    feature_requests,
    engagement,
    engagement_now,
    ledger,
    products,
    reading,
    renewals,
    restatement,
    retention,
    revenue,
    segments,
    signals,
    support,
    survival,
    timeline,
    usage,
    voice,
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
    "kpi_support_backlog": ["month", "age_band"],
    "fct_survey_response": ["survey_id"],
    "kpi_voice_monthly": ["month", "survey_kind"],
    "kpi_satisfaction_monthly": ["month"],
    "int_account_voice": ["account_id"],
    "kpi_feature_requests": ["topic"],
    "int_account_requests": ["account_id"],
    "kpi_contact_coverage": ["month", "touch_model"],
    "kpi_csm_load": ["owner"],
    "int_account_contact": ["account_id"],
    "customer_timeline": ["event_id"],
    "risk_signal": ["account_id", "signal", "opened_on"],
    "silent_risk": ["account_id", "opened_on"],
    "call_list": ["account_id"],
    "fct_account_engagement": ["account_id", "month"],
    "int_account_features": ["account_id"],
    "int_account_data": ["account_id"],
    "int_account_messages": ["account_id"],
    "int_account_seats": ["account_id"],
    "kpi_engagement_monthly": ["month"],
}
"""mart, or part of customer_360 -> the columns that name a row."""

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
    "kpi_support_backlog": support.kpi_support_backlog,
    "fct_survey_response": voice.fct_survey_response,
    "kpi_voice_monthly": voice.kpi_voice_monthly,
    "kpi_satisfaction_monthly": voice.kpi_satisfaction_monthly,
    "int_account_voice": voice.account_voice,
    "kpi_feature_requests": feature_requests.kpi_feature_requests,
    "int_account_requests": feature_requests.account_requests,
    "kpi_contact_coverage": cadence.kpi_contact_coverage,
    "kpi_csm_load": cadence.kpi_csm_load,
    "int_account_contact": cadence.account_contact,
    "customer_timeline": timeline.customer_timeline,
    "risk_signal": signals.risk_signal,
    "silent_risk": signals.silent_risk,
    "call_list": signals.call_list,
    "fct_account_engagement": engagement.fct_account_engagement,
    "int_account_features": engagement_now.account_features,
    "int_account_data": engagement_now.account_data,
    "int_account_messages": engagement_now.account_messages,
    "int_account_seats": engagement_now.account_seats,
    "kpi_engagement_monthly": engagement_now.kpi_engagement_monthly,
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

"""The compiled graph of models on raw rows, in memory: one call, one set of marts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from checks.mutation.compiled_project import CompiledProject
from checks.mutation.in_memory import build_models, connect, fill_raw

# Marts that the models publish and the reference works out too, with what names a row in both.
COMPARED: dict[str, tuple[str, ...]] = {
    "dim_account": ("account_id",),
    "fct_contract_line": ("contract_line_id",),
    "fct_mrr_monthly": ("account_id", "month"),
    "fct_mrr_event": ("account_id", "event_date", "product_id", "currency", "cause"),
    "kpi_mrr_by_product": ("month", "product_id"),
    "fct_churn_event": ("account_id", "churn_date", "notice_date"),
    "kpi_retention_monthly": ("month",),
    "fct_renewal": ("account_id", "contract_id", "due_date"),
    "kpi_renewals_monthly": ("month",),
    "kpi_retention_methods": ("month", "window_months", "metric", "method"),
    "kpi_cohort_retention": ("cohort_month", "months_since"),
    "fct_account_login_daily": ("account_id", "date"),
    "fct_account_usage": ("account_id", "date"),
    "fct_ticket": ("ticket_id",),
    "kpi_adoption_monthly": ("month",),
    "kpi_support_monthly": ("month",),
    "kpi_support_backlog": ("month", "age_band"),
    "fct_survey_response": ("survey_id",),
    "kpi_voice_monthly": ("month", "survey_kind"),
    "kpi_satisfaction_monthly": ("month",),
    "int_account_voice": ("account_id",),
    "kpi_feature_requests": ("topic",),
    "int_account_requests": ("account_id",),
    "kpi_contact_coverage": ("month", "touch_model"),
    "kpi_csm_load": ("owner",),
    "int_account_contact": ("account_id",),
    "customer_timeline": ("event_id",),
    "risk_signal": ("account_id", "signal", "opened_on"),
    "silent_risk": ("account_id", "opened_on"),
    "call_list": ("account_id",),
    "fct_account_engagement": ("account_id", "month"),
    "int_account_features": ("account_id",),
    "int_account_data": ("account_id",),
    "int_account_messages": ("account_id",),
    "int_account_seats": ("account_id",),
    "kpi_engagement_monthly": ("month",),
    "fct_onboarding_milestone": ("account_id", "milestone"),
    "kpi_onboarding_monthly": ("month",),
    "fct_lifecycle_phase": ("account_id", "valid_from"),
    "kpi_phase_transitions": ("month", "from_phase", "to_phase"),
    "dim_account_hierarchy": ("account_id",),
    "customer_360_parent": ("ultimate_parent_id",),
    "quality_account_hierarchy": ("path_status",),
    "fct_opportunity": ("opportunity_id",),
    "fct_whitespace": ("account_id", "product_id"),
    "int_account_expansion": ("account_id",),
    "kpi_expansion_monthly": ("month",),
    "int_health_observations": ("account_id", "date"),
    "int_health_inputs": ("account_id", "date", "component_id"),
    "fct_health_score": ("account_id", "date"),
    "fct_health_component": ("account_id", "date", "component_id"),
    "health_change": ("account_id", "date", "part", "component_id"),
    "health_backtest": (
        *("score_version", "metric", "segment", "horizon_days", "date_set"),
        *("population", "baseline"),
    ),
    "health_backtest_decile": ("decile",),
    "health_calibration": ("score_version", "date_set", "horizon_days", "band"),
    "health_component_backtest": ("component_id",),
    "health_stability": ("score_version", "month"),
    "quality_row_accounting": ("source",),
}

Rows = list[dict[str, Any]]


class ModelGraph:
    """A database in memory that runs all models on one set of raw rows after another."""

    def __init__(self, project: CompiledProject) -> None:
        self.project = project
        self.connection = connect()

    def run(
        self,
        raw: dict[str, list[dict[str, Any]]],
        as_of: date | None,
        variables: str = "{}",
        names: Iterable[str] | None = None,
    ) -> None:
        """Run every model, or those that `names` are made from, on the raw rows.

        A source is connected when `raw` names it, with or without rows. `as_of` stands in for the
        var of that name. Raises duckdb.Error when a model fails.
        """
        connected = [{"source": source, "is_connected": True} for source in raw]
        fill_raw(self.connection, self.project, {"source_status": connected, **raw})
        fixed = {"int_as_of_candidates": _only_candidate(as_of)} if as_of else {}
        project = self.project if names is None else self._reduced(variables, names)
        build_models(self.connection, project, variables, fixed)

    def _reduced(self, variables: str, names: Iterable[str]) -> CompiledProject:
        """The project with no more than these models and all that their SQL names, however far."""
        needed, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                sql = self.project.sql[variables].get(name) or ""
                waiting += [n for n in self.project.order if self.project.relations[n] in sql]
        order = tuple(name for name in self.project.order if name in needed)
        return replace(self.project, order=order)

    def rows(self, name: str) -> Rows:
        """All rows of a model as dicts, ordered by all their columns."""
        result = self.connection.execute(f"from {self.project.relations[name]} order by all")
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def _only_candidate(as_of: date) -> str:
    """The candidates as if only the wanted date were there, so that no recompilation is needed."""
    return f"""
        select 'contracts' as source, 'updated_at' as column_name, 'contracts.csv' as source_file,
            1 as candidate_rank, cast(1 as bigint) as source_row_number,
            cast('{as_of}' as date) as as_of_candidate
    """

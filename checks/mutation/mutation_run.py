"""Try every mutant against the unit tests of its model and list which test noticed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb

from checks.mutation.compiled_project import CompiledProject, read_project
from checks.mutation.equivalents import reason_of
from checks.mutation.mutants import Mutant, branch_mutants, definition_mutants, type_probe
from checks.mutation.sql_tokens import Case
from checks.mutation.unit_tests import Fixture, UnitTestBench

# The models that own a defined term, and those that hold a part of its rule.
DEFINITION_MODELS = (
    *("health_backtest", "health_backtest_decile", "health_calibration"),
    *("health_component_backtest", "health_stability", "int_bootstrap_weights"),
    *("int_health_alarms", "int_health_auc_spreads", "int_health_brier_sums"),
    *("int_health_component_counts", "int_health_discrimination", "int_health_figures"),
    *("int_health_group_cells", "int_health_isotonic_fits", "int_health_lead_times"),
    *("int_health_observations_judged", "int_health_outcomes", "int_health_probabilities"),
    *("int_health_rank_cells", "int_health_score_cells", "int_health_split_dates"),
    *("int_health_surprises", "int_health_value_counts", "int_health_valued_observations"),
    *("int_health_versions", "int_notice_periods"),
    "fct_account_engagement",
    "dim_account_hierarchy",
    "fct_account_usage",
    "fct_churn_event",
    "fct_health_component",
    "fct_health_score",
    "health_change",
    "int_health_changes_split",
    "int_health_components_judged",
    "int_health_parameters",
    "int_health_profile_choices",
    "int_health_version_scores",
    "fct_lifecycle_phase",
    "fct_mrr_event",
    "fct_opportunity",
    "fct_onboarding_milestone",
    "fct_renewal",
    "fct_survey_response",
    "int_account_active_users",
    "int_account_contact_days",
    "int_account_currency_months",
    "int_account_currency_movements",
    "int_account_features_entitled",
    "int_account_features_used",
    "fct_whitespace",
    "int_account_ancestors",
    "int_account_expansion",
    "int_account_expansion_signals",
    "int_account_lifetimes",
    "int_account_month_cadence",
    "int_account_month_contact",
    "int_account_month_contacts",
    "int_account_milestones",
    "int_account_month_cross_sells",
    "int_account_month_data",
    "int_account_month_engagement",
    "int_account_month_features",
    "int_account_month_expansion",
    "int_account_month_movements",
    "int_account_month_seats",
    "int_account_month_support",
    "int_account_month_upsells",
    "int_account_month_use",
    "int_account_month_voice",
    "int_account_months",
    "int_account_opportunities",
    "int_account_periods",
    "int_account_plan_limits",
    "int_account_product_movements",
    "int_account_product_stretches",
    "int_account_products_held",
    "int_account_risk",
    "int_account_silences",
    "int_account_user_months",
    "int_account_views",
    "int_activity_phases",
    "int_adoption_totals",
    "int_baremetrics_differences",
    "int_billing_account_months",
    "int_billing_arrears",
    "int_billing_currency_months",
    "int_billing_lines",
    "int_billing_spans",
    "int_business_days",
    "int_chartmogul_differences",
    "int_commercial_signals",
    "int_commercial_totals",
    "int_contact_signals",
    "int_contract_changes",
    "int_contract_lines_due",
    "int_contract_lines_renewing",
    "int_contract_terms",
    "int_contract_versions",
    "int_contract_versions_valued",
    "int_coverage_end_losses",
    "int_coverage_ends",
    "int_coverage_runs",
    "int_coverage_spans",
    "int_feature_requests_settled",
    "int_data_volume_periods",
    "int_engagement_totals",
    "int_expansion_totals",
    "int_first_value_medians",
    "int_fx_rates_monthly",
    "int_line_changes",
    "int_line_months",
    "int_line_periods",
    "int_line_spans",
    "int_message_outcomes",
    "int_method_account_months",
    "int_method_components",
    "int_method_figures",
    "int_month_login_days",
    "int_months",
    "int_mrr_effects",
    "int_notices_withdrawn",
    "int_onboarding_starts",
    "int_onboarding_totals",
    "int_pause_changes",
    "int_phase_candidates",
    "int_position_changes",
    "int_position_term_changes",
    "int_possible_coverage_ends",
    "int_product_month_ends",
    "int_product_movements",
    "int_profitwell_account_months",
    "int_products_offered",
    "int_profitwell_differences",
    "int_progress_phases",
    "int_renewal_windows",
    "int_reported_totals",
    "int_request_waits",
    "int_restated_account_months",
    "int_retention_compounded",
    "int_retention_departures",
    "int_retention_losses",
    "int_retention_window_totals",
    "int_retention_windows",
    "int_segment_products",
    "int_satisfaction_windows",
    "int_shared_user_days",
    "int_stripe_churn_differences",
    "int_stripe_growth_differences",
    "int_support_changes",
    "int_support_medians",
    "int_support_survival",
    "int_support_totals",
    "int_survival_months",
    "int_ticket_breaches",
    "int_ticket_clocks",
    "int_ticket_clocks_timed",
    "int_ticket_months",
    "int_ticket_splits",
    "int_touchpoints_planned",
    "int_voice_totals",
    "int_ticket_signals",
    "int_usage_signals",
    "int_voice_signals",
    "int_use_stretches",
    "int_window_openings",
    "kpi_cohort_retention",
    "kpi_contact_coverage",
    "kpi_contributions",
    "kpi_csm_load",
    "kpi_feature_requests",
    "kpi_expansion_monthly",
    "kpi_ltv",
    "kpi_method_bridge",
    "kpi_mrr_by_product",
    "kpi_retention_methods",
    "kpi_support_backlog",
    "kpi_survival",
    "kpi_values",
    "kpi_voice_monthly",
    "mrr_restatement",
    "risk_signal",
    "silent_risk",
    "int_contract_lines_known",
    "int_features_adopted",
    "int_features_entitled_known",
    "int_health_contact",
    "int_health_data",
    "int_health_features",
    "int_health_messages",
    "int_health_observations",
    "int_health_satisfaction",
    "int_health_support",
    "int_health_use",
    "int_health_voice",
    "int_line_spans_known",
)

SURVIVED = "SURVIVED"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: the test that noticed, `SURVIVED`, or why it changes nothing."""

    model: str
    kind: str
    place: str
    change: str
    noticed_by: str
    equivalent: str = ""


class TypeFinder:
    """The type of a case, as DuckDB sees it, found by running the model's unit tests."""

    def __init__(self, bench: UnitTestBench, fixtures: list[Fixture], sql: str) -> None:
        self._bench = bench
        self._fixtures = fixtures
        self._sql = sql

    def __call__(self, case: Case) -> str:
        """`BOOLEAN`, `DECIMAL(18,4)`, ...; empty when no test reaches the case."""
        probe = type_probe(self._sql, case)
        for fixture in self._fixtures:
            try:
                self._bench.connection.execute(self._bench.statement(fixture, probe)).fetchall()
            except duckdb.Error as error:
                found = re.search(r"type:([^\n]+)", str(error))
                if found:
                    return found.group(1).strip()
        return ""


def noticed_by(bench: UnitTestBench, fixtures: list[Fixture], mutant: Mutant) -> str:
    """The first unit test that fails on the mutant; `SURVIVED` when none does."""
    for fixture in fixtures:
        if bench.failure(fixture, mutant.sql):
            return fixture.test.name
    return SURVIVED


def mutants_of(
    bench: UnitTestBench, fixtures: list[Fixture], model: str, sql: str
) -> Iterator[Mutant]:
    """All mutants of one text of a model."""
    yield from branch_mutants(model, sql, TypeFinder(bench, fixtures, sql))
    if model in DEFINITION_MODELS:
        yield from definition_mutants(model, sql)


def outcomes_of(bench: UnitTestBench, model: str) -> list[Outcome]:
    """Each mutant of the model, over every set of vars its unit tests run under.

    A mutant counts once, by its place in the order of mutants, which the vars do not change: it is
    noticed when a test notices it under any set of vars. The test that noticed the mutant before is
    tried first, since neighbours are mostly noticed by the same.
    """
    fixtures = bench.fixtures.get(model, [])
    texts = dict.fromkeys([bench.project.sql["{}"][model], *map(bench.original, fixtures)])
    outcomes: list[Outcome] = []
    for sql in texts:
        mine = [fixture for fixture in fixtures if bench.original(fixture) == sql]
        tried = list(mine)
        for place, mutant in enumerate(mutants_of(bench, mine, model, sql)):
            if place < len(outcomes) and outcomes[place].noticed_by != SURVIVED:
                continue
            outcome = _tried(bench, tried, mutant)
            tried.sort(key=lambda fixture: fixture.test.name != outcome.noticed_by)
            if place == len(outcomes):
                outcomes.append(outcome)
            elif outcome.noticed_by != SURVIVED:
                outcomes[place] = outcome
    return outcomes


def _tried(bench: UnitTestBench, fixtures: list[Fixture], mutant: Mutant) -> Outcome:
    """The outcome of one mutant; one that DuckDB cannot bind is no statement and proves nothing."""
    try:
        return _outcome(mutant, noticed_by(bench, fixtures, mutant))
    except (duckdb.BinderException, duckdb.ParserException):
        reason = "no statement: it cannot be bound"
        return Outcome(mutant.model, mutant.kind, mutant.place, mutant.change, SURVIVED, reason)


def _outcome(mutant: Mutant, test: str) -> Outcome:
    """The outcome, with the reason when a mutant that survived is known to change nothing."""
    reason = reason_of(mutant) if test == SURVIVED else ""
    return Outcome(mutant.model, mutant.kind, mutant.place, mutant.change, test, reason)


def _part(work_dir: str, models: list[str]) -> list[Outcome]:
    """The outcomes of some models, in a process of their own."""
    bench = UnitTestBench(read_project(Path(work_dir)), set(models))
    return [outcome for model in models for outcome in outcomes_of(bench, model)]


def run_all(
    work_dir: Path, project: CompiledProject, processes: int = 2, models: Sequence[str] = ()
) -> list[Outcome]:
    """The outcomes of the models asked for, or of all, in model order, on so many processes."""
    sql = project.sql["{}"]
    tried = models or [name for name in project.order if sql[name]]
    by_size = sorted(tried, key=lambda name: -len(sql[name]))
    parts = [by_size[start::4] for start in range(4)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(_part, str(work_dir), part) for part in parts]
        outcomes = [outcome for future in futures for outcome in future.result()]
    return sorted(outcomes, key=lambda o: (o.model, o.kind))

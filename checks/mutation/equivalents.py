"""Mutants that change no figure whatever the rows are, each with the reason why."""

from __future__ import annotations

from dataclasses import dataclass

from checks.mutation.mutants import Mutant

_NATIVE = "in ('TIMESTAMP', 'DATE')"


@dataclass(frozen=True)
class Equivalent:
    """Mutants of the models whose place and change contain these texts."""

    models: tuple[str, ...]
    place: str
    change: str
    reason: str


_WITHOUT_VERSIONS = (
    *("fx_rates", "products", "logins", "feature_usage", "data_volumes", "messages", "touchpoints"),
    *("surveys", "milestones", "opportunities", "invoices", "feature_requests"),
)
_OK_ALONE = "a component that is not ok does not count in a change, whatever its state is called"
EQUIVALENTS: tuple[Equivalent, ...] = (
    Equivalent(
        ("int_health_data",),
        "records_before",
        "> -> >=",
        "where no count stands the records are 0, and growth from 0 is unknown as well",
    ),
    Equivalent(
        ("int_features_entitled_known",),
        "unseen_grants",
        "> -> >=",
        "a grant that is unseen for no day begins and ends on one day and changes nothing",
    ),
    Equivalent(
        ("int_health_support",),
        "dated_windows",
        "> -> >=",
        "a window without tickets that is left out is counted as 0 in the next step",
    ),
    Equivalent(
        ("int_line_spans_known",),
        "carried_lines",
        "> -> >=",
        "a line that starts on the day on which a run ends would make the run longer",
    ),
    Equivalent(
        ("fct_survey_response",),
        "followed_answers",
        "no else -> 'sentinel'",
        "the answers of a known person are together whatever constant stands beside the person",
    ),
    Equivalent(
        (
            *("stg_raw__contracts", "stg_raw__fx_rates"),
            *("stg_raw__feature_usage", "stg_raw__data_volumes"),
        ),
        _NATIVE,
        "as timestamp) -> null",
        "a native date is taken by the branch of the outer case before this one is asked",
    ),
    Equivalent(
        ("int_as_of",),
        f"typeof(cast('' as varchar)) {_NATIVE}",
        "try_cast(cast('' as varchar) as",
        "the text of a var is never a native date",
    ),
    Equivalent(
        tuple(f"int_{source}_checked" for source in _WITHOUT_VERSIONS),
        "else",
        "'superseded' ->",
        "a source without versions has no superseded rows: the branch is never reached",
    ),
    Equivalent(
        ("int_products_checked", "int_milestones_checked"),
        "is_future_event",
        "',future_event' ->",
        "products and milestones have no event time: the condition is never true",
    ),
    Equivalent(
        ("int_source_events",),
        "source_events",
        "no else -> cast(",
        "the cell is condition and result: one that does not parse is null in one of them",
    ),
    Equivalent(
        ("int_account_risk",),
        "days_to_end < 0",
        "< -> <=",
        "0 days are 0 by either branch",
    ),
    Equivalent(
        ("int_account_months",),
        "lifetimes.shown_from < months.month",
        "< -> <=",
        "a view is shown from the last day of a month, a month begins on a first one",
    ),
    Equivalent(
        ("int_account_periods",),
        "limited_periods",
        "> -> >=",
        "a pause of exactly the limit ends on its own end either way",
    ),
    Equivalent(
        ("fct_renewal",),
        "then 'expanded'",
        "> -> >=",
        "equal amounts are renewed by the branch before",
    ),
    Equivalent(
        ("fct_churn_event",),
        "cast(null as date) as churn_date",
        "a day later",
        "no date a day later is no date",
    ),
    Equivalent(
        ("int_retention_departures",),
        "departed_accounts",
        "> -> >=",
        "an account is not active at the end of a month in which it churned",
    ),
    Equivalent(
        ("int_retention_departures",),
        "departed_accounts",
        "< -> <=",
        "an account is not active at the end of a month in which it churned",
    ),
    Equivalent(
        ("int_account_month_seats",),
        "valid_to > months.month",
        "> -> >=",
        "a period that ends before the first of the month adds none of its days",
    ),
    Equivalent(
        ("int_account_milestones",),
        "when first_value_date < started_date then 0",
        "< -> <=",
        "from a day to the same day there are 0 days too",
    ),
    Equivalent(
        ("int_first_value_medians",),
        "exp(log_survival) <= 0.500000001",
        "<= -> <",
        "no share of whole accounts is that number",
    ),
    Equivalent(
        ("int_health_component_counts",),
        "component_observations, case",
        "no else -> cast(7919",
        "an id that no component has is left out by its state, which has no branch for it either",
    ),
    Equivalent(
        ("int_health_components_judged", "int_health_changes_split"),
        "_on < ",
        "< -> <=",
        "a figure of the day itself is 0 days old, and no max_age_days is below 0",
    ),
    Equivalent(
        ("fct_health_component",),
        "component_values, case",
        "no else ->",
        "a name that is no component's has no weight, and so no row",
    ),
    Equivalent(
        ("int_health_changes_split",),
        "both_ends, case",
        "'stale' -> 'sentinel'",
        _OK_ALONE,
    ),
    Equivalent(
        ("int_health_changes_split",),
        "both_ends, case",
        "'not_applicable' -> 'sentinel'",
        _OK_ALONE,
    ),
    Equivalent(
        ("int_health_changes_split",),
        "both_ends, case",
        "_policy -> 'sentinel'",
        _OK_ALONE,
    ),
    Equivalent(
        ("int_health_changes_split",),
        "_weight is null",
        "null -> 'sentinel'",
        _OK_ALONE,
    ),
    Equivalent(
        ("int_health_component_counts",),
        "component_observations, case",
        "no else -> cast(7919",
        "an id that no component has is left out by its state, which has no branch for it either",
    ),
    Equivalent(
        ("int_support_survival",),
        "0.500000001",
        "< -> <=",
        "the limit stands for one half and a hair: no product of shares of tickets is that number",
    ),
)


def reason_of(mutant: Mutant) -> str:
    """Why the mutant changes nothing; empty when no reason is known."""
    for known in EQUIVALENTS:
        if (
            mutant.model in known.models
            and known.place in mutant.place
            and known.change in mutant.change
        ):
            return known.reason
    return ""

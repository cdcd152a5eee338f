with

spans as (
    select * from {{ ref('int_coverage_spans') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

first_spells as (
    select
        account_id,
        min(covered_from) as active_from,
        max(covered_to) as covered_to,
        max(case when span_end = 'churned' then 1 else 0 end) as churned
    from spans
    where
        is_current
        and spell_number = 1
    group by account_id
),

-- Who has not churned was seen until the as-of date, or, once only grace carries it, its last covered day.
tenures as (
    select
        first_spells.churned,
        case
            when first_spells.churned = 1 then {{ days_between('first_spells.active_from', 'first_spells.covered_to') }}
            else {{ days_between(
                'first_spells.active_from',
                'least(' ~ add_days('first_spells.covered_to', -1) ~ ', as_of.as_of_date)'
            ) }}
        end as tenure_days
    from first_spells
    cross join as_of
),

tenure_counts as (
    select
        tenure_days,
        sum(churned) as churned,
        count(*) - sum(churned) as censored,
        count(*) as seen_accounts
    from tenures
    group by tenure_days
),

risk_sets as (
    select
        tenure_days,
        churned,
        censored,
        sum(seen_accounts) over (
            order by tenure_days desc
            rows between unbounded preceding and current row
        ) as at_risk
    from tenure_counts
),

-- Nobody is left after a tenure at which all at risk churned: survival is 0 and has no error.
accumulated as (
    select
        *,
        churned = at_risk as is_over,
        sum(ln({{ ratio('nullif(at_risk - churned, 0)', 'at_risk') }})) over (
            order by tenure_days
            rows between unbounded preceding and current row
        ) as log_survival,
        sum({{ ratio('churned', 'at_risk * (at_risk - churned)') }}) over (
            order by tenure_days
            rows between unbounded preceding and current row
        ) as greenwood_sum
    from risk_sets
),

survival_curve as (
    select
        ---------- numbers
        cast(tenure_days as integer) as tenure_days,
        cast(at_risk as integer) as at_risk,
        cast(churned as integer) as churned,
        cast(censored as integer) as censored,
        cast(case when is_over then 0 else exp(log_survival) end as {{ double_type() }}) as survival,
        cast(
            case when not is_over then exp(log_survival) * sqrt(greenwood_sum) end as {{ double_type() }}
        ) as standard_error
    from accumulated
)

select * from survival_curve

with

window_openings as (
    select * from {{ ref('int_window_openings') }}
),

window_totals as (
    select * from {{ ref('int_retention_window_totals') }}
),

compounded as (
    select * from {{ ref('int_retention_compounded') }}
),

methods as (
    select 'point_to_point' as method
    union all
    select 'compounded' as method
    union all
    select 'ledger' as method
),

metrics as (
    select 'nrr' as metric
    union all
    select 'grr' as metric
    union all
    select 'logo' as metric
),

figures as (
    select
        window_openings.month,
        window_openings.window_months,
        metrics.metric,
        methods.method,
        case
            when methods.method = 'point_to_point' and metrics.metric = 'nrr' then window_totals.closing_mrr
            when methods.method = 'point_to_point' and metrics.metric = 'grr' then window_totals.kept_mrr
            when methods.method = 'point_to_point' and metrics.metric = 'logo' then window_totals.retained_logos
            when methods.method = 'ledger' and metrics.metric = 'nrr'
                then window_totals.opening_mrr - window_totals.lost_cohort_mrr + window_totals.gained_cohort_mrr
            when methods.method = 'ledger' and metrics.metric = 'grr'
                then window_totals.opening_mrr - window_totals.lost_cohort_mrr
            when methods.method = 'ledger' and metrics.metric = 'logo'
                then window_totals.opening_logos - window_totals.departed_logos
        end as numerator,
        case
            when methods.method = 'compounded' then null
            when metrics.metric = 'logo' then window_totals.opening_logos
            else window_totals.opening_mrr
        end as denominator,
        case
            when methods.method <> 'compounded' then null
            when metrics.metric = 'nrr' then compounded.compounded_nrr
            when metrics.metric = 'grr' then compounded.compounded_grr
            else compounded.compounded_logo
        end as product
    from window_openings
    cross join methods
    cross join metrics
    left join window_totals
        on
            window_openings.month_index = window_totals.month_index
            and window_openings.window_months = window_totals.window_months
    left join compounded
        on
            window_openings.month = compounded.month
            and window_openings.window_months = compounded.window_months
),

retention_methods as (
    select
        ---------- strings
        metric,
        method,
        ---------- numbers
        window_months,
        {{ money('numerator') }} as numerator,
        {{ money('denominator') }} as denominator,
        cast(coalesce(product, {{ ratio('numerator', 'denominator') }}) as {{ double_type() }}) as value,
        ---------- dates
        month
    from figures
)

select * from retention_methods

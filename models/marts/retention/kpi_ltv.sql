with

retention_totals as (
    select * from {{ ref('int_retention_totals') }}
),

months as (
    select * from {{ ref('int_months') }}
),

survival_months as (
    select * from {{ ref('int_survival_months') }}
),

churn_rates as (
    select
        avg(logo_churn_rate) over (
            order by month
            rows between 11 preceding and current row
        ) as logo_churn_rate,
        row_number() over (order by month desc) as months_back
    from retention_totals
    where
        dimension = 'all'
        and is_complete
),

current_figures as (
    select
        retention_totals.logos_end,
        retention_totals.arpa,
        churn_rates.logo_churn_rate,
        cast({{ var('gross_margin') }} as decimal(9, 6)) as margin
    from retention_totals
    inner join months
        on retention_totals.month = months.month
    left join churn_rates
        on churn_rates.months_back = 1
    where
        retention_totals.dimension = 'all'
        and months.is_as_of_month
),

expected_lifetimes as (
    select
        sum(survival * discount_factor) as discounted_months,
        max(case when is_observed then months_ahead end) as horizon_months_observed
    from survival_months
),

lifetime_values as (
    select
        *,
        'simple' as method,
        {{ ratio('arpa * margin', 'logo_churn_rate') }} as ltv,
        cast(null as integer) as horizon_months_observed
    from current_figures

    union all

    select
        current_figures.*,
        'survival' as method,
        current_figures.arpa * current_figures.margin * expected_lifetimes.discounted_months as ltv,
        expected_lifetimes.horizon_months_observed
    from current_figures
    cross join expected_lifetimes
),

ltv as (
    select
        ---------- strings
        method,
        ---------- numbers
        cast(ltv as {{ double_type() }}) as ltv,
        cast(arpa as {{ double_type() }}) as arpa,
        margin,
        cast(logo_churn_rate as {{ double_type() }}) as logo_churn_rate,
        cast(logos_end as integer) as n,
        cast(horizon_months_observed as integer) as horizon_months_observed
    from lifetime_values
)

select * from ltv

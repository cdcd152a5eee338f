with

survival_curve as (
    select * from {{ ref('kpi_survival') }}
),

month_numbers as (
    {{ dbt.generate_series(60) }}
),

months_ahead as (
    select
        generated_number - 1 as months_ahead,
        cast(30.4375 as decimal(9, 4)) * (generated_number - 1) as days_ahead
    from month_numbers
),

curve_steps as (
    select
        tenure_days,
        survival,
        lead(tenure_days) over (order by tenure_days) as next_tenure_days
    from survival_curve
),

curve_end as (
    select max(tenure_days) as longest_tenure_days
    from survival_curve
),

-- Before the first tenure nobody has left; after the longest nothing is known, so the last step is held.
survival_months as (
    select
        ---------- numbers
        cast(months_ahead.months_ahead as integer) as months_ahead,
        cast(coalesce(curve_steps.survival, 1) as {{ double_type() }}) as survival,
        cast(1 as {{ double_type() }})
        / power(1 + {{ var('discount_rate') }}, cast(months_ahead.months_ahead as {{ double_type() }}) / 12)
            as discount_factor,
        ---------- booleans
        coalesce(months_ahead.days_ahead <= curve_end.longest_tenure_days, false) as is_observed
    from months_ahead
    cross join curve_end
    left join curve_steps
        on
            months_ahead.days_ahead >= curve_steps.tenure_days
            and coalesce(months_ahead.days_ahead < curve_steps.next_tenure_days, true)
)

select * from survival_months

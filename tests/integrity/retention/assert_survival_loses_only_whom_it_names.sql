with

survival_curve as (
    select * from {{ ref('kpi_survival') }}
),

accounts as (
    select * from {{ ref('dim_account') }}
),

customers as (
    select count(*) as customer_count
    from accounts
    where first_active_date is not null
),

following_tenures as (
    select
        survival_curve.*,
        customers.customer_count,
        lag(survival_curve.at_risk) over (order by survival_curve.tenure_days) as at_risk_before,
        lag(survival_curve.churned + survival_curve.censored) over (
            order by survival_curve.tenure_days
        ) as gone_before,
        lag(survival_curve.survival) over (order by survival_curve.tenure_days) as survival_before
    from survival_curve
    cross join customers
),

impossible_tenures as (
    select
        tenure_days,
        at_risk,
        at_risk_before,
        gone_before,
        customer_count,
        survival,
        survival_before
    from following_tenures
    where
        at_risk <> coalesce(at_risk_before - gone_before, customer_count)
        or survival - coalesce(survival_before, 1) > cast(0.000000000001 as {{ double_type() }})
        or churned + censored < 1
)

select * from impossible_tenures

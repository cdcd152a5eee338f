with

reported_months as (
    select * from {{ ref('int_reported_account_months') }}
),

movements as (
    select * from {{ ref('int_account_month_movements') }}
),

views as (
    select * from {{ ref('int_account_views') }}
),

lifetimes as (
    select * from {{ ref('int_account_lifetimes') }}
),

-- Only what was looked at again can differ.
compared_months as (
    select
        views.account_id,
        views.report_month as month,
        views.known_on,
        lifetimes.first_active_date,
        coalesce(reported_months.mrr_end, 0) as mrr_end_reported,
        coalesce(movements.mrr_end, 0) as mrr_end_current,
        coalesce(reported_months.is_active_end, false) as is_active_reported,
        coalesce(reported_months.is_grace, false) as is_grace_reported,
        coalesce(movements.is_active_end, false) as is_active_current
    from views
    left join lifetimes
        on
            views.account_id = lifetimes.account_id
            and views.known_on = lifetimes.known_on
    left join reported_months
        on
            views.account_id = reported_months.account_id
            and views.report_month = reported_months.month
    left join movements
        on
            views.account_id = movements.account_id
            and views.report_month = movements.month
            and movements.is_current
    where not views.is_current
),

restated_months as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        {{ money('mrr_end_reported') }} as mrr_end_reported,
        {{ money('mrr_end_current') }} as mrr_end_current,
        ---------- booleans
        is_active_current,
        is_grace_reported,
        coalesce(first_active_date <= {{ month_end('month') }}, false)
        and (is_grace_reported or not is_active_reported) as has_lapsed_reported,
        ---------- dates
        known_on,
        month,
        {{ month_end('month') }} as month_end_date
    from compared_months
    where mrr_end_reported <> mrr_end_current
)

select * from restated_months

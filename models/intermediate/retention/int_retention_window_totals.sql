with

window_openings as (
    select * from {{ ref('int_window_openings') }}
),

windows as (
    select * from {{ ref('int_retention_windows') }}
),

losses as (
    select * from {{ ref('int_retention_losses') }}
),

departures as (
    select * from {{ ref('int_retention_departures') }}
),

cohort_ends as (
    select
        window_months,
        month_index,
        sum(opening_mrr) as opening_mrr,
        sum(closing_mrr) as closing_mrr,
        sum(kept_mrr) as kept_mrr,
        count(*) as opening_logos,
        sum(case when is_retained then 1 else 0 end) as retained_logos
    from windows
    group by window_months, month_index
),

window_losses as (
    select
        window_openings.window_months,
        window_openings.month_index,
        sum(losses.lost_cohort_mrr) as lost_cohort_mrr,
        sum(losses.gained_cohort_mrr) as gained_cohort_mrr
    from window_openings
    inner join losses
        on
            window_openings.opening_index = losses.opening_index
            and window_openings.month_index >= losses.month_index
    group by window_openings.window_months, window_openings.month_index
),

window_departures as (
    select
        window_openings.window_months,
        window_openings.month_index,
        sum(departures.departed_logos) as departed_logos
    from window_openings
    inner join departures
        on
            window_openings.opening_index = departures.opening_index
            and window_openings.month_index >= departures.month_index
    group by window_openings.window_months, window_openings.month_index
),

window_totals as (
    select
        ---------- numbers
        window_openings.window_months,
        window_openings.month_index,
        {{ money('coalesce(cohort_ends.opening_mrr, 0)') }} as opening_mrr,
        {{ money('coalesce(cohort_ends.closing_mrr, 0)') }} as closing_mrr,
        {{ money('coalesce(cohort_ends.kept_mrr, 0)') }} as kept_mrr,
        {{ money('coalesce(window_losses.lost_cohort_mrr, 0)') }} as lost_cohort_mrr,
        {{ money('coalesce(window_losses.gained_cohort_mrr, 0)') }} as gained_cohort_mrr,
        cast(coalesce(cohort_ends.opening_logos, 0) as integer) as opening_logos,
        cast(coalesce(cohort_ends.retained_logos, 0) as integer) as retained_logos,
        cast(coalesce(window_departures.departed_logos, 0) as integer) as departed_logos,
        ---------- dates
        window_openings.month
    from window_openings
    left join cohort_ends
        on
            window_openings.window_months = cohort_ends.window_months
            and window_openings.month_index = cohort_ends.month_index
    left join window_losses
        on
            window_openings.window_months = window_losses.window_months
            and window_openings.month_index = window_losses.month_index
    left join window_departures
        on
            window_openings.window_months = window_departures.window_months
            and window_openings.month_index = window_departures.month_index
    where window_openings.opening_index is not null
)

select * from window_totals

with

movements as (
    select * from {{ ref('int_account_month_movements') }}
),

positions as (
    select * from {{ ref('int_account_month_positions') }}
),

views as (
    select * from {{ ref('int_account_views') }}
),

months as (
    select * from {{ ref('int_months') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

closed_months as (
    select
        months.month,
        months.month_index
    from months
    cross join as_of
    where {{ add_days(month_end('months.month'), var('close_lag_days')) }} <= as_of.as_of_date
),

-- An account that nothing was recorded about since reads as it was reported.
reported_movements as (
    select
        movements.*,
        closed_months.month_index
    from movements
    inner join closed_months
        on movements.month = closed_months.month
    left join views
        on
            movements.account_id = views.account_id
            and movements.month = views.report_month
    where
        not movements.is_current
        or views.account_id is null
),

reported_months as (
    select
        ---------- ids
        reported_movements.account_id,
        ---------- strings
        reported_movements.movement,
        ---------- numbers
        reported_movements.mrr_start,
        reported_movements.new_mrr,
        reported_movements.reactivation_mrr,
        reported_movements.expansion_mrr,
        reported_movements.contraction_mrr,
        reported_movements.churn_mrr,
        reported_movements.pause_mrr,
        reported_movements.resume_mrr,
        reported_movements.fx_mrr,
        reported_movements.mrr_end,
        reported_movements.intra_month_starts,
        reported_movements.intra_month_ends,
        ---------- booleans
        reported_movements.is_active_start,
        reported_movements.is_active_end,
        reported_movements.is_grace,
        cast(coalesce(positions.is_paused, false) as boolean) as is_paused,
        reported_movements.is_complete,
        reported_movements.is_final,
        ---------- dates
        reported_movements.month
    from reported_movements
    left join positions
        on
            reported_movements.account_id = positions.account_id
            and reported_movements.known_on = positions.known_on
            and reported_movements.month_index = positions.month_index
)

select * from reported_months

with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

positions as (
    select * from {{ ref('int_account_month_positions') }}
),

windows as (
    select * from {{ ref('int_retention_windows') }}
),

committed_mrr as (
    select * from {{ ref('int_account_committed_mrr') }}
),

months as (
    select * from {{ ref('int_months') }}
),

yearly_windows as (
    select *
    from windows
    where window_months = 12
),

-- Accounts count in a month after they left (12-month cohorts) and before they begin (booked lines).
counted_months as (
    select
        account_id,
        month
    from mrr_monthly

    union distinct

    select
        account_id,
        month
    from yearly_windows

    union distinct

    select
        committed_mrr.account_id,
        months.month
    from committed_mrr
    cross join months
    where months.is_as_of_month
),

account_month_facts as (
    select
        ---------- ids
        counted_months.account_id,
        ---------- numbers
        mrr_monthly.mrr_start,
        mrr_monthly.new_mrr,
        mrr_monthly.reactivation_mrr,
        mrr_monthly.expansion_mrr,
        mrr_monthly.contraction_mrr,
        mrr_monthly.churn_mrr,
        mrr_monthly.pause_mrr,
        mrr_monthly.resume_mrr,
        mrr_monthly.fx_mrr,
        mrr_monthly.mrr_end,
        cast(case when mrr_monthly.is_active_start then 1 end as integer) as logos_start,
        cast(case when mrr_monthly.movement = 'new' then 1 end as integer) as new_logos,
        cast(case when mrr_monthly.movement = 'reactivation' then 1 end as integer) as reactivated_logos,
        cast(case when mrr_monthly.movement = 'churn' then 1 end as integer) as churned_logos,
        cast(case when mrr_monthly.is_active_end then 1 end as integer) as logos_end,
        mrr_monthly.intra_month_starts as intra_month_new_logos,
        mrr_monthly.intra_month_ends as intra_month_churned_logos,
        cast(case when mrr_monthly.is_grace then 1 end as integer) as grace_logos,
        {{ money('case when mrr_monthly.is_grace then mrr_monthly.mrr_end end') }} as grace_mrr,
        cast(case when positions.is_paused then 1 end as integer) as paused_logos_end,
        cast(
            case when mrr_monthly.is_active_end and mrr_monthly.mrr_end = 0 then 1 end as integer
        ) as zero_mrr_logos_end,
        positions.licensed_seats,
        cast(
            case
                when months.is_as_of_month
                    then
                        12 * (
                            coalesce(mrr_monthly.mrr_end, 0)
                            + coalesce(committed_mrr.booked_mrr, 0)
                            - coalesce(committed_mrr.ending_mrr, 0)
                        )
            end as decimal(18, 4)
        ) as carr,
        yearly_windows.opening_mrr as opening_mrr_12m,
        yearly_windows.closing_mrr as closing_mrr_12m,
        yearly_windows.kept_mrr as kept_mrr_12m,
        cast(case when yearly_windows.account_id is not null then 1 end as integer) as opening_logos_12m,
        cast(case when yearly_windows.is_retained then 1 end as integer) as retained_logos_12m,
        ---------- dates
        counted_months.month
    from counted_months
    inner join months
        on counted_months.month = months.month
    left join mrr_monthly
        on
            counted_months.account_id = mrr_monthly.account_id
            and counted_months.month = mrr_monthly.month
    left join positions
        on
            counted_months.account_id = positions.account_id
            and months.month_index = positions.month_index
            and positions.is_current
    left join yearly_windows
        on
            counted_months.account_id = yearly_windows.account_id
            and counted_months.month = yearly_windows.month
    left join committed_mrr
        on counted_months.account_id = committed_mrr.account_id
)

select * from account_month_facts

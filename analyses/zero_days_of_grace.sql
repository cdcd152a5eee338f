-- What would 0 days of grace change?
--
-- The figures of each month beside those that the same contracts give when `renewal_grace_days` is 0: an account
-- that is only carried on the last day of a month (`is_grace`: a bridged gap, or grace at the as-of date) is then
-- not active on it, so it churns in that month, and a late renewal brings it back as a reactivation. Everything
-- else stays as it is, so the answer equals a build with `VARS='{renewal_grace_days: 0}'`.
--
-- How to read it: with grace on the left, without on the right, month by month. `late_renewals` counts the gaps
-- that began in the month and were bridged; those that began and ended inside one month change no month end.
-- What is more in churn comes back in `reactivated_logos_without`, except for the accounts that are still in
-- grace: those may be gone.
with

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

spans as (
    select * from {{ ref('int_coverage_spans') }}
),

months_without_grace as (
    select
        *,
        is_active_end and not is_grace as is_active_end_without,
        case when is_grace then 0 else mrr_end end as mrr_end_without
    from mrr_monthly
),

month_starts as (
    select
        *,
        coalesce(
            lag(is_active_end_without) over (partition by account_id order by month),
            false
        ) as is_active_start_without,
        coalesce(lag(mrr_end_without) over (partition by account_id order by month), 0) as mrr_start_without
    from months_without_grace
),

monthly_totals as (
    select
        month,
        sum(case when is_active_start then 1 else 0 end) as logos_start,
        sum(case when movement = 'churn' then 1 else 0 end) as churned_logos,
        sum(case when movement = 'reactivation' then 1 else 0 end) as reactivated_logos,
        sum(churn_mrr) as churn_mrr,
        sum(mrr_start) as mrr_start,
        sum(mrr_end) as mrr_end,
        sum(case when is_active_start_without then 1 else 0 end) as logos_start_without,
        sum(case when is_active_start_without and not is_active_end_without then 1 else 0 end)
            as churned_logos_without,
        sum(
            case
                when is_active_end_without and not is_active_start_without and movement <> 'new' then 1
                else 0
            end
        ) as reactivated_logos_without,
        sum(case when is_active_start_without and not is_active_end_without then mrr_start_without else 0 end)
            as churn_mrr_without,
        sum(mrr_end_without) as mrr_end_without
    from month_starts
    group by month
),

late_renewals as (
    select
        {{ month_start('covered_to') }} as month,
        count(*) as late_renewals
    from spans
    where
        is_current
        and span_end = 'bridged'
    group by {{ month_start('covered_to') }}
)

select
    monthly_totals.month,
    coalesce(late_renewals.late_renewals, 0) as late_renewals,
    monthly_totals.churned_logos,
    monthly_totals.churned_logos_without,
    monthly_totals.reactivated_logos,
    monthly_totals.reactivated_logos_without,
    {{ ratio('churned_logos', 'logos_start') }} as logo_churn_rate,
    {{ ratio('churned_logos_without', 'logos_start_without') }} as logo_churn_rate_without,
    monthly_totals.churn_mrr,
    monthly_totals.churn_mrr_without,
    monthly_totals.mrr_end,
    monthly_totals.mrr_end_without
from monthly_totals
left join late_renewals
    on monthly_totals.month = late_renewals.month
order by monthly_totals.month desc

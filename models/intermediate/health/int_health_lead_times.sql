with

observations as (
    select * from {{ ref('int_health_observations_judged') }}
),

followed_looks as (
    select
        *,
        coalesce(
            lead(date) over (partition by score_version, population, account_id, churn_date order by date),
            {{ add_days('date', 7) }}
        ) as next_date
    from observations
    where churn_date is not null
),

-- A Sunday without a look, carried by grace or in the other population, breaks the row.
looks_before_churn as (
    select
        score_version,
        population,
        account_id,
        churn_date,
        segment,
        days_to_churn,
        churned_all_90,
        churned_late_90,
        row_number() over backwards as look_number,
        sum(case when band = 'at_risk' and next_date = {{ add_days('date', 7) }} then 0 else 1 end)
            over backwards as looks_not_at_risk
    from followed_looks
    window backwards as (
        partition by score_version, population, account_id, churn_date order by date desc
        rows between unbounded preceding and current row
    )
),

churns as (
    select
        score_version,
        population,
        account_id,
        churn_date,
        max(case when look_number = 1 then segment end) as segment,
        count(case when look_number = 1 then churned_all_90 end) as is_judged,
        count(case when look_number = 1 then churned_late_90 end) as is_late,
        max(case when looks_not_at_risk = 0 then days_to_churn end) as lead_days
    from looks_before_churn
    group by score_version, population, account_id, churn_date
),

churns_by_group as (
    select
        churns.score_version,
        churns.population,
        churns.lead_days,
        date_sets.date_set,
        case when scopes.is_whole then '(all)' else churns.segment end as segment
    from churns
    cross join (values (true), (false)) as scopes (is_whole)
    inner join (values ('all'), ('out_of_time')) as date_sets (date_set)
        on
            (date_sets.date_set = 'all' and churns.is_judged = 1)
            or (date_sets.date_set = 'out_of_time' and churns.is_late = 1)
),

lead_times as (
    select
        ---------- strings
        score_version,
        population,
        segment,
        date_set,
        ---------- numbers
        cast(count(lead_days) as integer) as warned,
        cast(count(*) as integer) as churned,
        cast(percentile_cont(0.5) within group (order by lead_days) as {{ double_type() }}) as median_lead_days
    from churns_by_group
    group by score_version, population, segment, date_set
)

select * from lead_times

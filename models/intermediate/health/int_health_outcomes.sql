with

observations as (
    select * from {{ ref('int_health_observations') }}
),

churn_events as (
    select * from {{ ref('fct_churn_event') }}
),

notice_periods as (
    select * from {{ ref('int_notice_periods') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

observed as (
    select
        account_id,
        date
    from observations
    where
        is_covered
        and {{ is_sunday('date') }}
),

followed_churns as (
    select
        account_id,
        churn_date,
        coalesce(
            lag(churn_date) over (partition by account_id order by churn_date), {{ far_past() }}
        ) as followed_from
    from churn_events
    where is_recognised
),

noticed as (
    select distinct
        observed.account_id,
        observed.date
    from observed
    inner join notice_periods
        on
            observed.account_id = notice_periods.account_id
            and observed.date >= notice_periods.notice_from
            and observed.date < notice_periods.notice_until
),

followed as (
    select
        observed.account_id,
        observed.date,
        followed_churns.churn_date,
        noticed.date is not null as had_notice,
        {{ days_between('observed.date', 'followed_churns.churn_date') }} as days_to_churn,
        {{ days_between('observed.date', 'as_of.as_of_date') }} - {{ var('renewal_grace_days') }} as days_judged
    from observed
    cross join as_of
    left join followed_churns
        on
            observed.account_id = followed_churns.account_id
            and observed.date >= followed_churns.followed_from
            and observed.date < followed_churns.churn_date
    left join noticed
        on
            observed.account_id = noticed.account_id
            and observed.date = noticed.date
),

-- A churn can still come to light until the grace after the horizon is over: no label before that.
outcomes as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(case when had_notice then 'notice_given' else 'no_notice' end as {{ text_type() }}) as population,
        ---------- numbers
        days_to_churn,
        case when days_judged < 30 then null when days_to_churn <= 30 then 1 else 0 end as churned_30,
        case when days_judged < 90 then null when days_to_churn <= 90 then 1 else 0 end as churned_90,
        case when days_judged < 180 then null when days_to_churn <= 180 then 1 else 0 end as churned_180,
        ---------- booleans
        had_notice,
        cast(days_judged >= 30 as boolean) as is_eligible_30,
        cast(days_judged >= 90 as boolean) as is_eligible_90,
        cast(days_judged >= 180 as boolean) as is_eligible_180,
        ---------- dates
        date,
        churn_date
    from followed
)

select * from outcomes

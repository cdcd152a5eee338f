with

outcomes as (
    select * from {{ ref('int_health_outcomes') }}
),

looked_at_dates as (
    select distinct
        date,
        is_eligible_30,
        is_eligible_90,
        is_eligible_180
    from outcomes
),

eligible_dates as (
    select
        horizons.horizon_days,
        looked_at_dates.date
    from looked_at_dates
    inner join (values (30), (90), (180)) as horizons (horizon_days)
        on
            (horizons.horizon_days = 30 and looked_at_dates.is_eligible_30)
            or (horizons.horizon_days = 90 and looked_at_dates.is_eligible_90)
            or (horizons.horizon_days = 180 and looked_at_dates.is_eligible_180)
),

numbered_dates as (
    select
        horizon_days,
        date,
        row_number() over (partition by horizon_days order by date) as date_number,
        count(*) over (partition by horizon_days) as date_count
    from eligible_dates
),

later_halves as (
    select
        horizon_days,
        min(date) as split_date
    from numbered_dates
    where 2 * date_number > date_count
    group by horizon_days
),

split_dates as (
    select
        ---------- numbers
        cast(horizon_days as integer) as horizon_days,
        ---------- dates
        split_date,
        {{ add_days('split_date', '-horizon_days - ' ~ var('renewal_grace_days')) }} as fitted_until
    from later_halves
)

select * from split_dates

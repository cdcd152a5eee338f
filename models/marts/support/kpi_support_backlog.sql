with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

bands as (
    select * from {{ ref('backlog_age_bands') }}
),

months as (
    select * from {{ ref('int_months') }}
),

month_range as (
    select
        min(month) as first_month,
        max(state_date) as last_date
    from months
),

-- An open ticket grows into a band and out of it again, or out of all when it is solved.
band_stays as (
    select
        bands.age_band,
        {{ add_days('tickets.created_date', 'bands.min_age_days') }} as entered_date,
        least({{ add_days('tickets.created_date', 'bands.max_age_days + 1') }}, tickets.solved_date) as left_date
    from tickets
    cross join bands
    where tickets.is_counted
),

band_events as (
    select
        age_band,
        entered_date as event_date,
        1 as backlog_change
    from band_stays
    where
        left_date is null
        or entered_date < left_date

    union all

    select
        age_band,
        left_date as event_date,
        -1 as backlog_change
    from band_stays
    where entered_date < left_date
),

month_changes as (
    select
        band_events.age_band,
        greatest({{ month_start('band_events.event_date') }}, month_range.first_month) as month,
        sum(band_events.backlog_change) as backlog_change
    from band_events
    inner join month_range
        on band_events.event_date <= month_range.last_date
    group by
        band_events.age_band,
        greatest({{ month_start('band_events.event_date') }}, month_range.first_month)
),

running_months as (
    select
        months.month,
        months.is_complete,
        bands.age_band,
        bands.min_age_days,
        sum(coalesce(month_changes.backlog_change, 0)) over (
            partition by bands.age_band
            order by months.month
            rows between unbounded preceding and current row
        ) as backlog
    from months
    cross join bands
    left join month_changes
        on
            months.month = month_changes.month
            and bands.age_band = month_changes.age_band
),

support_backlog as (
    select
        ---------- strings
        age_band,
        ---------- numbers
        min_age_days,
        cast(backlog as integer) as backlog,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from running_months
)

select * from support_backlog

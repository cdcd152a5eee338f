with

spells as (
    select * from {{ ref('int_activity_spells') }}
),

views as (
    select * from {{ ref('int_account_views') }}
),

account_lifetimes as (
    select
        ---------- ids
        spells.account_id,
        ---------- booleans
        views.is_current,
        ---------- dates
        spells.known_on,
        min(spells.active_from) as first_active_date,
        max(coalesce(spells.churn_date, {{ far_future() }})) as last_active_until,
        views.shown_from,
        views.shown_to
    from spells
    inner join views
        on
            spells.account_id = views.account_id
            and spells.known_on = views.known_on
    group by spells.account_id, spells.known_on, views.is_current, views.shown_from, views.shown_to
)

select * from account_lifetimes

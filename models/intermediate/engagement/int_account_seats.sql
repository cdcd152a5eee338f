with

accounts as (
    select * from {{ ref('dim_account') }}
),

month_seats as (
    select * from {{ ref('int_account_month_seats') }}
),

months as (
    select * from {{ ref('int_months') }}
),

users as (
    select * from {{ ref('dim_user') }}
),

present_seats as (
    select month_seats.*
    from month_seats
    inner join months
        on month_seats.month = months.month
    where months.is_as_of_month
),

champions as (
    select distinct account_id
    from users
    where
        role = 'champion'
        and is_enabled
        and not is_internal
),

account_seats as (
    select
        ---------- ids
        accounts.account_id,
        ---------- strings
        cast(
            case
                when accounts.is_internal then 'not_applicable'
                when present_seats.account_id is null then 'no_data'
                else 'ok'
            end as {{ text_type() }}
        ) as seats_state,
        ---------- numbers
        present_seats.unused_seats,
        present_seats.seats_time_weighted,
        present_seats.champion_logins_28d,
        present_seats.admin_logins_28d,
        ---------- booleans
        cast(
            case when present_seats.account_id is not null then champions.account_id is not null end as boolean
        ) as has_champion
    from accounts
    left join present_seats
        on accounts.account_id = present_seats.account_id
    left join champions
        on accounts.account_id = champions.account_id
)

select * from account_seats

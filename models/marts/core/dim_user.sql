with

users as (
    select * from {{ ref('int_users_current') }}
),

user_facts as (
    select
        ---------- ids
        user_id,
        account_id,
        ---------- strings
        role,
        ---------- booleans
        is_internal,
        cast(deactivated_at is null as boolean) as is_enabled,
        ---------- dates
        {{ reporting_date('created_at') }} as created_date,
        {{ reporting_date('deactivated_at') }} as deactivated_date
    from users
)

select * from user_facts

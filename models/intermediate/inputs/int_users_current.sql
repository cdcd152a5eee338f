with

checked_users as (
    select * from {{ ref('int_users_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_users as (
    select
        ---------- ids
        checked_users.user_id,
        checked_users.account_id,
        ---------- strings
        checked_users.role,
        ---------- booleans
        checked_users.is_internal,
        accounts.is_internal as is_account_internal,
        cast(not checked_users.is_known_version as boolean) as is_backfilled,
        ---------- timestamps
        checked_users.created_at,
        cast({{ known_at('checked_users.deactivated_at') }} as timestamp) as deactivated_at
    from checked_users
    cross join as_of
    inner join accounts
        on checked_users.account_id = accounts.account_id
    where checked_users.row_end = 'staged'
)

select * from current_users

with

-- The same rows under three names: those with all they need, and the few that lack a day or a key.
logins as (
    select * from {{ ref('int_logins_read') }}
),

logins_without_day as (
    select * from {{ ref('int_logins_read') }}
),

logins_without_key as (
    select * from {{ ref('int_logins_read') }}
),

repeated_keys as (
    select * from {{ ref('int_login_keys_repeated') }}
),

known_users as (
    select * from {{ ref('int_users_current') }}
),

known_accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

logins_to_check as (
    select *
    from logins
    where
        login_id is not null
        and login_date is not null
        and {{ is_affected_key('login_id') }}
        and {{ is_date_of_affected_key('login_date') }}

    union all

    select *
    from logins_without_day
    where
        login_id is not null
        and login_date is null
        and {{ is_affected_key('login_id') }}

    union all

    select *
    from logins_without_key
    where login_id is null
),

facts as (
    select
        logins_to_check.*,
        known_users.user_id is not null as is_known_user,
        known_accounts.account_id is not null as is_known_account,
        repeated_keys.login_id is not null as is_repeated,
        coalesce(logins_to_check.login_date > as_of.as_of_date, false) as is_future_event
    from logins_to_check
    cross join as_of
    left join known_users
        on logins_to_check.user_id = known_users.user_id
    left join known_accounts
        on logins_to_check.account_id = known_accounts.account_id
    left join repeated_keys
        on logins_to_check.login_id = repeated_keys.login_id
),

faulted as (
    select
        *,
        {{ quarantine_reasons('logins') }} as reasons
    from facts
),

-- A row without fault whose key is its own is in use. Ranking only the others keeps millions out.
doubtful_logins as (
    select *
    from faulted
    where
        reasons is not null
        or is_repeated
),

checked as (
    select
        ---------- ids
        login_id,
        ---------- strings
        case when reasons is not null then coalesce(login_id, '') end as row_key,
        reasons,
        {{ faulty_cells() }} as faulty_cells,
        source_file,
        {{ row_end('login_id') }} as row_end,
        ---------- numbers
        source_row_number
    from doubtful_logins
)

select * from checked

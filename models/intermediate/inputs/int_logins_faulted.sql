with

logins as (
    select * from {{ ref('int_logins_read') }}
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

facts as (
    select
        logins.*,
        known_users.user_id is not null as is_known_user,
        known_accounts.account_id is not null as is_known_account,
        coalesce(logins.login_date > as_of.as_of_date, false) as is_future_event,
        coalesce(logins.account_id, known_users.account_id) as counted_account_id
    from logins
    cross join as_of
    left join known_users
        on logins.user_id = known_users.user_id
    left join known_accounts
        on logins.account_id = known_accounts.account_id
),

faulted as (
    select
        ---------- ids
        login_id,
        case when is_known_user then user_id end as user_id,
        counted_account_id as account_id,
        ---------- strings
        result,
        {{ quarantine_reasons('logins') }} as reasons,
        coalesce(login_id, '') as row_key,
        {{ faulty_cells() }} as faulty_cells,
        source_file,
        ---------- numbers
        source_row_number,
        ---------- dates
        login_date
    from facts
)

select * from faulted

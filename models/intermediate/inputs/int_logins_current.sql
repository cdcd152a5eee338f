with

checked_logins as (
    select * from {{ ref('int_logins_checked') }}
),

current_logins as (
    select
        ---------- ids
        account_id,
        user_id,
        ---------- strings
        result,
        source_file,
        ---------- numbers
        source_row_number,
        ---------- dates
        login_date
    from checked_logins
    where row_end = 'staged'
)

select * from current_logins

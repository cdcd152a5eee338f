with

source as (
    select * from {{ source('raw', 'new_logins') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('login_id') }} as login_id,
        {{ parse_text('user_id') }} as user_id,
        {{ parse_text('account_id') }} as account_id,
        ---------- strings
        {{ parse_text('result') }} as result,
        {{ parse_text('client') }} as client,
        ---------- timestamps
        {{ parse_timestamp('logged_in_at') }} as logged_in_at,
        ---------- origin
        {{ row_origin('logins') }}
    from source
)

select * from typed

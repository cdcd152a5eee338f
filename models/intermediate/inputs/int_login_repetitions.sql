with

logins as (
    select * from {{ ref('stg_raw__logins') }}
),

faulted_logins as (
    select * from {{ ref('int_logins_faulted') }}
),

repeated_keys as (
    select login_id
    from logins
    group by login_id
    having count(*) > 1
),

-- Ranking only the keys that repeat keeps millions of rows out of the sort.
repeated_logins as (
    select faulted_logins.*
    from faulted_logins
    inner join repeated_keys
        on faulted_logins.login_id = repeated_keys.login_id
),

repetitions as (
    select
        ---------- strings
        source_file,
        {{ row_end('login_id') }} as row_end,
        ---------- numbers
        source_row_number
    from repeated_logins
)

select * from repetitions

with

faulted_logins as (
    select * from {{ ref('int_logins_faulted') }}
),

repeated_keys as (
    select * from {{ ref('int_login_keys_repeated') }}
),

-- A row without fault whose key is its own is in use. Ranking only the others keeps millions out.
doubtful_logins as (
    select faulted_logins.*
    from faulted_logins
    left join repeated_keys
        on faulted_logins.login_id = repeated_keys.login_id
    where
        faulted_logins.reasons is not null
        or repeated_keys.login_id is not null
),

checked as (
    select
        ---------- strings
        cast(case when reasons is not null then row_key end as {{ text_type() }}) as row_key,
        reasons,
        faulty_cells,
        source_file,
        {{ row_end('login_id') }} as row_end,
        ---------- numbers
        source_row_number
    from doubtful_logins
)

select * from checked

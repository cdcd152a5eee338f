with

faulted_logins as (
    select * from {{ ref('int_logins_faulted') }}
),

repetitions as (
    select * from {{ ref('int_login_repetitions') }}
),

checked as (
    select
        ---------- ids
        faulted_logins.user_id,
        faulted_logins.account_id,
        ---------- strings
        faulted_logins.result,
        faulted_logins.reasons,
        cast(
            case when faulted_logins.reasons is not null then faulted_logins.row_key end as {{ text_type() }}
        ) as row_key,
        faulted_logins.faulty_cells,
        faulted_logins.source_file,
        cast(
            case
                when faulted_logins.reasons is not null then 'quarantined'
                else coalesce(repetitions.row_end, 'staged')
            end as {{ text_type() }}
        ) as row_end,
        ---------- numbers
        faulted_logins.source_row_number,
        ---------- dates
        faulted_logins.login_date
    from faulted_logins
    left join repetitions
        on
            faulted_logins.source_file = repetitions.source_file
            and faulted_logins.source_row_number = repetitions.source_row_number
)

select * from checked

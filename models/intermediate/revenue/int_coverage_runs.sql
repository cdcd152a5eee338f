with

account_periods as (
    select * from {{ ref('int_account_periods') }}
),

numbered_periods as (
    select
        numbered.account_id,
        numbered.known_on,
        numbered.is_current,
        numbered.valid_from,
        numbered.valid_to,
        sum(numbered.starts_run) over (
            partition by numbered.account_id, numbered.known_on order by numbered.valid_from
        ) as run_number
    from (
        select
            *,
            case
                when lag(valid_to) over (partition by account_id, known_on order by valid_from) = valid_from then 0
                else 1
            end as starts_run
        from account_periods
    ) as numbered
),

coverage_runs as (
    select
        ---------- ids
        account_id,
        ---------- booleans
        is_current,
        ---------- dates
        known_on,
        min(valid_from) as covered_from,
        max(valid_to) as covered_to
    from numbered_periods
    group by account_id, known_on, is_current, run_number
)

select * from coverage_runs

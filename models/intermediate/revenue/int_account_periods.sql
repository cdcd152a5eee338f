with

line_periods as (
    select * from {{ ref('int_line_periods') }}
),

changes as (
    select
        account_id,
        known_on,
        is_current,
        valid_from as changed_on,
        1 as line_change,
        case when is_paused then 0 else 1 end as running_change
    from line_periods

    union all

    select
        account_id,
        known_on,
        is_current,
        valid_to as changed_on,
        -1 as line_change,
        case when is_paused then 0 else -1 end as running_change
    from line_periods
),

daily_changes as (
    select
        account_id,
        known_on,
        is_current,
        changed_on,
        sum(line_change) as line_change,
        sum(running_change) as running_change
    from changes
    group by account_id, known_on, is_current, changed_on
),

positions as (
    select
        account_id,
        known_on,
        is_current,
        changed_on as valid_from,
        lead(changed_on) over (partition by account_id, known_on order by changed_on) as valid_to,
        sum(line_change) over (partition by account_id, known_on order by changed_on) as line_count,
        sum(running_change) over (partition by account_id, known_on order by changed_on) as running_line_count
    from daily_changes
),

-- Every day on which some line runs, or none is in force, begins a new pause.
pauses as (
    select
        *,
        line_count > 0 and running_line_count = 0 as is_all_paused,
        sum(case when line_count > 0 and running_line_count = 0 then 0 else 1 end) over (
            partition by account_id, known_on order by valid_from
        ) as pause_number
    from positions
),

pause_starts as (
    select
        *,
        min(case when is_all_paused then valid_from end) over (
            partition by account_id, known_on, pause_number
        ) as paused_since
    from pauses
),

limited_periods as (
    select
        account_id,
        known_on,
        is_current,
        is_all_paused,
        valid_from,
        case
            when is_all_paused and {{ days_between('paused_since', 'valid_to') }} > {{ max_pause_days() }}
                then {{ add_days('paused_since', max_pause_days()) }}
            else valid_to
        end as valid_to
    from pause_starts
    where line_count > 0
),

account_periods as (
    select *
    from limited_periods
    where valid_from < valid_to
)

select * from account_periods

with

lines as (
    select * from {{ ref('int_contract_lines_known') }}
),

followed_lines as (
    select
        *,
        max(covered_until) over (
            partition by account_id, known_from order by start_date, contract_line_id
            rows between unbounded preceding and 1 preceding
        ) as former_until,
        lead(start_date) over (
            partition by account_id, known_from order by start_date, contract_line_id
        ) as following_start
    from lines
),

marked_lines as (
    select
        *,
        case when former_until >= start_date then 0 else 1 end as starts_run,
        case
            when {{ add_days('former_until', var('renewal_grace_days')) }} >= start_date then 0
            else 1
        end as starts_spell
    from followed_lines
),

numbered_lines as (
    select
        *,
        sum(starts_run) over (
            partition by account_id, known_from order by start_date, contract_line_id
        ) as run_number,
        sum(starts_spell) over (
            partition by account_id, known_from order by start_date, contract_line_id
        ) as spell_number
    from marked_lines
),

-- The start that follows the last line of a run is the start of the next run.
covered_lines as (
    select
        *,
        min(start_date) over (partition by account_id, known_from, spell_number) as active_from,
        min(start_date) over (partition by account_id, known_from, run_number) as covered_from,
        max(covered_until) over (partition by account_id, known_from, run_number) as covered_to,
        max(following_start) over (partition by account_id, known_from, run_number) as next_start
    from numbered_lines
),

carried_lines as (
    select
        *,
        least(
            case when next_start > covered_to then next_start else {{ far_future() }} end,
            {{ add_days('covered_to', var('renewal_grace_days')) }}
        ) as carried_to
    from covered_lines
),

-- The lines of the last covered day go on while the account is carried.
shown_lines as (
    select
        *,
        greatest(start_date, known_from) as valid_from,
        least(case when covered_until = covered_to then carried_to else covered_until end, known_until) as valid_to
    from carried_lines
),

line_spans_known as (
    select
        ---------- ids
        contract_line_id,
        account_id,
        product_id,
        ---------- numbers
        seats,
        ---------- dates
        known_from,
        known_until,
        active_from,
        covered_from,
        covered_to,
        carried_to,
        valid_from,
        valid_to
    from shown_lines
    where valid_from < valid_to
)

select * from line_spans_known

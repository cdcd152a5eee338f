with

versions as (
    select * from {{ ref('int_contract_versions_valued') }}
),

covering_lines as (
    select
        *,
        coalesce(
            least(end_date, cancel_effective_date), end_date, cancel_effective_date, {{ far_future() }}
        ) as ends_on
    from versions
    where
        is_latest
        and is_recurring
        and not is_deleted
        and quantity > 0
),

covered_runs as (
    select
        account_id,
        max(ends_on) over (partition by account_id order by start_date, contract_line_id) as covered_until,
        lead(start_date, 1, {{ far_future() }}) over (
            partition by account_id order by start_date, contract_line_id
        ) as next_start_date
    from covering_lines
),

-- No line follows at once, a pause reached its limit, or an amendment may have left nothing in force.
possible_ends as (
    select
        account_id,
        covered_until
    from covered_runs
    where covered_until < next_start_date

    union distinct

    select
        account_id,
        {{ add_days('greatest(start_date, paused_from)', max_pause_days()) }} as covered_until
    from covering_lines
    where paused_from is not null

    union distinct

    select
        account_id,
        {{ add_days('ends_on', max_pause_days()) }} as covered_until
    from covering_lines

    union distinct

    select
        account_id,
        known_from as covered_until
    from versions
    where
        is_in_place_edit
        and '{{ var("in_place_edits") }}' = 'amendment'
),

coverage_ends as (
    select
        account_id,
        covered_until
    from possible_ends
    where covered_until < {{ far_future() }}
)

select * from coverage_ends

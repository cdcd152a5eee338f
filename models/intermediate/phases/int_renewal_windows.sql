with

due_lines as (
    select * from {{ ref('int_contract_lines_due') }}
),

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

renewing_lines as (
    select * from {{ ref('int_contract_lines_renewing') }}
),

versions as (
    select * from {{ ref('int_contract_versions') }}
),

phases as (
    select * from {{ ref('lifecycle_phases') }}
),

recorded_lines as (
    select
        contract_line_id,
        min(known_from) as recorded_on
    from versions
    group by contract_line_id
),

-- A renewal that was recorded after it began was booked when it began.
bookings as (
    select
        renewing_lines.account_id,
        renewing_lines.renewed_contract_id as contract_id,
        renewing_lines.due_date,
        min(
            case
                when renewing_lines.is_extension then renewing_lines.start_date
                else least(renewing_lines.start_date, recorded_lines.recorded_on)
            end
        ) as booked_on
    from renewing_lines
    inner join recorded_lines
        on renewing_lines.contract_line_id = recorded_lines.contract_line_id
    group by
        renewing_lines.account_id,
        renewing_lines.renewed_contract_id,
        renewing_lines.due_date
),

-- Terms that change within the agreed time leave its length as it is.
line_windows as (
    select
        due_lines.account_id,
        due_lines.contract_id,
        due_lines.due_date,
        lines.effective_end_date,
        least(
            phases.phase_days,
            cast(
                floor({{ days_between('lines.start_date', 'due_lines.due_date') }} * phases.max_share_of_term)
                as integer
            )
        ) as window_days
    from due_lines
    inner join phases
        on phases.phase = 'renewal_window'
    inner join lines
        on
            due_lines.contract_line_id = lines.contract_line_id
            and due_lines.due_date = lines.end_date
),

contract_windows as (
    select
        account_id,
        contract_id,
        due_date,
        max(effective_end_date) as last_end_date,
        min({{ add_days('due_date', '-window_days') }}) as opens_on
    from line_windows
    group by account_id, contract_id, due_date
),

-- What was cancelled before its agreed end is not up for renewal any more.
open_windows as (
    select
        contract_windows.*,
        least(
            coalesce(bookings.booked_on, {{ far_future() }}),
            case
                when contract_windows.last_end_date < contract_windows.due_date then contract_windows.last_end_date
                else {{ add_days('contract_windows.due_date', var('renewal_grace_days')) }}
            end
        ) as closes_on
    from contract_windows
    left join bookings
        on
            contract_windows.account_id = bookings.account_id
            and contract_windows.contract_id = bookings.contract_id
            and contract_windows.due_date = bookings.due_date
),

renewal_windows as (
    select
        ---------- ids
        account_id,
        contract_id,
        ---------- dates
        due_date,
        opens_on,
        closes_on
    from open_windows
    where opens_on < closes_on
)

select * from renewal_windows

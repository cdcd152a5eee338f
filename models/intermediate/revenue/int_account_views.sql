with

changes as (
    select * from {{ ref('int_contract_changes') }}
),

versions as (
    select * from {{ ref('int_contract_versions_valued') }}
),

possible_ends as (
    select * from {{ ref('int_possible_coverage_ends') }}
),

months as (
    select * from {{ ref('int_months') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

closed_months as (
    select *
    from (
        select
            months.month,
            months.state_date,
            {{ add_days(month_end('months.month'), var('close_lag_days')) }} as closed_on,
            as_of.as_of_date
        from months
        cross join as_of
    ) as closings
    where closed_on < as_of_date
),

-- What was recorded after a close and begins by it: a line that begins later cannot have bridged a gap
-- whose grace was over on the closing day.
late_changes as (
    select
        changes.account_id,
        changes.former_account_id,
        closed_months.month
    from changes
    inner join closed_months
        on
            changes.known_from > closed_months.closed_on
            and changes.changed_from <= closed_months.closed_on
),

-- An end that grace carried at the close, and that is an end now.
late_ends as (
    select
        possible_ends.account_id,
        closed_months.month
    from possible_ends
    inner join closed_months
        on
            possible_ends.covered_until <= closed_months.state_date
            and {{ add_days('possible_ends.covered_until', var('renewal_grace_days')) }} > closed_months.closed_on
),

reports as (
    select
        account_id,
        month
    from late_changes

    union distinct

    select
        former_account_id as account_id,
        month
    from late_changes

    union distinct

    select
        account_id,
        month
    from late_ends
),

account_views as (
    select
        ---------- ids
        reports.account_id,
        ---------- booleans
        false as is_current,
        ---------- dates
        closed_months.closed_on as known_on,
        closed_months.month as report_month,
        {{ add_days('closed_months.month', -1) }} as shown_from,
        {{ add_days('closed_months.state_date', 1) }} as shown_to
    from reports
    inner join closed_months
        on reports.month = closed_months.month

    union all

    select distinct
        versions.account_id,
        true as is_current,
        {{ today_view() }} as known_on,
        cast(null as date) as report_month,
        cast('0001-01-01' as date) as shown_from,
        {{ far_future() }} as shown_to
    from versions
)

select * from account_views

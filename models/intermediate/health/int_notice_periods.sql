with

churn_events as (
    select * from {{ ref('fct_churn_event') }}
),

versions as (
    select * from {{ ref('int_contract_versions') }}
),

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- What a later version of the line lacks was taken back on the day that version was recorded.
noticed_lines as (
    select
        versions.contract_line_id,
        {{ reporting_date('versions.cancel_notice_at') }} as notice_from,
        versions.known_until as notice_until
    from versions
    cross join as_of
    where versions.cancel_notice_at < as_of.as_of_end_at
),

notices as (
    select
        account_id,
        notice_date as notice_from,
        churn_date as notice_until
    from churn_events

    union all

    select
        lines.account_id,
        noticed_lines.notice_from,
        noticed_lines.notice_until
    from noticed_lines
    inner join lines
        on noticed_lines.contract_line_id = lines.contract_line_id
    where
        lines.is_recurring
        and not lines.is_internal
        and lines.cancel_notice_at is null
),

notice_periods as (
    select distinct
        ---------- ids
        account_id,
        ---------- dates
        notice_from,
        notice_until
    from notices
    where notice_from < notice_until
)

select * from notice_periods

with

versions as (
    select * from {{ ref('int_contracts_checked') }}
),

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

first_notices as (
    select
        versions.contract_line_id,
        min({{ reporting_date('versions.cancel_notice_at') }}) as notice_date
    from versions
    cross join as_of
    where
        versions.row_end = 'superseded'
        and versions.cancel_notice_at < as_of.as_of_end_at
    group by versions.contract_line_id
),

withdrawn_notices as (
    select distinct
        ---------- ids
        lines.account_id,
        ---------- dates
        first_notices.notice_date
    from first_notices
    inner join lines
        on first_notices.contract_line_id = lines.contract_line_id
    where
        lines.is_recurring
        and not lines.is_internal
        and lines.cancel_notice_at is null
)

select * from withdrawn_notices

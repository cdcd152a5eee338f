with

ends as (
    select * from {{ ref('int_coverage_ends') }}
),

losses as (
    select * from {{ ref('int_coverage_end_losses') }}
),

withdrawn_notices as (
    select * from {{ ref('int_notices_withdrawn') }}
),

-- An end that lies ahead is no event before somebody gave notice.
ended_coverage as (
    select
        ends.account_id,
        losses.contract_line_id,
        case
            when ends.run_end = 'bridged' then 'renewed_late'
            when ends.run_end = 'grace' then 'grace'
            when ends.run_end = 'churned' and ends.returned_on is null then 'churned'
            when ends.run_end = 'churned' then 'won_back'
            when losses.notice_date is not null then 'pending'
        end as churn_status,
        coalesce(losses.cancel_type, 'unknown') as churn_type,
        losses.cancel_reason,
        losses.mrr_lost,
        ends.tenure_days,
        losses.notice_date,
        ends.covered_to as churn_date,
        ends.returned_on
    from ends
    inner join losses
        on
            ends.account_id = losses.account_id
            and ends.covered_to = losses.covered_to
),

events as (
    select *
    from ended_coverage
    where churn_status is not null

    union all

    select
        account_id,
        cast(null as {{ text_type() }}) as contract_line_id,
        'saved' as churn_status,
        cast(null as {{ text_type() }}) as churn_type,
        cast(null as {{ text_type() }}) as cancel_reason,
        cast(null as decimal(18, 4)) as mrr_lost,
        cast(null as integer) as tenure_days,
        notice_date,
        cast(null as date) as churn_date,
        cast(null as date) as returned_on
    from withdrawn_notices
),

churn_events as (
    select
        ---------- ids
        account_id
        || '|' || coalesce(cast(churn_date as {{ text_type() }}), '(none)')
        || '|' || coalesce(cast(notice_date as {{ text_type() }}), '(none)') as churn_event_id,
        account_id,
        contract_line_id,
        ---------- strings
        churn_status as status,
        churn_type,
        cancel_reason,
        ---------- numbers
        {{ money('mrr_lost') }} as mrr_lost,
        cast(tenure_days as integer) as tenure_days,
        {{ days_between('notice_date', 'churn_date') }} as notice_days,
        ---------- booleans
        cast(churn_status in ('churned', 'won_back') as boolean) as is_recognised,
        ---------- dates
        notice_date,
        churn_date,
        {{ add_days('churn_date', var('renewal_grace_days')) }} as recognised_date,
        returned_on,
        {{ month_start('churn_date') }} as churn_month
    from events
)

select * from churn_events

with

accounts as (
    select * from {{ ref('dim_account') }}
),

contracts as (
    select * from {{ ref('int_account_contracts') }}
),

open_signals as (
    select * from {{ ref('int_account_open_signals') }}
),

account_health as (
    select * from {{ ref('int_account_health') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

risk_facts as (
    select
        contracts.account_id,
        contracts.mrr,
        open_signals.open_signal_names,
        case
            when accounts.is_internal then 'not_applicable'
            when accounts.first_active_date is null then 'no_data'
            else 'ok'
        end as risk_state,
        coalesce(open_signals.open_signals, 0) as open_signals,
        coalesce(open_signals.open_high_signals, 0) as open_high_signals,
        coalesce(open_signals.open_high_signals > 0, false)
        or coalesce(account_health.health_band = 'at_risk', false) as is_at_risk,
        coalesce(open_signals.is_silent_risk, false) as is_silent_risk,
        {{ days_between(
            'as_of.as_of_date',
            'case when open_signals.has_open_notice then contracts.term_end_date else contracts.next_renewal_date end'
        ) }} as days_to_end
    from contracts
    cross join as_of
    inner join accounts
        on contracts.account_id = accounts.account_id
    left join open_signals
        on contracts.account_id = open_signals.account_id
    left join account_health
        on contracts.account_id = account_health.account_id
),

account_risk as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(risk_state as {{ text_type() }}) as risk_state,
        case when risk_state = 'ok' then open_signal_names end as open_signal_names,
        ---------- numbers
        cast(case when risk_state = 'ok' then open_signals end as integer) as open_signals,
        cast(case when risk_state = 'ok' then open_high_signals end as integer) as open_high_signals,
        {{ money("case when risk_state = 'ok' and is_at_risk then mrr when risk_state = 'ok' then 0 end") }}
            as mrr_at_risk,
        cast(
            case
                when risk_state = 'ok' and days_to_end < 0 then 0
                when risk_state = 'ok' then days_to_end
            end as integer
        ) as days_left,
        ---------- booleans
        cast(case when risk_state = 'ok' then is_silent_risk end as boolean) as is_silent_risk
    from risk_facts
)

select * from account_risk

with

accounts as (
    select * from {{ ref('dim_account') }}
),

contracts as (
    select * from {{ ref('int_account_contracts') }}
),

signals as (
    select * from {{ ref('risk_signal') }}
),

silent_risks as (
    select * from {{ ref('silent_risk') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

open_signals as (
    select
        account_id,
        count(*) as open_signals,
        count(case when severity = 'high' then 1 end) as open_high_signals,
        count(case when signal = 'notice_given' then 1 end) as open_notices,
        {{ sorted_list('signal') }} as signal_list
    from signals
    where is_open
    group by account_id
),

silent_accounts as (
    select distinct account_id
    from silent_risks
    where is_open
),

risk_facts as (
    select
        contracts.account_id,
        contracts.mrr,
        open_signals.signal_list,
        case
            when accounts.is_internal then 'not_applicable'
            when accounts.first_active_date is null then 'no_data'
            else 'ok'
        end as risk_state,
        coalesce(open_signals.open_signals, 0) as open_signals,
        coalesce(open_signals.open_high_signals, 0) as open_high_signals,
        silent_accounts.account_id is not null as is_silent_risk,
        {{ days_between(
            'as_of.as_of_date',
            'case when open_signals.open_notices > 0 then contracts.term_end_date else contracts.next_renewal_date end'
        ) }} as days_to_end
    from contracts
    cross join as_of
    inner join accounts
        on contracts.account_id = accounts.account_id
    left join open_signals
        on contracts.account_id = open_signals.account_id
    left join silent_accounts
        on contracts.account_id = silent_accounts.account_id
),

account_risk as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(risk_state as {{ text_type() }}) as risk_state,
        case when risk_state = 'ok' then signal_list end as open_signal_names,
        ---------- numbers
        cast(case when risk_state = 'ok' then open_signals end as integer) as open_signals,
        cast(case when risk_state = 'ok' then open_high_signals end as integer) as open_high_signals,
        {{ money("case when risk_state = 'ok' and open_high_signals > 0 then mrr when risk_state = 'ok' then 0 end") }}
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

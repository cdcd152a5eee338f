with

line_months as (
    select * from {{ ref('int_line_months') }}
),

pause_changes as (
    select * from {{ ref('int_pause_changes') }}
),

currency_pauses as (
    select
        account_id,
        known_on,
        month_index,
        currency,
        sum(paused_local_mrr) as paused_local_mrr,
        sum(resumed_local_mrr) as resumed_local_mrr
    from pause_changes
    group by account_id, known_on, month_index, currency
),

month_ends as (
    select
        account_id,
        known_on,
        is_current,
        month_index,
        currency,
        sum(local_mrr) as local_mrr
    from line_months
    group by account_id, known_on, is_current, month_index, currency
),

account_currency_months as (
    select
        ---------- ids
        month_ends.account_id,
        ---------- strings
        month_ends.currency,
        ---------- numbers
        month_ends.month_index,
        {{ money('month_ends.local_mrr') }} as local_mrr,
        {{ money('coalesce(currency_pauses.paused_local_mrr, 0)') }} as paused_local_mrr,
        {{ money('coalesce(currency_pauses.resumed_local_mrr, 0)') }} as resumed_local_mrr,
        ---------- booleans
        month_ends.is_current,
        ---------- dates
        month_ends.known_on
    from month_ends
    left join currency_pauses
        on
            month_ends.account_id = currency_pauses.account_id
            and month_ends.known_on = currency_pauses.known_on
            and month_ends.month_index = currency_pauses.month_index
            and month_ends.currency = currency_pauses.currency
)

select * from account_currency_months

with

due_lines as (
    select * from {{ ref('int_contract_lines_due') }}
),

renewing_lines as (
    select * from {{ ref('int_contract_lines_renewing') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

line_amounts as (
    select
        account_id,
        contract_id,
        due_date,
        currency,
        local_mrr as local_atr,
        0 as local_renewed,
        cast(null as {{ text_type() }}) as renewing_contract_id,
        cast(null as boolean) as is_naming,
        cast(null as date) as renewed_on
    from due_lines

    union all

    select
        account_id,
        renewed_contract_id as contract_id,
        due_date,
        currency,
        0 as local_atr,
        local_mrr as local_renewed,
        contract_id as renewing_contract_id,
        is_naming,
        start_date as renewed_on
    from renewing_lines
),

local_amounts as (
    select
        line_amounts.account_id,
        line_amounts.contract_id,
        line_amounts.due_date,
        line_amounts.currency,
        as_of.as_of_date,
        sum(line_amounts.local_atr) as local_atr,
        sum(line_amounts.local_renewed) as local_renewed,
        min(line_amounts.renewing_contract_id) as renewing_contract_id,
        max(case when line_amounts.is_naming then 1 else 0 end) as is_naming,
        min(line_amounts.renewed_on) as renewed_on
    from line_amounts
    cross join as_of
    group by
        line_amounts.account_id,
        line_amounts.contract_id,
        line_amounts.due_date,
        line_amounts.currency,
        as_of.as_of_date
),

-- One rate for both amounts, so that a rate never looks like an expansion.
valued_amounts as (
    select
        local_amounts.account_id,
        local_amounts.contract_id,
        local_amounts.due_date,
        local_amounts.as_of_date,
        sum({{ at_rate('local_amounts.local_atr', 'rates.rate') }}) as atr_mrr,
        sum({{ at_rate('local_amounts.local_renewed', 'rates.rate') }}) as renewed_mrr,
        min(local_amounts.renewing_contract_id) as renewing_contract_id,
        max(local_amounts.is_naming) = 1 as is_renewed_by_name,
        min(local_amounts.renewed_on) as renewed_on
    from local_amounts
    inner join rates
        on
            local_amounts.currency = rates.currency
            and rates.month = {{ month_start('least(local_amounts.due_date, local_amounts.as_of_date)') }}
    group by local_amounts.account_id, local_amounts.contract_id, local_amounts.due_date, local_amounts.as_of_date
),

outcomes as (
    select
        *,
        case
            when renewed_on is null and as_of_date < {{ add_days('due_date', var('renewal_grace_days')) }} then 'open'
            when renewed_on is null then 'churned'
            when renewed_mrr = 0 and atr_mrr > 0 then 'churned'
            when 1000 * abs(renewed_mrr - atr_mrr) <= 5 * atr_mrr then 'renewed'
            when renewed_mrr > atr_mrr then 'expanded'
            else 'contracted'
        end as outcome
    from valued_amounts
),

renewals as (
    select
        ---------- ids
        account_id,
        contract_id,
        renewing_contract_id,
        ---------- strings
        cast(outcome as {{ text_type() }}) as outcome,
        ---------- numbers
        {{ money('atr_mrr') }} as atr_mrr,
        {{ money('renewed_mrr') }} as renewed_mrr,
        {{ money('least(renewed_mrr, atr_mrr)') }} as kept_mrr,
        {{ days_between('due_date', 'renewed_on') }} as days_late,
        ---------- booleans
        outcome = 'open' as is_open,
        outcome in ('renewed', 'expanded', 'contracted') as is_renewed,
        coalesce(renewed_on > due_date, false) as is_late,
        is_renewed_by_name,
        ---------- dates
        due_date,
        renewed_on,
        {{ month_start('due_date') }} as month
    from outcomes
)

select * from renewals

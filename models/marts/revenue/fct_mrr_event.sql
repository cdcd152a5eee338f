with

effects as (
    select * from {{ ref('int_mrr_effects') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

new_months as (
    select
        account_id,
        month
    from mrr_monthly
    where not is_active_start
),

-- At the opening rate for an account active at the start of the month, else at the closing rate.
rated_effects as (
    select
        effects.*,
        case when new_months.account_id is null then rates.rate_before else rates.rate end as rate
    from effects
    inner join rates
        on
            effects.currency = rates.currency
            and {{ month_start('effects.changed_on') }} = rates.month
    left join new_months
        on
            effects.account_id = new_months.account_id
            and {{ month_start('effects.changed_on') }} = new_months.month
),

running_totals as (
    select
        *,
        {{ at_rate('local_before', 'rate') }} as mrr_before,
        {{ exact_at_rate(
            'running_units', 'rest_numerator', 'rest_denominator', 'terms_numerator', 'terms_denominator', 'rate'
        ) }} as running_mrr
    from rated_effects
),

valued_effects as (
    select
        account_id,
        product_id,
        contract_line_id,
        currency,
        effect,
        spell_number,
        is_churn,
        had_product,
        has_product,
        changed_on as event_date,
        running_mrr - lag(running_mrr, 1, mrr_before) over (
            partition by account_id, changed_on, product_id, currency order by effect
        ) as amount
    from running_totals

    union all

    select
        mrr_monthly.account_id,
        cast(null as {{ text_type() }}) as product_id,
        cast(null as {{ text_type() }}) as contract_line_id,
        cast(null as {{ text_type() }}) as currency,
        'fx' as effect,
        cast(null as integer) as spell_number,
        false as is_churn,
        true as had_product,
        true as has_product,
        months.state_date as event_date,
        mrr_monthly.fx_mrr as amount
    from mrr_monthly
    inner join months
        on mrr_monthly.month = months.month
),

events as (
    select
        *,
        case
            when spell_number = 1 then 'new_business'
            when spell_number is not null then 'reactivation'
            when is_churn then 'churn'
            when not had_product then 'cross_sell'
            when not has_product then 'product_drop'
            else effect
        end as cause
    from valued_effects
    where amount <> 0
),

mrr_events as (
    select
        ---------- ids
        account_id || '|' || cast(event_date as {{ text_type() }}) || '|' || cause
        || coalesce('|' || currency || '|' || product_id, '') as mrr_event_id,
        account_id,
        product_id,
        contract_line_id,
        ---------- strings
        currency,
        cause,
        ---------- numbers
        {{ money('amount') }} as amount,
        ---------- dates
        event_date
    from events
)

select * from mrr_events

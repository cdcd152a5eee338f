with

contracts as (
    select * from {{ ref('int_account_contracts') }}
),

account_usage as (
    select * from {{ ref('int_account_usage_now') }}
),

whitespace as (
    select * from {{ ref('fct_whitespace') }}
),

plan_limits as (
    select * from {{ ref('int_account_plan_limits') }}
),

opportunities as (
    select * from {{ ref('int_account_opportunities') }}
),

whitespace_counts as (
    select
        account_id,
        count(*) as whitespace_products
    from whitespace
    group by account_id
),

expansion_facts as (
    select
        contracts.account_id,
        whitespace_counts.whitespace_products,
        plan_limits.is_near_plan_limit,
        opportunities.open_opportunities,
        opportunities.open_opportunity_amount,
        opportunities.last_won_date,
        case when contracts.licensed_seats > 0 then contracts.licensed_seats - account_usage.mau end as free_seats,
        case
            when contracts.contract_state <> 'no_data' then contracts.contract_state
            when opportunities.opportunity_count > 0 or plan_limits.account_id is not null then 'ok'
            else contracts.contract_state
        end as expansion_state
    from contracts
    inner join account_usage
        on contracts.account_id = account_usage.account_id
    left join whitespace_counts
        on contracts.account_id = whitespace_counts.account_id
    left join plan_limits
        on contracts.account_id = plan_limits.account_id
    left join opportunities
        on contracts.account_id = opportunities.account_id
),

account_expansion as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(expansion_state as {{ text_type() }}) as expansion_state,
        ---------- numbers
        cast(case when expansion_state = 'ok' then coalesce(whitespace_products, 0) end as integer)
            as whitespace_products,
        {{ money('case when free_seats is not null then greatest(free_seats, 0) end') }} as seat_headroom,
        {{ money('case when free_seats is not null then greatest(-free_seats, 0) end') }} as seat_overage,
        cast(case when expansion_state = 'ok' then open_opportunities end as integer) as open_opportunities,
        {{ money("case when expansion_state = 'ok' then open_opportunity_amount end") }} as open_opportunity_amount,
        ---------- booleans
        is_near_plan_limit,
        ---------- dates
        last_won_date
    from expansion_facts
)

select * from account_expansion

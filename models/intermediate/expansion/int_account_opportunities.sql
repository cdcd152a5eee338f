with

accounts as (
    select * from {{ ref('dim_account') }}
),

opportunities as (
    select * from {{ ref('fct_opportunity') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

expansion_opportunities as (
    select *
    from opportunities
    where is_expansion
),

-- Only where opportunities are recorded is an account without one known to have none.
account_opportunities as (
    select
        ---------- ids
        accounts.account_id,
        ---------- numbers
        cast(count(expansion_opportunities.opportunity_id) as integer) as opportunity_count,
        cast(count(case when expansion_opportunities.is_open then 1 end) as integer) as open_opportunities,
        {{ total('case when expansion_opportunities.is_open then expansion_opportunities.amount end') }}
            as open_opportunity_amount,
        ---------- dates
        max(case when expansion_opportunities.is_won then expansion_opportunities.closed_date end) as last_won_date
    from accounts
    cross join sources_connected
    left join expansion_opportunities
        on accounts.account_id = expansion_opportunities.account_id
    where
        not accounts.is_internal
        and sources_connected.has_opportunities
    group by accounts.account_id
)

select * from account_opportunities

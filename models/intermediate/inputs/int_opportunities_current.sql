with

checked_opportunities as (
    select * from {{ ref('int_opportunities_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

current_opportunities as (
    select
        ---------- ids
        checked_opportunities.opportunity_id,
        checked_opportunities.account_id,
        checked_opportunities.product_id,
        ---------- strings
        checked_opportunities.opportunity_kind,
        checked_opportunities.currency,
        checked_opportunities.opportunity_stage,
        ---------- numbers
        checked_opportunities.local_amount,
        ---------- booleans
        cast(
            {{ known_at(
                'checked_opportunities.closed_at', 'coalesce(checked_opportunities.is_won, false)'
            ) }} as boolean
        ) as is_won,
        accounts.is_internal as is_account_internal,
        ---------- timestamps
        checked_opportunities.opened_at,
        cast({{ known_at('checked_opportunities.closed_at') }} as timestamp) as closed_at
    from checked_opportunities
    cross join as_of
    inner join accounts
        on checked_opportunities.account_id = accounts.account_id
    where checked_opportunities.row_end = 'staged'
)

select * from current_opportunities

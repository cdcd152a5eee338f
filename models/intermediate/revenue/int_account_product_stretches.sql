with

position_changes as (
    select * from {{ ref('int_position_changes') }}
),

months as (
    select * from {{ ref('int_months') }}
),

position_months as (
    select
        account_id,
        product_id,
        currency,
        line_count,
        new_local_mrr + resuming_local_mrr as local_mrr,
        {{ month_index('changed_on') }} as month_index,
        lead({{ month_index('changed_on') }}) over (
            partition by account_id, product_id, currency order by changed_on
        ) as next_month_index
    from position_changes
),

last_month as (
    select max(month_index) + 1 as month_after
    from months
),

-- A position is at a month's end what its last change in the month made of it.
position_stretches as (
    select
        position_months.account_id,
        position_months.product_id,
        position_months.currency,
        position_months.local_mrr,
        position_months.month_index as valid_from_index,
        coalesce(position_months.next_month_index, last_month.month_after) as valid_to_index
    from position_months
    cross join last_month
    where position_months.line_count > 0
),

account_changes as (
    select distinct
        account_id,
        month_index
    from position_months
),

-- Rounding goes over all products of an account, so a change of one of them begins anew for all.
account_stretches as (
    select
        account_changes.account_id,
        account_changes.month_index as first_month_index,
        lead(account_changes.month_index, 1, last_month.month_after) over (
            partition by account_changes.account_id order by account_changes.month_index
        ) as next_month_index
    from account_changes
    cross join last_month
),

account_products as (
    select
        account_stretches.*,
        position_stretches.product_id,
        position_stretches.currency,
        position_stretches.local_mrr
    from account_stretches
    inner join position_stretches
        on
            account_stretches.account_id = position_stretches.account_id
            and account_stretches.first_month_index >= position_stretches.valid_from_index
            and account_stretches.first_month_index < position_stretches.valid_to_index
),

product_stretches as (
    select
        ---------- ids
        account_id,
        product_id,
        ---------- strings
        currency,
        ---------- numbers
        first_month_index,
        next_month_index,
        {{ money('local_mrr') }} as local_mrr,
        cast(
            sum(local_mrr) over (
                partition by account_id, first_month_index, currency order by product_id
            ) as decimal(18, 4)
        ) as running_local_mrr
    from account_products
)

select * from product_stretches

with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

account_groups as (
    select
        ---------- ids
        account_id,
        min(account_id) over (
            partition by segment, industry, country, touch_model, owner
        ) as group_account_id
    from accounts
    where not is_internal
)

select * from account_groups

with

checked_accounts as (
    select * from {{ ref('int_accounts_checked') }}
),

current_accounts as (
    select
        ---------- ids
        account_id,
        parent_account_id,
        ---------- strings
        account_name,
        industry,
        country,
        segment,
        owner,
        touch_model,
        ---------- numbers
        employee_count,
        ---------- booleans
        is_internal,
        cast(not is_known_version as boolean) as is_backfilled,
        ---------- timestamps
        created_at
    from checked_accounts
    where row_end = 'staged'
)

select * from current_accounts

with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

lifetimes as (
    select * from {{ ref('int_account_lifetimes') }}
),

account_facts as (
    select
        ---------- ids
        accounts.account_id,
        accounts.parent_account_id,
        ---------- strings
        accounts.account_name,
        accounts.industry,
        accounts.country,
        accounts.segment,
        accounts.touch_model,
        accounts.owner,
        cast(null as {{ text_type() }}) as lifecycle_phase,
        ---------- numbers
        cast(accounts.employee_count as integer) as employee_count,
        ---------- booleans
        accounts.is_internal,
        ---------- dates
        {{ reporting_date('accounts.created_at') }} as created_date,
        lifetimes.first_active_date
    from accounts
    left join lifetimes
        on
            accounts.account_id = lifetimes.account_id
            and lifetimes.is_current
)

select * from account_facts

with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

spells as (
    select * from {{ ref('int_activity_spells') }}
),

first_activity as (
    select
        account_id,
        min(active_from) as first_active_date
    from spells
    where is_current
    group by account_id
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
        cast(null as varchar) as lifecycle_phase,
        ---------- numbers
        cast(accounts.employee_count as integer) as employee_count,
        ---------- booleans
        accounts.is_internal,
        ---------- dates
        {{ reporting_date('accounts.created_at') }} as created_date,
        first_activity.first_active_date
    from accounts
    left join first_activity
        on accounts.account_id = first_activity.account_id
)

select * from account_facts

with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

lifetimes as (
    select * from {{ ref('int_account_lifetimes') }}
),

lifecycle_phases as (
    select * from {{ ref('fct_lifecycle_phase') }}
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
        lifecycle_phases.phase as lifecycle_phase,
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
    left join lifecycle_phases
        on
            accounts.account_id = lifecycle_phases.account_id
            and lifecycle_phases.valid_to is null
)

select * from account_facts

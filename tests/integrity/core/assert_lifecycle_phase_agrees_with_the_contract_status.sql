with

accounts as (
    select * from {{ ref('dim_account') }}
),

account_contracts as (
    select * from {{ ref('int_account_contracts') }}
),

different_accounts as (
    select
        accounts.account_id,
        accounts.lifecycle_phase,
        account_contracts.status
    from accounts
    inner join account_contracts
        on accounts.account_id = account_contracts.account_id
    where
        not accounts.is_internal
        and case when account_contracts.status in ('prospect', 'churned') then account_contracts.status else '' end
        <> case when accounts.lifecycle_phase in ('prospect', 'churned') then accounts.lifecycle_phase else '' end
)

select * from different_accounts

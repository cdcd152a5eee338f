with

renewals as (
    select * from {{ ref('fct_renewal') }}
),

due_lines as (
    select * from {{ ref('int_contract_lines_due') }}
),

renewing_lines as (
    select * from {{ ref('int_contract_lines_renewing') }}
),

due_contracts as (
    select distinct
        account_id,
        contract_id,
        due_date
    from due_lines
),

first_starts as (
    select
        account_id,
        renewed_contract_id as contract_id,
        due_date,
        min(start_date) as first_start
    from renewing_lines
    group by account_id, renewed_contract_id, due_date
),

different_renewals as (
    select
        due_contracts.account_id,
        due_contracts.contract_id,
        due_contracts.due_date,
        first_starts.first_start,
        renewals.renewed_on
    from due_contracts
    left join first_starts
        on
            due_contracts.account_id = first_starts.account_id
            and due_contracts.contract_id = first_starts.contract_id
            and due_contracts.due_date = first_starts.due_date
    full outer join renewals
        on
            due_contracts.account_id = renewals.account_id
            and due_contracts.contract_id = renewals.contract_id
            and due_contracts.due_date = renewals.due_date
    where
        due_contracts.account_id is null
        or renewals.account_id is null
        or first_starts.first_start is distinct from renewals.renewed_on
)

select * from different_renewals

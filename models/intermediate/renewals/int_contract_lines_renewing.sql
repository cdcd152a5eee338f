with

lines as (
    select * from {{ ref('int_contract_lines_valued') }}
),

due_lines as (
    select * from {{ ref('int_contract_lines_due') }}
),

-- A contract that some line names is renewed by name; only another one by its products, and never early.
due_contracts as (
    select distinct
        due_lines.account_id,
        due_lines.contract_id,
        due_lines.due_date,
        naming.renewed_from_contract_id is not null as is_named,
        coalesce(naming.renewed_from_contract_id, due_lines.product_id) as matching_id,
        case
            when naming.renewed_from_contract_id is not null then {{ add_days('due_lines.due_date', -90) }}
            else due_lines.due_date
        end as first_renewal_date,
        {{ add_days('due_lines.due_date', var('renewal_grace_days')) }} as last_renewal_date
    from due_lines
    left join lines as naming
        on
            due_lines.account_id = naming.account_id
            and due_lines.contract_id = naming.renewed_from_contract_id
),

started_lines as (
    select
        lines.*,
        due_lines.due_date as own_due_date,
        lines.renewed_from_contract_id is not null as is_naming,
        coalesce(lines.renewed_from_contract_id, lines.product_id) as matching_id
    from lines
    left join due_lines
        on
            lines.contract_line_id = due_lines.contract_line_id
            and lines.start_date = due_lines.start_date
    where lines.is_recurring and lines.is_ever_in_force and lines.start_date = lines.line_start_date
),

fitting_contracts as (
    select
        started_lines.*,
        due_contracts.contract_id as renewed_contract_id,
        due_contracts.due_date,
        row_number() over (
            partition by started_lines.contract_line_id, started_lines.start_date
            order by due_contracts.due_date, due_contracts.contract_id
        ) as place
    from started_lines
    inner join due_contracts
        on
            started_lines.account_id = due_contracts.account_id
            and started_lines.is_naming = due_contracts.is_named
            and started_lines.matching_id = due_contracts.matching_id
            and started_lines.start_date >= due_contracts.first_renewal_date
            and started_lines.start_date <= due_contracts.last_renewal_date
    where
        started_lines.contract_id <> due_contracts.contract_id
        or coalesce(started_lines.own_due_date <> due_contracts.due_date, true)
),

-- Terms that extend the end of their line renew it, however early they were agreed.
extending_terms as (
    select
        lines.contract_line_id,
        lines.contract_id,
        due_lines.contract_id as renewed_contract_id,
        lines.account_id,
        lines.currency,
        lines.local_mrr,
        true as is_naming,
        true as is_extension,
        lines.start_date,
        due_lines.due_date
    from lines
    inner join due_lines
        on
            lines.contract_line_id = due_lines.contract_line_id
            and lines.extends_end_date = due_lines.due_date
    where
        lines.is_ever_in_force
        and lines.start_date <= {{ add_days('lines.extends_end_date', var('renewal_grace_days')) }}
),

renewing_lines as (
    select
        ---------- ids
        contract_line_id,
        contract_id,
        renewed_contract_id,
        account_id,
        ---------- strings
        currency,
        ---------- numbers
        local_mrr,
        ---------- booleans
        is_naming,
        false as is_extension,
        ---------- dates
        start_date,
        due_date
    from fitting_contracts
    where place = 1

    union all

    select * from extending_terms
)

select * from renewing_lines

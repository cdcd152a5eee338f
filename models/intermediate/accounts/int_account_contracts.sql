with

accounts as (
    select * from {{ ref('dim_account') }}
),

present_lines as (
    select * from {{ ref('int_account_present_lines') }}
),

account_value as (
    select * from {{ ref('int_account_value') }}
),

committed_mrr as (
    select * from {{ ref('int_account_committed_mrr') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

contract_facts as (
    select
        accounts.account_id,
        accounts.is_internal,
        accounts.first_active_date,
        as_of.as_of_date,
        present_lines.product_count,
        present_lines.licensed_seats,
        present_lines.is_grace,
        present_lines.is_paused,
        present_lines.term_end_date,
        present_lines.next_renewal_date,
        present_lines.notice_date,
        present_lines.account_id is not null as is_active,
        committed_mrr.account_id is not null as is_booked,
        coalesce(account_value.mrr, 0) as mrr,
        coalesce(committed_mrr.booked_mrr, 0) - coalesce(committed_mrr.ending_mrr, 0) as committed_change
    from accounts
    cross join as_of
    left join present_lines
        on accounts.account_id = present_lines.account_id
    left join account_value
        on accounts.account_id = account_value.account_id
    left join committed_mrr
        on accounts.account_id = committed_mrr.account_id
),

account_contracts as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(
            case
                when is_internal then 'not_applicable'
                when first_active_date is null and not is_booked then 'no_data'
                else 'ok'
            end as {{ text_type() }}
        ) as contract_state,
        cast(
            case
                when is_internal then null
                when is_active and is_grace then 'grace'
                when is_active and is_paused then 'paused'
                when is_active then 'active'
                when first_active_date is not null then 'churned'
                else 'prospect'
            end as {{ text_type() }}
        ) as status,
        ---------- numbers
        {{ money('case when not is_internal then mrr end') }} as mrr,
        {{ money('case when not is_internal then 12 * mrr end') }} as arr,
        {{ money('case when not is_internal then 12 * (mrr + committed_change) end') }} as carr,
        cast(case when not is_internal then coalesce(product_count, 0) end as integer) as product_count,
        {{ money('case when not is_internal then coalesce(licensed_seats, 0) end') }} as licensed_seats,
        {{ days_between('first_active_date', 'as_of_date') }} as tenure_days,
        ---------- booleans
        cast(case when not is_internal then coalesce(is_grace, false) end as boolean) as is_grace,
        cast(case when not is_internal then coalesce(is_paused, false) end as boolean) as is_paused,
        ---------- dates
        term_end_date,
        next_renewal_date,
        notice_date
    from contract_facts
)

select * from account_contracts

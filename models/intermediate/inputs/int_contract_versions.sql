with

checked_contracts as (
    select * from {{ ref('int_contracts_checked') }}
),

-- Prices and periods as one text: two versions have the same terms when these are equal.
known_versions as (
    select
        *,
        {{ reporting_date('updated_at') }} as known_from,
        cast(unit_price as {{ text_type() }})
        || '|' || cast(quantity as {{ text_type() }})
        || '|' || cast(coalesce(discount_pct, cast(0 as decimal(9, 6))) as {{ text_type() }})
        || '|' || billing_interval
        || '|' || cast(coalesce(interval_count, 1) as {{ text_type() }})
        || '|' || coalesce(cast(end_date as {{ text_type() }}), '') as terms
    from checked_contracts
    where row_end in ('staged', 'superseded')
),

ordered_versions as (
    select
        *,
        row_number() over (partition by contract_line_id, is_deleted order by updated_at) as version_number,
        lead(updated_at) over (partition by contract_line_id order by updated_at) as next_updated_at,
        lag(terms) over (partition by contract_line_id, is_deleted order by updated_at) as former_terms
    from known_versions
),

contract_versions as (
    select
        ---------- ids
        contract_line_id,
        contract_id,
        account_id,
        product_id,
        renewed_from_contract_id,
        ---------- strings
        line_type,
        currency,
        billing_interval,
        cancel_reason,
        cancel_type,
        ---------- numbers
        cast(version_number as integer) as version_number,
        unit_price,
        quantity,
        coalesce(discount_pct, cast(0 as decimal(9, 6))) as discount_pct,
        coalesce(interval_count, 1) as interval_count,
        ---------- booleans
        is_deleted,
        cast(next_updated_at is null as boolean) as is_latest,
        coalesce(terms <> former_terms, false) as has_new_terms,
        coalesce(terms <> former_terms and known_from > start_date, false) as is_in_place_edit,
        ---------- dates
        start_date,
        end_date,
        cancel_effective_date,
        paused_from,
        paused_until,
        known_from,
        coalesce({{ reporting_date('next_updated_at') }}, {{ far_future() }}) as known_until,
        ---------- timestamps
        cancel_notice_at,
        updated_at,
        next_updated_at
    from ordered_versions
)

select * from contract_versions

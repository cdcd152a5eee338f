with

versions as (
    select * from {{ ref('int_contract_versions') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

products as (
    select * from {{ ref('int_products_current') }}
),

-- A term is whole months when the end is the clamped day n months on, or both are month ends.
term_months as (
    select
        *,
        {{ days_between('start_date', 'end_date') }} as term_days,
        {{ month_index('end_date') }} - {{ month_index('start_date') }} as months_apart
    from versions
),

term_lengths as (
    select
        *,
        case
            when months_apart < 1 then false
            when end_date = {{ add_months('start_date', 'months_apart') }} then true
            else
                start_date = {{ month_end('start_date') }}
                and end_date = {{ month_end('end_date') }}
        end as is_whole_months
    from term_months
),

-- months_factor as a fraction, so that the price is divided once.
month_fractions as (
    select
        *,
        case
            when billing_interval = 'day' then 365
            when billing_interval = 'week' then 52
            when billing_interval = 'term' and not is_whole_months then 365
            else 1
        end as months_numerator,
        case
            when billing_interval = 'day' then 12 * interval_count
            when billing_interval = 'week' then 12 * interval_count
            when billing_interval = 'month' then interval_count
            when billing_interval = 'quarter' then 3 * interval_count
            when billing_interval = 'half_year' then 6 * interval_count
            when billing_interval = 'year' then 12 * interval_count
            when is_whole_months then months_apart
            else 12 * term_days
        end as months_denominator
    from term_lengths
),

priced_versions as (
    select
        *,
        {{ line_mrr('unit_price', 'quantity', 'discount_pct', 'months_numerator', 'months_denominator') }} as terms_mrr
    from month_fractions
),

valued_versions as (
    select
        ---------- ids
        priced_versions.contract_line_id,
        priced_versions.contract_id,
        priced_versions.account_id,
        priced_versions.product_id,
        priced_versions.renewed_from_contract_id,
        ---------- strings
        priced_versions.line_type,
        priced_versions.currency,
        priced_versions.billing_interval,
        priced_versions.cancel_reason,
        priced_versions.cancel_type,
        ---------- numbers
        priced_versions.version_number,
        priced_versions.quantity,
        priced_versions.unit_price,
        priced_versions.discount_pct,
        priced_versions.months_numerator,
        priced_versions.months_denominator,
        priced_versions.terms_mrr,
        cast(
            case when priced_versions.line_type = 'recurring' then priced_versions.terms_mrr else 0 end
            as decimal(18, 4)
        ) as local_mrr,
        ---------- booleans
        cast(priced_versions.line_type = 'recurring' as boolean) as is_recurring,
        cast(coalesce(products.is_seat_based, true) as boolean) as is_seat_based,
        accounts.is_internal,
        priced_versions.is_deleted,
        priced_versions.is_latest,
        priced_versions.has_new_terms,
        priced_versions.is_in_place_edit,
        ---------- dates
        priced_versions.start_date,
        priced_versions.end_date,
        priced_versions.cancel_effective_date,
        priced_versions.paused_from,
        priced_versions.paused_until,
        priced_versions.known_from,
        priced_versions.known_until,
        ---------- timestamps
        priced_versions.cancel_notice_at,
        priced_versions.updated_at,
        priced_versions.next_updated_at
    from priced_versions
    inner join accounts
        on priced_versions.account_id = accounts.account_id
    left join products
        on priced_versions.product_id = products.product_id
)

select * from valued_versions

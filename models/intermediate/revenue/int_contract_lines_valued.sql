with

lines as (
    select * from {{ ref('int_contracts_current') }}
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
        coalesce(least(end_date, cancel_effective_date), end_date, cancel_effective_date) as effective_end_date,
        {{ days_between('start_date', 'end_date') }} as term_days,
        {{ month_index('end_date') }} - {{ month_index('start_date') }} as months_apart
    from lines
    where not is_deleted
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

valued_lines as (
    select
        ---------- ids
        month_fractions.contract_line_id,
        month_fractions.contract_id,
        month_fractions.account_id,
        month_fractions.product_id,
        month_fractions.renewed_from_contract_id,
        ---------- strings
        month_fractions.line_type,
        month_fractions.currency,
        month_fractions.cancel_reason,
        month_fractions.cancel_type,
        ---------- numbers
        month_fractions.quantity,
        month_fractions.unit_price,
        month_fractions.discount_pct,
        month_fractions.months_numerator,
        month_fractions.months_denominator,
        case
            when month_fractions.line_type = 'recurring'
                then {{ line_mrr('unit_price', 'quantity', 'discount_pct', 'months_numerator', 'months_denominator') }}
            else cast(0 as decimal(18, 4))
        end as local_mrr,
        ---------- booleans
        month_fractions.line_type = 'recurring' as is_recurring,
        coalesce(products.is_seat_based, true) as is_seat_based,
        accounts.is_internal,
        coalesce(month_fractions.effective_end_date > month_fractions.start_date, true) as is_ever_in_force,
        ---------- dates
        month_fractions.start_date,
        month_fractions.end_date,
        month_fractions.effective_end_date,
        month_fractions.cancel_effective_date,
        month_fractions.paused_from,
        month_fractions.paused_until,
        ---------- timestamps
        month_fractions.cancel_notice_at,
        month_fractions.updated_at
    from month_fractions
    inner join accounts
        on month_fractions.account_id = accounts.account_id
    left join products
        on month_fractions.product_id = products.product_id
)

select * from valued_lines

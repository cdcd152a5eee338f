with

account_months as (
    select * from {{ ref('kpi_account_months') }}
),

catalogue as (
    select * from {{ ref('kpi_catalog') }}
),

contributions as (
    select
        catalogue.kpi_id,
        account_months.account_id,
        account_months.month,
        {{ kpi_numerator('catalogue.kpi_id', 'account_months') }} as numerator,
        {{ kpi_denominator('catalogue.kpi_id', 'account_months') }} as denominator
    from account_months
    cross join catalogue
    where catalogue.is_additive
),

non_zero_contributions as (
    select
        ---------- ids
        kpi_id,
        account_id,
        ---------- numbers
        {{ money('numerator') }} as numerator,
        {{ money('denominator') }} as denominator,
        ---------- dates
        month
    from contributions
    where
        numerator <> 0
        or denominator <> 0
)

select * from non_zero_contributions

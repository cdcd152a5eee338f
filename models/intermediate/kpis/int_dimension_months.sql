with

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

facts as (
    select * from {{ ref('int_account_month_facts') }}
),

account_month_support as (
    select * from {{ ref('int_account_month_support') }}
),

months as (
    select * from {{ ref('int_months') }}
),

counted_accounts as (
    select account_id
    from facts

    union distinct

    select account_id
    from account_month_support
),

dimension_values as (
    select
        'all' as dimension,
        '(all)' as dimension_value

    union distinct

    select
        dimensions.dimension,
        dimensions.dimension_value
    from dimensions
    inner join counted_accounts
        on dimensions.account_id = counted_accounts.account_id
),

dimension_months as (
    select
        ---------- strings
        dimension_values.dimension,
        dimension_values.dimension_value,
        ---------- booleans
        months.is_complete,
        ---------- dates
        months.month
    from months
    cross join dimension_values
)

select * from dimension_months

with

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

counted_accounts as (
    select * from {{ ref('int_accounts_counted') }}
),

months as (
    select * from {{ ref('int_months') }}
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

with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

customers as (
    select *
    from accounts
    where not is_internal
),

dimensions as (
    select
        account_id,
        'all' as dimension,
        '(all)' as dimension_value
    from customers

    union all

    select
        account_id,
        'segment' as dimension,
        coalesce(segment, '(none)') as dimension_value
    from customers

    union all

    select
        account_id,
        'industry' as dimension,
        coalesce(industry, '(none)') as dimension_value
    from customers

    union all

    select
        account_id,
        'country' as dimension,
        coalesce(country, '(none)') as dimension_value
    from customers

    union all

    select
        account_id,
        'touch_model' as dimension,
        coalesce(touch_model, '(none)') as dimension_value
    from customers

    union all

    select
        account_id,
        'owner' as dimension,
        coalesce(owner, '(none)') as dimension_value
    from customers
)

select * from dimensions

with

overrides as (
    select * from {{ ref('health_overrides') }}
),

followed_overrides as (
    select
        account_id,
        valid_from,
        expires_on,
        lead(valid_from) over (partition by account_id order by valid_from) as next_valid_from
    from overrides
),

faulty_overrides as (
    select *
    from followed_overrides
    where
        expires_on <= valid_from
        or expires_on > next_valid_from
)

select * from faulty_overrides

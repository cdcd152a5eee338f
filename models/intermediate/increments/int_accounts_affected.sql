with

dates_affected as (
    select * from {{ ref('int_account_dates_affected') }}
),

accounts_affected as (
    select
        ---------- ids
        account_id,
        ---------- dates
        min(date) as affected_from
    from dates_affected
    group by account_id
)

select * from accounts_affected

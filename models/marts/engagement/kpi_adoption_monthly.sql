with

adoption_totals as (
    select * from {{ ref('int_adoption_totals') }}
),

adoption_monthly as (
    select
        ---------- numbers
        active_accounts,
        mau,
        licensed_seats,
        login_rate,
        dau_sum_28d,
        stickiness,
        accounts_without_login,
        ---------- booleans
        is_complete,
        ---------- dates
        month
    from adoption_totals
    where dimension = 'all'
)

select * from adoption_monthly

with

onboarding_totals as (
    select * from {{ ref('int_onboarding_totals') }}
),

accounts as (
    select * from {{ ref('dim_account') }}
),

cohorts as (
    select
        {{ month_start('first_active_date') }} as month,
        count(*) as accounts_started
    from accounts
    where first_active_date is not null
    group by {{ month_start('first_active_date') }}
),

split_totals as (
    select
        month,
        dimension,
        sum(accounts_started) as accounts_started
    from onboarding_totals
    group by month, dimension
),

differences as (
    select
        split_totals.month,
        split_totals.dimension,
        split_totals.accounts_started,
        cohorts.accounts_started as expected_accounts
    from split_totals
    left join cohorts
        on split_totals.month = cohorts.month
    where split_totals.accounts_started <> coalesce(cohorts.accounts_started, 0)
)

select * from differences

with

lifecycle_phases as (
    select * from {{ ref('fct_lifecycle_phase') }}
),

accounts as (
    select * from {{ ref('dim_account') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

followed_phases as (
    select
        *,
        lead(valid_from) over (partition by account_id order by valid_from) as next_valid_from,
        lag(phase) over (partition by account_id order by valid_from) as phase_before
    from lifecycle_phases
),

account_phases as (
    select
        account_id,
        min(valid_from) as first_date,
        sum(days_in_phase) as told_days,
        sum(
            case
                when valid_to <> next_valid_from then 1
                when valid_to is null and next_valid_from is not null then 1
                when valid_to is not null and next_valid_from is null then 1
                else 0
            end
        ) as breaks,
        sum(case when phase = phase_before or previous_phase <> phase_before then 1 else 0 end) as repeats
    from followed_phases
    group by account_id
),

wrong_accounts as (
    select
        accounts.account_id,
        account_phases.first_date,
        account_phases.told_days,
        account_phases.breaks,
        account_phases.repeats
    from accounts
    cross join as_of
    left join account_phases
        on accounts.account_id = account_phases.account_id
    where
        accounts.is_internal <> (account_phases.account_id is null)
        or account_phases.breaks > 0
        or account_phases.repeats > 0
        or account_phases.first_date
        <> least(accounts.created_date, coalesce(accounts.first_active_date, accounts.created_date))
        or account_phases.told_days <> 1 + {{ days_between('account_phases.first_date', 'as_of.as_of_date') }}
)

select * from wrong_accounts

with

accounts as (
    select * from {{ ref('dim_account') }}
),

account_milestones as (
    select * from {{ ref('int_account_milestones') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

onboarding_facts as (
    select
        accounts.account_id,
        account_milestones.milestones_total,
        account_milestones.milestones_completed,
        account_milestones.milestones_overdue,
        account_milestones.time_to_first_value_days,
        account_milestones.first_value_date,
        account_milestones.onboarded_date,
        case
            when accounts.is_internal then 'not_applicable'
            when not sources_connected.has_milestones then 'not_connected'
            when account_milestones.account_id is null then 'no_data'
            else 'ok'
        end as onboarding_state
    from accounts
    cross join sources_connected
    left join account_milestones
        on accounts.account_id = account_milestones.account_id
),

account_onboarding as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(onboarding_state as {{ text_type() }}) as onboarding_state,
        ---------- numbers
        milestones_total,
        milestones_completed,
        milestones_overdue,
        time_to_first_value_days,
        ---------- booleans
        cast(case when onboarding_state = 'ok' then onboarded_date is not null end as boolean) as is_onboarded,
        ---------- dates
        first_value_date,
        onboarded_date
    from onboarding_facts
)

select * from account_onboarding

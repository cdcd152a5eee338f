with

facts as (
    select * from {{ ref('int_account_month_facts') }}
),

support_months as (
    select * from {{ ref('int_account_month_support') }}
),

voice_months as (
    select * from {{ ref('int_account_month_voice') }}
),

expansion_months as (
    select * from {{ ref('int_account_month_expansion') }}
),

engagement_months as (
    select * from {{ ref('int_account_month_engagement') }}
),

counted_accounts as (
    select account_id
    from facts

    union distinct

    select account_id
    from support_months

    union distinct

    select account_id
    from voice_months

    union distinct

    select account_id
    from expansion_months

    union distinct

    select account_id
    from engagement_months
)

select * from counted_accounts

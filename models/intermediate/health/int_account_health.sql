with

accounts as (
    select * from {{ ref('dim_account') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

scores as (
    select * from {{ ref('fct_health_score') }}
),

drivers as (
    select * from {{ ref('int_account_health_drivers') }}
),

reasons as (
    select * from {{ ref('int_account_health_reasons') }}
),

-- Every active customer has a row on the as-of date; a band set by hand speaks without a score, too.
health_facts as (
    select
        accounts.account_id,
        scores.score,
        scores.coverage,
        scores.final_band,
        scores.trend,
        scores.top_drivers,
        scores.score_change_28d,
        drivers.health_drivers_en,
        drivers.health_drivers_ja,
        reasons.health_change_reason_en,
        reasons.health_change_reason_ja,
        case
            when scores.account_id is null then 'not_applicable'
            when scores.final_band <> 'unknown' then 'ok'
            when scores.coverage is null then 'not_connected'
            else 'no_data'
        end as health_state
    from accounts
    cross join as_of
    left join scores
        on
            accounts.account_id = scores.account_id
            and as_of.as_of_date = scores.date
    left join drivers
        on accounts.account_id = drivers.account_id
    left join reasons
        on accounts.account_id = reasons.account_id
),

account_health as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(health_state as {{ text_type() }}) as health_state,
        case when health_state = 'ok' then final_band end as health_band,
        case when health_state = 'ok' then trend end as health_trend,
        case when health_state = 'ok' then top_drivers end as health_drivers,
        case when health_state = 'ok' then health_drivers_en end as health_drivers_en,
        case when health_state = 'ok' then health_drivers_ja end as health_drivers_ja,
        case when health_state = 'ok' then health_change_reason_en end as health_change_reason_en,
        case when health_state = 'ok' then health_change_reason_ja end as health_change_reason_ja,
        ---------- numbers
        cast(case when health_state = 'ok' then score end as {{ double_type() }}) as health_score,
        cast(case when health_state = 'ok' then coverage end as {{ double_type() }}) as health_coverage,
        cast(case when health_state = 'ok' then score_change_28d end as {{ double_type() }}) as health_change_28d
    from health_facts
)

select * from account_health

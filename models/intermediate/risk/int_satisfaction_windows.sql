with

tickets as (
    select * from {{ ref('fct_ticket') }}
),

surveys as (
    select * from {{ ref('int_surveys_current') }}
),

rules as (
    select * from {{ ref('risk_signals') }}
),

satisfaction_scores as (
    select
        account_id,
        csat_date as scored_on,
        csat_score as score
    from tickets
    where
        is_counted
        and csat_score is not null

    union all

    select
        account_id,
        {{ reporting_date('coalesce(responded_at, sent_at)') }} as scored_on,
        survey_score as score
    from surveys
    where
        survey_kind = 'csat'
        and survey_score is not null
        and not is_account_internal
        and not is_user_internal
),

-- A score counts from its day on, until the window has passed over it.
score_changes as (
    select
        account_id,
        scored_on as changed_on,
        1 as count_change,
        score as score_change
    from satisfaction_scores

    union all

    select
        satisfaction_scores.account_id,
        {{ add_days('satisfaction_scores.scored_on', 'rules.window_days') }} as changed_on,
        -1 as count_change,
        -satisfaction_scores.score as score_change
    from satisfaction_scores
    inner join rules
        on rules.signal = 'low_csat'
),

satisfaction_windows as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(sum(sum(count_change)) over (partition by account_id order by changed_on) as integer) as scores,
        cast(sum(sum(score_change)) over (partition by account_id order by changed_on) as integer) as score_sum,
        ---------- dates
        changed_on,
        lead(changed_on) over (partition by account_id order by changed_on) as next_change_on
    from score_changes
    group by account_id, changed_on
)

select * from satisfaction_windows

with

touchpoints as (
    select * from {{ ref('int_touchpoints_current') }}
),

surveys as (
    select * from {{ ref('int_surveys_current') }}
),

milestones as (
    select * from {{ ref('int_milestones_current') }}
),

users as (
    select * from {{ ref('int_users_current') }}
),

login_days as (
    select * from {{ ref('int_account_login_days') }}
),

engagement_events as (
    select
        touchpoint_id as event_key,
        account_id,
        'touchpoint' as kind,
        touchpoint_kind as variant,
        cast(null as {{ text_type() }}) as title_subject,
        occurred_at
    from touchpoints
    where not is_account_internal

    union all

    select
        survey_id as event_key,
        account_id,
        'survey_answered' as kind,
        case when survey_score is not null then survey_kind end as variant,
        cast(survey_score as {{ text_type() }}) as title_subject,
        coalesce(responded_at, sent_at) as occurred_at
    from surveys
    where not is_account_internal and not is_user_internal and (responded_at is not null or survey_score is not null)

    union all

    select
        account_id || '|' || milestone as event_key,
        account_id,
        'milestone_completed' as kind,
        case when milestone in ('first_value', 'go_live') then milestone else 'other' end as variant,
        milestone as title_subject,
        completed_at as occurred_at
    from milestones
    where not is_account_internal and completed_at is not null

    union all

    select
        user_id as event_key,
        account_id,
        'user_joined' as kind,
        coalesce(role, 'unknown') as variant,
        cast(null as {{ text_type() }}) as title_subject,
        created_at as occurred_at
    from users
    where not is_account_internal and not is_internal

    union all

    select
        user_id as event_key,
        account_id,
        'champion_left' as kind,
        cast(null as {{ text_type() }}) as variant,
        cast(null as {{ text_type() }}) as title_subject,
        deactivated_at as occurred_at
    from users
    where not is_account_internal and not is_internal and role = 'champion' and deactivated_at is not null

    union all

    select
        account_id as event_key,
        account_id,
        'first_login' as kind,
        cast(null as {{ text_type() }}) as variant,
        cast(null as {{ text_type() }}) as title_subject,
        {{ start_of_day_utc('min(login_date)') }} as occurred_at
    from login_days
    where logins > 0
    group by account_id
),

timeline_engagement as (
    select
        ---------- ids
        kind || '|' || event_key as event_id,
        account_id,
        ---------- strings
        cast(kind as {{ text_type() }}) as kind,
        cast(variant as {{ text_type() }}) as variant,
        cast(null as {{ text_type() }}) as title_amount,
        title_subject,
        cast(null as {{ text_type() }}) as detail,
        ---------- numbers
        cast(null as decimal(18, 4)) as mrr_delta,
        ---------- timestamps
        occurred_at
    from engagement_events
)

select * from timeline_engagement

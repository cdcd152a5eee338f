with

activity_spells as (
    select * from {{ ref('int_activity_spells') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_current') }}
),

messages as (
    select * from {{ ref('int_messages_current') }}
),

surveys as (
    select * from {{ ref('int_surveys_current') }}
),

tickets as (
    select * from {{ ref('fct_ticket') }}
),

-- Before the first contact of all was written down, silence proves nothing.
first_record as (
    select min({{ reporting_date('occurred_at') }}) as first_touch_date
    from touchpoints
),

heard as (
    select
        account_id,
        'anything' as heard_of,
        active_from as heard_on
    from activity_spells
    where is_current

    union all

    select
        activity_spells.account_id,
        'contact' as heard_of,
        greatest(activity_spells.active_from, first_record.first_touch_date) as heard_on
    from activity_spells
    inner join first_record
        on
            activity_spells.is_current
            and first_record.first_touch_date is not null

    union all

    select
        account_id,
        'contact' as heard_of,
        {{ reporting_date('occurred_at') }} as heard_on
    from touchpoints

    union all

    select
        account_id,
        'anything' as heard_of,
        {{ reporting_date('occurred_at') }} as heard_on
    from touchpoints

    union all

    select
        account_id,
        'anything' as heard_of,
        {{ reporting_date('replied_at') }} as heard_on
    from messages
    where replied_at is not null

    union all

    select
        account_id,
        'anything' as heard_of,
        {{ reporting_date('coalesce(responded_at, sent_at)') }} as heard_on
    from surveys
    where
        survey_score is not null
        and not is_user_internal

    union all

    select
        account_id,
        'anything' as heard_of,
        created_date as heard_on
    from tickets
    where is_counted
),

silences as (
    select
        ---------- ids
        account_id,
        ---------- strings
        heard_of,
        ---------- dates
        heard_on,
        coalesce(
            lead(heard_on) over (partition by account_id, heard_of order by heard_on), {{ far_future() }}
        ) as next_heard_on
    from heard
    group by account_id, heard_of, heard_on
)

select * from silences

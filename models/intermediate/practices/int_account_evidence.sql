with

timeline_events as (
    select * from {{ ref('int_timeline_events') }}
),

login_days as (
    select * from {{ ref('int_account_login_days') }}
),

messages as (
    select * from {{ ref('int_messages_current') }}
),

data_volumes as (
    select * from {{ ref('int_data_volumes_current') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

-- What the timeline tells needs no second rule; the rest happens too often to stand in it.
evidence_found as (
    select
        account_id,
        kind as evidence
    from timeline_events

    union distinct

    select
        account_id,
        title_id as evidence
    from timeline_events

    union distinct

    select
        account_id,
        'active_user' as evidence
    from login_days
    where dau > 0

    union distinct

    select
        account_id,
        'message_delivered' as evidence
    from messages
    where delivered_at is not null

    union distinct

    select
        account_id,
        'data_snapshot' as evidence
    from data_volumes

    union distinct

    select
        account_id,
        'related_account' as evidence
    from accounts
    where parent_account_id is not null

    union distinct

    select
        parent_account_id as account_id,
        'related_account' as evidence
    from accounts
    where parent_account_id is not null
),

account_evidence as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(evidence as {{ text_type() }}) as evidence
    from evidence_found
)

select * from account_evidence

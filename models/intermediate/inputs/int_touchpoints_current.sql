with

checked_touchpoints as (
    select * from {{ ref('int_touchpoints_checked') }}
),

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

current_touchpoints as (
    select
        ---------- ids
        checked_touchpoints.touchpoint_id,
        checked_touchpoints.account_id,
        ---------- strings
        checked_touchpoints.touchpoint_kind,
        checked_touchpoints.contact_owner,
        ---------- numbers
        checked_touchpoints.sentiment,
        ---------- booleans
        accounts.is_internal as is_account_internal,
        ---------- timestamps
        checked_touchpoints.occurred_at,
        checked_touchpoints.planned_at
    from checked_touchpoints
    inner join accounts
        on checked_touchpoints.account_id = accounts.account_id
    where checked_touchpoints.row_end = 'staged'
)

select * from current_touchpoints

with

source as (
    select * from {{ source('raw', 'milestones') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('account_id') }} as account_id,
        ---------- strings
        {{ parse_text('milestone') }} as milestone,
        ---------- timestamps
        {{ parse_timestamp('due_at') }} as due_at,
        {{ parse_timestamp('completed_at') }} as completed_at,
        ---------- origin
        {{ row_origin('milestones') }}
    from source
)

select * from typed

with

source as (
    select * from {{ source('raw', 'touchpoints') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('touchpoint_id') }} as touchpoint_id,
        {{ parse_text('account_id') }} as account_id,
        ---------- strings
        {{ parse_text('kind') }} as touchpoint_kind,
        {{ parse_text('owner') }} as contact_owner,
        {{ parse_text('summary') }} as touchpoint_summary,
        ---------- numbers
        {{ parse_decimal('sentiment', 9, 6) }} as sentiment,
        ---------- timestamps
        {{ parse_timestamp('occurred_at') }} as occurred_at,
        {{ parse_timestamp('planned_at') }} as planned_at,
        ---------- origin
        {{ row_origin('touchpoints') }}
    from source
)

select * from typed

with

source as (
    select * from {{ source('raw', 'surveys') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('survey_id') }} as survey_id,
        {{ parse_text('account_id') }} as account_id,
        {{ parse_text('user_id') }} as user_id,
        ---------- strings
        {{ parse_text('kind') }} as survey_kind,
        {{ parse_text('comment') }} as survey_comment,
        ---------- numbers
        {{ parse_integer('score') }} as survey_score,
        ---------- timestamps
        {{ parse_timestamp('sent_at') }} as sent_at,
        {{ parse_timestamp('responded_at') }} as responded_at,
        ---------- origin
        {{ row_origin('surveys') }}
    from source
)

select * from typed

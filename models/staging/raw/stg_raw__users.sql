with

source as (
    select * from {{ source('raw', 'users') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('user_id') }} as user_id,
        {{ parse_text('account_id') }} as account_id,
        ---------- strings
        {{ parse_text('role') }} as role,
        ---------- booleans
        coalesce({{ parse_boolean('is_internal') }}, false) as is_internal,
        ---------- timestamps
        {{ parse_timestamp('created_at') }} as created_at,
        {{ parse_timestamp('deactivated_at') }} as deactivated_at,
        {{ parse_timestamp('updated_at') }} as updated_at,
        ---------- origin
        {{ row_origin('users') }}
    from source
)

select * from typed

with

source as (
    select * from {{ source('raw', 'accounts') }}
),

typed as (
    select
        ---------- ids
        {{ parse_text('account_id') }} as account_id,
        {{ parse_text('parent_account_id') }} as parent_account_id,
        ---------- strings
        {{ parse_text('account_name') }} as account_name,
        {{ parse_text('industry') }} as industry,
        {{ parse_text('country') }} as country,
        {{ parse_text('segment') }} as segment,
        {{ parse_text('owner') }} as owner,
        {{ parse_text('touch_model') }} as touch_model,
        ---------- numbers
        {{ parse_integer('employee_count') }} as employee_count,
        ---------- booleans
        coalesce({{ parse_boolean('is_internal') }}, false) as is_internal,
        ---------- timestamps
        {{ parse_timestamp('created_at') }} as created_at,
        {{ parse_timestamp('updated_at') }} as updated_at,
        ---------- origin
        {{ row_origin('accounts') }}
    from source
)

select * from typed

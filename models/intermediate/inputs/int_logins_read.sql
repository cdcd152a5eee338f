with

logins as (
    select * from {{ ref('stg_raw__logins') }}
),

logins_read as (
    select
        ---------- ids
        login_id,
        user_id,
        account_id,
        ---------- strings
        coalesce(result, 'success') as result,
        empty_key_cells,
        empty_required_cells,
        bad_cells,
        unlisted_cells,
        source_file,
        ---------- numbers
        source_row_number,
        ---------- dates
        {{ reporting_date('logged_in_at') }} as login_date
    from logins
)

select * from logins_read

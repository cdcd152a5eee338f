with

accounts as (
    select * from {{ ref('dim_account') }}
),

feature_requests as (
    select * from {{ ref('int_feature_requests_settled') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

request_totals as (
    select
        account_id,
        {{ tally('case when is_open then 1 end') }} as open_requests,
        {{ tally('case when is_shipped then 1 end') }} as shipped_requests
    from feature_requests
    group by account_id
),

account_requests as (
    select
        ---------- ids
        accounts.account_id,
        ---------- strings
        cast(
            case
                when accounts.is_internal then 'not_applicable'
                when not sources_connected.has_feature_requests then 'not_connected'
                when request_totals.account_id is null then 'no_data'
                else 'ok'
            end as {{ text_type() }}
        ) as requests_state,
        ---------- numbers
        request_totals.open_requests,
        request_totals.shipped_requests
    from accounts
    cross join sources_connected
    left join request_totals
        on accounts.account_id = request_totals.account_id
)

select * from account_requests

with

feature_requests as (
    select * from {{ ref('int_feature_requests_settled') }}
),

wait_counts as (
    select
        topic,
        days_observed,
        count(*) as observed_requests,
        count(case when is_shipped then 1 end) as shipped_requests
    from feature_requests
    where not is_declined
    group by topic, days_observed
),

waiting_counts as (
    select
        *,
        sum(observed_requests) over (
            partition by topic
            order by days_observed desc
            rows between unbounded preceding and current row
        ) as waiting_requests
    from wait_counts
),

-- Where all that were waiting are shipped, nothing waits longer: the logarithm has no value there.
accumulated as (
    select
        *,
        shipped_requests = waiting_requests as is_over,
        sum(ln({{ ratio('nullif(waiting_requests - shipped_requests, 0)', 'waiting_requests') }})) over (
            partition by topic
            order by days_observed
            rows between unbounded preceding and current row
        ) as log_share
    from waiting_counts
),

request_waits as (
    select
        ---------- strings
        topic,
        ---------- numbers
        cast(days_observed as integer) as days_observed,
        cast(waiting_requests as integer) as waiting_requests,
        cast(shipped_requests as integer) as shipped_requests,
        cast(case when is_over then 0 else exp(log_share) end as {{ double_type() }}) as unshipped_share
    from accumulated
)

select * from request_waits

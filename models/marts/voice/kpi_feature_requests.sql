with

feature_requests as (
    select * from {{ ref('int_feature_requests_settled') }}
),

request_waits as (
    select * from {{ ref('int_request_waits') }}
),

contracts as (
    select * from {{ ref('int_account_contracts') }}
),

topic_totals as (
    select
        topic,
        count(*) as requests,
        count(distinct account_id) as accounts_asking,
        count(case when is_open then 1 end) as open_requests,
        count(case when is_shipped then 1 end) as shipped_requests,
        count(case when is_declined then 1 end) as declined_requests,
        percentile_cont(0.5) within group (
            order by cast(days_to_ship as {{ double_type() }})
        ) as median_days_to_ship
    from feature_requests
    group by topic
),

accounts_waiting as (
    select distinct
        topic,
        account_id
    from feature_requests
    where is_open
),

topic_amounts as (
    select
        accounts_waiting.topic,
        sum(contracts.arr) as arr
    from accounts_waiting
    inner join contracts
        on accounts_waiting.account_id = contracts.account_id
    group by accounts_waiting.topic
),

-- A product of shares that is one half may miss it by its last digits.
topic_medians as (
    select
        topic,
        min(case when unshipped_share < 0.500000001 then days_observed end) as km_median_days_to_ship
    from request_waits
    group by topic
),

requests_by_topic as (
    select
        ---------- strings
        topic_totals.topic,
        ---------- numbers
        cast(topic_totals.requests as integer) as requests,
        cast(topic_totals.accounts_asking as integer) as accounts_asking,
        cast(topic_totals.open_requests as integer) as open_requests,
        {{ money('coalesce(topic_amounts.arr, 0)') }} as arr,
        cast(topic_totals.shipped_requests as integer) as shipped_requests,
        cast(topic_totals.declined_requests as integer) as declined_requests,
        cast(topic_totals.median_days_to_ship as {{ double_type() }}) as median_days_to_ship,
        cast(topic_medians.km_median_days_to_ship as integer) as km_median_days_to_ship
    from topic_totals
    left join topic_amounts
        on topic_totals.topic = topic_amounts.topic
    left join topic_medians
        on topic_totals.topic = topic_medians.topic
)

select * from requests_by_topic

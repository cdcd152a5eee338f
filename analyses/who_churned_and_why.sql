-- Who churned in the last 12 months, and why?
--
-- The recognised ends of coverage of the 12 months to the as-of date, one by one, with what they cost, who ended it
-- and for which reason, how early notice came, how long the customer had been one, and whether it came back. Beside
-- each stands what its type and reason cost in all, and the share of it that was won back.
--
-- How to read it: the dearest reason comes first, and within it the dearest account. `notice_days` empty: nobody
-- said a word; below 0: notice came after the end. An end whose grace is still running is not there yet: see status
-- `grace` and `pending` of `fct_churn_event`. `mrr_lost` is the MRR of the last covered day, so it does not add up to
-- `churn_mrr`, which is that of the opening of the month. Segment and owner are the account's present ones.
with

churn_events as (
    select * from {{ ref('fct_churn_event') }}
),

accounts as (
    select * from {{ ref('dim_account') }}
),

build_info as (
    select * from {{ ref('build_info') }}
),

recent_ends as (
    select
        churn_events.*,
        coalesce(churn_events.cancel_reason, '(none)') as reason,
        case when churn_events.status = 'won_back' then 1 else 0 end as won_back,
        case when churn_events.notice_date is not null then 1 else 0 end as noticed
    from churn_events
    cross join build_info
    where
        churn_events.is_recognised
        and churn_events.churn_date > {{ add_months('build_info.as_of_date', -12) }}
),

totals as (
    select
        count(*) as ended,
        sum(mrr_lost) as mrr_lost,
        sum(won_back) as won_back
    from recent_ends
),

reason_totals as (
    select
        churn_type,
        reason,
        count(*) as ended,
        sum(mrr_lost) as mrr_lost,
        sum(noticed) as noticed,
        sum(won_back) as won_back
    from recent_ends
    group by churn_type, reason
)

select
    recent_ends.churn_type,
    recent_ends.reason as cancel_reason,
    accounts.account_id,
    accounts.account_name,
    accounts.segment,
    accounts.owner,
    recent_ends.churn_date,
    recent_ends.mrr_lost,
    recent_ends.notice_days,
    recent_ends.tenure_days,
    recent_ends.returned_on,
    reason_totals.ended as reason_ended,
    reason_totals.mrr_lost as reason_mrr_lost,
    {{ ratio('reason_totals.mrr_lost', 'totals.mrr_lost') }} as reason_mrr_share,
    {{ ratio('reason_totals.noticed', 'reason_totals.ended') }} as reason_noticed_share,
    {{ ratio('reason_totals.won_back', 'reason_totals.ended') }} as reason_won_back_share,
    {{ ratio('totals.won_back', 'totals.ended') }} as won_back_share
from recent_ends
cross join totals
inner join accounts
    on recent_ends.account_id = accounts.account_id
inner join reason_totals
    on
        recent_ends.churn_type = reason_totals.churn_type
        and recent_ends.reason = reason_totals.reason
order by
    reason_totals.mrr_lost desc,
    recent_ends.churn_type asc,
    recent_ends.reason asc,
    recent_ends.mrr_lost desc,
    recent_ends.churn_event_id asc

with

line_spans as (
    select * from {{ ref('int_line_spans') }}
),

months as (
    select * from {{ ref('int_months') }}
),

entitlements as (
    select * from {{ ref('feature_entitlements') }}
),

features_seen as (
    select * from {{ ref('int_feature_first_uses') }}
),

seen_by_month as (
    select
        months.month,
        count(features_seen.feature) as features_seen
    from months
    left join features_seen
        on months.state_date >= features_seen.first_used_date
    group by months.month
),

product_months as (
    select distinct
        line_spans.account_id,
        line_spans.product_id,
        months.month,
        months.state_date
    from line_spans
    inner join months
        on
            line_spans.valid_from <= months.state_date
            and line_spans.valid_to > months.state_date
    where line_spans.is_current
),

listed as (
    select
        product_months.account_id,
        product_months.month,
        count(distinct entitlements.feature) as listed_features,
        count(
            distinct case
                when coalesce(features_seen.first_used_date > product_months.state_date, true)
                    then entitlements.feature
            end
        ) as listed_unseen_features,
        max(case when entitlements.product_id is null then 1 else 0 end) = 1 as has_unlisted_product
    from product_months
    left join entitlements
        on product_months.product_id = entitlements.product_id
    left join features_seen
        on entitlements.feature = features_seen.feature
    group by product_months.account_id, product_months.month
),

features_entitled as (
    select
        ---------- ids
        listed.account_id,
        ---------- numbers
        cast(
            case
                when listed.has_unlisted_product then seen_by_month.features_seen + listed.listed_unseen_features
                else listed.listed_features
            end as integer
        ) as features_entitled,
        ---------- dates
        listed.month
    from listed
    inner join seen_by_month
        on listed.month = seen_by_month.month
)

select * from features_entitled

with

line_spans as (
    select * from {{ ref('int_line_spans_known') }}
),

entitlements as (
    select * from {{ ref('feature_entitlements') }}
),

feature_grants as (
    select * from {{ ref('int_feature_grants_known') }}
),

listed_products as (
    select distinct product_id
    from entitlements
),

unlisted_lines as (
    select
        line_spans.account_id,
        line_spans.valid_from,
        line_spans.valid_to
    from line_spans
    left join listed_products
        on line_spans.product_id = listed_products.product_id
    where listed_products.product_id is null
),

-- A listed feature is unseen until some customer uses it.
unseen_grants as (
    select
        account_id,
        valid_from,
        coalesce(least(first_used_date, valid_to), valid_to) as valid_to
    from feature_grants
    where coalesce(first_used_date > valid_from, true)
),

counted_periods as (
    select
        account_id,
        valid_from,
        valid_to,
        1 as listed_features,
        0 as listed_unseen_features,
        0 as unlisted_lines
    from feature_grants

    union all

    select
        account_id,
        valid_from,
        valid_to,
        0 as listed_features,
        1 as listed_unseen_features,
        0 as unlisted_lines
    from unseen_grants

    union all

    select
        account_id,
        valid_from,
        valid_to,
        0 as listed_features,
        0 as listed_unseen_features,
        1 as unlisted_lines
    from unlisted_lines
),

changes as (
    select
        account_id,
        valid_from as changed_on,
        listed_features,
        listed_unseen_features,
        unlisted_lines
    from counted_periods

    union all

    select
        account_id,
        valid_to as changed_on,
        -listed_features as listed_features,
        -listed_unseen_features as listed_unseen_features,
        -unlisted_lines as unlisted_lines
    from counted_periods
),

positions as (
    select
        account_id,
        changed_on as valid_from,
        lead(changed_on) over (partition by account_id order by changed_on) as valid_to,
        sum(sum(listed_features)) over (partition by account_id order by changed_on) as listed_features,
        sum(sum(listed_unseen_features)) over (partition by account_id order by changed_on) as listed_unseen_features,
        sum(sum(unlisted_lines)) over (partition by account_id order by changed_on) as unlisted_lines
    from changes
    group by account_id, changed_on
),

features_entitled_known as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(listed_features as integer) as listed_features,
        cast(listed_unseen_features as integer) as listed_unseen_features,
        ---------- booleans
        cast(unlisted_lines > 0 as boolean) as has_unlisted_product,
        ---------- dates
        valid_from,
        valid_to
    from positions
    where listed_features + unlisted_lines > 0
)

select * from features_entitled_known

with

line_spans as (
    select * from {{ ref('int_line_spans_known') }}
),

entitlements as (
    select * from {{ ref('feature_entitlements') }}
),

first_uses as (
    select * from {{ ref('int_feature_first_uses') }}
),

listed_lines as (
    select
        line_spans.account_id,
        line_spans.valid_from,
        line_spans.valid_to,
        entitlements.feature
    from line_spans
    inner join entitlements
        on line_spans.product_id = entitlements.product_id
),

grant_changes as (
    select
        account_id,
        feature,
        valid_from as changed_on,
        1 as grant_change
    from listed_lines

    union all

    select
        account_id,
        feature,
        valid_to as changed_on,
        -1 as grant_change
    from listed_lines
),

grant_periods as (
    select
        account_id,
        feature,
        changed_on as valid_from,
        lead(changed_on) over (partition by account_id, feature order by changed_on) as valid_to,
        sum(sum(grant_change)) over (partition by account_id, feature order by changed_on) as grant_count
    from grant_changes
    group by account_id, feature, changed_on
),

feature_grants_known as (
    select
        ---------- ids
        grant_periods.account_id,
        ---------- strings
        grant_periods.feature,
        ---------- dates
        grant_periods.valid_from,
        grant_periods.valid_to,
        first_uses.first_used_date
    from grant_periods
    left join first_uses
        on grant_periods.feature = first_uses.feature
    where grant_periods.grant_count > 0
)

select * from feature_grants_known

with

account_months as (
    select * from {{ ref('kpi_account_months') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

due_totals as (
    select
        account_months.month,
        dimensions.dimension,
        dimensions.dimension_value,
        {{ tally('account_months.due_count') }} as due_count,
        {{ tally('account_months.renewed_count') }} as renewed_count,
        {{ total('account_months.atr_mrr') }} as atr_mrr,
        {{ total('account_months.renewed_mrr') }} as renewed_mrr,
        {{ total('account_months.kept_mrr') }} as kept_mrr,
        {{ tally('account_months.open_count') }} as open_count,
        {{ total('account_months.open_atr_mrr') }} as open_atr_mrr
    from account_months
    inner join dimensions
        on account_months.account_id = dimensions.account_id
    where account_months.due_count + account_months.open_count > 0
    group by
        account_months.month,
        dimensions.dimension,
        dimensions.dimension_value
),

cross_sell_totals as (
    select
        account_months.month,
        dimensions.dimension,
        dimensions.dimension_value,
        {{ total('account_months.cross_sell_mrr') }} as cross_sell_mrr
    from account_months
    inner join dimensions
        on account_months.account_id = dimensions.account_id
    where account_months.cross_sell_mrr <> 0
    group by
        account_months.month,
        dimensions.dimension,
        dimensions.dimension_value
),

-- Where nothing is due there is no figure of renewals; without a cross-sell its amount is 0.
commercial_totals as (
    select
        ---------- strings
        coalesce(due_totals.dimension, cross_sell_totals.dimension) as dimension,
        coalesce(due_totals.dimension_value, cross_sell_totals.dimension_value) as dimension_value,
        ---------- numbers
        {{ money('coalesce(cross_sell_totals.cross_sell_mrr, 0)') }} as cross_sell_mrr,
        due_totals.due_count,
        due_totals.renewed_count,
        due_totals.atr_mrr,
        due_totals.renewed_mrr,
        due_totals.kept_mrr,
        due_totals.open_count,
        due_totals.open_atr_mrr,
        ---------- dates
        coalesce(due_totals.month, cross_sell_totals.month) as month
    from due_totals
    full outer join cross_sell_totals
        on
            due_totals.month = cross_sell_totals.month
            and due_totals.dimension = cross_sell_totals.dimension
            and due_totals.dimension_value = cross_sell_totals.dimension_value
)

select * from commercial_totals

with

account_months as (
    select * from {{ ref('kpi_account_months') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

kpi_values as (
    select * from {{ ref('kpi_values') }}
),

catalogue as (
    select * from {{ ref('kpi_catalog') }}
),

split_sums as (
    select
        account_months.month,
        dimensions.dimension,
        dimensions.dimension_value,
        sum(account_months.mrr_start) as mrr_start,
        sum(account_months.new_mrr) as new_mrr,
        sum(account_months.reactivation_mrr) as reactivation_mrr,
        sum(account_months.expansion_mrr) as expansion_mrr,
        sum(account_months.contraction_mrr) as contraction_mrr,
        sum(account_months.churn_mrr) as churn_mrr,
        sum(account_months.pause_mrr) as pause_mrr,
        sum(account_months.resume_mrr) as resume_mrr,
        sum(account_months.fx_mrr) as fx_mrr,
        sum(account_months.mrr_end) as mrr_end,
        sum(account_months.carr) as carr,
        sum(account_months.logos_start) as logos_start,
        sum(account_months.new_logos) as new_logos,
        sum(account_months.reactivated_logos) as reactivated_logos,
        sum(account_months.churned_logos) as churned_logos,
        sum(account_months.logos_end) as logos_end,
        sum(account_months.intra_month_new_logos) as intra_month_new_logos,
        sum(account_months.intra_month_churned_logos) as intra_month_churned_logos,
        sum(account_months.grace_logos) as grace_logos,
        sum(account_months.grace_mrr) as grace_mrr,
        sum(account_months.paused_logos_end) as paused_logos_end,
        sum(account_months.zero_mrr_logos_end) as zero_mrr_logos_end,
        sum(account_months.opening_mrr_12m) as opening_mrr_12m,
        sum(account_months.closing_mrr_12m) as closing_mrr_12m,
        sum(account_months.kept_mrr_12m) as kept_mrr_12m,
        sum(account_months.opening_logos_12m) as opening_logos_12m,
        sum(account_months.retained_logos_12m) as retained_logos_12m,
        sum(account_months.active_accounts) as active_accounts,
        sum(account_months.licensed_seats) as licensed_seats,
        sum(account_months.accounts_without_login) as accounts_without_login,
        sum(account_months.tickets_created) as tickets_created,
        sum(account_months.tickets_solved) as tickets_solved,
        sum(account_months.backlog) as backlog,
        sum(account_months.tickets_reopened) as tickets_reopened,
        sum(account_months.tickets_escalated) as tickets_escalated,
        sum(account_months.csat_satisfied) as csat_satisfied,
        sum(account_months.csat_n) as csat_n,
        sum(account_months.cross_sell_mrr) as cross_sell_mrr,
        sum(account_months.due_count) as due_count,
        sum(account_months.renewed_count) as renewed_count,
        sum(account_months.atr_mrr) as atr_mrr,
        sum(account_months.renewed_mrr) as renewed_mrr,
        sum(account_months.kept_mrr) as kept_mrr,
        sum(account_months.open_count) as open_count,
        sum(account_months.open_atr_mrr) as open_atr_mrr
    from account_months
    inner join dimensions
        on account_months.account_id = dimensions.account_id
    group by
        account_months.month,
        dimensions.dimension,
        dimensions.dimension_value
),

sums as (
    select
        catalogue.kpi_id,
        split_sums.month,
        split_sums.dimension,
        split_sums.dimension_value,
        {{ kpi_numerator('catalogue.kpi_id', 'split_sums') }} as numerator,
        {{ kpi_denominator('catalogue.kpi_id', 'split_sums') }} as denominator
    from split_sums
    cross join catalogue
    where catalogue.is_additive
),

-- Priority and category split the tickets of an account, so that no sum over accounts makes them.
additive_values as (
    select kpi_values.*
    from kpi_values
    inner join catalogue
        on kpi_values.kpi_id = catalogue.kpi_id
    where
        catalogue.is_additive
        and kpi_values.version = 'current'
        and kpi_values.dimension not in ('priority', 'category')
),

differing_splits as (
    select
        coalesce(sums.kpi_id, additive_values.kpi_id) as kpi_id,
        coalesce(sums.month, additive_values.month) as month,
        coalesce(sums.dimension, additive_values.dimension) as dimension,
        coalesce(sums.dimension_value, additive_values.dimension_value) as dimension_value
    from sums
    full outer join additive_values
        on
            sums.kpi_id = additive_values.kpi_id
            and sums.month = additive_values.month
            and sums.dimension = additive_values.dimension
            and sums.dimension_value = additive_values.dimension_value
    where
        coalesce(sums.numerator, 0) <> coalesce(additive_values.numerator, 0)
        or coalesce(sums.denominator, 0) <> coalesce(additive_values.denominator, 0)
)

select * from differing_splits

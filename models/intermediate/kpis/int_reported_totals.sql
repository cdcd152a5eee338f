with

reported_months as (
    select * from {{ ref('int_reported_account_months') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

closed_months as (
    select dimension_months.*
    from dimension_months
    cross join as_of
    where {{ add_days(month_end('dimension_months.month'), var('close_lag_days')) }} <= as_of.as_of_date
),

dimension_facts as (
    select
        reported_months.*,
        dimensions.dimension,
        dimensions.dimension_value
    from reported_months
    inner join dimensions
        on reported_months.account_id = dimensions.account_id
),

reported_totals as (
    select
        ---------- strings
        closed_months.dimension,
        closed_months.dimension_value,
        ---------- numbers
        {{ total('facts.mrr_start') }} as mrr_start,
        {{ total('facts.new_mrr') }} as new_mrr,
        {{ total('facts.reactivation_mrr') }} as reactivation_mrr,
        {{ total('facts.expansion_mrr') }} as expansion_mrr,
        {{ total('facts.contraction_mrr') }} as contraction_mrr,
        {{ total('facts.churn_mrr') }} as churn_mrr,
        {{ total('facts.pause_mrr') }} as pause_mrr,
        {{ total('facts.resume_mrr') }} as resume_mrr,
        {{ total('facts.fx_mrr') }} as fx_mrr,
        {{ total('facts.mrr_end') }} as mrr_end,
        {{ tally('case when facts.is_active_start then 1 end') }} as logos_start,
        {{ tally("case when facts.movement = 'new' then 1 end") }} as new_logos,
        {{ tally("case when facts.movement = 'reactivation' then 1 end") }} as reactivated_logos,
        {{ tally("case when facts.movement = 'churn' then 1 end") }} as churned_logos,
        {{ tally('case when facts.is_active_end then 1 end') }} as logos_end,
        {{ tally('facts.intra_month_starts') }} as intra_month_new_logos,
        {{ tally('facts.intra_month_ends') }} as intra_month_churned_logos,
        {{ tally('case when facts.is_grace then 1 end') }} as grace_logos,
        {{ total('case when facts.is_grace then facts.mrr_end end') }} as grace_mrr,
        {{ tally('case when facts.is_paused then 1 end') }} as paused_logos_end,
        {{ tally('case when facts.is_active_end and facts.mrr_end = 0 then 1 end') }} as zero_mrr_logos_end,
        ---------- dates
        closed_months.month
    from closed_months
    left join dimension_facts as facts
        on
            closed_months.month = facts.month
            and closed_months.dimension = facts.dimension
            and closed_months.dimension_value = facts.dimension_value
    group by closed_months.month, closed_months.dimension, closed_months.dimension_value
)

select * from reported_totals

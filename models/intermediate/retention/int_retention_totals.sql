with

facts as (
    select * from {{ ref('int_group_month_facts') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

months as (
    select * from {{ ref('int_months') }}
),

counted_groups as (
    select distinct group_account_id
    from facts
),

dimension_values as (
    select
        'all' as dimension,
        '(all)' as dimension_value

    union distinct

    select
        dimensions.dimension,
        dimensions.dimension_value
    from dimensions
    inner join counted_groups
        on dimensions.account_id = counted_groups.group_account_id
),

dimension_facts as (
    select
        facts.*,
        dimensions.dimension,
        dimensions.dimension_value
    from facts
    inner join dimensions
        on facts.group_account_id = dimensions.account_id
),

totals as (
    select
        ---------- strings
        dimension_values.dimension,
        dimension_values.dimension_value,
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
        {{ tally('facts.logos_start') }} as logos_start,
        {{ tally('facts.new_logos') }} as new_logos,
        {{ tally('facts.reactivated_logos') }} as reactivated_logos,
        {{ tally('facts.churned_logos') }} as churned_logos,
        {{ tally('facts.logos_end') }} as logos_end,
        {{ tally('facts.intra_month_new_logos') }} as intra_month_new_logos,
        {{ tally('facts.intra_month_churned_logos') }} as intra_month_churned_logos,
        {{ tally('facts.grace_logos') }} as grace_logos,
        {{ total('facts.grace_mrr') }} as grace_mrr,
        {{ tally('facts.paused_logos_end') }} as paused_logos_end,
        {{ tally('facts.zero_mrr_logos_end') }} as zero_mrr_logos_end,
        cast(
            case when months.is_as_of_month then coalesce(sum(facts.carr), 0) end as decimal(18, 4)
        ) as carr,
        {{ total('facts.opening_mrr_12m') }} as opening_mrr_12m,
        {{ total('facts.closing_mrr_12m') }} as closing_mrr_12m,
        {{ total('facts.kept_mrr_12m') }} as kept_mrr_12m,
        {{ tally('facts.opening_logos_12m') }} as opening_logos_12m,
        {{ tally('facts.retained_logos_12m') }} as retained_logos_12m,
        ---------- booleans
        months.is_complete,
        months.is_final,
        ---------- dates
        months.month
    from months
    cross join dimension_values
    left join dimension_facts as facts
        on
            months.month = facts.month
            and dimension_values.dimension = facts.dimension
            and dimension_values.dimension_value = facts.dimension_value
    group by
        dimension_values.dimension,
        dimension_values.dimension_value,
        months.month,
        months.is_complete,
        months.is_final,
        months.is_as_of_month
),

rated_totals as (
    select
        *,
        {{ money('12 * mrr_end') }} as arr,
        {{ ratio('churned_logos', 'logos_start') }} as logo_churn_rate,
        {{ ratio('churn_mrr + contraction_mrr', 'mrr_start') }} as gross_revenue_churn_rate,
        {{ ratio('churn_mrr + contraction_mrr - expansion_mrr', 'mrr_start') }} as net_revenue_churn_rate,
        {{ ratio('kept_mrr_12m', 'opening_mrr_12m') }} as grr_12m,
        {{ ratio('closing_mrr_12m', 'opening_mrr_12m') }} as nrr_12m,
        {{ ratio('retained_logos_12m', 'opening_logos_12m') }} as logo_retention_12m,
        {{ ratio('new_mrr + expansion_mrr + reactivation_mrr', 'churn_mrr + contraction_mrr') }} as quick_ratio,
        {{ ratio('mrr_end', 'logos_end') }} as arpa
    from totals
)

select * from rated_totals

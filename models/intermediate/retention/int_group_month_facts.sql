with

facts as (
    select * from {{ ref('int_account_month_facts') }}
),

account_groups as (
    select * from {{ ref('int_account_groups') }}
),

group_month_facts as (
    select
        ---------- ids
        account_groups.group_account_id,
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
        {{ total('facts.carr') }} as carr,
        {{ total('facts.opening_mrr_12m') }} as opening_mrr_12m,
        {{ total('facts.closing_mrr_12m') }} as closing_mrr_12m,
        {{ total('facts.kept_mrr_12m') }} as kept_mrr_12m,
        {{ tally('facts.opening_logos_12m') }} as opening_logos_12m,
        {{ tally('facts.retained_logos_12m') }} as retained_logos_12m,
        ---------- dates
        facts.month
    from facts
    inner join account_groups
        on facts.account_id = account_groups.account_id
    group by
        account_groups.group_account_id,
        facts.month
)

select * from group_month_facts

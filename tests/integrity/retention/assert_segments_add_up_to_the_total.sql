with

retention_monthly as (
    select * from {{ ref('kpi_retention_monthly') }}
),

retention_by_segment as (
    select * from {{ ref('kpi_retention_by_segment') }}
),

dimension_totals as (
    select
        month,
        dimension,
        sum(mrr_start) as mrr_start,
        sum(mrr_end) as mrr_end,
        sum(new_mrr + reactivation_mrr + expansion_mrr + resume_mrr) as gained_mrr,
        sum(churn_mrr + contraction_mrr + pause_mrr) as lost_mrr,
        sum(fx_mrr) as fx_mrr,
        sum(kept_mrr_12m) as kept_mrr_12m,
        sum(logos_start) as logos_start,
        sum(logos_end) as logos_end,
        sum(churned_logos) as churned_logos,
        sum(retained_logos_12m) as retained_logos_12m
    from retention_by_segment
    group by month, dimension
),

differing_totals as (
    select
        dimension_totals.month,
        dimension_totals.dimension
    from dimension_totals
    inner join retention_monthly
        on dimension_totals.month = retention_monthly.month
    where
        dimension_totals.mrr_start <> retention_monthly.mrr_start
        or dimension_totals.mrr_end <> retention_monthly.mrr_end
        or dimension_totals.gained_mrr
        <> retention_monthly.new_mrr + retention_monthly.reactivation_mrr
        + retention_monthly.expansion_mrr + retention_monthly.resume_mrr
        or dimension_totals.lost_mrr
        <> retention_monthly.churn_mrr + retention_monthly.contraction_mrr + retention_monthly.pause_mrr
        or dimension_totals.fx_mrr <> retention_monthly.fx_mrr
        or dimension_totals.kept_mrr_12m <> retention_monthly.kept_mrr_12m
        or dimension_totals.logos_start <> retention_monthly.logos_start
        or dimension_totals.logos_end <> retention_monthly.logos_end
        or dimension_totals.churned_logos <> retention_monthly.churned_logos
        or dimension_totals.retained_logos_12m <> retention_monthly.retained_logos_12m
)

select * from differing_totals

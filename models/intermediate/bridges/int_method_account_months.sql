with

own_months as (
    select * from {{ ref('fct_mrr_monthly') }}
),

billed_months as (
    select * from {{ ref('int_billing_account_months') }}
),

-- A month's opening is carried when the closing of the month before is.
carried_openings as (
    select
        account_id,
        {{ add_months('month', 1) }} as month
    from own_months
    where is_grace
),

compared_months as (
    select
        ---------- ids
        coalesce(own_months.account_id, billed_months.account_id) as account_id,
        ---------- strings
        cast(
            case
                when carried_openings.account_id is not null and coalesce(billed_months.billed_logos_start, 0) = 0
                    then 'no_grace'
                when own_months.is_grace and coalesce(billed_months.billed_logos_end, 0) = 0
                    then 'no_grace'
                when
                    billed_months.is_on_hold_start
                    and (carried_openings.account_id is not null or not coalesce(own_months.is_active_start, false))
                    then 'no_pause_limit'
                when
                    billed_months.is_on_hold_end
                    and (own_months.is_grace or not coalesce(own_months.is_active_end, false))
                    then 'no_pause_limit'
                when own_months.movement = 'new' and billed_months.billed_new_logos = 0
                    then 'no_pause_limit'
            end as {{ text_type() }}
        ) as view_cause,
        ---------- numbers
        cast(case when own_months.is_active_start then 1 else 0 end as integer) as logos_start,
        cast(case when own_months.movement = 'churn' then 1 else 0 end as integer) as churned_logos,
        {{ money('coalesce(own_months.mrr_start, 0)') }} as mrr_start,
        {{ money('coalesce(own_months.mrr_end, 0)') }} as mrr_end,
        {{ money('coalesce(own_months.expansion_mrr, 0)') }} as expansion_mrr,
        {{ money('coalesce(own_months.contraction_mrr, 0)') }} as contraction_mrr,
        {{ money('coalesce(own_months.churn_mrr, 0)') }} as churn_mrr,
        {{ money('coalesce(own_months.reactivation_mrr, 0)') }} as reactivation_mrr,
        {{ money('coalesce(own_months.new_mrr, 0)') }} as new_mrr,
        {{ money('coalesce(own_months.pause_mrr, 0)') }} as pause_mrr,
        {{ money('coalesce(own_months.resume_mrr, 0)') }} as resume_mrr,
        {{ money('coalesce(own_months.fx_mrr, 0)') }} as fx_mrr,
        {{ money(
            'coalesce(greatest(own_months.expansion_mrr + own_months.resume_mrr'
            ~ ' - own_months.contraction_mrr - own_months.pause_mrr, 0), 0)'
        ) }} as gained_mrr,
        {{ money(
            'coalesce(own_months.churn_mrr + greatest(own_months.contraction_mrr + own_months.pause_mrr'
            ~ ' - own_months.expansion_mrr - own_months.resume_mrr, 0), 0)'
        ) }} as lost_mrr,
        cast(coalesce(billed_months.billed_logos_start, 0) as integer) as billed_logos_start,
        cast(coalesce(billed_months.billed_logos_30d_before, 0) as integer) as billed_logos_30d_before,
        cast(coalesce(billed_months.billed_new_logos, 0) as integer) as billed_new_logos,
        cast(coalesce(billed_months.billed_new_logos_30d, 0) as integer) as billed_new_logos_30d,
        cast(coalesce(billed_months.billed_lost_logos, 0) as integer) as billed_lost_logos,
        cast(coalesce(billed_months.billed_ends, 0) as integer) as billed_ends,
        cast(coalesce(billed_months.billed_ends_30d, 0) as integer) as billed_ends_30d,
        {{ money('coalesce(billed_months.billed_mrr_start, 0)') }} as billed_mrr_start,
        {{ money('coalesce(billed_months.billed_mrr_end, 0)') }} as billed_mrr_end,
        {{ money('coalesce(billed_months.billed_first_day_mrr, 0)') }} as billed_first_day_mrr,
        {{ money('coalesce(billed_months.billed_new_mrr, 0)') }} as billed_new_mrr,
        {{ money('coalesce(billed_months.billed_returned_mrr, 0)') }} as billed_returned_mrr,
        {{ money('coalesce(billed_months.billed_gained_mrr, 0)') }} as billed_gained_mrr,
        {{ money('coalesce(billed_months.billed_lost_mrr, 0)') }} as billed_lost_mrr,
        {{ money('coalesce(billed_months.billed_kept_mrr, 0)') }} as billed_kept_mrr,
        {{ money('coalesce(billed_months.billed_mrr_30d_before, 0)') }} as billed_mrr_30d_before,
        {{ money('coalesce(billed_months.billed_kept_mrr_30d, 0)') }} as billed_kept_mrr_30d,
        {{ money('coalesce(billed_months.lasting_mrr_start, 0)') }} as lasting_mrr_start,
        {{ money('coalesce(billed_months.lasting_mrr_end, 0)') }} as lasting_mrr_end,
        ---------- dates
        coalesce(own_months.month, billed_months.month) as month
    from own_months
    full outer join billed_months
        on
            own_months.account_id = billed_months.account_id
            and own_months.month = billed_months.month
    left join carried_openings
        on
            own_months.account_id = carried_openings.account_id
            and own_months.month = carried_openings.month
)

select * from compared_months

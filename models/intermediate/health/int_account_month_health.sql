with

months as (
    select * from {{ ref('int_months') }}
),

scores as (
    select * from {{ ref('fct_health_score') }}
),

mrr_monthly as (
    select * from {{ ref('fct_mrr_monthly') }}
),

-- Only Sundays stay scored in later builds; the as-of date is the last date of its own month.
scored_dates as (
    select
        month,
        {{ add_months('month', 1) }} as next_month,
        case
            when is_as_of_month then state_date
            else {{ last_sunday('state_date') }}
        end as scored_date
    from months
),

scored_months as (
    select
        scores.account_id,
        scores.score,
        scores.coverage,
        scores.final_band,
        scored_dates.month,
        scored_dates.next_month
    from scored_dates
    inner join scores
        on scored_dates.scored_date = scores.date
),

account_months as (
    select
        account_id,
        month
    from scored_months

    union distinct

    select
        scored_months.account_id,
        months.month
    from scored_months
    inner join months
        on scored_months.next_month = months.month
),

banded_months as (
    select
        account_months.account_id,
        account_months.month,
        present.score,
        present.coverage,
        present.account_id is not null as is_present,
        coalesce(former.final_band, 'none') as from_band,
        coalesce(present.final_band, 'none') as to_band,
        case
            when mrr_monthly.is_active_end then mrr_monthly.mrr_end
            else coalesce(mrr_monthly.mrr_start, 0)
        end as mrr
    from account_months
    left join scored_months as present
        on
            account_months.account_id = present.account_id
            and account_months.month = present.month
    left join scored_months as former
        on
            account_months.account_id = former.account_id
            and account_months.month = former.next_month
    left join mrr_monthly
        on
            account_months.account_id = mrr_monthly.account_id
            and account_months.month = mrr_monthly.month
),

account_month_health as (
    select
        ---------- ids
        account_id,
        ---------- strings
        cast(from_band as {{ text_type() }}) as from_band,
        cast(to_band as {{ text_type() }}) as to_band,
        ---------- numbers
        {{ money('mrr') }} as mrr,
        cast(case when is_present then 1 else 0 end as integer) as health_accounts,
        cast(case when score is not null then 1 else 0 end as integer) as scored_accounts,
        cast(case when to_band = 'at_risk' then 1 else 0 end as integer) as at_risk_accounts,
        cast(case when to_band = 'neutral' then 1 else 0 end as integer) as neutral_accounts,
        cast(case when to_band = 'healthy' then 1 else 0 end as integer) as healthy_accounts,
        cast(case when to_band = 'unknown' then 1 else 0 end as integer) as unknown_accounts,
        {{ money("case when to_band = 'at_risk' then mrr else 0 end") }} as at_risk_mrr,
        {{ money("case when to_band = 'neutral' then mrr else 0 end") }} as neutral_mrr,
        {{ money("case when to_band = 'healthy' then mrr else 0 end") }} as healthy_mrr,
        {{ money("case when to_band = 'unknown' then mrr else 0 end") }} as unknown_mrr,
        cast(
            case
                when from_band = 'at_risk' and to_band in ('neutral', 'healthy') then 1
                when from_band = 'neutral' and to_band = 'healthy' then 1
                else 0
            end as integer
        ) as moved_up_accounts,
        cast(
            case
                when from_band = 'healthy' and to_band in ('neutral', 'at_risk') then 1
                when from_band = 'neutral' and to_band = 'at_risk' then 1
                else 0
            end as integer
        ) as moved_down_accounts,
        coalesce({{ rounded('score', 4) }}, 0) as health_score_sum,
        coalesce({{ rounded('coverage', 4) }}, 0) as health_coverage_sum,
        ---------- dates
        month
    from banded_months
)

select * from account_month_health

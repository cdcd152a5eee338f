with

account_months as (
    select * from {{ ref('int_account_months') }}
),

currency_months as (
    select * from {{ ref('int_account_currency_months') }}
),

rates as (
    select * from {{ ref('int_fx_rates_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

-- Every account has a row for the month of its first active day, in which it joins its cohort.
cohort_accounts as (
    select
        account_id,
        month as cohort_month,
        month_index as cohort_index
    from account_months
    where
        is_current
        and month = {{ month_start('first_active_date') }}
),

cohort_cells as (
    select
        cohorts.cohort_month,
        cohorts.cohort_logos,
        cohorts.cohort_index,
        months.month_index
    from (
        select
            cohort_month,
            cohort_index,
            count(*) as cohort_logos
        from cohort_accounts
        group by cohort_month, cohort_index
    ) as cohorts
    inner join months
        on cohorts.cohort_index <= months.month_index
    where months.is_complete
),

active_logos as (
    select
        cohort_accounts.cohort_index,
        account_months.month_index,
        count(*) as logos_active
    from account_months
    inner join cohort_accounts
        on account_months.account_id = cohort_accounts.account_id
    where
        account_months.is_current
        and account_months.is_active_end
    group by cohort_accounts.cohort_index, account_months.month_index
),

cohort_amounts as (
    select
        cohort_accounts.cohort_index,
        currency_months.month_index,
        sum({{ at_rate('currency_months.local_mrr', 'rates.rate') }}) as mrr
    from currency_months
    inner join cohort_accounts
        on currency_months.account_id = cohort_accounts.account_id
    inner join rates
        on
            currency_months.currency = rates.currency
            and cohort_accounts.cohort_index = rates.month_index
    where currency_months.is_current
    group by cohort_accounts.cohort_index, currency_months.month_index
),

valued_cells as (
    select
        cohort_cells.cohort_month,
        cohort_cells.cohort_logos,
        cohort_cells.month_index - cohort_cells.cohort_index as months_since,
        coalesce(active_logos.logos_active, 0) as logos_active,
        coalesce(first_amounts.mrr, 0) as cohort_mrr,
        coalesce(cohort_amounts.mrr, 0) as mrr
    from cohort_cells
    left join active_logos
        on
            cohort_cells.cohort_index = active_logos.cohort_index
            and cohort_cells.month_index = active_logos.month_index
    left join cohort_amounts
        on
            cohort_cells.cohort_index = cohort_amounts.cohort_index
            and cohort_cells.month_index = cohort_amounts.month_index
    left join cohort_amounts as first_amounts
        on
            cohort_cells.cohort_index = first_amounts.cohort_index
            and cohort_cells.cohort_index = first_amounts.month_index
),

cohort_retention as (
    select
        ---------- numbers
        cast(months_since as integer) as months_since,
        cast(cohort_logos as integer) as cohort_logos,
        cast(logos_active as integer) as logos_active,
        {{ ratio('logos_active', 'cohort_logos') }} as logo_retention,
        {{ money('cohort_mrr') }} as cohort_mrr,
        {{ money('mrr') }} as mrr,
        {{ ratio('mrr', 'cohort_mrr') }} as mrr_retention,
        ---------- dates
        cohort_month
    from valued_cells
)

select * from cohort_retention

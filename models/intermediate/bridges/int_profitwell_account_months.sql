with

account_months as (
    select * from {{ ref('int_billing_account_months') }}
),

arrears as (
    select * from {{ ref('int_billing_arrears') }}
),

months as (
    select * from {{ ref('int_months') }}
),

arrear_months as (
    select
        arrears.account_id,
        months.month,
        max(case when arrears.delinquent_from < months.month then 1 else 0 end) as arrears_start,
        max(
            case
                when
                    arrears.delinquent_from <= months.state_date
                    and arrears.delinquent_to > months.state_date
                    then 1
                else 0
            end
        ) as arrears_end
    from arrears
    inner join months
        on
            arrears.delinquent_from <= months.state_date
            and arrears.delinquent_to >= months.month
    group by arrears.account_id, months.month
),

-- Who is in arrears has left, until the invoice is paid.
paying_months as (
    select
        account_months.*,
        account_months.billed_logos_start = 1
        and coalesce(arrear_months.arrears_start, 0) = 0 as is_paying_start,
        account_months.billed_logos_end = 1
        and coalesce(arrear_months.arrears_end, 0) = 0 as is_paying_end
    from account_months
    left join arrear_months
        on
            account_months.account_id = arrear_months.account_id
            and account_months.month = arrear_months.month
),

profitwell_account_months as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(case when is_paying_start then 1 else 0 end as integer) as paying_logos_start,
        cast(case when is_paying_start and not is_paying_end then 1 else 0 end as integer) as paying_lost_logos,
        {{ money('case when is_paying_start then billed_mrr_start else 0 end') }} as paying_mrr_start,
        {{ money(
            'case when not is_paying_start then 0 when is_paying_end then billed_lost_mrr'
            ~ ' else billed_mrr_start end'
        ) }} as paying_lost_mrr,
        billed_logos_start,
        billed_lost_logos,
        billed_mrr_start,
        billed_lost_mrr,
        ---------- dates
        month
    from paying_months
)

select * from profitwell_account_months

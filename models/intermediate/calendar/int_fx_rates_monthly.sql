with

rates as (
    select * from {{ ref('int_fx_rates_current') }}
),

months as (
    select * from {{ ref('int_months') }}
),

rate_periods as (
    select
        currency,
        rate,
        case
            when row_number() over (partition by currency order by rate_date) = 1
                then cast('0001-01-01' as date)
            else rate_date
        end as valid_from,
        lead(rate_date, 1, {{ far_future() }}) over (
            partition by currency order by rate_date
        ) as valid_to
    from rates
    where currency <> '{{ var("reporting_currency") }}'
),

monthly_rates as (
    select
        rate_periods.currency,
        months.month_index,
        months.month,
        rate_periods.rate
    from months
    inner join rate_periods
        on
            months.state_date >= rate_periods.valid_from
            and months.state_date < rate_periods.valid_to

    union all

    select
        '{{ var("reporting_currency") }}' as currency,
        month_index,
        month,
        cast(1 as decimal(18, 8)) as rate
    from months
),

-- In the first month there is nothing to open with, so its own rate stands for the one before.
rates_before as (
    select
        *,
        lag(rate, 1, rate) over (partition by currency order by month_index) as rate_before
    from monthly_rates
)

select * from rates_before

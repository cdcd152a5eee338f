with

rates as (
    select * from {{ ref('int_fx_rates_current') }}
),

months as (
    select * from {{ ref('int_months') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- Where all lines are booked for later there are no months yet, but amounts to be valued.
rated_months as (
    select
        month_index,
        month,
        state_date
    from months

    union distinct

    select
        {{ month_index('as_of_date') }} as month_index,
        {{ month_start('as_of_date') }} as month,
        as_of_date as state_date
    from as_of
),

rate_periods as (
    select
        currency,
        rate,
        case
            when row_number() over (partition by currency order by rate_date) = 1
                then {{ far_past() }}
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
        rated_months.month_index,
        rated_months.month,
        rate_periods.rate
    from rated_months
    inner join rate_periods
        on
            rated_months.state_date >= rate_periods.valid_from
            and rated_months.state_date < rate_periods.valid_to

    union all

    select
        '{{ var("reporting_currency") }}' as currency,
        month_index,
        month,
        cast(1 as decimal(18, 8)) as rate
    from rated_months
),

-- In the first month there is nothing to open with, so its own rate stands for the one before.
rates_before as (
    select
        *,
        lag(rate, 1, rate) over (partition by currency order by month_index) as rate_before
    from monthly_rates
)

select * from rates_before

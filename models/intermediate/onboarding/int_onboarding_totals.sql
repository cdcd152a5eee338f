with

starts as (
    select * from {{ ref('int_onboarding_starts') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

dimension_months as (
    select * from {{ ref('int_dimension_months') }}
),

first_value_medians as (
    select * from {{ ref('int_first_value_medians') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- The last account of a month may start on its last day, and has all of the 90th day after it.
cohort_months as (
    select
        dimension_months.*,
        {{ add_days(month_end('dimension_months.month'), 90) }} <= as_of.as_of_date as is_mature
    from dimension_months
    cross join as_of
),

start_totals as (
    select
        starts.month,
        dimensions.dimension,
        dimensions.dimension_value,
        count(*) as accounts_started,
        count(case when starts.is_milestone_tracked then 1 end) as accounts_with_milestones,
        count(case when starts.is_onboarded_90d then 1 end) as accounts_onboarded_90d,
        count(case when starts.has_first_value_milestone then 1 end) as first_value_tracked,
        count(case when starts.is_first_value_reached then 1 end) as first_value_reached,
        percentile_cont(0.5) within group (
            order by starts.time_to_first_value_days
        ) as time_to_first_value_days_median
    from starts
    inner join dimensions
        on starts.account_id = dimensions.account_id
    group by
        starts.month,
        dimensions.dimension,
        dimensions.dimension_value
),

mature_totals as (
    select
        cohort_months.*,
        start_totals.accounts_started,
        start_totals.accounts_with_milestones,
        start_totals.first_value_tracked,
        start_totals.first_value_reached,
        start_totals.time_to_first_value_days_median,
        case when cohort_months.is_mature then coalesce(start_totals.accounts_onboarded_90d, 0) end
            as accounts_onboarded_90d
    from cohort_months
    left join start_totals
        on
            cohort_months.month = start_totals.month
            and cohort_months.dimension = start_totals.dimension
            and cohort_months.dimension_value = start_totals.dimension_value
),

onboarding_totals as (
    select
        ---------- strings
        mature_totals.dimension,
        mature_totals.dimension_value,
        ---------- numbers
        cast(coalesce(mature_totals.accounts_started, 0) as integer) as accounts_started,
        cast(coalesce(mature_totals.accounts_with_milestones, 0) as integer) as accounts_with_milestones,
        cast(mature_totals.accounts_onboarded_90d as integer) as accounts_onboarded_90d,
        {{ ratio(
            'mature_totals.accounts_onboarded_90d', 'mature_totals.accounts_with_milestones'
        ) }} as onboarding_completion_rate,
        cast(coalesce(mature_totals.first_value_tracked, 0) as integer) as first_value_tracked,
        cast(coalesce(mature_totals.first_value_reached, 0) as integer) as first_value_reached,
        cast(mature_totals.time_to_first_value_days_median as {{ double_type() }}) as time_to_first_value_days_median,
        first_value_medians.time_to_first_value_days_km_median,
        ---------- booleans
        mature_totals.is_complete,
        mature_totals.is_mature,
        ---------- dates
        mature_totals.month
    from mature_totals
    left join first_value_medians
        on
            mature_totals.month = first_value_medians.month
            and mature_totals.dimension = first_value_medians.dimension
            and mature_totals.dimension_value = first_value_medians.dimension_value
)

select * from onboarding_totals

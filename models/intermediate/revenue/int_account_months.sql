with

spells as (
    select * from {{ ref('int_activity_spells') }}
),

spans as (
    select * from {{ ref('int_coverage_spans') }}
),

months as (
    select * from {{ ref('int_months') }}
),

lifetimes as (
    select * from {{ ref('int_account_lifetimes') }}
),

account_months as (
    select
        months.*,
        lifetimes.account_id,
        lifetimes.known_on,
        lifetimes.first_active_date,
        lifetimes.is_current
    from lifetimes
    inner join months
        on
            lifetimes.first_active_date <= months.state_date
            and lifetimes.last_active_until >= months.month
            and lifetimes.shown_from < months.month
            and lifetimes.shown_to > months.state_date
),

month_states as (
    select
        spans.account_id,
        spans.known_on,
        months.month_index,
        months.state_date >= spans.covered_to as is_grace
    from spans
    inner join months
        on
            spans.covered_from <= months.state_date
            and spans.carried_to > months.state_date
),

spell_changes as (
    select
        account_id,
        known_on,
        {{ month_index('active_from') }} as month_index,
        1 as started_spells,
        0 as ended_spells
    from spells

    union all

    select
        account_id,
        known_on,
        {{ month_index('churn_date') }} as month_index,
        0 as started_spells,
        1 as ended_spells
    from spells
    where churn_date is not null
),

monthly_changes as (
    select
        account_id,
        known_on,
        month_index,
        sum(started_spells) as started_spells,
        sum(ended_spells) as ended_spells
    from spell_changes
    group by account_id, known_on, month_index
),

joined as (
    select
        ---------- ids
        account_months.account_id,
        ---------- numbers
        account_months.month_index,
        cast(coalesce(monthly_changes.started_spells, 0) as integer) as started_spells,
        cast(coalesce(monthly_changes.ended_spells, 0) as integer) as ended_spells,
        ---------- booleans
        cast(opening.account_id is not null as boolean) as is_active_start,
        cast(closing.account_id is not null as boolean) as is_active_end,
        cast(account_months.first_active_date < account_months.month as boolean) as was_active_before,
        cast(coalesce(closing.is_grace, false) as boolean) as is_grace,
        account_months.is_complete,
        account_months.is_final,
        account_months.is_as_of_month,
        account_months.is_current,
        ---------- dates
        account_months.known_on,
        account_months.month,
        account_months.state_date,
        account_months.first_active_date
    from account_months
    left join month_states as opening
        on
            account_months.account_id = opening.account_id
            and account_months.known_on = opening.known_on
            and account_months.month_index = opening.month_index + 1
    left join month_states as closing
        on
            account_months.account_id = closing.account_id
            and account_months.known_on = closing.known_on
            and account_months.month_index = closing.month_index
    left join monthly_changes
        on
            account_months.account_id = monthly_changes.account_id
            and account_months.known_on = monthly_changes.known_on
            and account_months.month_index = monthly_changes.month_index
)

select * from joined

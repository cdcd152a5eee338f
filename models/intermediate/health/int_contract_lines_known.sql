with

versions as (
    select * from {{ ref('int_contract_versions_valued') }}
),

-- A version that moves a line to another account tells something about the account it leaves, too.
days_of_news as (
    select
        account_id,
        known_from
    from versions

    union distinct

    select
        account_id,
        known_until as known_from
    from versions
    where not is_latest
),

knowledge_periods as (
    select
        account_id,
        known_from,
        coalesce(
            lead(known_from) over (partition by account_id order by known_from), {{ far_future() }}
        ) as known_until
    from days_of_news
),

covering_versions as (
    select
        *,
        coalesce(
            least(end_date, cancel_effective_date), end_date, cancel_effective_date, {{ far_future() }}
        ) as covered_until
    from versions
    where
        is_recurring
        and not is_internal
        and not is_deleted
        and quantity > 0
),

contract_lines_known as (
    select
        ---------- ids
        covering_versions.contract_line_id,
        covering_versions.account_id,
        covering_versions.product_id,
        ---------- numbers
        {{ money('case when covering_versions.is_seat_based then covering_versions.quantity else 0 end') }} as seats,
        ---------- dates
        knowledge_periods.known_from,
        knowledge_periods.known_until,
        covering_versions.start_date,
        covering_versions.covered_until
    from covering_versions
    inner join knowledge_periods
        on
            covering_versions.account_id = knowledge_periods.account_id
            and covering_versions.known_from <= knowledge_periods.known_from
            and covering_versions.known_until > knowledge_periods.known_from
    where covering_versions.start_date < covering_versions.covered_until
)

select * from contract_lines_known

with

users as (
    select * from {{ ref('int_users_current') }}
),

people as (
    select
        account_id,
        {{ reporting_date('created_at') }} as known_from,
        {{ reporting_date('deactivated_at') }} as left_on
    from users
    where
        not is_internal
        and not is_account_internal
),

-- Who left on the day of coming, or before it, was nobody on any day.
changes as (
    select
        account_id,
        known_from as changed_on,
        1 as people_change
    from people
    where coalesce(left_on > known_from, true)

    union all

    select
        account_id,
        left_on as changed_on,
        -1 as people_change
    from people
    where left_on > known_from
),

daily_changes as (
    select
        account_id,
        changed_on,
        sum(people_change) as people_change
    from changes
    group by account_id, changed_on
),

positions as (
    select
        account_id,
        changed_on as valid_from,
        coalesce(
            lead(changed_on) over (partition by account_id order by changed_on), {{ far_future() }}
        ) as valid_to,
        sum(people_change) over (partition by account_id order by changed_on) as known_people
    from daily_changes
),

people_known as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        cast(known_people as integer) as known_people,
        ---------- dates
        valid_from,
        valid_to
    from positions
    where known_people > 0
)

select * from people_known

with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

-- A parent that is unknown or internal is none. The top of a tree points at itself, no level up.
known_parents as (
    select
        accounts.account_id,
        parents.account_id as parent_id
    from accounts
    inner join accounts as parents
        on accounts.parent_account_id = parents.account_id
    where
        not accounts.is_internal
        and not parents.is_internal
),

one_level_up as (
    select
        accounts.account_id,
        coalesce(known_parents.parent_id, accounts.account_id) as ancestor_id,
        case when known_parents.parent_id is null then 0 else 1 end as levels_up
    from accounts
    left join known_parents
        on accounts.account_id = known_parents.account_id
),

-- Each step jumps as far again as the one before: no recursion, and an end on every engine.
two_levels_up as (
    select
        lower_half.account_id,
        upper_half.ancestor_id,
        lower_half.levels_up + upper_half.levels_up as levels_up
    from one_level_up as lower_half
    inner join one_level_up as upper_half
        on lower_half.ancestor_id = upper_half.account_id
),

four_levels_up as (
    select
        lower_half.account_id,
        upper_half.ancestor_id,
        lower_half.levels_up + upper_half.levels_up as levels_up
    from two_levels_up as lower_half
    inner join two_levels_up as upper_half
        on lower_half.ancestor_id = upper_half.account_id
),

eight_levels_up as (
    select
        ---------- ids
        lower_half.account_id,
        upper_half.ancestor_id,
        ---------- numbers
        cast(lower_half.levels_up + upper_half.levels_up as integer) as levels_up
    from four_levels_up as lower_half
    inner join four_levels_up as upper_half
        on lower_half.ancestor_id = upper_half.account_id
)

select * from eight_levels_up

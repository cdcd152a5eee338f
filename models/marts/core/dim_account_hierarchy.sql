with

accounts as (
    select * from {{ ref('dim_account') }}
),

ancestors as (
    select * from {{ ref('int_account_ancestors') }}
),

sixteen_levels_up as (
    select
        lower_half.account_id,
        upper_half.ancestor_id,
        lower_half.levels_up + upper_half.levels_up as levels_up
    from ancestors as lower_half
    inner join ancestors as upper_half
        on lower_half.ancestor_id = upper_half.account_id
),

highest_ancestors as (
    select
        lower_half.account_id,
        upper_half.ancestor_id,
        lower_half.levels_up + upper_half.levels_up as levels_up
    from sixteen_levels_up as lower_half
    inner join sixteen_levels_up as upper_half
        on lower_half.ancestor_id = upper_half.account_id
),

-- Above the top of a tree there is nobody, however far one looks.
paths as (
    select
        accounts.account_id,
        accounts.parent_account_id,
        accounts.is_internal,
        highest_ancestors.ancestor_id,
        highest_ancestors.levels_up,
        beyond.levels_up = 0 as is_top_reached
    from accounts
    inner join highest_ancestors
        on accounts.account_id = highest_ancestors.account_id
    inner join ancestors as beyond
        on highest_ancestors.ancestor_id = beyond.account_id
),

account_hierarchy as (
    select
        ---------- ids
        account_id,
        parent_account_id,
        cast(case when is_top_reached then ancestor_id else account_id end as {{ text_type() }}) as ultimate_parent_id,
        ---------- strings
        cast(
            case
                when not is_top_reached then 'cycle'
                when levels_up > 0 then 'child'
                when parent_account_id is null or is_internal then 'root'
                else 'unknown_parent'
            end as {{ text_type() }}
        ) as path_status,
        ---------- numbers
        cast(case when is_top_reached then levels_up else 0 end as integer) as tree_depth,
        ---------- booleans
        is_internal
    from paths
)

select * from account_hierarchy

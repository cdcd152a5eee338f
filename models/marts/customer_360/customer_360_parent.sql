with

customers as (
    select * from {{ ref('customer_360') }}
),

hierarchy as (
    select * from {{ ref('dim_account_hierarchy') }}
),

families as (
    select
        ---------- ids
        hierarchy.ultimate_parent_id,
        ---------- identity
        max(case when hierarchy.tree_depth = 0 then customers.account_name end) as account_name,
        cast(count(*) as integer) as account_count,
        ---------- contract
        {{ tally("case when customers.status in ('active', 'paused', 'grace') then 1 end") }} as active_accounts,
        {{ total('customers.mrr') }} as mrr,
        {{ total('customers.arr') }} as arr,
        {{ total('customers.licensed_seats') }} as licensed_seats,
        min(customers.next_renewal_date) as next_renewal_date,
        ---------- usage
        cast(sum(customers.mau) as integer) as mau_of_accounts,
        ---------- support
        {{ tally('customers.open_tickets') }} as open_tickets,
        {{ tally('customers.tickets_90d') }} as tickets_90d,
        ---------- health
        min(customers.health_score) as worst_health_score,
        {{ ratio(
            "sum(customers.arr * " ~ rounded('customers.health_score', 4) ~ ")",
            "sum(case when customers.health_score is not null then customers.arr end)"
        ) }} as arr_weighted_health_score
    from customers
    inner join hierarchy
        on customers.account_id = hierarchy.account_id
    group by hierarchy.ultimate_parent_id
    having max(hierarchy.tree_depth) > 0
)

select * from families

with

line_changes as (
    select * from {{ ref('int_line_changes') }}
),

-- Lines that come or go, that pause and that resume are told apart; each kind has its largest line.
ranked_lines as (
    select
        *,
        line_change = 0 and running_change = -1 as is_pausing,
        line_change = 0 and running_change = 1 as is_resuming,
        row_number() over (
            partition by
                account_id,
                changed_on,
                product_id,
                currency,
                case when line_change = 0 then running_change else 0 end
            order by unpaused_local_mrr desc, contract_line_id asc
        ) as mrr_rank
    from line_changes
),

position_days as (
    select
        account_id,
        product_id,
        currency,
        changed_on,
        sum(line_change) as line_change,
        sum(running_change * quantity) as quantity_change,
        sum(running_change * unpaused_local_mrr) as local_change,
        sum(case when is_pausing then quantity else 0 end) as pausing_quantity,
        sum(case when is_pausing then unpaused_local_mrr else 0 end) as pausing_local_mrr,
        sum(case when is_resuming then quantity else 0 end) as resuming_quantity,
        sum(case when is_resuming then unpaused_local_mrr else 0 end) as resuming_local_mrr,
        max(case when line_change <> 0 and mrr_rank = 1 then contract_line_id end) as changed_line_id,
        max(case when is_pausing and mrr_rank = 1 then contract_line_id end) as pausing_line_id,
        max(case when is_resuming and mrr_rank = 1 then contract_line_id end) as resuming_line_id
    from ranked_lines
    group by account_id, product_id, currency, changed_on
),

positions as (
    select
        *,
        sum(line_change) over (
            partition by account_id, product_id, currency order by changed_on
        ) as lines_after,
        sum(quantity_change) over (
            partition by account_id, product_id, currency order by changed_on
        ) as quantity_after,
        sum(local_change) over (
            partition by account_id, product_id, currency order by changed_on
        ) as local_after,
        sum(line_change) over (
            partition by account_id, product_id order by changed_on
        ) as product_lines_after,
        sum(line_change) over (
            partition by account_id, product_id, changed_on
        ) as product_line_change,
        sum(local_change) over (
            partition by account_id, currency order by changed_on, product_id
        ) as account_local_after
    from position_days
),

position_changes as (
    select
        ---------- ids
        account_id,
        product_id,
        changed_line_id,
        pausing_line_id,
        resuming_line_id,
        ---------- strings
        currency,
        ---------- numbers
        cast(lines_after as integer) as line_count,
        {{ money('quantity_after - quantity_change - pausing_quantity') }} as old_quantity,
        {{ money('quantity_after - resuming_quantity') }} as new_quantity,
        {{ money('local_after - local_change - pausing_local_mrr') }} as old_local_mrr,
        {{ money('local_after - resuming_local_mrr') }} as new_local_mrr,
        {{ money('pausing_local_mrr') }} as pausing_local_mrr,
        {{ money('resuming_local_mrr') }} as resuming_local_mrr,
        {{ money('account_local_after - local_change') }} as account_local_before,
        ---------- booleans
        lines_after = 1 and line_change = 0 as is_single_line,
        product_lines_after > product_line_change as had_product,
        product_lines_after > 0 as has_product,
        ---------- dates
        changed_on
    from positions
)

select * from position_changes

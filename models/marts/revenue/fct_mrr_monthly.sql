with

movements as (
    select * from {{ ref('int_account_month_movements') }}
),

mrr_monthly as (
    select
        ---------- ids
        account_id,
        ---------- strings
        movement,
        ---------- numbers
        mrr_start,
        new_mrr,
        reactivation_mrr,
        expansion_mrr,
        contraction_mrr,
        churn_mrr,
        pause_mrr,
        resume_mrr,
        fx_mrr,
        mrr_end,
        intra_month_starts,
        intra_month_ends,
        ---------- booleans
        is_active_start,
        is_active_end,
        is_grace,
        is_complete,
        is_final,
        ---------- dates
        month
    from movements
    where is_current
)

select * from mrr_monthly

with

lines as (
    select * from {{ ref('int_billing_lines') }}
),

preceded_lines as (
    select
        account_id,
        billed_from,
        billed_to,
        max(billed_to) over (
            partition by account_id
            order by billed_from, billed_to
            rows between unbounded preceding and 1 preceding
        ) as billed_before_to
    from lines
),

numbered_lines as (
    select
        account_id,
        billed_from,
        billed_to,
        sum(case when billed_from <= billed_before_to then 0 else 1 end) over (
            partition by account_id order by billed_from, billed_to
        ) as span_number
    from preceded_lines
),

billing_spans as (
    select
        ---------- ids
        account_id,
        ---------- dates
        min(billed_from) as billed_from,
        max(billed_to) as billed_to
    from numbered_lines
    group by account_id, span_number
)

select * from billing_spans

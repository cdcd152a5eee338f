with

spans as (
    select * from {{ ref('int_coverage_spans') }}
),

spells as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        spell_number,
        ---------- booleans
        is_current,
        ---------- dates
        known_on,
        min(covered_from) as active_from,
        max(carried_to) as active_to,
        max(case when span_end = 'churned' then covered_to end) as churn_date
    from spans
    group by account_id, known_on, is_current, spell_number
)

select * from spells

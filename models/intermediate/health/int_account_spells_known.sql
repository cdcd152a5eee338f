with

line_spans as (
    select * from {{ ref('int_line_spans_known') }}
),

known_runs as (
    select distinct
        account_id,
        active_from,
        covered_to,
        greatest(covered_from, known_from) as valid_from,
        least(carried_to, known_until) as valid_to
    from line_spans
),

spells_known as (
    select
        ---------- ids
        account_id,
        ---------- dates
        active_from,
        covered_to,
        valid_from,
        valid_to
    from known_runs
)

select * from spells_known

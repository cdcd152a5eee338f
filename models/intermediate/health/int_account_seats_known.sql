with

line_spans as (
    select * from {{ ref('int_line_spans_known') }}
),

changes as (
    select
        account_id,
        valid_from as changed_on,
        seats as seat_change,
        1 as line_change
    from line_spans

    union all

    select
        account_id,
        valid_to as changed_on,
        -seats as seat_change,
        -1 as line_change
    from line_spans
),

daily_changes as (
    select
        account_id,
        changed_on,
        sum(seat_change) as seat_change,
        sum(line_change) as line_change
    from changes
    group by account_id, changed_on
),

positions as (
    select
        account_id,
        changed_on as valid_from,
        lead(changed_on) over (partition by account_id order by changed_on) as valid_to,
        sum(seat_change) over (partition by account_id order by changed_on) as known_seats,
        sum(line_change) over (partition by account_id order by changed_on) as line_count
    from daily_changes
),

seats_known as (
    select
        ---------- ids
        account_id,
        ---------- numbers
        {{ money('known_seats') }} as known_seats,
        ---------- dates
        valid_from,
        valid_to
    from positions
    where line_count > 0
)

select * from seats_known

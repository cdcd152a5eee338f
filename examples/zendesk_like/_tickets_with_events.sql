-- Moments stand in a list of events, one row each; a mapping reads a ticket from one row.
copy (
    with

    tickets as (
        select * from read_csv('tickets.csv', all_varchar = true)
    ),

    events as (
        select * from read_csv('ticket_metric_events.csv', all_varchar = true)
    ),

    -- The requester waits until the ticket is solved, and again when it is reopened.
    moments as (
        select
            ticket_id,
            min(time) filter (metric = 'reply_time' and type = 'fulfill') as first_response_at,
            max(time) filter (metric = 'requester_wait_time' and type = 'fulfill')
                as last_solved_at,
            max(time) filter (metric = 'requester_wait_time' and type = 'activate')
                as last_waiting_at,
            count(*) filter (metric = 'requester_wait_time' and type = 'activate')
                as waiting_count
        from events
        group by ticket_id
    )

    select
        tickets.*,
        moments.first_response_at,
        case when moments.last_solved_at >= moments.last_waiting_at then moments.last_solved_at end
            as solved_at,
        greatest(coalesce(moments.waiting_count, 0) - 1, 0) as reopened_count
    from tickets
    left join moments on tickets.id = moments.ticket_id
    order by tickets.id
) to 'tickets_with_events.csv' (header);

-- The rows of the Parquet files, to be read; `python -m examples.prepare` writes the files anew.
copy (
    select * from (
        values
        (1, 'Alder Robotics', 'DE', 'mid', date '2024-12-10', false),
        (2, 'Basalt Bank', 'CH', 'enterprise', date '2024-12-12', false),
        (3, 'Cobalt Cycles', 'NL', 'smb', date '2025-01-25', false),
        (4, 'Our own test tenant', 'DE', 'smb', date '2024-11-01', true)
    ) as customer (customer_key, customer_name, country_code, segment_name, first_seen_on, is_test)
) to 'dim_customer.parquet' (format parquet);

copy (
    select * from (
        values
        (10, 1, 'seat', 5000, 20, 'monthly', date '2025-01-01', date '9999-12-31', null, null,
            timestamp '2024-12-20 06:00:00'),
        (11, 1, 'seat', 5000, 5, 'monthly', date '2025-03-01', date '9999-12-31', null, null,
            timestamp '2025-02-27 06:00:00'),
        (20, 2, 'suite', 540000, 1, 'annual', date '2025-01-01', date '2026-01-01', null, null,
            timestamp '2024-12-21 06:00:00'),
        (20, 2, 'suite', 600000, 1, 'annual', date '2025-01-01', date '2026-01-01',
            date '2025-05-01', date '2025-06-01', timestamp '2025-04-28 06:00:00'),
        (30, 3, 'suite', 30000, 1, 'monthly', date '2025-02-01', date '2025-04-01', null, null,
            timestamp '2025-01-30 06:00:00'),
        (31, 3, 'suite', 40000, 1, 'monthly', date '2025-06-15', date '9999-12-31', null, null,
            timestamp '2025-06-14 06:00:00'),
        (40, 4, 'suite', 100, 1, 'monthly', date '2025-01-01', date '9999-12-31', null, null,
            timestamp '2025-01-01 06:00:00')
    ) as subscription (
        subscription_key, customer_key, plan_code, price_cents, seat_count, period_name,
        valid_from, valid_to, paused_from, paused_until, loaded_at
    )
) to 'fact_subscription.parquet' (format parquet);

copy (
    select * from (
        values
        (100, 1, timestamp '2025-01-02 09:00:00'),
        (101, 1, timestamp '2025-01-02 09:30:00'),
        (200, 2, timestamp '2025-01-03 10:00:00'),
        (300, 3, timestamp '2025-02-01 08:00:00')
    ) as app_user (user_key, customer_key, first_seen_at)
) to 'dim_user.parquet' (format parquet);

copy (
    select
        *,
        strftime(login_at, '%Y-%m') as login_month
    from (
        values
        (1001, 200, timestamp '2025-05-12 14:00:00', true),
        (1002, 100, timestamp '2025-06-05 09:00:00', true),
        (1003, 101, timestamp '2025-06-17 10:00:00', true),
        (1004, 300, timestamp '2025-06-20 11:00:00', false),
        (1005, 100, timestamp '2025-06-30 16:00:00', true)
    ) as login (login_key, user_key, login_at, is_success)
) to 'fact_login' (format parquet, partition_by (login_month), overwrite_or_ignore);

copy (
    select * from (
        values
        (1, 1, 100, timestamp '2025-06-10 09:00:00', timestamp '2025-06-10 12:00:00',
            timestamp '2025-06-11 09:00:00', 3, true),
        (2, 2, 200, timestamp '2025-06-24 09:00:00', null, null, 2, false)
    ) as ticket (
        ticket_key, customer_key, user_key, opened_at, answered_at, closed_at, priority_code,
        is_closed
    )
) to 'fact_ticket.parquet' (format parquet);

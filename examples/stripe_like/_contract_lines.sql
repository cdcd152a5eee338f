-- A price stands on the item, its dates on the subscription: a mapping reads one table, so they
-- are joined here. Left join: an item without its subscription goes to quarantine, not away.
copy (
    select
        items.id as item_id,
        items.subscription,
        subscriptions.customer,
        subscriptions.status,
        subscriptions.created,
        items.product,
        items.unit_amount,
        items.currency,
        items."interval",
        items.interval_count,
        items.usage_type,
        items.quantity,
        subscriptions.percent_off,
        coalesce(subscriptions.trial_end, subscriptions.start_date) as paid_from,
        subscriptions.trial_start,
        subscriptions.trial_end,
        subscriptions.cancel_at_period_end,
        subscriptions.canceled_at,
        coalesce(subscriptions.ended_at, subscriptions.cancel_at) as leaves_at,
        subscriptions.cancellation_reason
    from read_csv('subscription_items.csv', all_varchar = true) as items
    left join read_csv('subscriptions.csv', all_varchar = true) as subscriptions
        on items.subscription = subscriptions.id
    order by items.id
) to 'contract_lines.csv' (header);

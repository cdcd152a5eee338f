with

position_changes as (
    select * from {{ ref('int_position_changes') }}
),

term_changes as (
    select * from {{ ref('int_position_term_changes') }}
),

spells as (
    select * from {{ ref('int_activity_spells') }}
),

spell_starts as (
    select
        account_id,
        spell_number,
        active_from
    from spells
    where is_current
),

spell_ends as (
    select
        account_id,
        churn_date
    from spells
    where is_current
),

-- Whole numbers: amounts in 0.0001, quantities in 0.0001, so that no fraction is cut.
told_positions as (
    select
        position_changes.*,
        spell_starts.spell_number,
        spell_ends.churn_date is not null as is_churn,
        coalesce(term_changes.price_numerator, 0) as price_numerator,
        coalesce(term_changes.discount_numerator, 0) as discount_numerator,
        coalesce(term_changes.terms_denominator, 1) as terms_denominator,
        coalesce(term_changes.has_new_discount, false) as has_new_discount,
        coalesce(term_changes.has_new_interval, false) as has_new_interval,
        {{ scaled('new_quantity', 4) }} * {{ scaled('old_local_mrr', 4) }} as seats_numerator,
        greatest({{ scaled('old_quantity', 4) }}, 1) as seats_denominator
    from position_changes
    left join term_changes
        on
            position_changes.account_id = term_changes.account_id
            and position_changes.product_id = term_changes.product_id
            and position_changes.currency = term_changes.currency
            and position_changes.changed_on = term_changes.changed_on
    left join spell_starts
        on
            position_changes.account_id = spell_starts.account_id
            and position_changes.changed_on = spell_starts.active_from
    left join spell_ends
        on
            position_changes.account_id = spell_ends.account_id
            and position_changes.changed_on = spell_ends.churn_date
),

-- Those quantities at the old price per unit.
seated_positions as (
    select
        *,
        {{ whole_quotient('seats_numerator', 'seats_denominator') }} as seats_units
    from told_positions
),

-- The rest is what remains of the change when the seats are taken out of it.
rested_positions as (
    select
        *,
        {{ scaled('account_local_before', 4) }} as units_before,
        {{ scaled('new_local_mrr', 4) }} - seats_units as rest_units,
        seats_units * seats_denominator - seats_numerator as rest_numerator,
        {{ scaled('pausing_local_mrr', 4) }} as pausing_units,
        {{ scaled('resuming_local_mrr', 4) }} as resuming_units,
        {{ scaled('new_local_mrr - pausing_local_mrr + resuming_local_mrr - old_local_mrr', 4) }} as change_units
    from seated_positions
),

effects as (
    select 'discount' as effect
    union all
    select 'interval' as effect
    union all
    select 'pause' as effect
    union all
    select 'price' as effect
    union all
    select 'resume' as effect
    union all
    select 'seats' as effect
),

-- In the order of the effects, so that each running total is the one before and one effect more.
mrr_effects as (
    select
        ---------- ids
        rested_positions.account_id,
        rested_positions.product_id,
        cast(
            case effects.effect
                when 'pause' then rested_positions.pausing_line_id
                when 'resume' then rested_positions.resuming_line_id
                else rested_positions.changed_line_id
            end as {{ text_type() }}
        ) as contract_line_id,
        ---------- strings
        rested_positions.currency,
        effects.effect,
        ---------- numbers
        rested_positions.spell_number,
        rested_positions.account_local_before as local_before,
        cast(
            rested_positions.units_before + case
                when effects.effect = 'discount' and rested_positions.has_new_interval then 0
                when effects.effect in ('discount', 'interval') then rested_positions.rest_units
                when effects.effect = 'pause' then -rested_positions.pausing_units
                when effects.effect = 'price' then rested_positions.rest_units - rested_positions.pausing_units
                when effects.effect = 'resume'
                    then
                        rested_positions.rest_units
                        - rested_positions.pausing_units
                        + rested_positions.resuming_units
                else rested_positions.change_units
            end as {{ whole_number_type() }}
        ) as running_units,
        cast(
            case
                when effects.effect in ('pause', 'seats') then 0
                when effects.effect = 'discount' and rested_positions.has_new_interval then 0
                else rested_positions.rest_numerator
            end as {{ whole_number_type() }}
        ) as rest_numerator,
        rested_positions.seats_denominator as rest_denominator,
        cast(
            case
                when effects.effect = 'discount' and rested_positions.has_new_interval
                    then rested_positions.discount_numerator
                when effects.effect in ('discount', 'interval') then -rested_positions.price_numerator
                else 0
            end as {{ whole_number_type() }}
        ) as terms_numerator,
        rested_positions.terms_denominator,
        ---------- booleans
        rested_positions.is_churn,
        rested_positions.had_product,
        rested_positions.has_product,
        ---------- dates
        rested_positions.changed_on
    from rested_positions
    cross join effects
    where
        (effects.effect = 'discount' and rested_positions.has_new_discount)
        or (effects.effect = 'interval' and rested_positions.has_new_interval)
        or (effects.effect = 'pause' and rested_positions.pausing_line_id is not null)
        or (effects.effect = 'price' and rested_positions.changed_line_id is not null)
        or (effects.effect = 'resume' and rested_positions.resuming_line_id is not null)
        or (effects.effect = 'seats' and rested_positions.new_quantity <> rested_positions.old_quantity)
)

select * from mrr_effects

with

line_changes as (
    select * from {{ ref('int_line_changes') }}
),

position_changes as (
    select * from {{ ref('int_position_changes') }}
),

ended_lines as (
    select *
    from line_changes
    where
        line_change < 0
        and running_change < 0
),

started_lines as (
    select *
    from line_changes
    where
        line_change > 0
        and running_change > 0
),

-- One line before and one after: what one line has become.
replaced_lines as (
    select
        position_changes.account_id,
        position_changes.product_id,
        position_changes.currency,
        position_changes.changed_on,
        started_lines.quantity as new_quantity,
        ended_lines.unit_price as old_unit_price,
        started_lines.unit_price as new_unit_price,
        ended_lines.months_numerator as old_months_numerator,
        ended_lines.months_denominator as old_months_denominator,
        started_lines.months_numerator as new_months_numerator,
        started_lines.months_denominator as new_months_denominator,
        1 - ended_lines.discount_pct as old_share,
        1 - started_lines.discount_pct as new_share
    from position_changes
    inner join ended_lines
        on
            position_changes.account_id = ended_lines.account_id
            and position_changes.product_id = ended_lines.product_id
            and position_changes.currency = ended_lines.currency
            and position_changes.changed_on = ended_lines.changed_on
    inner join started_lines
        on
            position_changes.account_id = started_lines.account_id
            and position_changes.product_id = started_lines.product_id
            and position_changes.currency = started_lines.currency
            and position_changes.changed_on = started_lines.changed_on
    where position_changes.is_single_line
),

term_changes as (
    select
        ---------- ids
        account_id,
        product_id,
        ---------- strings
        currency,
        ---------- numbers
        cast(
            {{ scaled('new_quantity', 4) }}
            * {{ scaled('new_unit_price - old_unit_price', 6) }}
            * {{ scaled('old_share', 6) }}
            * old_months_numerator as {{ whole_number_type() }}
        ) as price_numerator,
        cast(
            {{ scaled('new_quantity', 4) }}
            * {{ scaled('new_unit_price', 6) }}
            * {{ scaled('new_share - old_share', 6) }}
            * old_months_numerator as {{ whole_number_type() }}
        ) as discount_numerator,
        cast(old_months_denominator as {{ whole_number_type() }}) * 1000000000000 as terms_denominator,
        ---------- booleans
        cast(new_share <> old_share as boolean) as has_new_discount,
        cast(
            new_months_numerator * old_months_denominator
            <> old_months_numerator * new_months_denominator as boolean
        ) as has_new_interval,
        ---------- dates
        changed_on
    from replaced_lines
)

select * from term_changes

with

facts as (
    select * from {{ ref('int_health_facts') }}
),

component_facts as (
    {{ health_component_facts('facts') }}
),

health_inputs as (
    select
        ---------- ids
        account_id,
        component_id,
        ---------- strings
        source,
        ---------- numbers
        raw_value,
        ---------- booleans
        applies,
        ---------- dates
        date,
        known_on
    from component_facts
)

select * from health_inputs

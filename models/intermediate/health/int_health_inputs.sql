with

facts as (
    select * from {{ ref('int_health_facts') }}
),

health_inputs as (
    select
        ---------- ids
        component_facts.account_id,
        component_facts.component_id,
        ---------- strings
        component_facts.source,
        ---------- numbers
        component_facts.raw_value,
        ---------- booleans
        component_facts.applies,
        ---------- dates
        component_facts.date,
        component_facts.known_on
    from (
        {{ health_component_facts('facts') }}
    ) as component_facts
)

select * from health_inputs

with

components as (
    select * from {{ ref('health_components') }}
),

parameters as (
    select
        ---------- strings
        score_version,
        profile,
        {{ health_parameter_columns('policy', 'missing_policy', text_type()) }},
        ---------- numbers
        {{ health_parameter_columns('weight', 'weight', double_type()) }},
        {{ health_parameter_columns('floor', 'floor_value', double_type()) }},
        {{ health_parameter_columns('span', 'nullif(target_value - floor_value, 0)', double_type()) }},
        {{ health_parameter_columns('max_age', 'max_age_days', 'integer') }}
    from components
    group by score_version, profile
)

select * from parameters

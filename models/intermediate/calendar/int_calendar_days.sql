with

day_numbers as (
    {{ dbt.generate_series(131072) }}
),

-- A fixed run of days from 1900 on: no introspection at compile time, no clock.
days as (
    select {{ add_days("cast('1900-01-01' as date)", 'cast(generated_number - 1 as integer)') }} as date
    from day_numbers
)

select * from days

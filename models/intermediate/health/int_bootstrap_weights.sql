with

poisson_weights as (
    select * from {{ ref('bootstrap_weights') }}
),

replicates as (
    {{ dbt.generate_series(100) }}
),

groups as (
    {{ dbt.generate_series(256) }}
),

numbered_groups as (
    select cast(generated_number - 1 as integer) as group_number
    from groups
),

-- The two hexadecimal digits with which a hash of an account begins.
account_groups as (
    select
        substring('0123456789abcdef', cast({{ whole_quotient('group_number', '16') }} as integer) + 1, 1)
        || substring('0123456789abcdef', mod(group_number, 16) + 1, 1) as account_group
    from numbered_groups
),

draws as (
    select
        account_groups.account_group,
        cast(replicates.generated_number as integer) as replicate
    from replicates
    cross join account_groups
),

drawn as (
    select
        account_group,
        replicate,
        substring(md5(cast(replicate as {{ text_type() }}) || '|' || account_group), 1, 8) as drawn_hash
    from draws
),

weights as (
    select
        ---------- strings
        drawn.account_group,
        ---------- numbers
        drawn.replicate,
        cast(poisson_weights.drawn_times as integer) as drawn_times
    from drawn
    inner join poisson_weights
        on
            drawn.drawn_hash >= poisson_weights.hash_from
            and drawn.drawn_hash < poisson_weights.hash_until
)

select * from weights

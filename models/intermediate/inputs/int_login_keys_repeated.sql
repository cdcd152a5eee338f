with

logins as (
    select * from {{ ref('int_logins_read') }}
),

repeated_keys as (
    select login_id
    from logins
    where {{ is_new_key('login_id') }}
    group by login_id
    having count(*) > 1
)

select * from repeated_keys

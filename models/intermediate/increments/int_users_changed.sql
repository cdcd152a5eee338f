with

users as (
    select * from {{ ref('int_users_current') }}
),

former_users as (
    select * from {{ source('state', 'users') }}
),

new_facts as (
    select
        user_id,
        account_id,
        is_internal,
        is_account_internal
    from users

    except

    select
        user_id,
        account_id,
        is_internal,
        is_account_internal
    from former_users
),

lost_facts as (
    select
        user_id,
        account_id,
        is_internal,
        is_account_internal
    from former_users

    except

    select
        user_id,
        account_id,
        is_internal,
        is_account_internal
    from users
),

users_changed as (
    select user_id
    from new_facts

    union distinct

    select user_id
    from lost_facts
)

select * from users_changed

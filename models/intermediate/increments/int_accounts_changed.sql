with

accounts as (
    select * from {{ ref('int_accounts_current') }}
),

former_accounts as (
    select * from {{ source('state', 'accounts') }}
),

new_facts as (
    select
        account_id,
        is_internal
    from accounts

    except

    select
        account_id,
        is_internal
    from former_accounts
),

lost_facts as (
    select
        account_id,
        is_internal
    from former_accounts

    except

    select
        account_id,
        is_internal
    from accounts
),

accounts_changed as (
    select account_id
    from new_facts

    union distinct

    select account_id
    from lost_facts
)

select * from accounts_changed

with

checked_accounts as (
    select * from {{ ref('int_accounts_checked') }}
),

dated_versions as (
    select
        account_id,
        segment,
        updated_at,
        coalesce({{ reporting_date('updated_at') }}, {{ far_past() }}) as known_from
    from checked_accounts
    where row_end in ('staged', 'superseded')
),

-- Before the first version that is known, that one stands in.
followed_versions as (
    select
        account_id,
        segment,
        case
            when row_number() over (partition by account_id order by known_from, updated_at) = 1
                then {{ far_past() }}
            else known_from
        end as valid_from,
        coalesce(
            lead(known_from) over (partition by account_id order by known_from, updated_at), {{ far_future() }}
        ) as valid_to
    from dated_versions
),

segments_known as (
    select
        ---------- ids
        account_id,
        ---------- strings
        segment,
        ---------- dates
        valid_from,
        valid_to
    from followed_versions
    where valid_from < valid_to
)

select * from segments_known

-- One row per user and day; a repeated login id counts once.
create table repeated_logins as
select login_id
from logins
group by login_id
having count(*) > 1;

create table user_days as
with
once as (
    select user_id, account_id, logged_in_at, result
    from logins
    where login_id not in (select login_id from repeated_logins)
    union all
    select user_id, account_id, logged_in_at, result
    from (
        select *
        from logins
        where login_id in (select login_id from repeated_logins)
        qualify row_number() over (
            partition by login_id order by filename desc, file_row_number desc
        ) = 1
    )
)
select
    coalesce(once.account_id, people_users.account_id) as account_id,
    people_users.user_id,
    cast(once.logged_in_at as date) as date,
    count(case when coalesce(once.result, 'success') = 'success' then 1 end) as logins,
    count(case when once.result = 'failure' then 1 end) as failed_logins
from once
left join people_users on once.user_id = people_users.user_id
where once.logged_in_at < as_of_date() + 1 and not coalesce(people_users.is_internal, false)
group by all;

create table marts.fct_account_login_daily as
select
    user_days.account_id,
    cast(count(case when user_days.logins > 0 then user_days.user_id end) as integer) as dau,
    cast(sum(user_days.logins) as integer) as logins,
    cast(sum(user_days.failed_logins) as integer) as failed_logins,
    user_days.date
from user_days
inner join people_accounts on user_days.account_id = people_accounts.account_id
where not people_accounts.is_internal
group by user_days.account_id, user_days.date;

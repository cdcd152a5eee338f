-- The latest version of every account and user that was known at the end of the as-of date.
create table people_accounts as
select
    account_id,
    coalesce(is_internal, false) as is_internal
from accounts
where created_at < as_of_date() + 1
qualify row_number() over (
    partition by account_id
    order by coalesce(updated_at, created_at) < as_of_date() + 1 desc, updated_at desc
) = 1;

create table people_users as
select
    user_id,
    account_id,
    coalesce(is_internal, false) as is_internal
from users
where created_at < as_of_date() + 1 and account_id in (select account_id from people_accounts)
qualify row_number() over (
    partition by user_id
    order by coalesce(updated_at, created_at) < as_of_date() + 1 desc, updated_at desc
) = 1;

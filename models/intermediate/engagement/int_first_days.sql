with

login_days as (
    select * from {{ ref('fct_account_login_daily') }}
),

tickets as (
    select * from {{ ref('fct_ticket') }}
),

contact_days as (
    select * from {{ ref('int_account_contact_days') }}
),

first_login as (
    select min(date) as first_login_date
    from login_days
    where logins > 0
),

first_ticket as (
    select min(created_date) as first_ticket_date
    from tickets
    where is_counted
),

first_contact as (
    select min(contact_date) as first_contact_date
    from contact_days
),

first_days as (
    select
        ---------- dates
        first_login.first_login_date,
        first_ticket.first_ticket_date,
        first_contact.first_contact_date
    from first_login
    cross join first_ticket
    cross join first_contact
)

select * from first_days

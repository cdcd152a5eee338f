with

account_month_contact as (
    select * from {{ ref('int_account_month_contact') }}
),

account_month_cadence as (
    select * from {{ ref('int_account_month_cadence') }}
),

dimensions as (
    select * from {{ ref('int_account_dimensions') }}
),

months as (
    select * from {{ ref('int_months') }}
),

sources_connected as (
    select * from {{ ref('int_sources_connected') }}
),

touch_models as (
    select
        account_id,
        dimension_value as touch_model
    from dimensions
    where dimension = 'touch_model'
),

contact_totals as (
    select
        touch_models.touch_model,
        account_month_contact.month,
        sum(account_month_contact.planned_contacts) as planned_contacts,
        sum(account_month_contact.kept_contacts) as kept_contacts,
        sum(account_month_contact.done_contacts) as done_contacts,
        sum(account_month_contact.unplanned_contacts) as unplanned_contacts
    from account_month_contact
    inner join touch_models
        on account_month_contact.account_id = touch_models.account_id
    group by touch_models.touch_model, account_month_contact.month
),

cadence_totals as (
    select
        touch_models.touch_model,
        account_month_cadence.month,
        count(*) as active_accounts,
        count(case when account_month_cadence.is_contacted then 1 end) as accounts_contacted,
        count(case when account_month_cadence.is_contact_due then 1 end) as accounts_due,
        count(case when account_month_cadence.is_on_cadence then 1 end) as accounts_on_cadence
    from account_month_cadence
    inner join touch_models
        on account_month_cadence.account_id = touch_models.account_id
    group by touch_models.touch_model, account_month_cadence.month
),

-- Without the source nobody knows who was contacted: no rows, rather than rows that say nobody was.
model_months as (
    select distinct
        touch_models.touch_model,
        months.month,
        months.is_complete
    from touch_models
    cross join months
    cross join sources_connected
    where sources_connected.has_touchpoints
),

contact_coverage as (
    select
        ---------- strings
        model_months.touch_model,
        ---------- numbers
        cast(coalesce(cadence_totals.active_accounts, 0) as integer) as active_accounts,
        cast(coalesce(contact_totals.planned_contacts, 0) as integer) as planned_contacts,
        cast(coalesce(contact_totals.kept_contacts, 0) as integer) as kept_contacts,
        {{ ratio('contact_totals.kept_contacts', 'contact_totals.planned_contacts') }} as plan_kept_rate,
        cast(coalesce(contact_totals.done_contacts, 0) as integer) as done_contacts,
        cast(coalesce(contact_totals.unplanned_contacts, 0) as integer) as unplanned_contacts,
        cast(coalesce(cadence_totals.accounts_contacted, 0) as integer) as accounts_contacted,
        {{ ratio('cadence_totals.accounts_contacted', 'cadence_totals.active_accounts') }} as contact_coverage_rate,
        cast(coalesce(cadence_totals.accounts_due, 0) as integer) as accounts_due,
        cast(coalesce(cadence_totals.accounts_on_cadence, 0) as integer) as accounts_on_cadence,
        {{ ratio('cadence_totals.accounts_on_cadence', 'cadence_totals.accounts_due') }} as on_cadence_rate,
        ---------- booleans
        model_months.is_complete,
        ---------- dates
        model_months.month
    from model_months
    left join contact_totals
        on
            model_months.month = contact_totals.month
            and model_months.touch_model = contact_totals.touch_model
    left join cadence_totals
        on
            model_months.month = cadence_totals.month
            and model_months.touch_model = cadence_totals.touch_model
)

select * from contact_coverage

with

versions as (
    select * from {{ ref('int_contract_versions_valued') }}
),

views as (
    select * from {{ ref('int_account_views') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- The version of a line that was the latest one known on the day of the view.
known_lines as (
    select
        versions.*,
        views.known_on,
        views.is_current,
        views.shown_from,
        views.shown_to,
        least(views.known_on, as_of.as_of_date) as seen_on
    from versions
    cross join as_of
    inner join views
        on
            versions.account_id = views.account_id
            and versions.known_from <= views.known_on
            and versions.known_until > views.known_on
    where not versions.is_deleted
),

-- A correction holds from the start; an amendment from the day on which it was recorded.
line_terms as (
    select
        known_lines.*,
        terms.quantity as term_quantity,
        terms.unit_price as term_unit_price,
        terms.discount_pct as term_discount_pct,
        terms.months_numerator as term_months_numerator,
        terms.months_denominator as term_months_denominator,
        terms.terms_mrr as term_mrr,
        terms.end_date as term_end_date,
        terms.updated_at as term_updated_at,
        case
            when terms.version_number > 1 and '{{ var("in_place_edits") }}' = 'amendment'
                then greatest(known_lines.start_date, terms.known_from)
            else known_lines.start_date
        end as term_from
    from known_lines
    inner join versions as terms
        on
            known_lines.contract_line_id = terms.contract_line_id
            and (
                (
                    '{{ var("in_place_edits") }}' = 'correction'
                    and known_lines.updated_at = terms.updated_at
                )
                or (
                    '{{ var("in_place_edits") }}' = 'amendment'
                    and known_lines.updated_at >= terms.updated_at
                    and not terms.is_deleted
                    and (terms.has_new_terms or terms.version_number = 1)
                )
            )
),

following_terms as (
    select
        *,
        lead(term_from) over (
            partition by known_on, contract_line_id order by term_updated_at
        ) as next_term_from
    from line_terms
),

-- Of several versions of one day the last one holds.
lasting_terms as (
    select
        *,
        lag(coalesce(term_end_date, {{ far_future() }})) over (
            partition by known_on, contract_line_id order by term_updated_at
        ) as former_end_date,
        coalesce(
            least(term_end_date, cancel_effective_date), term_end_date, cancel_effective_date
        ) as agreed_end_date
    from following_terms
    where
        next_term_from is null
        or next_term_from > term_from
),

contract_terms as (
    select
        ---------- ids
        contract_line_id,
        contract_id,
        account_id,
        product_id,
        renewed_from_contract_id,
        ---------- strings
        line_type,
        currency,
        cancel_reason,
        cancel_type,
        ---------- numbers
        term_quantity as quantity,
        term_unit_price as unit_price,
        term_discount_pct as discount_pct,
        term_months_numerator as months_numerator,
        term_months_denominator as months_denominator,
        case when is_recurring then term_mrr else cast(0 as decimal(18, 4)) end as local_mrr,
        ---------- booleans
        is_recurring,
        is_seat_based,
        is_internal,
        is_current,
        coalesce(agreed_end_date > term_from, true) as is_ever_in_force,
        next_term_from is null as is_last_term,
        ---------- dates
        known_on,
        shown_from,
        shown_to,
        start_date as line_start_date,
        term_from as start_date,
        term_end_date as end_date,
        coalesce(least(agreed_end_date, next_term_from), agreed_end_date, next_term_from) as effective_end_date,
        case
            when former_end_date < coalesce(term_end_date, {{ far_future() }}) then former_end_date
        end as extends_end_date,
        cancel_effective_date,
        paused_from,
        paused_until,
        ---------- timestamps
        case when {{ reporting_date('cancel_notice_at') }} <= seen_on then cancel_notice_at end as cancel_notice_at,
        updated_at
    from lasting_terms
)

select * from contract_terms

{#
    The one list of quarantine reasons: code -> source -> what must hold for the row to bear it.
    The source `*` stands for every source. Conditions see the columns of `int_<source>_checked`.
#}
{% macro quarantine_rules() -%}
    {% do return({
        'bad_type': {'*': 'bad_cells is not null'},
        'bad_value': {
            '*': 'unlisted_cells is not null',
            'contracts': "
                interval_count <= 0
                or (billing_interval = 'term' and end_date = start_date)
                or paused_until < paused_from
                or cast(unit_price as " ~ double_type() ~ ") * cast(quantity as " ~ double_type() ~ ") >= 1e12
            ",
            'fx_rates': 'rate <= 0',
        },
        'end_before_start': {'contracts': 'end_date < start_date'},
        'future_event': {'*': 'is_future_event'},
        'invalid_discount': {'contracts': 'discount_pct < 0 or discount_pct > 1'},
        'invalid_quantity': {'contracts': 'quantity < 0'},
        'missing_key': {'*': 'empty_key_cells is not null'},
        'missing_required': {'*': 'empty_required_cells is not null'},
        'negative_amount': {
            'contracts': 'unit_price < 0',
            'opportunities': 'local_amount < 0',
        },
        'no_fx_rate': {
            'contracts': 'currency is not null and not has_fx_rate',
            'invoices': 'currency is not null and not has_fx_rate',
            'opportunities': 'currency is not null and not has_fx_rate',
        },
        'open_ended_term': {
            'contracts': "
                billing_interval = 'term' and end_date is null and coalesce(bad_cells, '') not like '% end_date%'
            ",
        },
        'orphan_account': {
            'contracts': 'account_id is not null and not is_known_account',
            'data_volumes': 'account_id is not null and not is_known_account',
            'feature_requests': 'account_id is not null and not is_known_account',
            'feature_usage': 'account_id is not null and not is_known_account',
            'invoices': 'account_id is not null and not is_known_account',
            'logins': 'account_id is not null and not is_known_account',
            'messages': 'account_id is not null and not is_known_account',
            'milestones': 'account_id is not null and not is_known_account',
            'opportunities': 'account_id is not null and not is_known_account',
            'surveys': 'account_id is not null and not is_known_account',
            'tickets': 'account_id is not null and not is_known_account',
            'touchpoints': 'account_id is not null and not is_known_account',
            'users': 'account_id is not null and not is_known_account',
        },
        'orphan_user': {
            'logins': 'user_id is not null and not is_known_user and (account_id is null or not is_known_account)',
        },
        'response_before_created': {'tickets': 'first_response_at < created_at'},
        'score_out_of_range': {
            'surveys': "
                survey_score < case survey_kind when 'nps' then 0 when 'csat' then 1 when 'ces' then 1 end
                or survey_score > case survey_kind when 'nps' then 10 when 'csat' then 5 when 'ces' then 7 end
            ",
            'tickets': 'csat_score not between 1 and 5',
            'touchpoints': 'sentiment not between -1 and 1',
        },
        'solved_before_created': {'tickets': 'coalesce(solved_at, closed_at) < created_at'},
    }) %}
{%- endmacro %}

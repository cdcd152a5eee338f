{% macro health_component_sources() -%}
    {{ return({
        'active_user_share': 'logins',
        'contact_gap': 'touchpoints',
        'data_growth': 'data_volumes',
        'feature_breadth': 'feature_usage',
        'login_days': 'logins',
        'login_rate': 'logins',
        'login_trend': 'logins',
        'messages_delivered': 'messages',
        'nps': 'surveys',
        'satisfaction': 'tickets',
        'support_load': 'tickets'
    }) }}
{%- endmacro %}

{% macro health_component_ids() -%}
    {{ return(['active_user_share', 'contact_gap', 'data_growth', 'feature_breadth', 'login_days', 'login_rate', 'login_trend', 'messages_delivered', 'nps', 'satisfaction', 'support_load']) }}
{%- endmacro %}

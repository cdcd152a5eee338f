with

source_status as (
    select * from {{ ref('quality_source_status') }}
),

sources_connected as (
    select
        ---------- booleans
        coalesce(max(case when source = 'products' and is_connected then 1 end) = 1, false) as has_products,
        coalesce(max(case when source = 'feature_usage' and is_connected then 1 end) = 1, false) as has_feature_usage,
        coalesce(max(case when source = 'data_volumes' and is_connected then 1 end) = 1, false) as has_data_volumes,
        coalesce(max(case when source = 'messages' and is_connected then 1 end) = 1, false) as has_messages,
        coalesce(max(case when source = 'touchpoints' and is_connected then 1 end) = 1, false) as has_touchpoints,
        coalesce(max(case when source = 'surveys' and is_connected then 1 end) = 1, false) as has_surveys,
        coalesce(max(case when source = 'milestones' and is_connected then 1 end) = 1, false) as has_milestones,
        coalesce(max(case when source = 'opportunities' and is_connected then 1 end) = 1, false) as has_opportunities,
        coalesce(max(case when source = 'invoices' and is_connected then 1 end) = 1, false) as has_invoices,
        coalesce(
            max(case when source = 'feature_requests' and is_connected then 1 end) = 1, false
        ) as has_feature_requests
    from source_status
)

select * from sources_connected

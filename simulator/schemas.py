"""Columns and Parquet types of the sixteen sources, in the order in which they are written."""

from __future__ import annotations

import pyarrow as pa

TEXT = pa.string()
DAY = pa.date32()
MOMENT = pa.timestamp("us")
FLAG = pa.bool_()
COUNT = pa.int32()
PRICE = pa.decimal128(18, 6)
QUANTITY = pa.decimal128(18, 4)
SHARE = pa.decimal128(9, 6)
RATE = pa.decimal128(18, 8)
AMOUNT = pa.decimal128(18, 4)
WHOLE = pa.int64()


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


SCHEMAS: dict[str, pa.Schema] = {
    "accounts": _schema(
        account_id=TEXT,
        account_name=TEXT,
        created_at=MOMENT,
        parent_account_id=TEXT,
        industry=TEXT,
        country=TEXT,
        segment=TEXT,
        employee_count=COUNT,
        owner=TEXT,
        touch_model=TEXT,
        is_internal=FLAG,
        updated_at=MOMENT,
    ),
    "contracts": _schema(
        contract_line_id=TEXT,
        contract_id=TEXT,
        account_id=TEXT,
        product_id=TEXT,
        line_type=TEXT,
        currency=TEXT,
        unit_price=PRICE,
        quantity=QUANTITY,
        discount_pct=SHARE,
        billing_interval=TEXT,
        interval_count=COUNT,
        start_date=DAY,
        end_date=DAY,
        is_auto_renew=FLAG,
        signed_at=MOMENT,
        renewed_from_contract_id=TEXT,
        cancel_notice_at=MOMENT,
        cancel_effective_date=DAY,
        cancel_reason=TEXT,
        cancel_type=TEXT,
        paused_from=DAY,
        paused_until=DAY,
        is_deleted=FLAG,
        updated_at=MOMENT,
    ),
    "users": _schema(
        user_id=TEXT,
        account_id=TEXT,
        email=TEXT,
        role=TEXT,
        created_at=MOMENT,
        deactivated_at=MOMENT,
        is_internal=FLAG,
        updated_at=MOMENT,
    ),
    "logins": _schema(
        login_id=TEXT,
        user_id=TEXT,
        account_id=TEXT,
        logged_in_at=MOMENT,
        result=TEXT,
        client=TEXT,
    ),
    "tickets": _schema(
        ticket_id=TEXT,
        account_id=TEXT,
        requester_user_id=TEXT,
        created_at=MOMENT,
        priority=TEXT,
        status=TEXT,
        first_response_at=MOMENT,
        solved_at=MOMENT,
        closed_at=MOMENT,
        category=TEXT,
        channel=TEXT,
        reopened_count=COUNT,
        is_escalated=FLAG,
        csat_score=COUNT,
        csat_at=MOMENT,
        merged_into_ticket_id=TEXT,
        is_spam=FLAG,
        updated_at=MOMENT,
    ),
    "products": _schema(product_id=TEXT, product_name=TEXT, is_seat_based=FLAG, family=TEXT),
    "fx_rates": _schema(currency=TEXT, rate_date=DAY, rate=RATE),
    "feature_usage": _schema(
        account_id=TEXT,
        usage_date=DAY,
        feature=TEXT,
        user_id=TEXT,
        event_count=COUNT,
    ),
    "data_volumes": _schema(
        account_id=TEXT,
        snapshot_date=DAY,
        object_type=TEXT,
        record_count=WHOLE,
        plan_limit=WHOLE,
    ),
    "messages": _schema(
        message_id=TEXT,
        account_id=TEXT,
        sent_at=MOMENT,
        direction=TEXT,
        kind=TEXT,
        delivered_at=MOMENT,
        opened_at=MOMENT,
        replied_at=MOMENT,
    ),
    "touchpoints": _schema(
        touchpoint_id=TEXT,
        account_id=TEXT,
        occurred_at=MOMENT,
        kind=TEXT,
        owner=TEXT,
        planned_at=MOMENT,
        sentiment=SHARE,
        summary=TEXT,
    ),
    "surveys": _schema(
        survey_id=TEXT,
        account_id=TEXT,
        user_id=TEXT,
        kind=TEXT,
        sent_at=MOMENT,
        responded_at=MOMENT,
        score=COUNT,
        comment=TEXT,
    ),
    "milestones": _schema(account_id=TEXT, milestone=TEXT, due_at=MOMENT, completed_at=MOMENT),
    "opportunities": _schema(
        opportunity_id=TEXT,
        account_id=TEXT,
        kind=TEXT,
        product_id=TEXT,
        amount=AMOUNT,
        currency=TEXT,
        stage=TEXT,
        opened_at=MOMENT,
        closed_at=MOMENT,
        is_won=FLAG,
    ),
    "invoices": _schema(
        invoice_id=TEXT,
        account_id=TEXT,
        issued_at=MOMENT,
        due_at=MOMENT,
        paid_at=MOMENT,
        amount=AMOUNT,
        currency=TEXT,
    ),
    "feature_requests": _schema(
        request_id=TEXT,
        account_id=TEXT,
        created_at=MOMENT,
        topic=TEXT,
        status=TEXT,
        shipped_at=MOMENT,
    ),
}

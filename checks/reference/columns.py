"""The columns of the sources: type, key, required, accepted values.

Written out here a second time on purpose: the reference takes nothing from the project.
Each line reads: column, type, then `key`, `required` or `optional`, then accepted values.
A contract row is named by its line and by `updated_at`; the latter is `required` and a key.
"""

from __future__ import annotations

from dataclasses import dataclass

_SOURCES = {
    "accounts": """
        account_id            text            key
        account_name          text            required
        created_at            timestamp       required
        parent_account_id     text            optional
        industry              text            optional
        country               text            optional
        segment               text            optional
        employee_count        integer         optional
        owner                 text            optional
        touch_model           text            optional   high low tech
        is_internal           boolean         optional
        updated_at            timestamp       optional
    """,
    "contracts": """
        contract_line_id      text            key
        contract_id           text            required
        account_id            text            required
        product_id            text            required
        line_type             text            required   recurring usage one_time trial
        currency              text            required
        unit_price            decimal(18,6)   required
        quantity              decimal(18,4)   required
        discount_pct          decimal(9,6)    optional
        billing_interval      text            required   day week month quarter half_year year term
        interval_count        integer         optional
        start_date            date            required
        end_date              date            optional
        is_auto_renew         boolean         optional
        signed_at             timestamp       optional
        renewed_from_contract_id text         optional
        cancel_notice_at      timestamp       optional
        cancel_effective_date date            optional
        cancel_reason         text            optional
        cancel_type           text            optional   voluntary involuntary administrative
        paused_from           date            optional
        paused_until          date            optional
        is_deleted            boolean         optional
        updated_at            timestamp       required
    """,
    "users": """
        user_id               text            key
        account_id            text            required
        email                 text            optional
        role                  text            optional   admin champion member viewer
        created_at            timestamp       required
        deactivated_at        timestamp       optional
        is_internal           boolean         optional
        updated_at            timestamp       optional
    """,
    "logins": """
        login_id              text            key
        user_id               text            required
        account_id            text            optional
        logged_in_at          timestamp       required
        result                text            optional   success failure
        client                text            optional   web mobile api sso
    """,
    "tickets": """
        ticket_id             text            key
        account_id            text            required
        requester_user_id     text            optional
        created_at            timestamp       required
        priority              text            required   urgent high normal low
        status                text            required   new open pending hold solved closed
        first_response_at     timestamp       optional
        solved_at             timestamp       optional
        closed_at             timestamp       optional
        category              text            optional
        channel               text            optional
        reopened_count        integer         optional
        is_escalated          boolean         optional
        csat_score            integer         optional
        csat_at               timestamp       optional
        merged_into_ticket_id text            optional
        is_spam               boolean         optional
        updated_at            timestamp       optional
    """,
    "products": """
        product_id            text            key
        product_name          text            required
        is_seat_based         boolean         optional
        family                text            optional
    """,
    "fx_rates": """
        currency              text            key
        rate_date             date            key
        rate                  decimal(18,8)   required
    """,
    "feature_usage": """
        account_id            text            key
        usage_date            date            key
        feature               text            key
        user_id               text            key
        event_count           integer         required
    """,
    "data_volumes": """
        account_id            text            key
        snapshot_date         date            key
        object_type           text            key
        record_count          decimal(18,0)   required
        plan_limit            decimal(18,0)   optional
    """,
    "messages": """
        message_id            text            key
        account_id            text            required
        sent_at               timestamp       required
        direction             text            required   outbound product
        kind                  text            optional
        delivered_at          timestamp       optional
        opened_at             timestamp       optional
        replied_at            timestamp       optional
    """,
    "touchpoints": """
        touchpoint_id         text            key
        account_id            text            required
        occurred_at           timestamp       required
        kind                  text            required   meeting call email business_review training
        owner                 text            optional
        planned_at            timestamp       optional
        sentiment             decimal(9,6)    optional
        summary               text            optional
    """,
    "surveys": """
        survey_id             text            key
        account_id            text            required
        user_id               text            optional
        kind                  text            required   nps csat ces
        sent_at               timestamp       required
        responded_at          timestamp       optional
        score                 integer         optional
        comment               text            optional
    """,
    "milestones": """
        account_id            text            key
        milestone             text            key
        due_at                timestamp       optional
        completed_at          timestamp       optional
    """,
    "opportunities": """
        opportunity_id        text            key
        account_id            text            required
        kind                  text            required   upsell cross_sell renewal
        product_id            text            optional
        amount                decimal(18,4)   optional
        currency              text            optional
        stage                 text            required
        opened_at             timestamp       required
        closed_at             timestamp       optional
        is_won                boolean         optional
    """,
    "invoices": """
        invoice_id            text            key
        account_id            text            required
        issued_at             timestamp       required
        due_at                timestamp       required
        paid_at               timestamp       optional
        amount                decimal(18,4)   required
        currency              text            required
    """,
    "feature_requests": """
        request_id            text            key
        account_id            text            required
        created_at            timestamp       required
        topic                 text            required
        status                text            required
        shipped_at            timestamp       optional
    """,
}


@dataclass(frozen=True)
class Column:
    """One column: `kind` is text, boolean, integer, date, timestamp or decimal(p,s)."""

    name: str
    kind: str
    is_key: bool
    is_required: bool
    accepted: tuple[str, ...]


def _column(line: str) -> Column:
    """Read one line of the table above."""
    name, kind, presence, *accepted = line.split()
    return Column(name, kind, presence == "key", presence != "optional", tuple(accepted))


COLUMNS: dict[str, list[Column]] = {
    source: [_column(line) for line in text.strip().splitlines()]
    for source, text in _SOURCES.items()
}
"""source -> its columns in the order of the source page."""

ROW_KEY: dict[str, list[str]] = {
    source: [column.name for column in columns if column.is_key]
    for source, columns in COLUMNS.items()
} | {"contracts": ["contract_line_id", "updated_at"]}
"""source -> the columns whose cells name a row in `quality_quarantine`."""

EVENT_TIME: dict[str, str] = {
    "accounts": "created_at",
    "contracts": "updated_at",
    "users": "created_at",
    "logins": "logged_in_at",
    "tickets": "created_at",
    "fx_rates": "rate_date",
    "feature_usage": "usage_date",
    "data_volumes": "snapshot_date",
    "messages": "sent_at",
    "touchpoints": "occurred_at",
    "surveys": "sent_at",
    "opportunities": "opened_at",
    "invoices": "issued_at",
    "feature_requests": "created_at",
}
"""source -> the column that decides whether a row lies after `as_of_date`."""

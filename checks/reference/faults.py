"""Rows with every quarantine reason of the sources, for generated histories."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

ACCOUNT = {"account_id": "F1", "account_name": "Fault", "created_at": "2020-01-01"}
LINE = {
    "contract_line_id": "F1-L1",
    "contract_id": "F1-C1",
    "account_id": "A0001",
    "product_id": "P1",
    "line_type": "recurring",
    "currency": "USD",
    "unit_price": "10",
    "quantity": "1",
    "billing_interval": "month",
    "start_date": "2025-01-01",
    "updated_at": "2025-01-01",
}
USER = {"user_id": "F1-U1", "account_id": "A0001", "created_at": "2020-01-01"}
LOGIN = {"login_id": "F1", "user_id": "nobody", "account_id": "A0001", "logged_in_at": "2025-05-01"}
TICKET = {
    "ticket_id": "F1",
    "account_id": "A0001",
    "created_at": "2025-02-02T10:00:00Z",
    "priority": "low",
    "status": "open",
}
USE = {
    "account_id": "A0001",
    "usage_date": "2025-02-02",
    "feature": "F1",
    "user_id": "nobody",
    "event_count": "1",
}
VOLUME = {
    "account_id": "A0001",
    "snapshot_date": "2025-02-02",
    "object_type": "F1",
    "record_count": "1",
}
MESSAGE = {"account_id": "A0001", "sent_at": "2025-02-02", "direction": "outbound"}
TOUCH = {"account_id": "A0001", "occurred_at": "2025-02-02", "kind": "call"}
SURVEY = {"account_id": "A0001", "sent_at": "2025-02-02", "kind": "nps"}
MILESTONE = {"account_id": "A0001", "milestone": "F1"}
OPPORTUNITY = {"account_id": "A0001", "kind": "upsell", "stage": "s", "opened_at": "2025-02-02"}
INVOICE = {
    "account_id": "A0001",
    "issued_at": "2025-02-02",
    "due_at": "2025-03-02",
    "amount": "1",
    "currency": "USD",
}
REQUEST = {"account_id": "A0001", "created_at": "2025-02-02", "topic": "t", "status": "open"}
RATE = {"currency": "EUR", "rate_date": "2025-03-03", "rate": "1.1"}

CHANGES: dict[str, tuple[Row, str, list[Row]]] = {
    "accounts": (
        ACCOUNT,
        "account_id",
        [
            {"account_id": None},
            {"account_name": " "},
            {"created_at": "01/02/2020"},
            {"touch_model": "High"},
            {"employee_count": "1,000"},
            {"is_internal": "yes", "touch_model": "none"},
        ],
    ),
    "contracts": (
        LINE,
        "contract_line_id",
        [
            {"contract_line_id": None},
            {"updated_at": None},
            {"unit_price": "1,000.00"},
            {"unit_price": "1e3"},
            {"start_date": "2025-02-30"},
            {"line_type": "Recurring"},
            {"unit_price": "-1"},
            {"quantity": "-0.5"},
            {"discount_pct": "1.000001"},
            {"end_date": "2024-12-31"},
            {"billing_interval": "term"},
            {"billing_interval": "term", "end_date": "2025-01-01"},
            {"interval_count": "0"},
            {"paused_from": "2025-02-02", "paused_until": "2025-02-01"},
            {"currency": "XXX"},
            {"account_id": "nowhere", "quantity": "-1"},
            {"end_date": "soon", "billing_interval": "term"},
            {"cancel_type": "forced", "currency": None},
            {"line_type": "one_time", "billing_interval": "term"},
        ],
    ),
    "users": (
        USER,
        "user_id",
        [{"user_id": None}, {"account_id": "nowhere"}, {"account_id": None}, {"role": "owner"}],
    ),
    "logins": (
        LOGIN,
        "login_id",
        [
            {"login_id": None},
            {"user_id": None},
            {"account_id": "nowhere"},
            {"account_id": None},
            {"logged_in_at": "2025-05-01 25:00"},
            {"logged_in_at": None, "result": "ok"},
            {"client": "desktop", "account_id": "nowhere"},
        ],
    ),
    "tickets": (
        TICKET,
        "ticket_id",
        [
            {"ticket_id": None},
            {"account_id": "nowhere"},
            {"priority": None},
            {"status": "done"},
            {"first_response_at": "2025-02-02T09:59:59Z"},
            {"solved_at": "2025-02-01"},
            {"closed_at": "2025-02-01"},
            {"csat_score": "6"},
            {"csat_score": "0", "solved_at": "2025-01-01"},
            {"csat_score": "4.5"},
        ],
    ),
    "products": ({"product_id": "PF", "product_name": "Fault"}, "product_id", [
        {"product_id": None}, {"product_name": None}, {"is_seat_based": "2"},
    ]),
    "fx_rates": (RATE, "", [
        {"currency": None}, {"rate": "0"}, {"rate": "-1"}, {"rate": None}, {"rate_date": "March"},
        {"rate_date": None, "rate": "x"},
    ]),
    "feature_usage": (USE, "feature", [
        {"feature": None}, {"user_id": " "}, {"account_id": "nowhere"}, {"event_count": None},
        {"event_count": "1.5"}, {"usage_date": "2025-02-30"}, {"account_id": None},
    ]),
    "data_volumes": (VOLUME, "object_type", [
        {"object_type": None}, {"record_count": None}, {"record_count": "1,000"},
        {"account_id": "nowhere", "plan_limit": "none"}, {"snapshot_date": None},
    ]),
    "messages": (MESSAGE, "message_id", [
        {"message_id": None}, {"account_id": "nowhere"}, {"direction": "Outbound"},
        {"direction": None, "sent_at": None}, {"opened_at": "yesterday"}, {"account_id": None},
    ]),
    "touchpoints": (TOUCH, "touchpoint_id", [
        {"touchpoint_id": None}, {"account_id": "nowhere"}, {"kind": "visit"}, {"kind": None},
        {"sentiment": "1.1"}, {"sentiment": "-1.000001"}, {"sentiment": "good"},
        {"planned_at": "soon"},
    ]),
    "surveys": (SURVEY, "survey_id", [
        {"survey_id": None}, {"account_id": "nowhere"}, {"kind": "NPS", "score": "99"},
        {"score": "11"}, {"score": "-1"}, {"kind": "csat", "score": "0"},
        {"kind": "csat", "score": "6"}, {"kind": "ces", "score": "0"},
        {"kind": "ces", "score": "8"}, {"score": "9.5"}, {"sent_at": None},
    ]),
    "milestones": (MILESTONE, "milestone", [
        {"milestone": None}, {"account_id": "nowhere"}, {"due_at": "soon"}, {"account_id": None},
    ]),
    "opportunities": (OPPORTUNITY, "opportunity_id", [
        {"opportunity_id": None}, {"account_id": "nowhere"}, {"kind": "new"}, {"stage": None},
        {"amount": "-0.01"}, {"currency": "XXX"}, {"currency": "XXX", "amount": "-1"},
        {"is_won": "yes"}, {"opened_at": None},
    ]),
    "invoices": (INVOICE, "invoice_id", [
        {"invoice_id": None}, {"account_id": "nowhere"}, {"amount": None}, {"amount": "1e3"},
        {"currency": "XXX"}, {"currency": None}, {"due_at": None}, {"paid_at": "paid"},
    ]),
    "feature_requests": (REQUEST, "request_id", [
        {"request_id": None}, {"account_id": "nowhere"}, {"topic": " "}, {"status": None},
        {"created_at": "2025"}, {"shipped_at": "never"},
    ]),
}  # fmt: skip
"""source -> a sound row, its key column, and what each faulty copy of it has otherwise."""

LATER: dict[str, list[str]] = {
    "accounts": ["created_at"],
    "contracts": ["updated_at"],
    "users": ["created_at"],
    "logins": ["logged_in_at"],
    "tickets": ["created_at"],
    "fx_rates": ["rate_date"],
    "feature_usage": ["usage_date"],
    "data_volumes": ["snapshot_date"],
    "messages": ["sent_at"],
    "touchpoints": ["occurred_at"],
    "surveys": ["sent_at"],
    "opportunities": ["opened_at"],
    "invoices": ["issued_at"],
    "feature_requests": ["created_at"],
}
"""source -> the column that makes a row one of the future."""


def add_faults(rows: dict[str, list[Row]], as_of: date) -> None:
    """Add the faulty rows of every source, one of the future, and some malformed lines."""
    later = str(as_of + timedelta(days=1))
    for source, (sound, key, changes) in CHANGES.items():
        future = [{column: later} for column in LATER.get(source, [])]
        for number, change in enumerate(changes + future):
            row = {**sound, **({key: f"F{number:02d}"} if key else {}), **change}
            rows[source].append(row)
        rows[source].append({"_malformed": "one,cell too many" + "," * 40})
    # The account of the future is unknown, so what belongs to it is an orphan.
    number = len(CHANGES["accounts"][2])
    rows["contracts"].append({**LINE, "contract_line_id": "FX", "account_id": f"F{number:02d}"})

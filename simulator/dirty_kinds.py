"""The faults that `--dirty` adds: which cells are spoiled, and the reasons to expect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FUTURE = "future_event"
Row = dict[str, str]
Spoil = Callable[[Row], None]

KEYS: dict[str, tuple[str, ...]] = {
    "accounts": ("account_id",),
    "contracts": ("contract_line_id", "updated_at"),
    "users": ("user_id",),
    "logins": ("login_id",),
    "tickets": ("ticket_id",),
    "products": ("product_id",),
    "fx_rates": ("currency", "rate_date"),
    "feature_usage": ("account_id", "usage_date", "feature", "user_id"),
    "data_volumes": ("account_id", "snapshot_date", "object_type"),
    "messages": ("message_id",),
    "touchpoints": ("touchpoint_id",),
    "surveys": ("survey_id",),
    "milestones": ("account_id", "milestone"),
    "opportunities": ("opportunity_id",),
    "invoices": ("invoice_id",),
    "feature_requests": ("request_id",),
}
# A required column that is no key, and the event-time column, of each source that has them.
REQUIRED = {
    "accounts": "account_name",
    "contracts": "contract_id",
    "users": "created_at",
    "logins": "user_id",
    "tickets": "created_at",
    "products": "product_name",
    "fx_rates": "rate",
    "feature_usage": "event_count",
    "data_volumes": "record_count",
    "messages": "sent_at",
    "touchpoints": "occurred_at",
    "surveys": "sent_at",
    "opportunities": "stage",
    "invoices": "amount",
    "feature_requests": "topic",
}
EVENT_TIME = {
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
# What can only have happened after the event.
AFTERWARDS = {
    "users": ["deactivated_at"],
    "tickets": ["first_response_at", "solved_at", "closed_at", "csat_score", "csat_at"],
    "messages": ["delivered_at", "opened_at", "replied_at"],
    "surveys": ["responded_at", "score", "comment"],
    "opportunities": ["closed_at", "is_won"],
    "invoices": ["paid_at"],
    "feature_requests": ["shipped_at"],
}
# Cells that do not parse: day first, thousands separators, words, days that do not exist.
UNREADABLE: dict[str, list[tuple[str, str]]] = {
    "accounts": [("created_at", "31/12/2024"), ("employee_count", "1,200"), ("is_internal", "yes")],
    "contracts": [
        ("start_date", "2025-02-30"),
        ("unit_price", "1,200.00"),
        ("quantity", "ten"),
        ("discount_pct", "10%"),
        ("signed_at", "12/31/2024 10:00"),
        ("unit_price", "1e3"),
    ],
    "users": [("created_at", "2024-13-01"), ("is_internal", "ja")],
    "logins": [("logged_in_at", "31/12/2024 08:00"), ("logged_in_at", "2024-06-01T25:00:00")],
    "tickets": [("created_at", "Jan 5, 2025"), ("reopened_count", "two"), ("is_spam", "no")],
    "products": [("is_seat_based", "seat")],
    "fx_rates": [("rate", "1,08"), ("rate_date", "01.12.2024")],
    "feature_usage": [("event_count", "1 200"), ("usage_date", "2025/01/31")],
    "data_volumes": [("record_count", "12,000")],
    "messages": [("sent_at", "令和6年1月5日")],
    "touchpoints": [("sentiment", "good"), ("occurred_at", "2025-01-05 9am")],
    "surveys": [("score", "ten")],
    "milestones": [("due_at", "05.01.2025")],
    "opportunities": [("amount", "€1.200"), ("is_won", "won")],
    "invoices": [("amount", "1,000.50")],
    "feature_requests": [("created_at", "yesterday")],
}
UNLISTED: dict[str, list[tuple[str, str]]] = {
    "accounts": [("touch_model", "High")],
    "contracts": [
        ("line_type", "subscription"),
        ("billing_interval", "annual"),
        ("interval_count", "0"),
        ("cancel_type", "Voluntary"),
    ],
    "users": [("role", "owner")],
    "logins": [("result", "ok"), ("client", "desktop")],
    "tickets": [("priority", "p1"), ("status", "resolved")],
    "fx_rates": [("rate", "0")],
    "messages": [("direction", "inbound")],
    "touchpoints": [("kind", "coffee")],
    "surveys": [("kind", "smiley")],
    "opportunities": [("kind", "renew")],
}
ORPHANS = [
    "contracts",
    "users",
    "tickets",
    "feature_usage",
    "data_volumes",
    "messages",
    "touchpoints",
    "surveys",
    "milestones",
    "opportunities",
    "invoices",
    "feature_requests",
]


@dataclass(frozen=True)
class Fault:
    """One way to spoil a good row and the reason codes that it should bear, sorted."""

    reasons: str
    spoil: Spoil


def put(**cells: str) -> Spoil:
    """Write fixed texts into cells."""
    return lambda row: row.update(cells)


def _before(earlier: str, created: str) -> Spoil:
    """Move one moment to long before another."""

    def spoil(row: Row) -> None:
        row[earlier] = f"{int(row[created][:4]) - 1}-01-15T08:00:00Z"

    return spoil


def _end_before_start(row: Row) -> None:
    row.update(
        line_type="recurring",
        billing_interval="month",
        end_date="2001-01-01",
        cancel_effective_date="",
    )


def _empty_term(row: Row) -> None:
    row.update(
        line_type="recurring",
        billing_interval="term",
        end_date=row["start_date"],
        cancel_effective_date="",
    )


CONTRACT_FAULTS = [
    Fault("negative_amount", put(unit_price="-5.00")),
    Fault("invalid_quantity", put(quantity="-1")),
    Fault("invalid_discount", put(discount_pct="1.5")),
    Fault("invalid_discount", put(discount_pct="-0.1")),
    Fault("end_before_start", _end_before_start),
    Fault("open_ended_term", put(line_type="recurring", billing_interval="term", end_date="")),
    Fault("bad_value", _empty_term),
    Fault("bad_value", put(paused_from="2024-05-01", paused_until="2024-04-01")),
    Fault("no_fx_rate", put(line_type="recurring", currency="GBP")),
    Fault("bad_type,invalid_quantity", put(quantity="-2", unit_price="1.200,00")),
]
SPECIAL: dict[str, list[Fault]] = {
    "contracts": CONTRACT_FAULTS,
    "logins": [
        Fault("orphan_user", put(user_id="U-unknown", account_id="")),
        Fault("orphan_account", put(account_id="A-unknown")),
        Fault("orphan_account,orphan_user", put(user_id="U-unknown", account_id="A-unknown")),
    ],
    "tickets": [
        Fault("response_before_created", _before("first_response_at", "created_at")),
        Fault("solved_before_created", _before("solved_at", "created_at")),
        Fault("score_out_of_range", put(csat_score="6")),
        Fault("bad_value,orphan_account", put(account_id="A-unknown", priority="asap")),
    ],
    "fx_rates": [Fault("bad_value", put(rate="-1.1"))],
    "surveys": [
        Fault("score_out_of_range", put(kind="nps", score="11")),
        Fault("score_out_of_range", put(kind="csat", score="0")),
        Fault("score_out_of_range", put(kind="ces", score="8")),
    ],
}


def _undone(source: str) -> Spoil:
    """Take back what followed an event that is to be moved to a day to come."""
    return put(**dict.fromkeys(AFTERWARDS.get(source, []), ""))


def faults(source: str) -> list[Fault]:
    """Every fault that can be planted in a source."""
    found = [Fault("missing_key", put(**{KEYS[source][0]: ""}))]
    if source in REQUIRED:
        found.append(Fault("missing_required", put(**{REQUIRED[source]: ""})))
    found += [Fault("bad_type", put(**{column: text})) for column, text in UNREADABLE[source]]
    found += [
        Fault("bad_value", put(**{column: text})) for column, text in UNLISTED.get(source, [])
    ]
    if source in ORPHANS:
        found.append(Fault("orphan_account", put(account_id="A-unknown")))
    if source in EVENT_TIME:
        found.append(Fault(FUTURE, _undone(source)))
    return found + SPECIAL.get(source, [])

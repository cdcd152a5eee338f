"""What can be wrong with one raw row, by reason code.

Readings of the book where it leaves room:
- a check that needs a cell which is null or does not parse is not made;
- `open_ended_term` and `no_fx_rate` hold for lines of every type, not for recurring ones only;
- `solved_before_created` looks at `solved_at`, and at `closed_at` where that is null;
- an unknown account or user is one that no staged row has;
- use of a feature by an unknown user stays with its account, as a login does;
- an invoice and an opportunity need a rate as a contract does, an opportunity's amount is not
  negative, and a sentiment lies between -1 and 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .cells import BAD, read_cell
from .columns import COLUMNS, ROW_KEY

Row = dict[str, Any]


@dataclass
class Parsed:
    """One raw row: its typed values (null where bad), where it stood and what is wrong."""

    source: str
    raw: dict[str, str | None]
    file: str
    number: int
    values: Row
    reasons: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Known:
    """What the other sources say: ids of staged accounts and users, currencies with a rate."""

    accounts: frozenset[str]
    users: frozenset[str]
    currencies: frozenset[str]


def parse_row(source: str, raw: dict[str, str | None], file: str, number: int) -> Parsed:
    """Read every cell of a row, and note what single cells have wrong."""
    row = Parsed(source, raw, file, number, {})
    for column in COLUMNS[source]:
        value = read_cell(column.kind, raw.get(column.name))
        if value is BAD:
            row.reasons.add("bad_type")
        elif value is None and column.is_required:
            row.reasons.add("missing_key" if column.is_key else "missing_required")
        elif value is not None and column.accepted and value not in column.accepted:
            row.reasons.add("bad_value")
        row.values[column.name] = None if value is BAD else value
    return row


def row_key(row: Parsed) -> str:
    """Return the trimmed key cells as they were written, joined by a bar; null reads empty."""
    cells = (read_cell("text", row.raw.get(name)) or "" for name in ROW_KEY[row.source])
    return "|".join(cells)


def _less(values: Row, left: str, right: str) -> bool:
    """Return whether `left` is strictly before `right`, both being known."""
    a, b = values[left], values[right]
    return a is not None and b is not None and a < b


def _unknown(identifier: str | None, known: frozenset[str]) -> bool:
    return identifier is not None and identifier not in known


def check_contract(values: Row, known: Known) -> set[str]:
    """Price, quantity, discount, dates, currency and account of a contract line."""
    price, quantity, discount = (
        values[name] for name in ("unit_price", "quantity", "discount_pct")
    )
    count = values["interval_count"]
    found = {
        "negative_amount": price is not None and price < 0,
        "invalid_quantity": quantity is not None and quantity < 0,
        "invalid_discount": discount is not None and not 0 <= discount <= 1,
        "end_before_start": _less(values, "end_date", "start_date"),
        "bad_value": (count is not None and count <= 0)
        or _less(values, "paused_until", "paused_from")
        or _is_term_of_no_days(values),
        "orphan_account": _unknown(values["account_id"], known.accounts),
        "no_fx_rate": _unknown(values["currency"], known.currencies),
    }
    return {code for code, is_found in found.items() if is_found}


def _is_term_of_no_days(values: Row) -> bool:
    start, end = values["start_date"], values["end_date"]
    return values["billing_interval"] == "term" and start is not None and start == end


def check_open_ended_term(row: Parsed) -> bool:
    """Return whether a term has no end; an end that does not parse is another fault."""
    is_empty = read_cell("text", row.raw.get("end_date")) is None
    return row.values["billing_interval"] == "term" and is_empty


def check_login(values: Row, known: Known) -> set[str]:
    """Return the faults of a login, which needs an account: its own, else that of its user."""
    is_unknown_account = _unknown(values["account_id"], known.accounts)
    is_unknown_user = _unknown(values["user_id"], known.users)
    found = set()
    if is_unknown_account:
        found.add("orphan_account")
    if is_unknown_user and (is_unknown_account or values["account_id"] is None):
        found.add("orphan_user")
    return found


def check_ticket(values: Row, known: Known) -> set[str]:
    """Account, order of times and score of a ticket."""
    solved = values["solved_at"] or values["closed_at"]
    created, score = values["created_at"], values["csat_score"]
    found = {
        "orphan_account": _unknown(values["account_id"], known.accounts),
        "response_before_created": _less(values, "first_response_at", "created_at"),
        "solved_before_created": None not in (solved, created) and solved < created,
        "score_out_of_range": score is not None and not 1 <= score <= 5,
    }
    return {code for code, is_found in found.items() if is_found}


def check_rate(values: Row, known: Known) -> set[str]:
    """Return the faults of a rate, which must be above zero."""
    rate = values["rate"]
    return {"bad_value"} if rate is not None and rate <= 0 else set()


def check_account(values: Row, known: Known) -> set[str]:
    """Return the faults of a row that only needs its account."""
    return {"orphan_account"} if _unknown(values["account_id"], known.accounts) else set()


def check_touchpoint(values: Row, known: Known) -> set[str]:
    """Account and mood of a contact."""
    mood = values["sentiment"]
    is_out = mood is not None and not -1 <= mood <= 1
    return check_account(values, known) | ({"score_out_of_range"} if is_out else set())


SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


def check_survey(values: Row, known: Known) -> set[str]:
    """Account and score of an invitation; a kind that is not listed has no scale."""
    low, high = SCALES.get(values["kind"], (None, None))
    score = values["score"]
    is_out = None not in (score, low, high) and not low <= score <= high
    return check_account(values, known) | ({"score_out_of_range"} if is_out else set())


def check_invoice(values: Row, known: Known) -> set[str]:
    """Account and currency of an invoice; a negative one is a credit note."""
    is_unknown = _unknown(values["currency"], known.currencies)
    return check_account(values, known) | ({"no_fx_rate"} if is_unknown else set())


def check_opportunity(values: Row, known: Known) -> set[str]:
    """Account, currency and amount of an opportunity."""
    amount = values["amount"]
    is_negative = amount is not None and amount < 0
    return check_invoice(values, known) | ({"negative_amount"} if is_negative else set())


CHECKS: dict[str, Callable[[Row, Known], set[str]]] = {
    "contracts": check_contract,
    "users": check_account,
    "logins": check_login,
    "tickets": check_ticket,
    "fx_rates": check_rate,
    "feature_usage": check_account,
    "data_volumes": check_account,
    "messages": check_account,
    "touchpoints": check_touchpoint,
    "surveys": check_survey,
    "milestones": check_account,
    "opportunities": check_opportunity,
    "invoices": check_invoice,
    "feature_requests": check_account,
}
"""source -> the check of a whole row; the other sources have none."""


def add_row_reasons(row: Parsed, known: Known) -> None:
    """Add what is wrong with the row as a whole to its reasons."""
    check = CHECKS.get(row.source)
    if check:
        row.reasons |= check(row.values, known)
    if row.source == "contracts" and check_open_ended_term(row):
        row.reasons.add("open_ended_term")


def local_date(moment: datetime | date, zone: Any) -> date:
    """Return the day of an instant in the reporting time zone; a date is itself."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment

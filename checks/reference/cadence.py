"""How often customers are contacted: by month, by account, and what their owners look after.

Readings of the book where it leaves room:
- a contact took place when its row says so; it had been planned when it was planned for a day up
  to `as_of_date`; a day still to come is that of the next contact;
- planned contacts belong to the month they were planned for, and are kept when they took place by
  its end;
- an account is due when it has been active without a break for more days than its touch model
  allows between two contacts, and on cadence when its latest contact is no more days ago;
- renewals due are the open ones, those past due within the grace included.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from .book import Book
from .feature_requests import arr_now
from .groups import state_of
from .lines import local_mrr, valued
from .money import ZERO, last_day, month_of, ratio
from .renewals import fct_renewal
from .segments import NO_VALUE
from .support import ticket_facts
from .usage import licensed_seats, seat_products
from .voice import in_utc

Rows = list[dict[str, Any]]

DAYS_BETWEEN_CONTACTS = {"high": 14, "low": 45, "tech": 180}


def contact_facts(book: Book) -> dict[str, Rows]:
    """Return account -> the contacts with it."""
    staged = book.staged
    facts: dict[str, Rows] = defaultdict(list)
    for row in staged.rows("touchpoints"):
        if row["account_id"] in book.internal:
            continue
        planned_at = staged.known_fact(row["planned_at"])
        facts[row["account_id"]].append(
            {
                "occurred_at": row["occurred_at"],
                "occurred_on": staged.day(row["occurred_at"]),
                "planned_on": staged.day(planned_at),
                "next_at": row["planned_at"] if planned_at is None else None,
            }
        )
    return facts


def active_since(book: Book, account_id: str, day: date) -> date | None:
    """Return since when an account has been active without a break; null when it is not."""
    story = book.stories.get(account_id)
    if story is None or not story.state(day):
        return None
    return next(spell.first for spell in story.spells if spell.first <= day < spell.end)


def cadence_of(
    book: Book, account: dict[str, Any], contacts: Rows, day: date
) -> tuple[bool, bool, bool]:
    """Return whether an account is active on a day, due for contact, and on cadence."""
    since = active_since(book, account["account_id"], day)
    allowed = DAYS_BETWEEN_CONTACTS.get(account["touch_model"])
    is_due = since is not None and allowed is not None and (day - since).days > allowed
    days = [one["occurred_on"] for one in contacts if one["occurred_on"] <= day]
    is_recent = bool(days) and allowed is not None and (day - max(days)).days <= allowed
    return since is not None, is_due, is_due and is_recent


def coverage_month(
    book: Book, model: str, month: date, accounts: Rows, contacts: dict[str, Rows]
) -> dict[str, Any]:
    """Return one month of the accounts of one touch model."""
    last = book.end_of(month)
    all_contacts = [one for row in accounts for one in contacts.get(row["account_id"], [])]
    done = [one for one in all_contacts if month_of(one["occurred_on"]) == month]
    planned = [
        one for one in all_contacts if one["planned_on"] and month_of(one["planned_on"]) == month
    ]
    kept = sum(one["occurred_on"] <= last_day(month) for one in planned)
    done_as_planned = sum(one["planned_on"] is not None for one in done)
    active = due = on_cadence = contacted = 0
    for row in accounts:
        mine = contacts.get(row["account_id"], [])
        is_active, is_due, is_on_cadence = cadence_of(book, row, mine, last)
        active, due, on_cadence = active + is_active, due + is_due, on_cadence + is_on_cadence
        contacted += is_active and any(month_of(one["occurred_on"]) == month for one in mine)
    return {
        "month": month,
        "touch_model": model,
        "active_accounts": active,
        "planned_contacts": len(planned),
        "kept_contacts": kept,
        "plan_kept_rate": ratio(kept, len(planned)),
        "done_contacts": done_as_planned,
        "unplanned_contacts": len(done) - done_as_planned,
        "accounts_contacted": contacted,
        "contact_coverage_rate": ratio(contacted, active),
        "accounts_due": due,
        "accounts_on_cadence": on_cadence,
        "on_cadence_rate": ratio(on_cadence, due),
        "is_complete": book.is_complete(month),
    }


def customers_by(book: Book, column: str) -> dict[str, Rows]:
    """Return value of a column -> the accounts that have it and are not internal."""
    found: dict[str, Rows] = defaultdict(list)
    for row in book.staged.rows("accounts"):
        if not row["is_internal"]:
            found[row[column] or NO_VALUE].append(row)
    return found


def kpi_contact_coverage(book: Book) -> Rows:
    """One row per month of the book and touch model of any customer."""
    contacts = contact_facts(book)
    return [
        coverage_month(book, model, month, accounts, contacts)
        for model, accounts in customers_by(book, "touch_model").items()
        for month in book.months
    ]


def kpi_csm_load(book: Book) -> Rows:
    """One row per owner of customers."""
    contacts, seat_based = contact_facts(book), seat_products(book)
    open_tickets = [
        one["account_id"]
        for one in ticket_facts(book)
        if one["is_counted"] and one["solved_on"] is None
    ]
    open_renewals = [row["account_id"] for row in fct_renewal(book) if row["outcome"] == "open"]
    rate = book.rate_of(month_of(book.as_of))
    rows = []
    for owner, accounts in customers_by(book, "owner").items():
        ids = {row["account_id"] for row in accounts}
        states = [book.stories[name].state(book.as_of) for name in ids if name in book.stories]
        cadences = [
            cadence_of(book, row, contacts.get(row["account_id"], []), book.as_of)
            for row in accounts
        ]
        rows.append(
            {
                "owner": owner,
                "active_accounts": sum(bool(state) for state in states),
                "mrr": sum((valued(local_mrr(state), rate) for state in states), ZERO),
                "arr": sum((arr_now(book, name) for name in ids), ZERO),
                "licensed_seats": sum((licensed_seats(s, seat_based) for s in states), ZERO),
                "open_tickets": sum(name in ids for name in open_tickets),
                "renewals_due_90d": sum(name in ids for name in open_renewals),
                "accounts_overdue": sum(due and not kept for _, due, kept in cadences),
            }
        )
    return rows


def account_contact(book: Book) -> Rows:
    """One row per account: when it was last contacted and what is planned."""
    contacts = contact_facts(book)
    rows = []
    for row in book.staged.rows("accounts"):
        mine = contacts.get(row["account_id"], [])
        is_internal = row["account_id"] in book.internal
        ages = [(book.as_of - one["occurred_on"]).days for one in mine]
        _, is_due, is_on_cadence = cadence_of(book, row, mine, book.as_of)
        ahead = [one["next_at"] for one in mine if one["next_at"]]
        rows.append(
            {
                "account_id": row["account_id"],
                "contact_state": state_of(book, "touchpoints", is_internal, bool(mine)),
                "last_touch_at": in_utc(max((one["occurred_at"] for one in mine), default=None)),
                "days_since_touch": min(ages, default=None),
                "touches_90d": sum(age < 90 for age in ages) if mine else None,
                "next_planned_at": in_utc(min(ahead, default=None)),
                "is_contact_overdue": is_due and not is_on_cadence if mine else None,
            }
        )
    return rows

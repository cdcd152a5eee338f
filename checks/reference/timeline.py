"""`customer_timeline`: kinds, instants and changes of MRR; its sentences are not worked out here.

Readings of the book where it leaves room:
- changes of MRR are told per account, day and cause; those that add up to 0 are not told;
- whatever is known by its day alone stands at the first moment of that day where reports are read;
- a renewal is due on its due date and lost on it; it is made on the first renewing start. None of
  these is told before its day;
- a departure stands on the first uncovered day; an end in grace is told apart; the return from
  either stands on the first covered day after it;
- a survey without a date of its answer was answered when it was sent, if it has a score;
- a health band changes on the Sunday that shows another one than was last known, in one run of
  scored Sundays; that data come or go is no change;
- an invoice above 0 is overdue 15 days after its due day unless it was paid by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from .book import Book
from .churn import fct_churn_event
from .health_scores import health_of
from .ledger import fct_mrr_event
from .money import ZERO
from .renewals import fct_renewal
from .support import ticket_facts
from .usage import SUNDAY, login_activity

Row = dict[str, Any]
OVERDUE_DAYS = 15
BOTH_WAYS = ("seats", "price", "discount", "interval", "fx")
OWN_WORDS = ("first_value", "go_live")


def customer_timeline(book: Book) -> list[Row]:
    """One row per event of an account that is not internal, by the as-of date."""
    parts = (_mrr, _renewals, _ends, _tickets, _requests, _contacts, _answers, _milestones)
    rows = [
        row for part in (*parts, _people, _logins, _deals, _invoices, _health) for row in part(book)
    ]
    return [row for row in rows if row["account_id"] not in book.internal]


def _event(
    book: Book, account: str, kind: str, key: str, when: date | datetime, **cells: Any
) -> Row:
    """Return one row; a day becomes its first moment."""
    if not isinstance(when, datetime):
        zone = ZoneInfo(book.staged.settings.reporting_timezone)
        when = datetime.combine(when, time(), zone).astimezone(UTC)
    return {
        "event_id": f"{kind}|{key}",
        "account_id": account,
        "kind": kind,
        "variant": cells.get("variant"),
        "detail": cells.get("detail"),
        "mrr_delta": cells.get("mrr_delta"),
        "occurred_at": when.replace(tzinfo=None),
    }


def _mrr(book: Book) -> Iterator[Row]:
    """Changes of MRR."""
    sums: dict[tuple[str, date, str], Decimal] = defaultdict(lambda: ZERO)
    for event in fct_mrr_event(book):
        sums[event["account_id"], event["event_date"], event["cause"]] += event["amount"]
    for (account, day, cause), amount in sums.items():
        if amount == 0:
            continue
        way = ("down" if amount < 0 else "up") if cause in BOTH_WAYS else None
        key = f"{account}|{day}"
        yield _event(book, account, f"mrr_{cause}", key, day, variant=way, mrr_delta=amount)


def _renewals(book: Book) -> Iterator[Row]:
    """What was due, and what became of it."""
    for row in fct_renewal(book):
        account, due, outcome = row["account_id"], row["due_date"], row["outcome"]
        key = f"{account}|{row['contract_id']}|{due}"
        if due <= book.as_of:
            yield _event(book, account, "renewal_due", key, due)
            if outcome == "churned":
                yield _event(book, account, "renewal_lost", key, due)
        if outcome not in ("churned", "open") and row["renewed_on"] <= book.as_of:
            made = row["renewed_on"]
            yield _event(book, account, "contract_renewed", key, made, variant=outcome)


def _ends(book: Book) -> Iterator[Row]:
    """Notices, ends of coverage, departures and returns."""
    for row in fct_churn_event(book):
        account, status, notice, end = (
            row[name] for name in ("account_id", "status", "notice_date", "churn_date")
        )
        key = f"{account}|{end or '(none)'}|{notice or '(none)'}"
        if notice:
            sort = "withdrawn" if status == "saved" else "standing"
            yield _event(book, account, "notice_given", key, notice, variant=sort)
        if status == "grace":
            yield _event(book, account, "coverage_ended", key, end)
        if status in ("churned", "won_back"):
            cells = {"variant": row["churn_type"], "detail": row["cancel_reason"]}
            yield _event(book, account, "customer_left", key, end, **cells)
        if status in ("renewed_late", "won_back"):
            spans = book.stories[account].started
            back = min(span.first for span in spans if span.first >= end)
            yield _event(book, account, status, key, back)


def _tickets(book: Book) -> Iterator[Row]:
    """Counted tickets that came and that were solved."""
    for ticket in ticket_facts(book):
        if not ticket["is_counted"]:
            continue
        account, key = ticket["account_id"], ticket["ticket_id"]
        cells = {"variant": ticket["priority"], "detail": ticket["category"]}
        yield _event(book, account, "ticket_created", key, ticket["created_at"], **cells)
        if ticket["solved_on"]:
            solved = ticket["solved_at"] or ticket["closed_at"]
            if book.staged.known_fact(solved) is None:
                solved = ticket["closed_at"]
            yield _event(book, account, "ticket_solved", key, solved, **cells)


def _requests(book: Book) -> Iterator[Row]:
    """Feature requests that came and that were shipped."""
    for row in book.staged.rows("feature_requests"):
        account, key = row["account_id"], row["request_id"]
        yield _event(book, account, "request_created", key, row["created_at"])
        if shipped := book.staged.known_fact(row["shipped_at"]):
            yield _event(book, account, "request_shipped", key, shipped)


def _contacts(book: Book) -> Iterator[Row]:
    """Contacts with customers."""
    for row in book.staged.rows("touchpoints"):
        account, key = row["account_id"], row["touchpoint_id"]
        yield _event(book, account, "touchpoint", key, row["occurred_at"], variant=row["kind"])


def _answers(book: Book) -> Iterator[Row]:
    """Surveys that were answered, by people who are not internal."""
    ours = {row["user_id"] for row in book.staged.rows("users") if row["is_internal"]}
    for row in book.staged.rows("surveys"):
        answered = book.staged.known_fact(row["responded_at"])
        scored = book.staged.known_fact(row["responded_at"] or row["sent_at"])
        score = row["score"] if scored else None
        if row["user_id"] in ours or (answered is None and score is None):
            continue
        account, key, sort = row["account_id"], row["survey_id"], row["kind"]
        cells = {"variant": None if score is None else sort}
        yield _event(book, account, "survey_answered", key, answered or row["sent_at"], **cells)


def _milestones(book: Book) -> Iterator[Row]:
    """Milestones that were reached."""
    for row in book.staged.rows("milestones"):
        if done := book.staged.known_fact(row["completed_at"]):
            account, name = row["account_id"], row["milestone"]
            sort = name if name in OWN_WORDS else "other"
            key = f"{account}|{name}"
            yield _event(book, account, "milestone_completed", key, done, variant=sort)


def _people(book: Book) -> Iterator[Row]:
    """Users of customers who joined, and champions who left."""
    for row in book.staged.rows("users"):
        if row["is_internal"]:
            continue
        account, key, role = row["account_id"], row["user_id"], row["role"]
        yield _event(
            book, account, "user_joined", key, row["created_at"], variant=role or "unknown"
        )
        if role == "champion" and (left := book.staged.known_fact(row["deactivated_at"])):
            yield _event(book, account, "champion_left", key, left)


def _logins(book: Book) -> Iterator[Row]:
    """First successful logins of accounts."""
    for account, days in login_activity(book).items():
        if good := [day for day, logins in days.items() if logins.successes]:
            yield _event(book, account, "first_login", account, min(good))


def _money(amount: Decimal | None, currency: str | None) -> str | None:
    """Return an amount as the timeline shows it."""
    if amount is None or currency is None:
        return None
    return f"{abs(amount).quantize(Decimal('0.01'), ROUND_HALF_UP)} {currency}"


def _deals(book: Book) -> Iterator[Row]:
    """Opportunities that were opened, won and lost."""
    for row in book.staged.rows("opportunities"):
        account, key = row["account_id"], row["opportunity_id"]
        cells = {"variant": row["kind"], "detail": _money(row["amount"], row["currency"])}
        yield _event(book, account, "opportunity_opened", key, row["opened_at"], **cells)
        if closed := book.staged.known_fact(row["closed_at"]):
            kind = "opportunity_won" if row["is_won"] else "opportunity_lost"
            yield _event(book, account, kind, key, closed, **cells)


def _invoices(book: Book) -> Iterator[Row]:
    """Invoices and credit notes that were issued, became overdue and were paid."""
    for row in book.staged.rows("invoices"):
        account, key = row["account_id"], row["invoice_id"]
        sort = "credit_note" if row["amount"] < 0 else "invoice"
        paid = book.staged.known_fact(row["paid_at"])
        late = book.staged.day(row["due_at"]) + timedelta(days=OVERDUE_DAYS)
        yield _event(book, account, "invoice_issued", key, row["issued_at"], variant=sort)
        is_unpaid = paid is None or book.staged.day(paid) > late
        if row["amount"] > 0 and late <= book.as_of and is_unpaid:
            yield _event(book, account, "invoice_overdue", key, late)
        if paid:
            yield _event(book, account, "invoice_paid", key, paid, variant=sort)


def _health(book: Book) -> Iterator[Row]:
    """Changes of the final health band."""
    sundays: dict[str, dict[date, Row]] = defaultdict(dict)
    for row in health_of(book).scores():
        if row["date"].weekday() == SUNDAY:
            sundays[row["account_id"]][row["date"]] = row
    for account, rows in sundays.items():
        former = None
        for day in sorted(rows):
            if day - timedelta(days=7) not in rows:
                former = None
            band = rows[day]["final_band"]
            if band == "unknown":
                continue
            if former and former != band:
                cells = {"variant": f"{former}_to_{band}", "detail": rows[day]["top_drivers"]}
                yield _event(book, account, "health_band", f"{account}|{day}", day, **cells)
            former = band

"""Tickets in calendar time: `fct_ticket`, `kpi_support_monthly`.

Readings of the book where it leaves room:
- a score belongs to `csat_at`, else to the solving, else to the creation; when that is after
  `as_of_date` the score is null;
- a ticket is reopened when its `reopened_count` is above 0; `reopen_rate` counts the reopened
  among the tickets solved in the month, `escalation_rate` the escalated among those created;
- a median of an even number of values is the mean of the two in the middle;
- the months are the book's months; older tickets are in the backlog only.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from statistics import median
from typing import Any

from .book import Book
from .money import month_of, ratio
from .usage import seat_products, total_seats

GOOD_SCORE = 4
MICROSECONDS_PER_HOUR = 3_600_000_000


def hours_between(first: datetime, last: datetime | None) -> Fraction | None:
    """Return the hours between two instants, exact to the microsecond."""
    if last is None:
        return None
    passed = last - first
    microseconds = (passed.days * 86400 + passed.seconds) * 1_000_000 + passed.microseconds
    return Fraction(microseconds, MICROSECONDS_PER_HOUR)


def ticket_facts(book: Book) -> list[dict[str, Any]]:
    """Return all staged tickets with what is known of them at `as_of_date`; hours are fractions."""
    staged = book.staged
    facts = []
    for row in staged.rows("tickets"):
        solved_at = staged.known_fact(row["solved_at"]) or staged.known_fact(row["closed_at"])
        scored_at = row["csat_at"] or row["solved_at"] or row["closed_at"] or row["created_at"]
        has_score = row["csat_score"] is not None and staged.known_fact(scored_at) is not None
        responded_at = staged.known_fact(row["first_response_at"])
        is_spam, is_merged = bool(row["is_spam"]), row["merged_into_ticket_id"] is not None
        facts.append(
            {
                **row,
                "created_on": staged.day(row["created_at"]),
                "solved_on": staged.day(solved_at),
                "scored_on": staged.day(scored_at) if has_score else None,
                "score": row["csat_score"] if has_score else None,
                "response_hours": hours_between(row["created_at"], responded_at),
                "solving_hours": hours_between(row["created_at"], solved_at),
                "is_counted": not (is_spam or is_merged or row["account_id"] in book.internal),
            }
        )
    return facts


def as_double(value: Fraction | None) -> float | None:
    """Return a quotient as it is published."""
    return None if value is None else float(value)


def fct_ticket(book: Book) -> list[dict[str, Any]]:
    """One row per ticket, those that do not count too."""
    return [
        {
            "ticket_id": ticket["ticket_id"],
            "account_id": ticket["account_id"],
            "created_at": ticket["created_at"].replace(tzinfo=None),
            "priority": ticket["priority"],
            "first_response_hours": as_double(ticket["response_hours"]),
            "resolution_hours": as_double(ticket["solving_hours"]),
            "is_open": ticket["solved_on"] is None,
            "is_escalated": bool(ticket["is_escalated"]),
            "is_reopened": (ticket["reopened_count"] or 0) > 0,
            "csat_score": ticket["score"],
            "is_counted": ticket["is_counted"],
        }
        for ticket in ticket_facts(book)
    ]


def middle(values: list[Fraction | None]) -> float | None:
    """Return the median of the values that are known, as a double."""
    known = [value for value in values if value is not None]
    return float(median(known)) if known else None


def support_month(
    book: Book, month: date, tickets: list[dict[str, Any]], seat_based: dict[str, bool]
) -> dict[str, Any]:
    """Return one month of the counted tickets."""
    last = book.end_of(month)

    def of_month(column: str) -> list[dict[str, Any]]:
        return [
            ticket for ticket in tickets if ticket[column] and month_of(ticket[column]) == month
        ]

    created, solved, scored = (of_month(name) for name in ("created_on", "solved_on", "scored_on"))
    backlog = [
        ticket
        for ticket in tickets
        if ticket["created_on"] <= last
        and not (ticket["solved_on"] and ticket["solved_on"] <= last)
    ]
    states = {name: story.state(last) for name, story in book.stories.items()}
    reopened = sum((ticket["reopened_count"] or 0) > 0 for ticket in solved)
    escalated = sum(bool(ticket["is_escalated"]) for ticket in created)
    satisfied = sum(ticket["score"] >= GOOD_SCORE for ticket in scored)
    return {
        "month": month,
        "tickets_created": len(created),
        "tickets_solved": len(solved),
        "backlog": len(backlog),
        "first_response_hours_median": middle([ticket["response_hours"] for ticket in solved]),
        "resolution_hours_median": middle([ticket["solving_hours"] for ticket in solved]),
        "reopen_rate": ratio(reopened, len(solved)),
        "escalation_rate": ratio(escalated, len(created)),
        "csat": ratio(satisfied, len(scored)),
        "csat_n": len(scored),
        "tickets_per_100_seats": ratio(100 * len(created), total_seats(states, seat_based)),
    }


def kpi_support_monthly(book: Book) -> list[dict[str, Any]]:
    """One row per month of the book."""
    tickets = [ticket for ticket in ticket_facts(book) if ticket["is_counted"]]
    seat_based = seat_products(book)
    return [support_month(book, month, tickets, seat_based) for month in book.months]

"""Tickets: `fct_ticket`, `kpi_support_monthly`, `kpi_support_backlog`.

Readings of the book where it leaves room:
- a score belongs to `csat_at`, else to the solving, else to the creation; when that is after
  `as_of_date` the score is null;
- a ticket is reopened when its `reopened_count` is above 0; `reopen_rate` counts the reopened
  among the tickets solved in the month, `escalation_rate` the escalated among those created;
- a median of an even number of values is the mean of the two in the middle;
- the Kaplan-Meier median is the first wait after which at most half still wait; who is solved
  without a response has waited for one until then;
- the age of an open ticket is the number of days from the day of its creation;
- the months are the book's months; older tickets are in the backlog only.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from .book import Book
from .business_time import calendar_of
from .money import month_of, ratio
from .service_levels import end_of_day, first_breach, half_time, is_breached, is_missed, stop_of
from .usage import seat_products, total_seats

GOOD_SCORE = 4
MICROSECONDS_PER_HOUR = 3_600_000_000
AGE_BANDS = {"0-1": (0, 1), "2-7": (2, 7), "8-30": (8, 30), "31-90": (31, 90), "91+": (91, 10**9)}


def hours_between(first: datetime, last: datetime | None) -> Fraction | None:
    """Return the hours between two instants, exact to the microsecond."""
    if last is None:
        return None
    return hours_of(last - first)


def hours_of(passed: timedelta) -> Fraction:
    """Return a length of time in hours, exact to the microsecond."""
    microseconds = (passed.days * 86400 + passed.seconds) * 1_000_000 + passed.microseconds
    return Fraction(microseconds, MICROSECONDS_PER_HOUR)


def ticket_facts(book: Book) -> list[dict[str, Any]]:
    """Return all staged tickets with what is known of them at `as_of_date`; hours are fractions."""
    staged = book.staged
    countries = {row["account_id"]: row["country"] for row in staged.rows("accounts")}
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
                "country": countries[row["account_id"]],
                "responded": responded_at,
                "solved": solved_at,
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


def business_hours(ticket: dict[str, Any], end: datetime | None) -> Fraction | None:
    """Return the business hours from the creation of a ticket to an instant."""
    if end is None:
        return None
    return hours_of(calendar_of(ticket["country"]).open_time(ticket["created_at"], end))


def fct_ticket(book: Book) -> list[dict[str, Any]]:
    """One row per ticket, those that do not count too."""
    return [ticket_row(book, ticket) for ticket in ticket_facts(book)]


def ticket_row(book: Book, ticket: dict[str, Any]) -> dict[str, Any]:
    """Return a ticket as it is published."""
    until = end_of_day(book, book.as_of)
    breached_at = first_breach(ticket, until)
    return {
        "ticket_id": ticket["ticket_id"],
        "account_id": ticket["account_id"],
        "created_at": ticket["created_at"].replace(tzinfo=None),
        "priority": ticket["priority"],
        "first_response_hours": as_double(ticket["response_hours"]),
        "resolution_hours": as_double(ticket["solving_hours"]),
        "first_response_business_hours": as_double(business_hours(ticket, ticket["responded"])),
        "resolution_business_hours": as_double(business_hours(ticket, ticket["solved"])),
        "is_open": ticket["solved_on"] is None,
        "is_first_response_breached": is_missed(ticket, "first_response", until),
        "is_resolution_breached": is_missed(ticket, "resolution", until),
        "is_sla_breached": is_breached(ticket, until),
        "sla_breached_at": breached_at.replace(tzinfo=None) if breached_at else None,
        "sla_breached_date": book.staged.day(breached_at),
        "is_escalated": bool(ticket["is_escalated"]),
        "is_reopened": (ticket["reopened_count"] or 0) > 0,
        "csat_score": ticket["score"],
        "is_counted": ticket["is_counted"],
    }


def middle(values: list[Fraction | None]) -> float | None:
    """Return the median of the values that are known, as a double."""
    known = [value for value in values if value is not None]
    return float(median(known)) if known else None


def open_on(tickets: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """Return the tickets created on or before a day and not solved on or before it."""
    return [
        ticket
        for ticket in tickets
        if ticket["created_on"] <= day and not (ticket["solved_on"] and ticket["solved_on"] <= day)
    ]


def waits(book: Book, tickets: list[dict[str, Any]], measure: str) -> list[tuple[Fraction, bool]]:
    """Return how long each ticket waited for what was promised, and whether it came."""
    until, came = end_of_day(book, book.as_of), {"first_response": "responded"}
    return [
        (
            hours_of(stop_of(ticket, measure, until) - ticket["created_at"]),
            ticket[came.get(measure, "solved")] is not None,
        )
        for ticket in tickets
    ]


def service_month(
    book: Book,
    last: date,
    tickets: list[dict[str, Any]],
    created: list[dict[str, Any]],
    solved: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return what was promised and how long it took, of one month that ends on `last`."""
    until = end_of_day(book, book.as_of)
    breached = sum(is_breached(ticket, until) for ticket in created)
    waiting = [is_breached(ticket, end_of_day(book, last)) for ticket in open_on(tickets, last)]
    responses = [business_hours(ticket, ticket["responded"]) for ticket in solved]
    solutions = [business_hours(ticket, ticket["solved"]) for ticket in solved]
    return {
        "tickets_sla_breached": breached,
        "sla_breach_rate": ratio(breached, len(created)),
        "open_sla_breaches": sum(waiting),
        "first_response_business_hours_median": middle(responses),
        "resolution_business_hours_median": middle(solutions),
        "first_response_hours_km_median": half_time(waits(book, created, "first_response")),
        "resolution_hours_km_median": half_time(waits(book, created, "resolution")),
    }


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
    states = {name: story.state(last) for name, story in book.stories.items()}
    reopened = sum((ticket["reopened_count"] or 0) > 0 for ticket in solved)
    escalated = sum(bool(ticket["is_escalated"]) for ticket in created)
    satisfied = sum(ticket["score"] >= GOOD_SCORE for ticket in scored)
    return {
        "month": month,
        "tickets_created": len(created),
        "tickets_solved": len(solved),
        "backlog": len(open_on(tickets, last)),
        **service_month(book, last, tickets, created, solved),
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


def kpi_support_backlog(book: Book) -> list[dict[str, Any]]:
    """One row per month and band of ages."""
    tickets = [ticket for ticket in ticket_facts(book) if ticket["is_counted"]]
    rows = []
    for month in book.months:
        last = book.end_of(month)
        ages = [(last - ticket["created_on"]).days for ticket in open_on(tickets, last)]
        rows += [
            {
                "month": month,
                "age_band": band,
                "min_age_days": youngest,
                "backlog": sum(youngest <= age <= oldest for age in ages),
                "is_complete": book.is_complete(month),
            }
            for band, (youngest, oldest) in AGE_BANDS.items()
        ]
    return rows

"""The rules of risk: what holds of an account on a day.

Readings of the book where it leaves room:
- the figures of the rules are frozen below; a rule about use is looked at on Sundays, month ends
  and `as_of_date`, and what it says holds until the next of them;
- a spell is a run of active days on which the rule holds; the value is that of its first day, the
  lowest where several things open it;
- a champion is any enabled user of that role who is not internal; an account that never had one
  has not lost one;
- a notice that was withdrawn is none; a notice holds until coverage goes on;
- silence begins with the account's activity, that of contacts not before the first of all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from .book import DAY
from .risk_facts import Facts, Row

Finding = tuple[float, float | None]
"""The value and the threshold of a rule that holds."""

SILENT_DAYS = 60


def within(day: date, event: date, days: int) -> bool:
    """Return whether an event lies in the `days` days that end with `day`."""
    return day - days * DAY < event <= day


def login_drop(facts: Facts, day: date) -> Finding | None:
    """At most half of the logins before, and at least 7 fewer; both windows in the activity."""
    row, start = facts.usage.get(day), facts.spell_start(day)
    if not row or not start or (day - start).days < 56:
        return None
    now, before = row["logins_28d"], row["logins_prev_28d"]
    return (now / before, 0.5) if 2 * now <= before and before - now >= 7 else None


def no_login(facts: Facts, day: date) -> Finding | None:
    """28 days without a login, counted from the last one, the first user or the start."""
    row, start = facts.usage.get(day), facts.spell_start(day)
    since = row and (row["last_login_date"] or facts.first_user)
    if not since or not start:
        return None
    days = (day - max(since, start)).days
    return (float(days), 28.0) if days >= 28 else None


def seat_underuse(facts: Facts, day: date) -> Finding | None:
    """Fewer than 3 in 10 of at least 5 seats are used after 60 days."""
    row, start = facts.usage.get(day), facts.spell_start(day)
    if not row or not start or (day - start).days < 60 or row["licensed_seats"] < 5:
        return None
    return (row["login_rate"], 0.3) if row["login_rate"] < 0.3 else None


def ticket_spike(facts: Facts, day: date) -> Finding | None:
    """At least 6 tickets and 3 times the mean of the three windows before."""
    start = facts.spell_start(day)
    if not start or (day - start).days < 112:
        return None
    created = [ticket["created_on"] for ticket in facts.tickets]
    recent = sum(within(day, one, 28) for one in created)
    before = sum(within(day - 28 * DAY, one, 84) for one in created)
    return (float(recent), max(6.0, float(before))) if recent >= max(6, before) else None


def urgent_ticket_open(facts: Facts, day: date) -> Finding | None:
    """An urgent ticket that is 3 days old and not solved."""
    ages = [
        (day - ticket["created_on"]).days
        for ticket in facts.tickets
        if ticket["priority"] == "urgent"
        and not (ticket["solved_on"] and ticket["solved_on"] <= day)
    ]
    old = [age for age in ages if age >= 3]
    return (float(min(old)), 3.0) if old else None


def low_csat(facts: Facts, day: date) -> Finding | None:
    """The mean of at least 3 scores of 90 days is at most 2.5."""
    scores = [t["score"] for t in facts.tickets if t["score"] and within(day, t["scored_on"], 90)]
    scores += [
        a["score"] for a in facts.answers if a["kind"] == "csat" and within(day, a["on"], 90)
    ]
    if len(scores) < 3 or sum(scores) > 2.5 * len(scores):
        return None
    return sum(scores) / len(scores), 2.5


def detractor(facts: Facts, day: date) -> Finding | None:
    """The last NPS answer of somebody, of the last 180 days, is at most 6."""
    last: dict[str, Row] = {}
    for answer in sorted(facts.answers, key=lambda a: (a["at"], a["survey_id"].encode())):
        if answer["kind"] == "nps" and answer["on"] <= day:
            last[answer["person"]] = answer
    scores = [a["score"] for a in last.values() if a["score"] <= 6 and within(day, a["on"], 180)]
    return (float(min(scores)), 6.0) if scores else None


def champion_left(facts: Facts, day: date) -> Finding | None:
    """Nobody of those who were champions is one still."""
    known = [(first, end) for first, end in facts.champions if first <= day]
    is_left = known and all(end is not None and end <= day for _, end in known)
    return (0.0, 1.0) if is_left else None


def overdue_invoice(facts: Facts, day: date) -> Finding | None:
    """An invoice is unpaid 15 days after it was due."""
    ages = [(day - due).days for due, paid in facts.invoices if not (paid and paid <= day)]
    late = [age for age in ages if age >= 15]
    return (float(min(late)), 15.0) if late else None


def notice_given(facts: Facts, day: date) -> Finding | None:
    """Notice was given, and coverage did not go on."""
    days = [
        abs((event["churn_date"] - day).days)
        for event in facts.notices
        if event["notice_date"] <= day and not (event["back_on"] and event["back_on"] <= day)
    ]
    return (float(min(days)), None) if days else None


def renewal_without_contact(facts: Facts, day: date) -> Finding | None:
    """A renewal is due within 90 days, and there was no contact in 60."""
    if facts.first_touch_of_all is None:
        return None
    starts = [max(s.first, facts.first_touch_of_all) for s in facts.story.spells]
    heard = [one for one in facts.touches + starts if one <= day]
    if not heard or (day - max(heard)).days < SILENT_DAYS:
        return None
    left = [
        (row["due_date"] - day).days
        for row in facts.renewals
        if row["due_date"] - timedelta(days=90) <= day < row["due_date"]
        and not (row["renewed_on"] and row["renewed_on"] <= day)
    ]
    return (float(min(left)), 90.0) if left else None


def days_silent(facts: Facts, day: date) -> int:
    """Return the days since anything was heard of an active account."""
    heard = [spell.first for spell in facts.story.spells] + facts.touches + facts.replies
    heard += [ticket["created_on"] for ticket in facts.tickets]
    heard += [answer["on"] for answer in facts.answers]
    return (day - max(one for one in heard if one <= day)).days


Rule = Callable[[Facts, date], Finding | None]
OBSERVED: dict[str, Rule] = {
    "login_drop": login_drop,
    "no_login": no_login,
    "seat_underuse": seat_underuse,
    "ticket_spike": ticket_spike,
}
DAILY: dict[str, Rule] = {
    "urgent_ticket_open": urgent_ticket_open,
    "low_csat": low_csat,
    "detractor": detractor,
    "champion_left": champion_left,
    "overdue_invoice": overdue_invoice,
    "notice_given": notice_given,
    "renewal_without_contact": renewal_without_contact,
}

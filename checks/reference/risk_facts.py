"""What the rules of `risk` ask of an account: use, people, tickets, answers, bills and terms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .book import AccountStory, Book
from .churn import fct_churn_event
from .renewals import fct_renewal
from .support import ticket_facts
from .usage import fct_account_usage

Row = dict[str, Any]


@dataclass
class Facts:
    """What is known of one account, as far as rules ask for it."""

    story: AccountStory
    usage: dict[date, Row] = field(default_factory=dict)
    first_user: date | None = None
    champions: list[tuple[date, date | None]] = field(default_factory=list)
    tickets: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    touches: list[date] = field(default_factory=list)
    replies: list[date] = field(default_factory=list)
    invoices: list[tuple[date, date | None]] = field(default_factory=list)
    renewals: list[Row] = field(default_factory=list)
    notices: list[Row] = field(default_factory=list)
    first_touch_of_all: date | None = None

    def spell_start(self, day: date) -> date | None:
        """Return the first day of the activity that holds a day, None when it is not active."""
        return next((s.first for s in self.story.spells if s.first <= day < s.end), None)


def facts_of(book: Book) -> dict[str, Facts]:
    """Return what the rules ask for, per account that has a story."""
    found = {name: Facts(story) for name, story in book.stories.items()}
    of: defaultdict[str, Facts | None] = defaultdict(lambda: None, found)
    for row in fct_account_usage(book):
        if (facts := of[row["account_id"]]) is not None:
            facts.usage[row["date"]] = row
    for ticket in ticket_facts(book):
        if (facts := of[ticket["account_id"]]) is not None and ticket["is_counted"]:
            facts.tickets.append(ticket)
    add_people(book, of)
    add_contacts(book, of)
    add_contracts(book, of)
    return found


def add_people(book: Book, of: defaultdict[str, Facts | None]) -> None:
    """Add users and what they answered."""
    staged = book.staged
    users = {row["user_id"]: row for row in staged.rows("users")}
    for user in users.values():
        facts = of[user["account_id"]]
        if facts is None or user["is_internal"]:
            continue
        created, gone = (
            staged.day(user["created_at"]),
            staged.day(staged.known_fact(user["deactivated_at"])),
        )
        facts.first_user = min(facts.first_user or created, created)
        if user["role"] == "champion" and not (gone and gone <= created):
            facts.champions.append((created, gone))
    for row in staged.rows("surveys"):
        facts, at = of[row["account_id"]], row["responded_at"] or row["sent_at"]
        user = users.get(row["user_id"]) if row["user_id"] else None
        is_known = row["score"] is not None and staged.known_fact(at)
        if facts is None or not is_known or (user and user["is_internal"]):
            continue
        person = user["user_id"] if user else row["survey_id"]
        facts.answers.append({**row, "on": staged.day(at), "at": at, "person": person})


def add_contacts(book: Book, of: defaultdict[str, Facts | None]) -> None:
    """Add touchpoints and replies."""
    staged = book.staged
    touches = [(row["account_id"], row["occurred_at"]) for row in staged.rows("touchpoints")]
    first = min((staged.day(at) for _, at in touches), default=None)
    for account_id, at in touches:
        if (facts := of[account_id]) is not None:
            facts.touches.append(staged.day(at))
    for row in staged.rows("messages"):
        replied = staged.day(staged.known_fact(row["replied_at"]))
        if (facts := of[row["account_id"]]) is not None and replied:
            facts.replies.append(replied)
    for facts in of.values():
        if facts is not None:
            facts.first_touch_of_all = first


def add_contracts(book: Book, of: defaultdict[str, Facts | None]) -> None:
    """Add bills, renewals, and notices with the day on which coverage went on."""
    staged = book.staged
    for row in staged.rows("invoices"):
        if (facts := of[row["account_id"]]) is not None and row["amount"] > 0:
            paid = staged.day(staged.known_fact(row["paid_at"]))
            facts.invoices.append((staged.day(row["due_at"]), paid))
    for row in fct_renewal(book):
        if (facts := of[row["account_id"]]) is not None:
            facts.renewals.append(row)
    for row in fct_churn_event(book):
        facts = of[row["account_id"]]
        if facts is not None and row["notice_date"] and row["churn_date"]:
            span = next(span for span in facts.story.spans if span.end == row["churn_date"])
            following = facts.story.next_started(span)
            facts.notices.append({**row, "back_on": following.first if following else None})

"""The inputs of the health score: `int_health_inputs`.

Readings of the book where it leaves room:
- before the first login, ticket, feature use or contact of any customer nothing was measured, and
  nothing is a 0; logins are compared with the 28 days before only once both were measured;
- messages are those sent through the product; an account that never sent one has no value;
- a count of data stands as in `engagement`, and growth from 0 is unknown;
- the contact that counts goes both ways, in whichever spell of activity it was;
- satisfaction is over tickets and surveys, each score alike, on the day it was given;
- without a seat product in force neither `login_rate` nor `support_load` applies;
- growth is told where as many types of object are counted on both days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from .book import Book
from .engagement import Engagement
from .health_known import Known, known_accounts, people_on
from .money import ratio
from .support import ticket_facts
from .usage import WINDOW, distinct, successes
from .voice import survey_facts

Row = dict[str, Any]
Input = tuple[float | None, date | None, bool]
"""Value, the day it was known at the latest, and whether the component applies."""

DAYS_OF_SCORES = 90
SOURCES = {
    "active_user_share": "logins",
    "contact_gap": "touchpoints",
    "data_growth": "data_volumes",
    "feature_breadth": "feature_usage",
    "login_days": "logins",
    "login_rate": "logins",
    "login_trend": "logins",
    "messages_delivered": "messages",
    "nps": "surveys",
    "satisfaction": "tickets",
    "support_load": "tickets",
}


class HealthFacts:
    """The events that inputs are made from, by account."""

    def __init__(self, book: Book) -> None:
        """Gather tickets, answers, contacts and messages."""
        self.book = book
        self.engagement = Engagement(book)
        self.people = people_on(book)
        self.tickets: dict[str, list[date]] = defaultdict(list)
        self.scores: dict[str, list[tuple[date, int]]] = defaultdict(list)
        self.answers: dict[str, list[tuple[date, int]]] = defaultdict(list)
        for ticket in ticket_facts(book):
            if ticket["is_counted"]:
                self.tickets[ticket["account_id"]].append(ticket["created_on"])
                if ticket["score"] is not None:
                    self.scores[ticket["account_id"]].append((ticket["scored_on"], ticket["score"]))
        for answer in survey_facts(book):
            kept = {"csat": self.scores, "nps": self.answers}.get(answer["survey_kind"])
            if kept is not None and answer["score"] is not None:
                kept[answer["account_id"]].append((answer["answered_on"], answer["score"]))

    @cached_property
    def first_login(self) -> date:
        """The first day on which some customer logged in."""
        days = self.engagement.logins.values()
        return min((d for one in days for d, made in one.items() if made.successes), default=NEVER)

    @cached_property
    def first_ticket(self) -> date:
        """The first day on which some customer raised a ticket."""
        return min((day for days in self.tickets.values() for day in days), default=NEVER)

    @cached_property
    def first_contact(self) -> date:
        """The first day on which a contact with some customer was written down."""
        moments = [*self.engagement.touches.values(), *self.engagement.talks.values()]
        days = [self.book.staged.day(moment) for one in moments for moment in one]
        return min(days, default=NEVER)

    @cached_property
    def first_use(self) -> date:
        """The first day on which some customer used a feature."""
        uses = self.engagement.uses.values()
        days = [day for one in list(uses) for used in one.values() for day in used]
        return min(days, default=NEVER)

    def logins(self, known: Known) -> list[int]:
        """Return the logins of each of the last 28 days that has one."""
        return successes(self.engagement.logins.get(known.account_id, {}), known.day, WINDOW)

    def mau(self, known: Known) -> int:
        """Return the users of the last 28 days."""
        days = self.engagement.logins.get(known.account_id, {})
        return len(distinct(days, known.day, WINDOW))


NEVER = date.max


def in_last(known: Known, day: date, count: int) -> bool:
    """Return whether a day is one of the `count` days to the date."""
    return 0 <= (known.day - day).days < count


def at(known: Known, value: float | None, *, applies: bool = True) -> Input:
    """Return a value that is measured on the date itself."""
    return value, None if value is None else known.day, applies


def login_days(facts: HealthFacts, known: Known) -> Input:
    is_measured = facts.first_login <= known.day
    return at(known, float(len(facts.logins(known))) if is_measured else None)


def login_trend(facts: HealthFacts, known: Known) -> Input:
    if facts.first_login > known.day - timedelta(days=2 * WINDOW - 1):
        return at(known, None)
    days = facts.engagement.logins.get(known.account_id, {})
    before = sum(successes(days, known.day - timedelta(days=WINDOW), WINDOW))
    return at(known, ratio(sum(facts.logins(known)), max(before, 1)))


def login_rate(facts: HealthFacts, known: Known) -> Input:
    applies = known.seats is None or known.seats > 0
    if known.seats is None or facts.first_login > known.day:
        return at(known, None, applies=applies)
    return at(known, ratio(facts.mau(known), known.seats), applies=applies)


def active_user_share(facts: HealthFacts, known: Known) -> Input:
    day = known.day
    people = [
        1
        for came, left in facts.people[known.account_id]
        if came <= day and (left is None or left > max(came, day))
    ]
    is_measured = facts.first_login <= day
    return at(known, ratio(facts.mau(known), len(people)) if is_measured else None)


def messages_delivered(facts: HealthFacts, known: Known) -> Input:
    days = [
        facts.book.staged.day(message["sent_at"])
        for message in facts.engagement.messages[known.account_id]
        if message["direction"] == "product"
    ]
    count = float(sum(in_last(known, day, WINDOW) for day in days))
    is_user = any(day <= known.day for day in days)
    return at(known, count if is_user else None, applies=facts.engagement.has("messages"))


def data_growth(facts: HealthFacts, known: Known) -> Input:
    engagement, account_id, day = facts.engagement, known.account_id, known.day
    now = engagement.records(account_id, day)
    before = engagement.records(account_id, day - timedelta(days=WINDOW))
    standing = list(engagement.standing(account_id, day))
    stood = list(engagement.standing(account_id, day - timedelta(days=WINDOW)))
    applies = engagement.has("data_volumes")
    if now is None or not before or len(standing) != len(stood):
        return None, None, applies
    counted = max(row["snapshot_date"] for row in standing)
    return ratio(now - before, before), counted, applies


def contact_gap(facts: HealthFacts, known: Known) -> Input:
    applies = facts.engagement.has("touchpoints", "messages")
    talks = [facts.book.staged.day(one) for one in facts.engagement.talks[known.account_id]]
    gaps = [(known.day - day).days for day in talks if day <= known.day]
    if gaps:
        return at(known, float(min(gaps)), applies=applies)
    if facts.first_contact > known.day:
        return at(known, None, applies=applies)
    silence = min(known.tenure_days, (known.day - facts.first_contact).days)
    return at(known, float(silence), applies=applies)


def support_load(facts: HealthFacts, known: Known) -> Input:
    applies = known.seats is None or known.seats > 0
    if not known.seats or facts.first_ticket > known.day:
        return at(known, None, applies=applies)
    created = [in_last(known, day, WINDOW) for day in facts.tickets[known.account_id]]
    return at(known, ratio(100 * sum(created), known.seats), applies=applies)


def satisfaction(facts: HealthFacts, known: Known) -> Input:
    scores = [
        (day, score)
        for day, score in facts.scores[known.account_id]
        if in_last(known, day, DAYS_OF_SCORES)
    ]
    last = max((day for day, _ in scores), default=None)
    return ratio(sum(score for _, score in scores), len(scores)), last, True


def nps(facts: HealthFacts, known: Known) -> Input:
    answers = [one for one in facts.answers[known.account_id] if one[0] <= known.day]
    last = max((day for day, _ in answers), default=None)
    scores = [score for day, score in answers if day == last]
    return ratio(sum(scores), len(scores)), last, facts.engagement.has("surveys")


def feature_breadth(facts: HealthFacts, known: Known) -> Input:
    used = facts.engagement.features(known.account_id, known.day)
    is_measured = facts.first_use <= known.day
    applies = facts.engagement.has("feature_usage") and used["features_entitled"] > 0
    return at(known, used["adoption_breadth"] if is_measured else None, applies=applies)


INPUTS: dict[str, Callable[[HealthFacts, Known], Input]] = {
    "active_user_share": active_user_share,
    "contact_gap": contact_gap,
    "data_growth": data_growth,
    "feature_breadth": feature_breadth,
    "login_days": login_days,
    "login_rate": login_rate,
    "login_trend": login_trend,
    "messages_delivered": messages_delivered,
    "nps": nps,
    "satisfaction": satisfaction,
    "support_load": support_load,
}


def health_inputs(book: Book) -> list[Row]:
    """One row per active account, scored date and component."""
    facts = HealthFacts(book)
    rows = []
    for known in known_accounts(book):
        for component_id, make in INPUTS.items():
            value, known_on, applies = make(facts, known)
            rows.append(
                {
                    "account_id": known.account_id,
                    "date": known.day,
                    "component_id": component_id,
                    "raw_value": value,
                    "known_on": known_on,
                    "source": SOURCES[component_id],
                    "applies": applies,
                }
            )
    return rows

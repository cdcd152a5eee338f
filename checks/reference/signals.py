"""Spells of risk, day by day, from the rules of `risk`: three marts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .book import DAY, AccountStory, Book
from .health_scores import health_of
from .lines import FOREVER, Line
from .money import month_of
from .revenue import fct_mrr_monthly
from .risk import DAILY, OBSERVED, SILENT_DAYS, Finding, Rule, days_silent
from .risk_facts import Facts, Row, facts_of
from .usage import observation_dates

HIGH = {"notice_given", "no_login", "overdue_invoice", "urgent_ticket_open", "champion_left"}
LOW = {"detractor"}
URGENCY = [
    "notice_given",
    "no_login",
    "overdue_invoice",
    "urgent_ticket_open",
    "champion_left",
    "login_drop",
    "renewal_without_contact",
    "ticket_spike",
    "low_csat",
    "seat_underuse",
    "detractor",
]


@dataclass
class Spell:
    """Days [opened, closed) on which a rule held; not closed is None."""

    opened: date
    finding: Finding
    closed: date | None = None


def runs(story: AccountStory, as_of: date, holds: Callable[[date], Any]) -> Iterator[Spell]:
    """Yield the runs of active days on which something holds, with what it was on the first."""
    for span in story.spells:
        spell, day = None, span.first
        while day < span.end and day <= as_of:
            finding = holds(day)
            if finding is not None and spell is None:
                spell = Spell(day, finding)
            if finding is None and spell is not None:
                spell.closed = day
                yield spell
                spell = None
            day += DAY
        if spell is not None:
            spell.closed = day if day <= as_of else None
            yield spell


def lasting_dates(book: Book) -> list[date]:
    """Return the observation dates that later builds look at too, and `as_of_date`."""
    return [
        day
        for day in observation_dates(book)
        if day.weekday() == 6 or day in {book.end_of(month) for month in book.months}
    ]


def looked_at(rule: Rule, facts: Facts, dates: list[date]) -> Callable[[date], Finding | None]:
    """Return what the rule said on the last observation date of a day's spell of activity."""
    found = {day: rule(facts, day) for day in dates}

    def holds(day: date) -> Finding | None:
        start = facts.spell_start(day)
        while start and day >= start:
            if day in found:
                return found[day]
            day -= DAY
        return None

    return holds


def severity_of(signal: str) -> str:
    """Return how grave a signal is."""
    return "high" if signal in HIGH else "low" if signal in LOW else "medium"


def mrr_by_month(book: Book) -> dict[tuple[str, date], Decimal]:
    """Return (account, month) -> MRR at its end, or at its start when it is gone by then."""
    return {
        (row["account_id"], row["month"]): row["mrr_end" if row["is_active_end"] else "mrr_start"]
        for row in fct_mrr_monthly(book)
    }


def risk_signal(book: Book) -> list[Row]:
    """One row per account, signal and spell."""
    dates, mrr, rows = lasting_dates(book), mrr_by_month(book), []
    for account_id, facts in facts_of(book).items():
        rules = {name: looked_at(rule, facts, dates) for name, rule in OBSERVED.items()}
        rules |= {
            name: lambda day, rule=rule, facts=facts: rule(facts, day)
            for name, rule in DAILY.items()
        }
        for signal, holds in rules.items():
            rows += [
                {
                    "account_id": account_id,
                    "signal": signal,
                    "severity": severity_of(signal),
                    "opened_on": spell.opened,
                    "closed_on": spell.closed,
                    "value": spell.finding[0],
                    "threshold": spell.finding[1],
                    "mrr": mrr[account_id, month_of(spell.opened)],
                    "days_open": ((spell.closed or book.as_of) - spell.opened).days,
                    "is_open": spell.closed is None,
                }
                for spell in runs(facts.story, book.as_of, holds)
            ]
    return rows


def silent_risk(book: Book) -> list[Row]:
    """One row per account and spell of silence in which use falls."""
    drops = [row for row in risk_signal(book) if row["signal"] == "login_drop"]
    facts_by_account, rows = facts_of(book), []
    for drop in drops:
        facts = facts_by_account[drop["account_id"]]

        def silence(day: date, drop: Row = drop, facts: Facts = facts) -> tuple[int, None] | None:
            if day < drop["opened_on"] or (drop["closed_on"] and day >= drop["closed_on"]):
                return None
            days = days_silent(facts, day)
            return (days, None) if days >= SILENT_DAYS else None

        rows += [
            {
                "account_id": drop["account_id"],
                "opened_on": spell.opened,
                "closed_on": spell.closed,
                "value": drop["value"],
                "days_silent": spell.finding[0],
                "mrr": drop["mrr"],
                "is_open": spell.closed is None,
            }
            for spell in runs(facts.story, book.as_of, silence)
        ]
    return rows


def last_terms(line: Line) -> Line:
    """Return the last stretch of a line."""
    while line.following:
        line = line.following
    return line


def days_left(book: Book, story: AccountStory, has_notice: bool) -> int | None:
    """Return the days to the end of coverage after a notice, else to the next natural end.

    Of a line whose terms were amended, its last ones count.
    """
    lines = [last_terms(line) for line, _ in story.state(book.as_of)]
    if has_notice:
        ends = [line.end for line in lines if line.end != FOREVER]
        return max((max(ends) - book.as_of).days, 0) if ends else None
    ends = [line.natural_end for line in lines if line.natural_end > book.as_of]
    ends = [end for end in ends if end != FOREVER]
    return (min(ends) - book.as_of).days if ends else None


def call_list(book: Book) -> list[Row]:
    """One row per account with an open signal: its MRR at risk, its days left, its place."""
    opened: dict[str, set[str]] = {}
    for row in risk_signal(book):
        if row["is_open"]:
            opened.setdefault(row["account_id"], set()).add(row["signal"])
    silent = {row["account_id"] for row in silent_risk(book) if row["is_open"]}
    mrr, health = mrr_by_month(book), health_of(book)
    at_risk = {
        account_id
        for account_id in opened
        if health.final_band(account_id, book.as_of) == "at_risk"
    }
    rows: list[dict[str, Any]] = [
        {
            "account_id": account_id,
            "main_signal": min(signals, key=URGENCY.index),
            "open_signal_names": ",".join(sorted(signals)),
            "open_signals": len(signals),
            "mrr_at_risk": mrr[account_id, month_of(book.as_of)]
            if signals & HIGH or account_id in at_risk
            else Decimal(0),
            "days_left": days_left(book, book.stories[account_id], "notice_given" in signals),
            "is_silent_risk": account_id in silent,
        }
        for account_id, signals in opened.items()
    ]
    rows.sort(
        key=lambda row: (
            -row["mrr_at_risk"],
            10**6 if row["days_left"] is None else row["days_left"],
            row["account_id"].encode(),
        )
    )
    return [{**row, "call_rank": place} for place, row in enumerate(rows, start=1)]

"""`fct_churn_event`: every end of coverage, and every notice that was withdrawn.

Readings of the book where it leaves room:
- the lines that end are the lines in force on the last covered day; they give `notice_date`
  (earliest notice known at `as_of_date`), and the one of them with the largest MRR (at the rate
  of that day's month, a pause left out of account) gives `churn_type` and `cancel_reason`;
- an end ahead of `as_of_date` is valued at the rate of `as_of_date`;
- a saved notice has no type, reason, amount, tenure or recognised date; lines that were deleted
  save nothing; its date is the line's first known notice among its earlier versions.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import DAY, AccountStory, Book, Span
from .lines import FOREVER, Line, Rate, local_mrr, valued
from .money import month_of


def fct_churn_event(book: Book) -> list[dict[str, Any]]:
    """One row per account and end of coverage, and one per withdrawn notice."""
    rows = []
    for story in book.stories.values():
        for span in story.spans:
            status = status_of(book, story, span)
            if status is not None:
                rows.append(end_of_coverage(book, story, span, status))
    return rows + saved_notices(book)


def ended_lines(story: AccountStory, span: Span) -> list[Line]:
    """Return the lines in force on the last covered day."""
    return [line for line in story.lines if line.is_in_force(span.end - DAY)]


def notice_of(story: AccountStory, span: Span) -> date | None:
    """Return the earliest notice, known by `as_of_date`, of the lines that ended that day."""
    notices = [line.notice_date for line in ended_lines(story, span) if line.end == span.end]
    return min((notice for notice in notices if notice), default=None)


def status_of(book: Book, story: AccountStory, span: Span) -> str | None:
    """Return what has become of an end of coverage; null when it is none (yet)."""
    if span.end == FOREVER:
        return None
    if span.end > book.as_of:
        return "pending" if notice_of(story, span) else None
    if story.is_bridged(span):
        return "renewed_late"
    if story.next_started(span):
        return "won_back"
    return "grace" if story.is_in_grace(span) else "churned"


def end_of_coverage(book: Book, story: AccountStory, span: Span, status: str) -> dict[str, Any]:
    """Return the row of one end of coverage."""
    last_covered = span.end - DAY
    lines = ended_lines(story, span)
    rate = book.rate_of(month_of(min(last_covered, book.as_of)))
    largest = largest_line(lines, rate)
    on_last_day = [(line, line.is_paused(last_covered)) for line in lines]
    return {
        "account_id": story.account_id,
        "notice_date": notice_of(story, span),
        "churn_date": span.end,
        "recognised_date": span.end + timedelta(days=book.grace_days),
        "status": status,
        "churn_type": largest.cancel_type or "unknown",
        "cancel_reason": largest.cancel_reason,
        "mrr_lost": valued(local_mrr(on_last_day), rate),
        "tenure_days": (span.end - spell_start(story, span)).days,
    }


def largest_line(lines: list[Line], rate: Rate) -> Line:
    """Return the line with the largest MRR in reporting currency, ties to the lowest id."""
    return min(
        lines, key=lambda line: (-Fraction(line.mrr) * rate(line.currency), line.line_id.encode())
    )


def spell_start(story: AccountStory, span: Span) -> date:
    """Return the first day of the uninterrupted activity that a span belongs to.

    A gap that is bridged does not end it; of gaps ahead of `as_of_date` none is bridged.
    """
    first = span.first
    for earlier in reversed([other for other in story.started if other.end < span.end]):
        if not (story.is_bridged(earlier) and story.next_started(earlier).first == first):
            break
        first = earlier.first
    return first


def saved_notices(book: Book) -> list[dict[str, Any]]:
    """One row per account and distinct first notice date of a line whose notice is withdrawn."""
    earlier_notices: dict[str, list[date]] = defaultdict(list)
    for row in book.staged.sources["contracts"].superseded:
        notice = book.staged.known_fact(row.values["cancel_notice_at"])
        if notice:
            earlier_notices[row.values["contract_line_id"]].append(book.staged.day(notice))
    saved = {
        (line.account_id, min(earlier_notices[line.line_id]))
        for line in book.counted_lines
        if line.notice_date is None and line.line_id in earlier_notices
    }
    nothing = dict.fromkeys(
        ("churn_date", "recognised_date", "churn_type", "cancel_reason", "mrr_lost", "tenure_days")
    )
    return [
        {"account_id": account_id, "notice_date": notice, **nothing, "status": "saved"}
        for account_id, notice in sorted(saved)
    ]

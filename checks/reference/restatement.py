"""`mrr_restatement`: what changed about the months after they were reported.

A month is closed `close_lag_days` after its last day, when that is known. Its report is what the
warehouse would have published then: from contract versions dated by the close, notices known by
the close, grace judged at the close; accounts, products and rates are those known now.

Readings of the book where it leaves room:
- the months are those of the book or of the report, so that a first month whose only line was
  deleted is restated too;
- a month of the report begins with the month before as it stood at the same close, so its bridge
  closes by itself, while two reports need not join;
- an account that is in one of the two only has 0 in the other; a logo that came or went without
  MRR is no row;
- the lines that can be a cause are recurring ones, and the account's if the version at the close
  or the current one names it; a line is known at the close from its first version on, also while
  it was deleted;
- a notice is withdrawn when the current version, not deleted, has none;
- of lines first recorded after the close `back_dated_amendment` needs one that starts on or before
  the month's last day in a contract of which a line of the account was known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .book import AccountStory, Book
from .lines import local_mrr, valued
from .money import ZERO, add_months, last_day, month_of
from .reading import Staged, StagedSource
from .retention import logo_totals
from .revenue import MOVEMENTS, account_month, months_of_account

Row = dict[str, Any]


def book_at(book: Book, day: date) -> Book:
    """Return the book with the contract versions known on a day, and that day as its last."""
    staged = book.staged
    known: dict[str, list[Any]] = defaultdict(list)
    for row in staged.sources["contracts"].staged + staged.sources["contracts"].superseded:
        if staged.day(row.values["updated_at"]) <= day:
            known[row.values["contract_line_id"]].append(row)
    contracts = StagedSource()
    for versions in known.values():
        *earlier, latest = sorted(versions, key=lambda row: row.values["updated_at"])
        contracts.superseded += earlier
        contracts.staged.append(latest)
    sources = {**staged.sources, "contracts": contracts}
    return Book(Staged(staged.settings, day, sources, staged.raw_counts))


def close_of(book: Book, month: date) -> date:
    """Return the day on which a month is reported."""
    return last_day(month) + timedelta(days=book.staged.settings.close_lag_days)


def closed_reports(book: Book) -> list[tuple[date, Book]]:
    """Return each closed month that the book or its report has, with the book at its close."""
    source = book.staged.sources["contracts"]
    starts = [row.values["start_date"] for row in source.staged + source.superseded]
    month = month_of(min(starts, default=book.as_of))
    reports = []
    while close_of(book, month) <= book.as_of:
        report = book_at(book, close_of(book, month))
        if month in (*book.months, *report.months):
            reports.append((month, report))
        month = add_months(month, 1)
    return reports


def mrr_restatement(book: Book) -> list[Row]:
    """One row per closed month and account whose closing MRR is no longer what was reported."""
    rows = []
    for month, report in closed_reports(book):
        for account_id in sorted(book.stories.keys() | report.stories.keys()):
            reported = mrr_end(report, account_id, month)
            current = mrr_end(book, account_id, month)
            if reported != current:
                rows.append(
                    {
                        "month": month,
                        "account_id": account_id,
                        "mrr_end_reported": reported,
                        "mrr_end_current": current,
                        "difference": current - reported,
                        "cause": cause_of(book, report, account_id, month),
                    }
                )
    return rows


def story_of(book: Book, account_id: str) -> AccountStory:
    """Return the account's story, an empty one where the book has no line of it."""
    return book.stories.get(account_id) or AccountStory(account_id, [], book.staged)


def mrr_end(book: Book, account_id: str, month: date) -> Decimal:
    """Return the account's MRR at the end of a month that is over."""
    state = story_of(book, account_id).state(last_day(month))
    return valued(local_mrr(state), book.rate_of(month))


@dataclass(frozen=True)
class KnownLine:
    """A recurring line as two books have it: its version in the report, if any, and today's."""

    reported: Row | None
    current: Row


def known_lines(book: Book, report: Book, account_id: str) -> list[KnownLine]:
    """Return the account's lines, deleted ones too, that are recurring in either version."""
    reported = {row["contract_line_id"]: row for row in report.staged.rows("contracts")}
    pairs = [
        KnownLine(reported.get(row["contract_line_id"]), row)
        for row in book.staged.rows("contracts")
    ]
    return [
        pair
        for pair in pairs
        if any(
            row and row["account_id"] == account_id and row["line_type"] == "recurring"
            for row in (pair.reported, pair.current)
        )
    ]


def cause_of(book: Book, report: Book, account_id: str, month: date) -> str:
    """Return the first cause that applies to an account's change."""
    last = last_day(month)
    was, now = story_of(report, account_id), story_of(book, account_id)
    was_carried, is_active = was.is_carried(last), bool(now.state(last))
    had_lapsed = was_carried or (not was.state(last) and was.was_active_before(last))
    if was_carried and not is_active:
        return "grace_expired"
    if had_lapsed and is_active:
        return "late_renewal"
    lines = known_lines(book, report, account_id)
    if any(is_notice_withdrawn(book, report, line) for line in lines):
        return "withdrawn_notice"
    if any(is_deleted_since(line) for line in lines):
        return "deleted_line"
    return "back_dated_amendment" if is_amended_since(lines, last) else "late_entry"


def is_notice_withdrawn(book: Book, report: Book, line: KnownLine) -> bool:
    """Return whether the report knew a notice that the line no longer has."""
    if line.reported is None or line.reported["is_deleted"] or line.current["is_deleted"]:
        return False
    had_notice = report.staged.known_fact(line.reported["cancel_notice_at"]) is not None
    return had_notice and book.staged.known_fact(line.current["cancel_notice_at"]) is None


def is_deleted_since(line: KnownLine) -> bool:
    """Return whether the report had the line and it is deleted now."""
    is_reported = line.reported is not None and not line.reported["is_deleted"]
    return is_reported and bool(line.current["is_deleted"])


def is_amended_since(lines: Iterable[KnownLine], last: date) -> bool:
    """Return whether a known line was recorded again, or a known contract got a line back then."""
    known = [line for line in lines if line.reported]
    contracts = {line.reported["contract_id"] for line in known}
    is_recorded_again = any(
        line.current["updated_at"] != line.reported["updated_at"] for line in known
    )
    is_contract_known = any(
        line.current["contract_id"] in contracts and line.current["start_date"] <= last
        for line in lines
        if not line.reported and not line.current["is_deleted"]
    )
    return is_recorded_again or is_contract_known


def reported_retention_monthly(book: Book) -> list[Row]:
    """Return MRR, movements and logos of every closed month as they were reported."""
    return [reported_month(report, month) for month, report in closed_reports(book)]


def reported_month(report: Book, month: date) -> Row:
    """Return one closed month by the book at its close."""
    accounts = [
        (story, account_month(report, story, month))
        for story in report.stories.values()
        if month in months_of_account(report, story)
    ]
    names = ("mrr_start", *(f"{name}_mrr" for name in MOVEMENTS), "mrr_end")
    amounts = {name: sum((row[name] for _, row in accounts), ZERO) for name in names}
    return {"month": month, **amounts, **logo_totals(report, month, accounts)}

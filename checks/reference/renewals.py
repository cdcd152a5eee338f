"""`fct_renewal` and `kpi_renewals_monthly`.

Readings of the book where it leaves room:
- contracts and the lines that renew them are matched within one account;
- a line is amended when its effective end is the start of another recurring line of its
  contract that has at least one day; lines of quantity 0 are due and renew like others;
- both ends of a window are days of it: a start on due + grace is in time;
- any current line of the account that names the contract, of every type and date, turns the
  fall-back by product off;
- a due line never renews its own row;
- renewed at 0 is `churned` at once, also before due + grace; nothing to renew (0) that is
  renewed at 0 is `renewed`;
- under `in_place_edits: amendment` a stretch of terms is due like a line, also one that gives way
  to a stretch with a later end; that stretch renews it, as a further line beside those that do so
  by name or product, when its date is on or before due + grace;
- of several stretches of one line that are due on one day the last counts: the end was moved
  away and back;
- a line renews others with the first stretch it is in force in; later stretches are no starts;
- `renewed_count` counts the outcomes `renewed`, `expanded` and `contracted`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .book import Book
from .lines import FOREVER, Line, mrr_of_lines, valued
from .money import ZERO, month_of, ratio

HORIZON = timedelta(days=90)
EARLIEST_RENEWAL = timedelta(days=90)
SAME_AMOUNT = Fraction(5, 1000)


@dataclass(eq=False)
class Due:
    """What one contract has to renew on one day, and the lines that renew it."""

    account_id: str
    contract_id: str
    due_date: date
    lines: list[Line] = field(default_factory=list)
    renewing: list[Line] = field(default_factory=list)

    @property
    def order(self) -> tuple[date, bytes]:
        """Order in which rows take a line that could renew several of them."""
        return self.due_date, self.contract_id.encode()


def is_amended(line: Line, lines: list[Line]) -> bool:
    """Return whether another line of the same contract takes over on the day this one ends."""
    return any(
        other is not line
        and other.contract_id == line.contract_id
        and other.start == line.end
        and other.was_ever_in_force
        for other in lines
    )


def is_due(line: Line, lines: list[Line], as_of: date) -> bool:
    """Return whether a line's natural end is near, and nothing but an extension takes over."""
    is_near = line.natural_end != FOREVER and line.natural_end - as_of <= HORIZON
    is_kept = line.is_extended or not is_amended(line, lines)
    return is_near and line.was_ever_in_force and is_kept


def due_rows(book: Book, lines: list[Line]) -> list[Due]:
    """Return what one account has to renew, per contract and natural end date."""
    rows: dict[tuple[str, date], Due] = {}
    for line in lines:
        if is_due(line, lines, book.as_of):
            key = line.contract_id, line.natural_end
            row = rows.setdefault(key, Due(line.account_id, *key))
            row.lines = [due for due in row.lines if due.line_id != line.line_id] + [line]
    return sorted(rows.values(), key=lambda row: row.order)


def beginnings(lines: list[Line]) -> list[Line]:
    """Return the first stretch of every line that it is in force in."""
    first: dict[str, Line] = {}
    for line in lines:
        if line.was_ever_in_force:
            first.setdefault(line.line_id, line)
    return list(first.values())


def extensions(row: Due, grace: timedelta) -> list[Line]:
    """Return the stretches that moved a due line's end away in time."""
    moved = [line.following for line in row.lines if line.is_extended and line.following]
    return [line for line in moved if line.was_ever_in_force and line.start <= row.due_date + grace]


def can_renew(line: Line, row: Due, named: set[str], grace: timedelta) -> bool:
    """Return whether a line renews a row: by name, or by product where no line names it."""
    if line.line_id in {due.line_id for due in row.lines}:
        return False
    last_day = row.due_date + grace
    if row.contract_id in named:
        is_named = line.renewed_from == row.contract_id
        return is_named and row.due_date - EARLIEST_RENEWAL <= line.start <= last_day
    is_same_product = line.product_id in {due.product_id for due in row.lines}
    return is_same_product and line.renewed_from is None and row.due_date <= line.start <= last_day


def account_renewals(book: Book, account_id: str) -> list[Due]:
    """Return the account's rows with their renewing lines; a line goes to the first it fits."""
    current = [line for line in book.lines if line.account_id == account_id]
    named = {line.renewed_from for line in current if line.renewed_from}
    lines = [line for line in current if line.is_recurring]
    rows = due_rows(book, lines)
    grace = timedelta(days=book.grace_days)
    for line in beginnings(lines):
        fitting = [row for row in rows if can_renew(line, row, named, grace)]
        if fitting:
            fitting[0].renewing.append(line)
    for row in rows:
        row.renewing += extensions(row, grace)
    return rows


def outcome_of(book: Book, row: Due, atr: Decimal, renewed: Decimal) -> str:
    """Return what became of a row, by amount."""
    if not row.renewing:
        is_open = (book.as_of - row.due_date).days < book.grace_days
        return "open" if is_open else "churned"
    if renewed == 0 and atr > 0:
        return "churned"
    if abs(renewed - atr) <= SAME_AMOUNT * Fraction(atr):
        return "renewed"
    return "expanded" if renewed > atr else "contracted"


def fct_renewal(book: Book) -> list[dict[str, Any]]:
    """One row per contract and natural end date of its recurring lines."""
    rows = []
    for account_id in book.stories:
        for row in account_renewals(book, account_id):
            rate = book.rate_of(month_of(min(row.due_date, book.as_of)))
            atr = valued(mrr_of_lines(row.lines), rate)
            renewed = valued(mrr_of_lines(row.renewing), rate)
            renewed_on = min((line.start for line in row.renewing), default=None)
            rows.append(
                {
                    "account_id": row.account_id,
                    "contract_id": row.contract_id,
                    "due_date": row.due_date,
                    "atr_mrr": atr,
                    "renewed_mrr": renewed,
                    "outcome": outcome_of(book, row, atr, renewed),
                    "renewed_on": renewed_on,
                    "is_late": renewed_on is not None and renewed_on > row.due_date,
                }
            )
    return rows


def kpi_renewals_monthly(book: Book) -> list[dict[str, Any]]:
    """One row per month in which something is due."""
    by_month: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in fct_renewal(book):
        by_month[month_of(row["due_date"])].append(row)
    return [month_of_renewals(month, rows) for month, rows in sorted(by_month.items())]


def month_of_renewals(month: date, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one due month; rows that are open stand apart."""
    still_open = [row for row in rows if row["outcome"] == "open"]
    settled = [row for row in rows if row["outcome"] != "open"]
    renewed_count = sum(row["outcome"] != "churned" for row in settled)
    atr = sum((row["atr_mrr"] for row in settled), ZERO)
    renewed = sum((row["renewed_mrr"] for row in settled), ZERO)
    kept = sum((min(row["renewed_mrr"], row["atr_mrr"]) for row in settled), ZERO)
    return {
        "month": month,
        "due_count": len(settled),
        "renewed_count": renewed_count,
        "atr_mrr": atr,
        "renewed_mrr": renewed,
        "gross_renewal_rate": ratio(kept, atr),
        "net_renewal_rate": ratio(renewed, atr),
        "logo_renewal_rate": ratio(renewed_count, len(settled)),
        "open_count": len(still_open),
        "open_atr_mrr": sum((row["atr_mrr"] for row in still_open), ZERO),
    }

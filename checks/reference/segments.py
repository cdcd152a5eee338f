"""`kpi_retention_by_segment`: the monthly figures, split by what the accounts are now.

Readings of the book where it leaves room:
- a row's figures are those of a book that has the accounts of this value only, at the months of
  the whole book;
- every value has a row in every month of the whole book; the values are those of accounts with
  coverage, of booked ones too, since their lines are in `carr`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .book import Book
from .retention import kpi_retention_monthly

DIMENSIONS = ["segment", "industry", "country", "touch_model", "owner"]
NO_VALUE = "(none)"


def accounts_by_value(book: Book, dimension: str) -> dict[str, set[str]]:
    """Return value of a dimension -> the accounts with coverage that have it now."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in book.staged.rows("accounts"):
        story = book.stories.get(row["account_id"])
        if story and story.spans:
            found[row[dimension] or NO_VALUE].add(row["account_id"])
    return found


def kpi_retention_by_segment(book: Book) -> list[dict[str, Any]]:
    """One row per month, dimension and value."""
    return [
        {"month": row["month"], "dimension": dimension, "value": value, **row}
        for dimension in DIMENSIONS
        for value, account_ids in accounts_by_value(book, dimension).items()
        for row in kpi_retention_monthly(book.of_accounts(account_ids))
    ]

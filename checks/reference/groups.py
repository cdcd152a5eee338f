"""Whether a part of the customer 360 speaks of an account, and if not, why."""

from __future__ import annotations

from .book import Book


def state_of(book: Book, source: str, is_internal: bool, has_rows: bool) -> str:
    """Return the state of a part that is read from one source."""
    if is_internal:
        return "not_applicable"
    if source not in book.staged.connected:
        return "not_connected"
    return "ok" if has_rows else "no_data"

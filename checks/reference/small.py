"""Small worlds for the hand-worked cases: one account and a few lines, the rest as usual."""

from __future__ import annotations

from datetime import date
from typing import Any

from .book import Book
from .reading import Staged, read

ACCOUNT = {"account_id": "A", "account_name": "Example", "created_at": "2020-01-01"}
Row = dict[str, Any]


def line(line_id: str, start: str, end: str | None = None, **cells: Any) -> Row:
    """Return a contract row: 100 USD a month for one seat, unless cells say otherwise."""
    return {
        "contract_line_id": line_id,
        "contract_id": "C1",
        "account_id": "A",
        "product_id": "P1",
        "line_type": "recurring",
        "currency": "USD",
        "unit_price": "100",
        "quantity": "1",
        "billing_interval": "month",
        "start_date": start,
        "end_date": end,
        "updated_at": "2020-01-01",
        **cells,
    }


def rate(currency: str, day: str, value: str) -> Row:
    """Return a row of `fx_rates`."""
    return {"currency": currency, "rate_date": day, "rate": value}


def staged(as_of: str, *, sources: dict[str, list[Row]] | None = None, **variables: Any) -> Staged:
    """Stage rows beside the one account A (given accounts replace it)."""
    raw = {"accounts": [ACCOUNT], **(sources or {})}
    return read(raw, date.fromisoformat(as_of), variables)


def book(
    as_of: str, *lines: Row, sources: dict[str, list[Row]] | None = None, **variables: Any
) -> Book:
    """Return the book of account A with these contract lines."""
    sources = {"contracts": list(lines), **(sources or {})}
    return Book(staged(as_of, sources=sources, **variables))


def accounts_book(
    as_of: str,
    lines: dict[str, list[Row]],
    *,
    sources: dict[str, list[Row]] | None = None,
    cells: dict[str, Row] | None = None,
    **variables: Any,
) -> Book:
    """Return the book of several accounts: account id -> its lines; `cells` are of accounts."""
    accounts = [
        {**ACCOUNT, "account_id": account_id, **(cells or {}).get(account_id, {})}
        for account_id in lines
    ]
    rows = [
        {
            **row,
            "account_id": account_id,
            "contract_line_id": f"{account_id}-{row['contract_line_id']}",
        }
        for account_id, rows in lines.items()
        for row in rows
    ]
    return book(as_of, *rows, sources={"accounts": accounts, **(sources or {})}, **variables)


def only(rows: list[Row], **cells: Any) -> Row:
    """Return the one row with these cells."""
    found = [row for row in rows if all(row[name] == cell for name, cell in cells.items())]
    assert len(found) == 1, f"{len(found)} rows with {cells}"
    return found[0]


def cells_of(row: Row, *names: str) -> tuple[Any, ...]:
    """Return some cells of a row, amounts as text."""
    return tuple(str(row[name]) if hasattr(row[name], "quantize") else row[name] for name in names)

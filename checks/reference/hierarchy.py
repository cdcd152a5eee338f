"""Parent accounts: `dim_account_hierarchy`, `customer_360_parent`, `quality_account_hierarchy`.

Readings of the book where it leaves room:
- a parent that is not among the accounts, or is one of the company's own, is none, and the account
  is the top of its own tree (`unknown_parent`);
- the company's own accounts stand alone, whatever parent they name;
- whoever reaches no top within 32 levels (in a cycle, below one, or too far down) is a tree of
  its own (`cycle`);
- health is of the accounts that have a score, to four decimals where it is weighted by ARR;
- the users of a tree are the sum over its accounts, null where no account has known users.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from math import floor
from typing import Any

from .book import Book
from .expansion import monthly_users
from .health_scores import health_of
from .lines import FOREVER, Line, Rate, State, local_mrr, valued
from .money import ZERO, month_of, ratio
from .support import ticket_facts
from .usage import licensed_seats, seat_products

MOST_LEVELS = 32
RECENT = timedelta(days=90)
Row = dict[str, Any]


def parents(book: Book) -> dict[str, str]:
    """Return account -> its parent, for the customers that have a customer as parent."""
    named = {row["account_id"]: row["parent_account_id"] for row in book.staged.rows("accounts")}
    customers = named.keys() - book.internal
    return {
        account_id: parent
        for account_id, parent in named.items()
        if account_id in customers and parent in customers
    }


def path_of(account_id: str, parent_of: dict[str, str]) -> list[str]:
    """Return the accounts above one, nearest first; one more than can be resolved at most."""
    above: list[str] = []
    place = account_id
    while place in parent_of and len(above) <= MOST_LEVELS:
        place = parent_of[place]
        above.append(place)
    return above


def dim_account_hierarchy(book: Book) -> list[Row]:
    """One row per account."""
    parent_of = parents(book)
    rows = []
    for account in book.staged.rows("accounts"):
        account_id, named = account["account_id"], account["parent_account_id"]
        above = path_of(account_id, parent_of)
        if len(above) > MOST_LEVELS:
            status, above = "cycle", []
        elif above:
            status = "child"
        else:
            is_known = named is None or account_id in book.internal
            status = "root" if is_known else "unknown_parent"
        rows.append(
            {
                "account_id": account_id,
                "parent_account_id": named,
                "ultimate_parent_id": above[-1] if above else account_id,
                "path_status": status,
                "tree_depth": len(above),
                "is_internal": account_id in book.internal,
            }
        )
    return rows


def quality_account_hierarchy(book: Book) -> list[Row]:
    """One row per status that some customer account has."""
    rows = [row for row in dim_account_hierarchy(book) if not row["is_internal"]]
    counts = Counter(row["path_status"] for row in rows)
    return [{"path_status": status, "account_count": count} for status, count in counts.items()]


def last_term(line: Line) -> Line:
    """Return the last stretch of a line's terms."""
    return line if line.following is None else last_term(line.following)


def next_renewal(state: State, as_of: date) -> date | None:
    """Return the earliest agreed end after `as_of` among the present lines."""
    ends = [last_term(line).natural_end for line, _ in state]
    return min((end for end in ends if as_of < end < FOREVER), default=None)


def tree_row(book: Book, names: list[str], tickets: list[Row]) -> Row:
    """Return what some accounts add up to on `as_of_date`."""
    states = [book.stories[name].state(book.as_of) for name in names if name in book.stories]
    rate, seat_based = book.rate_of(month_of(book.as_of)), seat_products(book)
    mrr = sum((valued(local_mrr(state), rate) for state in states), ZERO)
    users = [monthly_users(book)[name] for name in names if name in monthly_users(book)]
    renewals = [day for state in states if (day := next_renewal(state, book.as_of))]
    own = [ticket for ticket in tickets if ticket["account_id"] in names]
    return {
        "account_count": len(names),
        "active_accounts": sum(bool(state) for state in states),
        "mrr": mrr,
        "arr": 12 * mrr,
        "licensed_seats": sum((licensed_seats(state, seat_based) for state in states), ZERO),
        "next_renewal_date": min(renewals, default=None),
        "mau_of_accounts": sum(users) if users else None,
        "open_tickets": sum(ticket["solved_on"] is None for ticket in own),
        "tickets_90d": sum(book.as_of - ticket["created_on"] < RECENT for ticket in own),
        **tree_health(book, names, rate),
    }


def tree_health(book: Book, names: list[str], rate: Rate) -> Row:
    """Return the lowest score of some accounts, and their mean weighted by ARR."""
    health = health_of(book)
    scores = {n: s for n in names if (s := health.score_on(n, book.as_of)) is not None}
    arr = {n: 12 * valued(local_mrr(book.stories[n].state(book.as_of)), rate) for n in scores}
    parts = [arr[n] * Decimal(floor(10**4 * s + 0.5)).scaleb(-4) for n, s in scores.items()]
    return {
        "worst_health_score": min(scores.values(), default=None),
        "arr_weighted_health_score": ratio(sum(parts, ZERO), sum(arr.values(), ZERO)),
    }


def customer_360_parent(book: Book) -> list[Row]:
    """One row per account that is the ultimate parent of another."""
    trees: dict[str, list[str]] = defaultdict(list)
    for row in dim_account_hierarchy(book):
        trees[row["ultimate_parent_id"]].append(row["account_id"])
    tickets = [ticket for ticket in ticket_facts(book) if ticket["is_counted"]]
    return [
        {"ultimate_parent_id": top, **tree_row(book, names, tickets)}
        for top, names in trees.items()
        if len(names) > 1
    ]

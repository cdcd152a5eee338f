"""Growth: `fct_opportunity`, `fct_whitespace`, `int_account_expansion`, `kpi_expansion_monthly`.

Readings of the book where it leaves room:
- an opportunity is valued at the rate of the month it was closed in, while open at that of the
  `as_of_date` month, before the first month of the book at that month's; without a currency its
  amount is in the reporting currency;
- only upsell and cross-sell opportunities are expansion, renewals are told elsewhere;
- upsell is the growth of a product held at the month's start, product by product, from month end
  to month end, as in `kpi_mrr_by_product`; accounts count with an amount above 0;
- a signal is an observation date with more monthly users than seats, or a snapshot of at least
  80 % of a plan limit above 0; the first one within the 180 days before a win leads to it;
- only the latest snapshot of a kind of record tells of now, when it is at most 91 days old;
- on offer is the product list, or what was ever sold on a recurring line where there is none;
- an account holds the products of the lines that count on `as_of_date`; its potential elsewhere is
  the median of what these make while not paused, the mean of two in the middle rounded;
- seats left and seats too few are null without licensed seats or known users.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from statistics import median
from typing import Any

from .book import DAY, Book
from .lines import local_mrr, mrr_of_lines, valued
from .money import ZERO, add_months, month_of, ratio, round_half_away
from .products import parts_of_account
from .segments import NO_VALUE
from .usage import fct_account_usage, login_activity

EXPANSION_KINDS = ("upsell", "cross_sell")
LONGEST_LEAD = timedelta(days=180)
SNAPSHOT_TELLS_OF_NOW = timedelta(days=92)
NEAR = Fraction(8, 10)
Row = dict[str, Any]


def is_near(snapshot: Row) -> bool:
    """Return whether a count is at 80 % of its plan limit or above."""
    limit = snapshot["plan_limit"]
    return bool(limit) and limit > 0 and snapshot["record_count"] >= NEAR * Fraction(limit)


@lru_cache(maxsize=2)
def signals(book: Book) -> dict[str, list[date]]:
    """Return account -> the days on which it used up what it bought, in order."""
    found: dict[str, list[date]] = defaultdict(list)
    for row in fct_account_usage(book):
        if 0 < row["licensed_seats"] < row["mau"]:
            found[row["account_id"]].append(row["date"])
    for row in book.staged.rows("data_volumes"):
        if row["account_id"] not in book.internal and is_near(row):
            found[row["account_id"]].append(row["snapshot_date"])
    return {account_id: sorted(days) for account_id, days in found.items()}


def opportunity_row(book: Book, row: Row) -> Row:
    """Return one opportunity as known on `as_of_date`."""
    staged = book.staged
    opened, closed = staged.day(row["opened_at"]), staged.day(staged.known_fact(row["closed_at"]))
    last = closed or book.as_of
    is_won = bool(row["is_won"]) if closed else None
    month = max(month_of(last), *book.months[:1], date.min)
    currency = row["currency"] or staged.settings.reporting_currency
    local = row["amount"]
    amount = None if local is None else Fraction(local) * book.rate_of(month)(currency)
    days = [day for day in signals(book).get(row["account_id"], []) if day <= last]
    first = next((day for day in days if last - day <= LONGEST_LEAD), None)
    return {
        "opportunity_id": row["opportunity_id"],
        "account_id": row["account_id"],
        "opportunity_kind": row["kind"],
        "product_id": row["product_id"],
        "opportunity_stage": row["stage"],
        "currency": currency,
        "local_amount": local,
        "amount": None if amount is None else round_half_away(amount),
        "is_expansion": row["kind"] in EXPANSION_KINDS,
        "is_open": closed is None,
        "is_won": is_won,
        "opened_date": opened,
        "closed_date": closed,
        "days_open": max((last - opened).days, 0),
        "first_signal_date": first,
        "days_from_signal": (last - first).days if is_won and first else None,
    }


def fct_opportunity(book: Book) -> list[Row]:
    """One row per opportunity of a customer."""
    return [
        opportunity_row(book, row)
        for row in book.staged.rows("opportunities")
        if row["account_id"] not in book.internal
    ]


def products_on_offer(book: Book) -> set[str]:
    """Return the product list, or what was ever sold where it is not connected."""
    if "products" in book.staged.connected:
        return {row["product_id"] for row in book.staged.rows("products")}
    return {line.product_id for line in book.counted_lines if line.was_ever_in_force}


def products_held(book: Book) -> dict[str, dict[str, Decimal]]:
    """Return active account -> product -> what its lines make while not paused."""
    rate = book.rate_of(month_of(book.as_of))
    held: dict[str, dict[str, Decimal]] = {}
    for account_id, story in book.stories.items():
        lines = [line for line, _ in story.state(book.as_of)]
        for product_id in {line.product_id for line in lines}:
            own = mrr_of_lines(line for line in lines if line.product_id == product_id)
            held.setdefault(account_id, {})[product_id] = valued(own, rate)
    return held


def fct_whitespace(book: Book) -> list[Row]:
    """One row per active account and product on offer that it does not hold."""
    held = products_held(book)
    accounts = book.staged.rows("accounts")
    segments = {row["account_id"]: row["segment"] or NO_VALUE for row in accounts}
    rows = []
    for account_id, own in held.items():
        peers = [other for name, other in held.items() if segments[name] == segments[account_id]]
        for product_id in products_on_offer(book) - own.keys():
            amounts = [Fraction(other[product_id]) for other in peers if product_id in other]
            rows.append(
                {
                    "account_id": account_id,
                    "product_id": product_id,
                    "segment_value": segments[account_id],
                    "accounts_of_segment": len(peers),
                    "accounts_of_segment_with_product": len(amounts),
                    "penetration_rate": ratio(len(amounts), len(peers)),
                    "potential_mrr": round_half_away(median(amounts)) if amounts else None,
                }
            )
    return rows


@lru_cache(maxsize=2)
def monthly_users(book: Book) -> dict[str, int]:
    """Return the customers with known users, or a login ever, and their users of 28 days."""
    known = {row["account_id"] for row in book.staged.rows("users") if not row["is_internal"]}
    for account_id, days in login_activity(book).items():
        if any(day.successes for day in days.values()):
            known.add(account_id)
    rows = [row for row in fct_account_usage(book) if row["date"] == book.as_of]
    users = {row["account_id"]: row["mau"] for row in rows}
    return {account_id: users.get(account_id, 0) for account_id in known - book.internal}


def near_plan_limits(book: Book) -> dict[str, bool]:
    """Return account with a recent snapshot -> whether a latest one is near its limit."""
    latest: dict[tuple[str, str], Row] = {}
    for row in sorted(book.staged.rows("data_volumes"), key=lambda row: row["snapshot_date"]):
        latest[row["account_id"], row["object_type"]] = row
    found: dict[str, bool] = {}
    for (account_id, _), row in latest.items():
        is_recent = book.as_of - row["snapshot_date"] < SNAPSHOT_TELLS_OF_NOW
        if is_recent and account_id not in book.internal:
            found[account_id] = found.get(account_id, False) or is_near(row)
    return found


def seats_of(book: Book) -> dict[str, Decimal]:
    """Return account -> licensed seats on `as_of_date`."""
    rows = [row for row in fct_account_usage(book) if row["date"] == book.as_of]
    return {row["account_id"]: row["licensed_seats"] for row in rows}


def int_account_expansion(book: Book) -> list[Row]:
    """One row per account, with nothing but its state where nothing is known of it."""
    seats, users, limits = seats_of(book), monthly_users(book), near_plan_limits(book)
    opportunities, whitespace = fct_opportunity(book), fct_whitespace(book)
    rows = []
    for account in book.staged.rows("accounts"):
        name = account["account_id"]
        own = [row for row in opportunities if row["account_id"] == name and row["is_expansion"]]
        is_customer = name in book.stories and bool(book.stories[name].spans)
        state = "ok" if is_customer or own or name in limits else "no_data"
        state = "not_applicable" if name in book.internal else state
        room = seats.get(name, ZERO) - users[name] if seats.get(name) and name in users else None
        count = sum(row["account_id"] == name for row in whitespace)
        amounts = [row["amount"] or ZERO for row in own if row["is_open"]]
        is_ok = state == "ok"
        is_sold = is_ok and "opportunities" in book.staged.connected
        rows.append(
            {
                "account_id": name,
                "expansion_state": state,
                "whitespace_products": count if is_ok else None,
                "seat_headroom": None if room is None else max(room, ZERO),
                "seat_overage": None if room is None else max(-room, ZERO),
                "open_opportunities": len(amounts) if is_sold else None,
                "open_opportunity_amount": sum(amounts, ZERO) if is_sold else None,
                "is_near_plan_limit": limits.get(name),
                "last_won_date": max(
                    (row["closed_date"] for row in own if row["is_won"]), default=None
                ),
            }
        )
    return rows


def growth(book: Book, month: date) -> Row:
    """Return upsell and cross-sell of one month, and what they are set against."""
    opening, closing = book.rate_of(add_months(month, -1)), book.rate_of(month)
    sold: dict[str, list[Decimal]] = {"expansion": [], "cross_sell": []}
    opening_mrr, logos = ZERO, 0
    for story in book.stories.values():
        start, end = story.state(month - DAY), story.state(book.end_of(month))
        opening_mrr += valued(local_mrr(start), opening)
        logos += bool(start)
        parts = parts_of_account(story, start, end, opening, closing, month) if start else {}
        for name, amounts in sold.items():
            amounts.append(sum(parts.get(name, {}).values(), ZERO))
    upsell, cross_sell = sold["expansion"], sold["cross_sell"]
    upsold, cross_sold = (sum(one > 0 for one in amounts) for amounts in (upsell, cross_sell))
    return {
        "month": month,
        "mrr_start": opening_mrr,
        "logos_start": logos,
        "upsell_mrr": sum(upsell, ZERO),
        "upsell_mrr_rate": ratio(sum(upsell, ZERO), opening_mrr),
        "upsell_accounts": upsold,
        "upsell_rate": ratio(upsold, logos),
        "cross_sell_mrr": sum(cross_sell, ZERO),
        "cross_sell_accounts": cross_sold,
        "cross_sell_rate": ratio(cross_sold, logos),
        "is_complete": book.is_complete(month),
    }


def sales(month: date, opportunities: list[Row]) -> Row:
    """Return what became of upsell and cross-sell opportunities in one month."""
    opened = [row for row in opportunities if month_of(row["opened_date"]) == month]
    ended = [row for row in opportunities if row["closed_date"]]
    closed = [row for row in ended if month_of(row["closed_date"]) == month]
    won = [row for row in closed if row["is_won"]]
    leads = [row["days_from_signal"] for row in won if row["days_from_signal"] is not None]
    return {
        "opportunities_opened": len(opened),
        "opportunities_closed": len(closed),
        "opportunities_won": len(won),
        "win_rate": ratio(len(won), len(closed)),
        "won_amount": sum((row["amount"] or ZERO for row in won), ZERO),
        "wins_with_signal": len(leads),
        "days_from_signal_median": float(median(leads)) if leads else None,
    }


def kpi_expansion_monthly(book: Book) -> list[Row]:
    """One row per month of the book."""
    opportunities = [row for row in fct_opportunity(book) if row["is_expansion"]]
    is_connected = "opportunities" in book.staged.connected
    rows = []
    for month in book.months:
        sold = sales(month, opportunities)
        rows.append(growth(book, month) | (sold if is_connected else dict.fromkeys(sold)))
    return rows

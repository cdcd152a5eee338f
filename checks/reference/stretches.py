"""The lines of a book, each in one stretch of terms or (`in_place_edits: amendment`) in several.

Under `correction` the latest version of a line speaks for all its days. Under `amendment` the
terms (price, quantity, discount, interval and its count, end date) are those of the version that
was agreed; readings of the book where it leaves room:
- the versions are those known at `as_of_date` that are not deleted; of several dated the same day
  (in the reporting time zone) the last one counts alone;
- the first stretch begins on the line's start with the terms of the last version dated on or
  before it, or else of the first version; a later version whose terms differ from those of the
  version before it begins a stretch on its date;
- no discount is a discount of 0, and no interval count is 1: writing it out changes no terms;
- everything else (start, cancellation, notice, pause, product, currency, account, contract) is
  the latest version's for all stretches; a line whose latest version is deleted is gone;
- the factor of a `term` comes from the start and end of the version that begins the stretch;
- a stretch is in force from its date to the earliest of its end date, the cancellation and the
  next stretch's date: a version recorded after the end date it brings ends the line on the day
  it was recorded, since what was reported up to then stands.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from .lines import Line, make_line
from .reading import Staged

Row = dict[str, Any]
TERMS = [
    "unit_price", "quantity", "discount_pct", "billing_interval", "interval_count", "end_date",
]  # fmt: skip


def lines_of(staged: Staged) -> list[Line]:
    """Return all lines that are not deleted; stretches of one line in order."""
    current = [row for row in staged.rows("contracts") if not row["is_deleted"]]
    if staged.settings.in_place_edits == "correction":
        return [make_line(row, row, row["start_date"], None, staged) for row in current]
    versions = versions_by_line(staged)
    return [
        line
        for row in current
        for line in stretches(row, versions[row["contract_line_id"]], staged)
    ]


def versions_by_line(staged: Staged) -> dict[str, list[Row]]:
    """Return line id -> its known versions that are not deleted, in order of `updated_at`."""
    found: dict[str, list[Row]] = defaultdict(list)
    source = staged.sources["contracts"]
    for row in source.staged + source.superseded:
        if not row.values["is_deleted"]:
            found[row.values["contract_line_id"]].append(row.values)
    return {
        line_id: sorted(rows, key=lambda row: row["updated_at"]) for line_id, rows in found.items()
    }


def terms_of(version: Row) -> list[Any]:
    """Return the terms of a version, so that equal terms are equal."""
    usual = {"discount_pct": Decimal(0), "interval_count": 1}
    return [version[name] or usual.get(name) for name in TERMS]


def agreed_versions(start: date, versions: list[Row], staged: Staged) -> list[tuple[date, Row]]:
    """Return the first day of each stretch of terms, with the version that begins it."""
    last_of_day = {staged.day(version["updated_at"]): version for version in versions}
    days = sorted(last_of_day)
    first = max((day for day in days if day <= start), default=days[0])
    agreed = [(start, last_of_day[first])]
    before = last_of_day[first]
    for day in days:
        if day > max(start, first):
            if terms_of(last_of_day[day]) != terms_of(before):
                agreed.append((day, last_of_day[day]))
            before = last_of_day[day]
    return agreed


def stretches(current: Row, versions: list[Row], staged: Staged) -> list[Line]:
    """Return the stretches of one line, in order."""
    made: list[Line] = []
    following = None
    for day, version in reversed(agreed_versions(current["start_date"], versions, staged)):
        row = {**current, **{name: version[name] for name in TERMS}}
        following = make_line(row, version, day, following, staged)
        made.append(following)
    return made[::-1]

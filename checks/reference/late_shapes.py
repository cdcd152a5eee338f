"""Shapes of contract histories that are recorded late, taken back, or edited in place.

Each writes the rows of one account with a `Pen`, like those in `shapes`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from .money import plus_whole_months
from .pen import DISCOUNTS, INTERVALS, PRICES, QUANTITIES, Pen

SOON = [4, 5, 6, 6, 9, 20]
"""Days after a month end, about the day on which the month is reported."""


def report_day(pen: Pen, day: date) -> date:
    """Return a day on or after the given one: at once, weeks later, or about a month's close."""
    first_of_next = plus_whole_months(day.replace(day=1), 1)
    about_close = first_of_next + timedelta(days=pen.rng.choice(SOON) - 1)
    some_time = day + timedelta(days=pen.rng.choice([0, 10, 25, 40, 70]))
    return pen.rng.choice([about_close, some_time])


def late_renewals(pen: Pen) -> None:
    """A term whose renewal is recorded later than it starts, in the contract or another one."""
    end = pen.day(before=90) + timedelta(days=70)
    row = pen.line(plus_whole_months(end, -pen.rng.choice([3, 6, 12])), end)
    start = end + timedelta(days=pen.rng.choice([0, 0, 1, 12, 30, 31, 45]))
    cells = pen.same_line(row)
    kind = pen.rng.choice(["named", "same contract", "by product"])
    if kind != "same contract":
        cells["contract_id"] = f"{pen.account_id}-C2"
    if kind == "named":
        cells["renewed_from_contract_id"] = row["contract_id"]
    if pen.rng.random() < 0.6:
        cells["quantity"] = pen.rng.choice(QUANTITIES)
    ends = pen.rng.choice([None, plus_whole_months(start, 12)])
    pen.line(start, ends, **cells, updated_at=pen.moment(report_day(pen, start)))


def late_cancellations(pen: Pen) -> None:
    """A cancellation recorded after it took effect, of the only line or of one of two."""
    start = pen.day(before=120)
    row = pen.line(start)
    if pen.rng.random() < 0.5:
        pen.line(start)
    effective = start + timedelta(days=pen.rng.randint(20, 110))
    pen.edit(
        row,
        report_day(pen, effective),
        cancel_notice_at=pen.rng.choice([None, f"{effective - timedelta(days=9)}T10:00:00Z"]),
        cancel_effective_date=effective,
        cancel_type=pen.rng.choice([None, "voluntary", "involuntary"]),
    )


def late_withdrawals(pen: Pen) -> None:
    """A notice withdrawn before or after its line was to end, beside another line or alone."""
    start = pen.day(before=120)
    if pen.rng.random() < 0.6:
        pen.line(start)
    row = pen.line(start)
    noticed = start + timedelta(days=pen.rng.randint(5, 40))
    effective = noticed + timedelta(days=pen.rng.choice([0, 10, 30]))
    row = pen.edit(
        row,
        noticed,
        cancel_notice_at=f"{noticed + timedelta(days=pen.rng.choice([0, 0, 15]))}T10:00:00Z",
        cancel_effective_date=effective,
    )
    pen.edit(row, report_day(pen, effective), cancel_notice_at=None, cancel_effective_date=None)


def late_deletions(pen: Pen) -> None:
    """A line deleted after it was reported, alone or not, sometimes restored or replaced."""
    start = pen.day(before=120)
    row = pen.line(start)
    if pen.rng.random() < 0.6:
        pen.line(pen.rng.choice([start, start + timedelta(days=45)]))
    day = report_day(pen, start + timedelta(days=pen.rng.choice([1, 30, 60])))
    row = pen.edit(row, day, is_deleted="true")
    follow_up = pen.rng.random()
    if follow_up < 0.3:
        pen.edit(row, report_day(pen, day + timedelta(days=1)), is_deleted=None)
    elif follow_up < 0.6:
        pen.line(start, **pen.same_line(row), updated_at=pen.moment(day))


def back_dated(pen: Pen) -> None:
    """A cell of a line corrected long after the line began."""
    start = pen.day(before=120)
    row = pen.line(start)
    day = start
    changes: list[dict[str, Any]] = [
        {"unit_price": "77.7"}, {"quantity": "0"}, {"quantity": "2", "discount_pct": "0.5"},
        {"product_id": "P2"}, {"currency": "EUR"}, {"line_type": "usage"},
        {"start_date": start + timedelta(days=20)}, {"start_date": start - timedelta(days=20)},
        {"paused_from": start + timedelta(days=15)}, {"contract_id": f"{pen.account_id}-C2"},
        {"end_date": start + timedelta(days=50)},
    ]  # fmt: skip
    for _ in range(pen.rng.randint(1, 3)):
        day = report_day(pen, day + timedelta(days=pen.rng.randint(1, 40)))
        row = pen.edit(row, day, **pen.rng.choice(changes))


def recorded_late(pen: Pen) -> None:
    """A first line, or a further one of the same or another contract, recorded weeks later."""
    start = pen.day(before=90)
    if pen.rng.random() < 0.6:
        pen.line(start - timedelta(days=pen.rng.choice([0, 40])))
    first = start + timedelta(days=pen.rng.choice([0, 10, 35]))
    contract_id = f"{pen.account_id}-C{pen.rng.choice([1, 2])}"
    end = pen.rng.choice([None, first + timedelta(days=40)])
    moment = pen.moment(report_day(pen, first + timedelta(days=pen.rng.choice([0, 30]))))
    row = pen.line(first, end, contract_id=contract_id, updated_at=moment)
    if pen.rng.random() < 0.4:
        day = report_day(pen, first + timedelta(days=60))
        pen.edit(row, day, unit_price=pen.rng.choice(PRICES))


def edits(pen: Pen) -> None:
    """Terms edited in place, before the start, on it and later, at times twice on one day."""
    start = pen.day(before=100)
    row = pen.line(start, pen.rng.choice([None, None, start + timedelta(days=300)]))
    day = start + timedelta(days=pen.rng.choice([-20, -1, 0, 1, 20]))
    for _ in range(pen.rng.randint(1, 5)):
        change = pen.rng.choice(
            [
                {"unit_price": pen.rng.choice(PRICES)}, {"quantity": pen.rng.choice(QUANTITIES)},
                {"discount_pct": pen.rng.choice(DISCOUNTS)}, {"quantity": "0"}, {},
                {"billing_interval": pen.rng.choice(INTERVALS)}, {"interval_count": "1"},
                {"interval_count": pen.rng.choice([None, "2"])},
                {"unit_price": "12", "quantity": "4", "discount_pct": "0.2"},
            ]
        )  # fmt: skip
        row = pen.edit(row, day, **change)
        day += timedelta(days=pen.rng.choice([0, 0, 1, 15, 31, 45]))


def edited_and_more(pen: Pen) -> None:
    """An edited line that is paused, cancelled, or whose product changes in the same month."""
    start = pen.day(before=100)
    row = pen.line(start)
    edited_on = start + timedelta(days=pen.rng.randint(20, 60))
    row = pen.edit(row, edited_on, quantity="20")
    about = edited_on + timedelta(days=pen.rng.choice([-5, 0, 5]))
    pen.edit(
        row,
        edited_on + timedelta(days=pen.rng.choice([0, 8])),
        **pen.rng.choice(
            [
                {"paused_from": about, "paused_until": about + timedelta(days=40)},
                {"cancel_effective_date": about, "cancel_notice_at": str(edited_on)},
                {"product_id": "P3", "unit_price": "70"},
                {"line_type": "usage"},
            ]
        ),
    )


def extensions(pen: Pen) -> None:
    """An end date moved away early, in time, late or too late, once or twice, or moved back."""
    start = pen.day(before=200)
    end = plus_whole_months(start, pen.rng.choice([1, 3, 6]))
    first_end = end
    interval = pen.rng.choice(["term", "month", "year"])
    row = pen.line(start, end, billing_interval=interval)
    if pen.rng.random() < 0.3:
        pen.line(start, end, contract_id=row["contract_id"])
    for _ in range(pen.rng.randint(1, 3)):
        day = end + timedelta(days=pen.rng.choice([-60, -10, -1, 0, 1, 10, 29, 30, 31, 50]))
        end = plus_whole_months(end, pen.rng.choice([1, 3, 12]))
        is_open = interval != "term" and pen.rng.random() < 0.2
        change = {"unit_price": pen.rng.choice(PRICES)} if pen.rng.random() < 0.5 else {}
        row = pen.edit(row, day, end_date=None if is_open else end, **change)
        if is_open:
            break
    if pen.rng.random() < 0.3:
        pen.edit(row, day + timedelta(days=pen.rng.choice([0, 5, 40])), end_date=first_end)
    if pen.rng.random() < 0.3:
        cells = pen.same_line(row) | {"contract_id": f"{pen.account_id}-C2"}
        pen.line(first_end, None, **cells, renewed_from_contract_id=pen.rng.choice(
            [None, row["contract_id"]]))  # fmt: skip


def shortened(pen: Pen) -> None:
    """An end date that comes nearer, recorded before it or after, and perhaps moves away again."""
    start = pen.day(before=200)
    end = pen.rng.choice([None, plus_whole_months(start, 12)])
    row = pen.line(start, end)
    nearer = start + timedelta(days=pen.rng.randint(20, 150))
    day = max(nearer + timedelta(days=pen.rng.choice([-40, -1, 0, 1, 20])), start)
    row = pen.edit(row, day, end_date=nearer)
    if pen.rng.random() < 0.4:
        pen.edit(row, day + timedelta(days=pen.rng.choice([3, 20, 60])), end_date=end)


LATE_SHAPES: list[Callable[[Pen], None]] = [
    late_renewals, late_cancellations, late_withdrawals, late_deletions, back_dated,
    recorded_late, edits, edited_and_more, extensions, shortened,
]  # fmt: skip

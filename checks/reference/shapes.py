"""Shapes of contract histories: each writes the rows of one account with some edge of the book.

A shape takes a `Pen` and writes lines with it. All choices come from the pen's random source, so
that a seed, or hypothesis, decides them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from .money import last_day, month_of, plus_whole_months
from .pen import QUANTITIES, Pen, Row


def open_ended(pen: Pen) -> None:
    """One line without an end."""
    pen.line(pen.day())


def renewals(pen: Pen) -> None:
    """Terms that follow one another: early, on the day, late within grace and beyond it."""
    start, named = pen.day(before=300), pen.rng.random() < 0.6
    row: Row | None = None
    for number in range(1, pen.rng.randint(3, 6)):
        length = pen.rng.choice([1, 3, 6, 12])
        end = plus_whole_months(start, length)
        cells = pen.same_line(row) if row else {}
        cells |= {
            "contract_id": f"{pen.account_id}-C{number}",
            "renewed_from_contract_id": row["contract_id"] if row and named else None,
            "billing_interval": pen.rng.choice(["term", "month", "year"]),
            "quantity": pen.rng.choice(QUANTITIES) if pen.rng.random() < 0.4 else "5",
        }
        row = pen.line(start, end, **cells)
        early = pen.rng.random() < 0.2
        start = end - timedelta(days=20) if early else end + timedelta(days=pen.gap())
        if start > pen.as_of + timedelta(days=60):
            break


def pauses(pen: Pen) -> None:
    """A pause for some days, over a month end, of no days, or for ever; a second line or none."""
    start = pen.day(before=120)
    paused_from = start + timedelta(days=pen.rng.choice([-5, 0, 1, 20, 45, 90]))
    length = pen.rng.choice([None, 0, 1, 10, 31, 60, 200])
    paused_until = None if length is None else paused_from + timedelta(days=length)
    end = None if pen.rng.random() < 0.6 else start + timedelta(days=pen.rng.randint(30, 200))
    pen.line(start, end, paused_from=paused_from, paused_until=paused_until)
    if pen.rng.random() < 0.5:
        pen.line(start + timedelta(days=pen.rng.randint(0, 60)), end)


def near_as_of(pen: Pen) -> date:
    """Return a day about `as_of_date`, or about the end of grace."""
    return pen.as_of + timedelta(days=pen.rng.choice([-40, -31, -30, -29, -1, 0, 1, 20, 80]))


def notice(pen: Pen) -> None:
    """A notice and a cancellation that takes effect before, at, or after `as_of_date`."""
    start = pen.day(before=60)
    end = pen.rng.choice([None, plus_whole_months(start, 12), plus_whole_months(start, 24)])
    effective = pen.rng.choice(
        [
            start + timedelta(days=pen.rng.randint(1, 300)),
            *2 * [near_as_of(pen)],
        ]
    )
    noticed = effective - timedelta(days=pen.rng.choice([0, 10, 45]))
    row = pen.line(start, end)
    pen.version(
        row,
        pen.rng.randint(0, 20),
        cancel_notice_at=f"{noticed}T23:30:00Z",
        cancel_effective_date=effective,
        cancel_type=pen.rng.choice([None, "voluntary", "involuntary", "administrative"]),
        cancel_reason=pen.rng.choice([None, "price", "competitor", "値上げ"]),
    )
    if pen.rng.random() < 0.3:
        pen.line(start, effective, cancel_type="involuntary", cancel_reason="non-payment")


def withdrawn_notice(pen: Pen) -> None:
    """A notice that a later version no longer has; sometimes a second one, sometimes two lines."""
    for _ in range(pen.rng.choice([1, 1, 2])):
        start = pen.day(before=200)
        noticed = f"{start + timedelta(days=30)}T12:00:00Z"
        effective = start + timedelta(days=90)
        row = pen.line(start)
        row = pen.version(row, 5, cancel_notice_at=noticed, cancel_effective_date=effective)
        row = pen.version(row, 9, cancel_notice_at=None, cancel_effective_date=None)
        if pen.rng.random() < 0.3:
            again = start + timedelta(days=60)
            pen.version(
                row, 3, cancel_notice_at=str(again), cancel_effective_date=again + timedelta(60)
            )


def amendments(pen: Pen) -> None:
    """A line that another one of the contract takes over from on the same day, a few times."""
    start = pen.day(before=100)
    end = pen.rng.choice([None, plus_whole_months(start, 12)])
    row = pen.line(start, end)
    changes = [
        {"quantity": "20"}, {"quantity": "2"}, {"unit_price": "110"}, {"discount_pct": "0.25"},
        {"billing_interval": "year"}, {"product_id": "P2"}, {"currency": "EUR"},
        {"quantity": "0"}, {"unit_price": "10.5", "discount_pct": "0.1", "quantity": "11"},
        {"billing_interval": "quarter", "unit_price": "300", "discount_pct": "0.05"}, {},
    ]  # fmt: skip
    for _ in range(pen.rng.randint(1, 4)):
        start = start + timedelta(days=pen.rng.choice([1, 15, 30, 31, 60]))
        if end and start >= end:
            break
        row["cancel_effective_date"] = start
        row = pen.line(start, end, **{**pen.same_line(row), **pen.rng.choice(changes)})


def products(pen: Pen) -> None:
    """Products that come and go beside a first one."""
    start = pen.day(before=120)
    pen.line(start, product_id="P1")
    for product in ("P2", "P3", "P1"):
        first = start + timedelta(days=pen.rng.randint(0, 100))
        last = pen.rng.choice([None, first + timedelta(days=pen.rng.randint(1, 150))])
        pen.line(first, last, product_id=product)


def zeros(pen: Pen) -> None:
    """Lines of quantity 0, of price 0, and with a discount of 100 %."""
    start = pen.day()
    for _ in range(pen.rng.randint(1, 3)):
        cells = pen.rng.choice([{"quantity": "0"}, {"discount_pct": "1"}, {"unit_price": "0"}])
        end = pen.rng.choice([None, start + timedelta(days=90)])
        pen.line(start, end, **cells)
        start = start + timedelta(days=pen.rng.choice([0, 30, 90, 120]))


def odd_terms(pen: Pen) -> None:
    """Terms of whole months, between month ends, over a leap day, and of odd days."""
    start = pen.day(before=90)
    end = pen.rng.choice(
        [
            plus_whole_months(start, pen.rng.randint(1, 14)),
            last_day(plus_whole_months(month_of(start), pen.rng.randint(1, 5))),
            start + timedelta(days=pen.rng.choice([1, 45, 89, 100, 366])),
        ]
    )
    pen.line(start, end, billing_interval="term", interval_count=pen.rng.choice([None, "3"]))


def in_and_out(pen: Pen) -> None:
    """A few days inside one month, sometimes twice, sometimes beside a longer life."""
    month = month_of(pen.day(before=40))
    pen.line(month + timedelta(days=2), month + timedelta(days=pen.rng.choice([3, 5, 9])))
    if pen.rng.random() < 0.5:
        pen.line(month + timedelta(days=12), pen.rng.choice([None, month + timedelta(days=16)]))
    if pen.rng.random() < 0.4:
        pen.line(plus_whole_months(month, -6), month + timedelta(days=1))


def booked(pen: Pen) -> None:
    """A line booked for later: after a running one, after a gap, or alone."""
    start = pen.day(before=30)
    ends = pen.as_of + timedelta(days=pen.rng.choice([-40, -31, -30, -29, -10, -1, 0, 1, 15]))
    first = max(ends, pen.as_of) + timedelta(days=pen.rng.choice([1, 5, 20, 31, 60]))
    kind = pen.rng.choice(["alone", "follows", "same contract", "beside"])
    if kind != "alone" and start < ends:
        pen.line(start, None if kind == "beside" else ends)
    contract = f"{pen.account_id}-C{1 if kind == 'same contract' else 2}"
    named = f"{pen.account_id}-C1" if kind == "follows" else None
    end = pen.rng.choice([None, plus_whole_months(first, 12)])
    pen.line(first, end, contract_id=contract, renewed_from_contract_id=named)


def deleted(pen: Pen) -> None:
    """A line that was deleted, beside another one or alone, sometimes brought back."""
    row = pen.line(pen.day(before=60))
    row = pen.version(row, 4, is_deleted="true")
    if pen.rng.random() < 0.3:
        pen.version(row, 4, is_deleted="false")
    if pen.rng.random() < 0.6:
        pen.line(pen.day(), is_deleted=pen.rng.choice([None, "0"]))


def other_types(pen: Pen) -> None:
    """Lines that never make MRR, before a recurring one or alone."""
    start = pen.day(before=60)
    for kind in ("one_time", "usage", "trial"):
        pen.line(start, start + timedelta(days=30), line_type=kind)
    if pen.rng.random() < 0.6:
        pen.line(start + timedelta(days=pen.rng.choice([14, 30])))


def currencies(pen: Pen) -> None:
    """Two currencies at once, then one less."""
    start = pen.day(before=90)
    pen.line(start, currency="EUR")
    pen.line(start, start + timedelta(days=80), currency="JPY", unit_price="15000")
    if pen.rng.random() < 0.5:
        pen.line(start + timedelta(days=80), currency="USD")


def corrections(pen: Pen) -> None:
    """Versions that correct a line, one of them later than `as_of_date`."""
    row = pen.line(pen.day(before=60))
    row = pen.version(row, 3, unit_price="77.7")
    row = pen.version(row, 3, quantity="9", discount_pct=None)
    if pen.rng.random() < 0.5:
        pen.rows.append({**row, "quantity": "99", "updated_at": f"{pen.as_of + timedelta(1)}"})


def never_in_force(pen: Pen) -> None:
    """A line that ends on its first day, or is cancelled before it."""
    start = pen.day(before=60)
    pen.line(start, start)
    pen.line(start, cancel_effective_date=start - timedelta(days=pen.rng.choice([0, 3])))
    if pen.rng.random() < 0.5:
        pen.line(start + timedelta(days=30))


def overlaps(pen: Pen) -> None:
    """Several lines of one product whose days overlap."""
    start = pen.day(before=120)
    cells = {"product_id": "P1", "currency": "USD", "billing_interval": "month"}
    for _ in range(3):
        first = start + timedelta(days=pen.rng.randint(0, 60))
        last = pen.rng.choice([None, first + timedelta(days=pen.rng.randint(1, 100))])
        pause = first + timedelta(days=20) if pen.rng.random() < 0.4 else None
        pen.line(first, last, paused_from=pause, **cells)


def month_by_month(pen: Pen) -> None:
    """One line per month, as monthly billing exports have it, with a month left out at times."""
    first = month_of(pen.day(before=200))
    cells = {"product_id": "P1", "currency": "EUR", "billing_interval": "month"}
    for step in range(8):
        if pen.rng.random() < 0.8:
            start = plus_whole_months(first, step)
            pen.line(start, plus_whole_months(first, step + 1), **cells)


def ended_lately(pen: Pen) -> None:
    """Coverage that ended about as many days before `as_of_date` as grace lasts."""
    ago = pen.rng.choice([0, 1, 5, pen.grace - 1, pen.grace, pen.grace + 1, pen.grace + 60])
    end = pen.as_of - timedelta(days=max(ago, 0))
    pen.line(plus_whole_months(end, -pen.rng.choice([1, 3, 12])), end)


def nothing(pen: Pen) -> None:
    """An account without a contract."""


SHAPES: list[Callable[[Pen], None]] = [
    open_ended, renewals, pauses, notice, withdrawn_notice, amendments, products, zeros,
    odd_terms, in_and_out, booked, deleted, other_types, currencies, corrections,
    never_in_force, overlaps, month_by_month, ended_lately, nothing,
]  # fmt: skip

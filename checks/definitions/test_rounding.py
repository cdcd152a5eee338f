"""One amount times one rate, rounded once: the fast way of DuckDB against exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import duckdb
from jinja2 import Environment

from checks.reference.money import round_half_away
from pipeline.options import ROOT

STEP = Decimal("0.0001")
Pairs = list[tuple[Decimal, Decimal]]


def at_rate(pairs: Pairs) -> list[Decimal]:
    """What the macro makes of amounts and rates."""
    text = (ROOT / "macros" / "money" / "at_rate.sql").read_text(encoding="utf-8")
    macro = Environment(autoescape=False).from_string(text).module.duckdb__at_rate
    connection = duckdb.connect()
    connection.execute(
        "create table pairs (place integer, amount decimal(18, 4), rate decimal(18, 8))"
    )
    connection.executemany(
        "insert into pairs values (?, ?, ?)", [(place, *pair) for place, pair in enumerate(pairs)]
    )
    sql = f"select {macro('amount', 'rate')} from pairs order by place"
    return [row[0] for row in connection.execute(sql).fetchall()]


def assert_rounded_once(pairs: Pairs) -> None:
    """Each product is the exact one, rounded half away from zero."""
    expected = [round_half_away(Fraction(amount) * Fraction(rate)) for amount, rate in pairs]
    assert at_rate(pairs) == expected


def test_amounts_and_rates_of_every_size_are_rounded_once() -> None:
    random = Random(5)
    assert_rounded_once(
        [
            (
                Decimal(random.randrange(-(10**digits), 10**digits)) * STEP,
                Decimal(random.randrange(1, 10 ** random.randrange(1, 13))).scaleb(-8),
            )
            for digits in (1, 4, 8, 11, 13)
            for _ in range(400)
        ]
    )


def test_halves_and_their_neighbours_are_rounded_away_from_zero() -> None:
    random = Random(6)
    halves = [Decimal(random.randrange(1, 10**9)) for _ in range(300)]
    near = [Decimal(0), Decimal("0.00000001"), Decimal("-0.00000001")]
    assert_rounded_once(
        [
            (sign * amount * STEP, Decimal("0.5") + off)
            for amount in halves
            for off in near
            for sign in (1, -1)
        ]
    )


def test_the_reporting_currency_keeps_its_amounts() -> None:
    amounts = [Decimal(0), STEP, Decimal("-1234.5678"), Decimal("12345678901234.5678")]
    assert at_rate([(amount, Decimal(1)) for amount in amounts]) == amounts


def test_scaled_amounts_are_whole_and_lose_no_digit() -> None:
    random = Random(7)
    text = (ROOT / "macros" / "money" / "scaled.sql").read_text(encoding="utf-8")
    macro = Environment(autoescape=False).from_string(text).module.duckdb__scaled
    for digits in (4, 6, 8):
        units = [sign * random.randrange(10**size) for size in range(1, 19) for sign in (1, -1)]
        units += [sign * (10**18 - 1) for sign in (1, -1)]
        connection = duckdb.connect()
        connection.execute(f"create table amounts (place integer, amount decimal(18, {digits}))")
        connection.executemany(
            "insert into amounts values (?, ?)",
            [(place, Decimal(unit).scaleb(-digits)) for place, unit in enumerate(units)],
        )
        sql = f"select {macro('amount', digits)} from amounts order by place"
        assert [int(row[0]) for row in connection.execute(sql).fetchall()] == units

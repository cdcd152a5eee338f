"""Money and calendar macros over columns of numbers and days, for every engine to agree on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

# A relation: its columns with their types (`whole` and `text` differ by engine), its rows, and the
# template of macros over it. Every row begins with its number.
Relation = tuple[dict[str, str], list[tuple[Any, ...]], str]

_INTERVALS = [(365, 12), (52, 12), (1, 1), (1, 3), (1, 6), (1, 12), (1, 7), (365, 12 * 400)]
_RATES = [Decimal(1), Decimal("0.5"), Decimal("0.00000001"), Decimal("149.48500001")]
# Zones and times that stand in columns: clocks that go forward and back, and the ends of a day.
_ZONES = ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York"]
_CLOCK_TIMES = ["00:00", "01:30", "02:30", "09:00", "24:00"]


_MONEY_COLUMNS = {
    "number": "integer",
    "unit_price": "decimal(18,6)",
    "quantity": "decimal(18,4)",
    "discount_pct": "decimal(9,6)",
    "months_numerator": "integer",
    "months_denominator": "integer",
    "amount": "decimal(18,4)",
    "rate": "decimal(18,8)",
    "units": "whole",
    "first_numerator": "whole",
    "first_denominator": "whole",
    "second_numerator": "whole",
    "second_denominator": "whole",
}


def money() -> Relation:
    """Lines of prices, and amounts at rates: sizes from nothing to the largest, halves and near."""
    parts = "'first_numerator', 'first_denominator', 'second_numerator', 'second_denominator'"
    template = f"""
        select
            number,
            {{{{ line_mrr('unit_price', 'quantity', 'discount_pct', 'months_numerator',
                'months_denominator') }}}} as line_mrr,
            {{{{ at_rate('amount', 'rate') }}}} as at_rate,
            {{{{ exact_at_rate('units', {parts}, 'rate') }}}} as exact_at_rate,
            {{{{ whole_quotient('units', 'first_denominator') }}}} as quotient,
            {{{{ scaled('amount', 4) }}}} as scaled,
            {{{{ ratio('amount', 'rate') }}}} as ratio
        from relation
    """
    random = Random(11)
    rows = [(number, *_money_row(random)) for number in range(1500)]
    return _MONEY_COLUMNS, rows + _rests_that_decide(len(rows)), template


def _money_row(random: Random) -> tuple[Any, ...]:
    """One line and one amount, of one size."""
    size = random.choice([1, 3, 6, 9])
    price = Decimal(random.randrange(0, 10 ** min(size + 3, 12))).scaleb(-6)
    quantity = Decimal(random.randrange(0, 10**size)).scaleb(-4)
    discount = random.choice([Decimal(0), Decimal(1), Decimal("0.333333"), Decimal("0.15")])
    amount = Decimal(random.randrange(-(10**size), 10**size)).scaleb(-4)
    any_rate = Decimal(random.randrange(1, 10 ** random.randrange(1, 12))).scaleb(-8)
    rate = random.choice([*_RATES, any_rate])
    first, second = random.choice([1, 3, 7, 30000]), random.choice([1, 12, 10**6, 31 * 10**7])
    rests = (random.randrange(-first, first + 1), random.randrange(-second, second + 1))
    units = random.randrange(-(10**size), 10**size)
    line = (price, quantity, discount, *random.choice(_INTERVALS))
    return (*line, amount, rate, units, rests[0], first, rests[1], second)


def _rests_that_decide(number: int) -> list[tuple[Any, ...]]:
    """Amounts that lie half a unit apart but for a fraction, larger than a double can tell."""
    line = (Decimal(1), Decimal(1), Decimal(0), 1, 1, Decimal(0), Decimal("0.5"))
    return [
        (number + place, *line, sign * (10**14 + 1), rest, 31 * 10**7, 0, 1)
        for place, (sign, rest) in enumerate(product((1, -1), (-1, 0, 1)))
    ]


_CALENDAR_COLUMNS = {
    "number": "integer",
    "day": "date",
    "other_day": "date",
    "step": "integer",
    "moment": "timestamp",
    "later": "timestamp",
    "zone": "text",
    "clock_time": "text",
}
_CALENDAR_TEMPLATE = """
        select
            number,
            {{ add_days('day', 'step') }} as days_added,
            {{ add_microseconds('moment', 'step * cast(1000003 as bigint)') }} as moved,
            {{ add_months('day', 'step') }} as months_added,
            {{ days_between('day', 'other_day') }} as days_between,
            {{ first_difference('day', 'other_day') }} as first_difference,
            {{ hours_of(microseconds_between('moment', 'later')) }} as hours,
            {{ is_sunday('day') }} as is_sunday,
            {{ local_date('moment', 'zone') }} as local_date,
            {{ local_time_utc('day', 'clock_time', 'zone') }} as local_time,
            {{ microseconds_between('moment', 'later') }} as microseconds,
            {{ month_end('day') }} as month_end,
            {{ month_index('day') }} as month_index,
            {{ month_start('day') }} as month_start,
            {{ reporting_date('moment') }} as reporting_date,
            {{ start_of_day_utc('day') }} as start_of_day,
            {{ weekday_number('day') }} as weekday
        from relation
    """


def calendar() -> Relation:
    """Days of all kinds of months and years, with moments around changes of the clock."""
    random = Random(12)
    first, rows = date(1999, 12, 25), []
    for number in range(1500):
        day = first + timedelta(days=random.randrange(0, 12000))
        other = day + timedelta(
            days=random.choice([0, 1, -1, 28, 366, random.randrange(-900, 900)])
        )
        moment = datetime(day.year, day.month, day.day) + timedelta(
            microseconds=random.randrange(0, 86_400_000_000)
        )
        later = moment + timedelta(microseconds=random.randrange(-(10**12), 10**15))
        zone, clock = random.choice(_ZONES), random.choice(_CLOCK_TIMES)
        rows.append((number, day, other, random.randrange(-40, 41), moment, later, zone, clock))
    return _CALENDAR_COLUMNS, rows, _CALENDAR_TEMPLATE

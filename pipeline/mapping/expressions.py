"""DuckDB SQL of mapped cells: text in, text out, exact; nothing passes through a double.

A cell that its rule cannot read stays as it is written, so that it ends in quarantine as
`bad_type`. Where the raw layer could read it as something else, as `1.234` where the comma is the
decimal mark, a question mark stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.cell_types import literal
from pipeline.mapping.model import ColumnRule, Condition
from pipeline.mapping.rule_faults import is_number

# What the raw layer reads by itself, as sources.md has it.
_NUMBER = "[+-]?[0-9]+([.][0-9]+)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_OFFSET = "(Z|z|[+-][0-9]{2}(:?[0-9]{2})?)"
# Spaces that stand between groups of digits and look alike.
_SPACES = " \u00a0\u202f\u2009"
_UNREAD = "'? '"
# A day that a format with two-digit parts would put into antiquity was not written so.
_FIRST_YEAR, _LAST_YEAR = 1000, 9999
# The same years as counts of seconds since 1970.
_FIRST_SECOND, _LAST_SECOND = -30_610_224_000, 253_402_300_799
# Digits of the parts of a format; fractions of a second may have fewer.
_DIGITS = {"Y": "4", "j": "3", "f": "1,6", "g": "1,3", "n": "1,9"} | dict.fromkeys("ymdHIMS", "2")
_CODE = re.compile(r"%-?([A-Za-z%])")
_TOUCHING_DIGITS = re.compile(r"%-?[A-Za-z](?=%-?([A-Za-z]))")


@dataclass(frozen=True)
class Cell:
    """A column of a file: SQL of its text, and whether it is a moment by its native type.

    `has_zone`: the moment is in UTC; a moment without a zone is what a clock on a wall shows.
    """

    text: str
    is_moment: bool = False
    has_zone: bool = False
    is_number: bool = False


# What the expressions call: a text without the blanks around it, a number divided by a power of ten
# by moving its point, and a number times a power of ten as a whole one. A cast to a wide decimal
# would say the same and take a hundred times as long.
MACROS = """
create macro csw_trimmed(cell) as
    trim(cell, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288));
create macro csw_padded(digits, zeros) as
    lpad(digits, cast(greatest(length(digits), zeros + 1) as integer), '0');
create macro csw_shifted(number, zeros) as
    regexp_extract(number, '^[+-]?')
    || left(csw_padded(regexp_extract(number, '[0-9]+'), zeros), -zeros) || '.'
    || right(csw_padded(regexp_extract(number, '[0-9]+'), zeros), zeros)
    || regexp_extract(number, '[.]([0-9]+)', 1);
create macro csw_micros(number, scale, zeros) as
    try_cast(split_part(number, '.', 1) as bigint) * scale
    + case when number like '-%' then -1 else 1 end
    * coalesce(
        try_cast(rpad(left(regexp_extract(number, '[.]([0-9]+)', 1), zeros), zeros, '0') as bigint),
        0
    );
"""

Cells = Callable[[str], Cell]


def filter_sql(conditions: tuple[Condition, ...], cells: Cells) -> str:
    """The condition under which a row is kept."""
    parts = ["true"]
    for condition in conditions:
        listed = ", ".join(literal(text.strip()) for text in condition.texts)
        word = "in" if condition.is_kept else "not in"
        parts.append(f"coalesce({_trimmed(cells(condition.column).text)}, '') {word} ({listed})")
    return " and ".join(parts)


def cell_sql(rule: ColumnRule, cells: Cells) -> str:
    """The cell of a contract column; null for one that is left empty."""
    if rule.constant is not None:
        return f"nullif({literal(rule.constant)}, '')"
    if not rule.columns:
        return "cast(null as varchar)"
    found = [cells(name) for name in rule.columns]
    text, cell = found[0].text, found[0]
    if len(found) > 1:
        text = f" || {literal(rule.join)} || ".join(
            f"nullif({_trimmed(c.text)}, '')" for c in found
        )
        cell = Cell(text)
    made = _converted(rule, cell, text)
    if rule.values:
        branches = " ".join(
            f"when {literal(key.strip())} then {literal(value or None)}"
            for key, value in rule.values
        )
        made = f"case coalesce({_trimmed(text)}, '') {branches} else {made} end"
    if rule.prefix or rule.suffix:
        made = f"({literal(rule.prefix)} || nullif({made}, '') || {literal(rule.suffix)})"
    return made


def _trimmed(text: str) -> str:
    return f"csw_trimmed({text})"


def _converted(rule: ColumnRule, cell: Cell, text: str) -> str:
    if rule.type in ("date", "timestamp"):
        return _moment(rule, cell, text)
    if is_number(rule.type):
        return _number(rule, cell, text)
    return text


def _or_as_written(made: str, text: str, grammar: str) -> str:
    """What was made of a text; the text itself where nothing was, marked where it could pass."""
    trimmed = _trimmed(text)
    return (
        f"coalesce({made}, case when regexp_full_match({trimmed}, {literal(grammar)})"
        f" then {_UNREAD} || {trimmed} else {text} end)"
    )


def _number(rule: ColumnRule, cell: Cell, text: str) -> str:
    """A number with the marks of the raw layer, divided where that is asked for."""
    plain = _trimmed(text)
    has_marks = (rule.decimal_mark or rule.thousands_mark) and not cell.is_number
    if not (has_marks or rule.shift or rule.strip):
        return text
    if rule.strip:
        signs = "|".join(_escaped(sign.strip()) for sign in rule.strip)
        ends = literal(rf"^(\s*({signs}))+|(({signs})\s*)+$")
        plain = _trimmed(f"regexp_replace({plain}, {ends}, '', 'g')")
    if has_marks:
        plain = _without_marks(plain, rule.decimal_mark or ".", rule.thousands_mark)
    read = f"case when regexp_full_match({plain}, {literal(_NUMBER)}) then {plain} end"
    if rule.shift:
        read = f"csw_shifted({read}, {rule.shift})"
    return _or_as_written(read, text, _NUMBER)


def _without_marks(plain: str, decimal: str, thousands: str | None) -> str:
    """A text that is written with these marks, in those of the raw layer; null for another."""
    point, digits = _escaped(decimal), "[0-9]+"
    made = plain
    if thousands is not None:
        alike = _SPACES if thousands in _SPACES else thousands
        group = "[" + "".join(_escaped(mark) for mark in alike) + "]"
        digits = f"([0-9]+|[0-9]{{1,3}}({group}[0-9]{{3}})+)"
        made = f"translate({made}, {literal(alike)}, '')"
    grammar = literal(f"[+-]?{digits}({point}[0-9]+)?")
    made = f"replace({made}, {literal(decimal)}, '.')"
    return f"(case when regexp_full_match({plain}, {grammar}) then {made} end)"


def _escaped(text: str) -> str:
    """A text as a regular expression of RE2."""
    return "".join(c if c.isalnum() else rf"\x{{{ord(c):x}}}" for c in text)


def _moment(rule: ColumnRule, cell: Cell, text: str) -> str:
    """A day or a moment as the raw layer writes it."""
    plain = _trimmed(text)
    if cell.is_moment:
        if cell.has_zone:
            shown = _shown(rule, f"try_cast({plain} as timestamp)", has_zone=True)
            return f"coalesce({shown}, {text})"
        return _iso(rule, text, plain)
    if rule.unix:
        moment = _shown(rule, _since_1970(plain, rule.unix), has_zone=True)
        return _or_as_written(moment, text, f"{_DAY}.*")
    if rule.formats:
        tried = [_by_format(rule, plain, date_format) for date_format in rule.formats]
        return _or_as_written(f"coalesce({', '.join(tried)}, null)", text, f"{_DAY}.*")
    return _iso(rule, text, plain)


def _since_1970(plain: str, units: int) -> str:
    """A count of seconds, or of parts of one, as a moment in UTC."""
    digits = len(str(_LAST_SECOND)) + len(str(units)) - 1
    read = f"regexp_full_match({plain}, '[+-]?[0-9]{{1,{digits}}}([.][0-9]+)?')"
    scale = 1_000_000 // units
    micros = f"csw_micros({plain}, {scale}, {len(str(scale)) - 1})"
    earliest, latest = _FIRST_SECOND * 1_000_000, _LAST_SECOND * 1_000_000 + 999_999
    return (
        f"(case when {read} then case when {micros} between {earliest} and {latest}"
        f" then make_timestamp({micros}) end end)"
    )


def _by_format(rule: ColumnRule, plain: str, date_format: str) -> str:
    """A text read by one format, null when it is not written so."""
    has_zone = "%z" in date_format or "%Z" in date_format
    read = f"try_strptime({plain}, {literal(date_format)})"
    moment = f"({read} at time zone 'UTC')" if has_zone else read
    conditions = [f"year({moment}) between {_FIRST_YEAR} and {_LAST_YEAR}"]
    if any(code in _DIGITS for code in _TOUCHING_DIGITS.findall(date_format)):
        # Without a mark between them, digits that are missing would be taken from the next part.
        conditions.append(f"regexp_full_match({plain}, {literal(_all_digits(date_format))})")
    shown = _shown(rule, moment, has_zone=has_zone)
    return f"case when {' and '.join(conditions)} then {shown} end"


def _all_digits(date_format: str) -> str:
    """A regular expression for texts that have all digits of a format."""
    pieces = _CODE.split(date_format)
    return "".join(
        (f"[0-9]{{{_DIGITS[piece]}}}" if piece in _DIGITS else ".+")
        if number % 2
        else "".join(map(_escaped, piece))
        for number, piece in enumerate(pieces)
    )


def _iso(rule: ColumnRule, text: str, plain: str) -> str:
    """A text in ISO 8601: left alone but for a time zone or a last day."""
    if rule.time_zone is None and not rule.is_inclusive:
        return text
    wall = f"try_cast(replace({plain}, 'T', ' ') as timestamp)"
    moment = f"(try_cast(replace({plain}, 'z', 'Z') as timestamptz) at time zone 'UTC')"
    return (
        f"coalesce(case when regexp_full_match({plain}, {literal(f'{_DAY}({_CLOCK})?')})"
        f" then {_shown(rule, wall, has_zone=False)}"
        f" when regexp_full_match({plain}, {literal(f'{_DAY}{_CLOCK}{_OFFSET}')})"
        f" then {_shown(rule, moment, has_zone=True)} end, {text})"
    )


def _shown(rule: ColumnRule, moment: str, *, has_zone: bool) -> str:
    """A timestamp as text: of a moment the day in the rule's zone, of a wall clock the UTC."""
    zone = literal(rule.time_zone) if rule.time_zone else None
    if rule.type == "date":
        if has_zone and zone:
            moment = f"timezone({zone}, timezone('UTC', {moment}))"
        day = f"cast({moment} as date)" + (" + 1" if rule.is_inclusive else "")
        return f"cast({day} as varchar)"
    if not has_zone and zone:
        moment = f"timezone('UTC', timezone({zone}, {moment}))"
    return f"cast({moment} as varchar)"

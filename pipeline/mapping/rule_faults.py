"""What is wrong with a column's rule although each of its keys is well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations
from zoneinfo import available_timezones

import duckdb

from pipeline.mapping.model import ColumnRule
from pipeline.mapping.nearest import nearest

# A day and a moment by which two formats that read one text differently give themselves away.
_SAMPLES = ("timestamp '2025-03-04 17:06:59'", "timestamp '2011-10-09 08:12:10'")
_YEAR = re.compile(r"%-?[YyxcG]")
_MONTH = re.compile(r"%-?[mbBjxcVUW]")
_DAY = re.compile(r"%-?[djxcuw]")
# How other tools write a format, longest first.
_OTHER_CODES = {
    "YYYY": "%Y", "yyyy": "%Y", "YY": "%y", "yy": "%y", "MMM": "%b", "MM": "%m", "DD": "%d",
    "dd": "%d", "HH24": "%H", "HH": "%H", "hh": "%H", "mm": "%M", "MI": "%M", "SS": "%S",
    "ss": "%S",
}  # fmt: skip


def is_number(column_type: str) -> bool:
    """Whether a contract column holds numbers."""
    return column_type == "integer" or column_type.startswith("decimal")


def rule_faults(rule: ColumnRule) -> Iterator[str]:
    """Sentences about keys that make no sense together, or for the column."""
    if rule.unix and rule.formats:
        yield "`unix` and `format` cannot both be: a count has no format"
    if rule.is_inclusive and rule.type == "timestamp":
        yield f"`inclusive` is for days, but {rule.target} is a timestamp"
    if said := marks_clash(rule.decimal_mark, rule.thousands_mark):
        yield said


def mark_fault(key: str, mark: str | None) -> str | None:
    """What is wrong with a mark of numbers."""
    if mark is None or (len(mark) == 1 and not mark.isalnum() and mark not in "+-"):
        return None
    return f"`{key}: {mark}` is not one mark such as `,` or `.`"


def marks_clash(decimal_mark: str | None, thousands_mark: str | None) -> str | None:
    """What is said of marks that cannot be told apart."""
    if thousands_mark is None or thousands_mark != (decimal_mark or "."):
        return None
    return f"decimal_mark and thousands_mark are both `{thousands_mark}`"


def time_zone_fault(name: str) -> str | None:
    """A sentence about a time zone that there is not."""
    if name in _time_zones():
        return None
    meant = nearest(name, sorted(_time_zones()))
    hint = f"; did you mean `{meant}`?" if meant else ", such as Asia/Tokyo"
    return f"`{name}` is not a time zone{hint}"


@cache
def _time_zones() -> frozenset[str]:
    """Time zones that both Python and DuckDB know."""
    rows = duckdb.execute("select name from pg_timezone_names()").fetchall()
    return frozenset(available_timezones()) & {row[0] for row in rows}


def format_faults(formats: Sequence[str]) -> Iterator[str]:
    """Sentences about formats that cannot be read by, or that read one text in two ways."""
    sound = []
    for date_format in formats:
        if fault := _format_fault(date_format):
            yield fault
        else:
            sound.append(date_format)
    for one, other in permutations(sound, 2):
        if text := _read_otherwise(one, other):
            yield (
                f"`{one}` and `{other}` read `{text}` as different days; "
                "a file of both cannot be told apart"
            )
            return


def _format_fault(date_format: str) -> str | None:
    if "%" not in date_format:
        meant = _translated(date_format)
        hint = f"; did you mean `{meant}`?" if meant else ", such as %d/%m/%Y"
        return f"the format `{date_format}` has no strptime codes{hint}"
    for part, codes in (("year", _YEAR), ("month", _MONTH), ("day", _DAY)):
        if not codes.search(date_format):
            return f"the format `{date_format}` has no {part}"
    try:
        duckdb.execute(f"select strftime({_SAMPLES[0]}, $1)", [date_format])
        duckdb.execute("select try_strptime('', $1)", [date_format])
    except duckdb.Error as error:
        said = str(error).splitlines()[0].rpartition(": ")[2]
        return f"the format `{date_format}` cannot be used ({said})"
    return None


def _translated(date_format: str) -> str | None:
    """The same format in strptime codes, None when it is none that other tools have."""
    codes = "|".join(_OTHER_CODES)
    found = re.sub(codes, lambda match: _OTHER_CODES[match[0]], date_format)
    return found if _format_is_whole(found) else None


def _format_is_whole(date_format: str) -> bool:
    return all(codes.search(date_format) for codes in (_YEAR, _MONTH, _DAY))


def _read_otherwise(one: str, other: str) -> str | None:
    """A text that one format writes and the other reads as another moment."""
    for sample in _SAMPLES:
        text, same, read = duckdb.execute(
            f"select strftime({sample}, $1), cast(try_strptime(strftime({sample}, $1), $1) as"
            f" timestamp), cast(try_strptime(strftime({sample}, $1), $2) as timestamp)",
            [one, other],
        ).fetchall()[0]
        if read is not None and read != same:
            return str(text)
    return None

"""In which form the cells of a column are written, judged by a sample of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product

from pipeline.drafting.names import our_value, vocabulary
from pipeline.drafting.samples import distinct_cells
from pipeline.mapping.rule_faults import is_number
from pipeline.raw_contracts import RawColumn

_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|z|[+-][0-9]{2}(:?[0-9]{2})?)?)?"
)
_PLAIN = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")
_BOOLEAN = ("true", "false", "1", "0")
_DIGITS_OF_UNIX = {10: "seconds", 13: "milliseconds", 16: "microseconds"}
_DAYS = (
    *("%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日"),
    *(f"{a}{mark}{b}{mark}{y}" for mark, (a, b), y in product(
        "/.-", (("%d", "%m"), ("%m", "%d")), ("%Y", "%y"))),
    *("%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%b %d %Y", "%d %B %Y", "%B %d, %Y"),
)  # fmt: skip
_CLOCKS = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %H:%M:%S.%f",
           " %H:%M:%S %z", ", %H:%M", ", %I:%M %p")  # fmt: skip
# The marks before the fraction and between groups, the commonest first.
_MARKS = ((None, None), (None, ","), (",", None), (",", "."), (None, " "), (",", " "), (None, "'"))
# Not what negative amounts are written with: they stay unread, and are seen.
_SIGN = re.compile(r"^([^\d.,+\-\s()]{1,3})\s*|\s*([^\d.,+\-\s()]{1,3})$")
# Keys without which the models would read a cell otherwise, or not at all.
FOREIGN_KEYS = frozenset({"unix", "format", "strip", "decimal_mark", "thousands_mark"})
_TRIED_FIRST = 60
_MOST_VALUES = 60


@dataclass(frozen=True)
class Form:
    """How cells are written: keys of the mapping, the share that reads so, and doubts about it."""

    share: float
    keys: dict[str, object] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def form_of(column: RawColumn, header: str, cells: Sequence[str], *, is_native: bool) -> Form:
    """The form in which most of the cells can be read as the column asks."""
    found = distinct_cells(cells)
    if not found or is_native:
        return Form(1.0)
    if column.type in ("date", "timestamp"):
        return _moments(column.type, found)
    if is_number(column.type):
        return _numbers(column.name, header, found)
    if column.type == "boolean":
        return _listed("boolean", ("true", "false"), found, as_they_are=_BOOLEAN)
    if column.accepted_values:
        accepted = column.accepted_values
        return _listed(column.name, accepted, found, as_they_are=accepted)
    return Form(1.0)


def _share(cells: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(pattern.fullmatch(cell) is not None for cell in cells) / len(cells)


def _moments(kind: str, cells: Sequence[str]) -> Form:
    """ISO 8601, a count since 1970, or the format that reads the most."""
    if (iso := _share(cells, _ISO)) == 1:
        return Form(1.0)
    lengths = {len(cell) for cell in cells if cell.isdigit()}
    if (
        len(lengths) == 1
        and all(map(str.isdigit, cells))
        and (n := lengths.pop()) in _DIGITS_OF_UNIX
    ):
        return Form(1.0, {"unix": _DIGITS_OF_UNIX[n]})
    clocks = _CLOCKS if any(":" in cell for cell in cells) else ("",)
    formats = [day + clock for day in _DAYS for clock in clocks]
    few = cells[:_TRIED_FIRST]
    likely = [f for f in formats if _read_by(f, few) > 0]
    shares = sorted(((_read_by(f, cells), f) for f in likely), key=lambda pair: -pair[0])
    if not shares or shares[0][0] <= iso:
        return Form(iso)
    best, chosen = shares[0]
    also = [f for share, f in shares[1:] if share == best and _differs(chosen, f, cells)]
    doubts = (f"`{also[0]}` would fit as well, but means other days",) if also else ()
    return Form(best, {"format": chosen}, doubts)


def _read_by(date_format: str, cells: Sequence[str]) -> float:
    return sum(_moment(cell, date_format) is not None for cell in cells) / len(cells)


def _moment(cell: str, date_format: str) -> datetime | None:
    try:
        found = datetime.strptime(cell, date_format)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def _differs(one: str, other: str, cells: Sequence[str]) -> bool:
    return any(_moment(cell, one) != _moment(cell, other) for cell in cells)


def _numbers(name: str, header: str, cells: Sequence[str]) -> Form:
    """Plain numbers, or the marks and signs under which most of them can be read."""
    keys: dict[str, object] = {}
    signs = list(dict.fromkeys(sign for cell in cells for sign in _signs(cell)))
    if 0 < len(signs) <= 4:
        keys["strip"] = signs if len(signs) > 1 else signs[0]
        cells = [_SIGN.sub("", _SIGN.sub("", cell)).strip() for cell in cells]
    shares = [(_share(cells, _pattern(decimal, groups)), decimal, groups)
              for decimal, groups in _MARKS]  # fmt: skip
    best, decimal, groups = max(shares, key=lambda found: found[0])
    keys |= {"decimal_mark": decimal} if decimal else {}
    keys |= {"thousands_mark": groups} if groups else {}
    same = [found for found in shares if found[0] == best and set(found[1:]) != {decimal, groups}]
    doubts = []
    has_point = any("." in cell for cell in cells)
    if same and (decimal or groups or (has_point and any(found[2] == "." for found in same))):
        doubts.append("the marks could be read in another way: is it a fraction or a thousand?")
    if best and _is_in_hundredths(name, header, signs, cells, decimal, groups):
        keys["divide_by"] = 100
        doubts.append("taken for hundredths (cents or percent)")
    return Form(best, keys, tuple(doubts))


def _signs(cell: str) -> list[str]:
    """What stands before or behind a number that is no part of it."""
    return [text for match in _SIGN.finditer(cell) for text in match.groups() if text]


def _pattern(decimal: str | None, groups: str | None) -> re.Pattern[str]:
    digits = (
        "[0-9]+" if groups is None else f"([0-9]+|[0-9]{{1,3}}({re.escape(groups)}[0-9]{{3}})+)"
    )
    return re.compile(f"[+-]?{digits}({re.escape(decimal or '.')}[0-9]+)?")


def _is_in_hundredths(
    name: str, header: str, signs: Sequence[str], cells: Sequence[str], *marks: str | None
) -> bool:
    """Whether a share is written as a percentage, or an amount in cents."""
    decimal, groups = marks
    texts = [cell.replace(groups or "\0", "").replace(decimal or ".", ".") for cell in cells]
    numbers = [float(text) for text in texts if _PLAIN.fullmatch(text)]
    if name == "discount_pct":
        return "%" in signs or any(number > 1 for number in numbers)
    return "cent" in header.casefold() and all(number == int(number) for number in numbers)


def _listed(
    column: str, accepted: tuple[str, ...], cells: Sequence[str], as_they_are: Sequence[str]
) -> Form:
    """The values that have to be put into ours, and those that nobody knows."""
    if len(cells) > _MOST_VALUES:
        return Form(0.0)
    values, unknown = {}, []
    for cell in cells:
        if cell in as_they_are or (column == "boolean" and cell.lower() in as_they_are):
            continue
        ours = our_value(column, accepted, cell)
        if ours is None:
            unknown.append(cell)
        else:
            values[cell] = ours
    doubts = [f"what is {', '.join(f'`{cell}`' for cell in unknown[:8])}?"] if unknown else []
    share = 1 - len(unknown) / len(cells)
    return Form(share, {"values": values} if values else {}, tuple(doubts))


def constant_of(source: str, column: str) -> str | None:
    """What a required column is given where no column looks like it."""
    return vocabulary()["constants"].get(source, {}).get(column)

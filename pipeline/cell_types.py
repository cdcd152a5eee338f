"""How a column's native type is read as the type of its contract.

Native types are named as DuckDB names them. A column either keeps its native type, when that is
right for the contract, or becomes text, which is parsed later like the cells of a CSV file.
"""

from __future__ import annotations

import re

TEXT = "VARCHAR"
_INTEGERS = {
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER",
}  # fmt: skip
_WIDE_INTEGERS = {"UBIGINT", "HUGEINT", "UHUGEINT"}
FLOATS = {"FLOAT", "DOUBLE"}
ZONED = "TIMESTAMP WITH TIME ZONE"
_UNREADABLE = {"BLOB", "BIT"}
_TEXT_ONLY = {"TIME", "TIME_NS", "TIME WITH TIME ZONE", "INTERVAL", "UUID", "JSON"}
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_MOST_DIGITS = 38
_NESTED = re.compile(r"STRUCT\(.*|MAP\(.*|UNION\(.*|.*\[\d*\]", re.DOTALL)


def quoted(name: str) -> str:
    """A column name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | None) -> str:
    """A text as SQL writes it."""
    return "null" if text is None else "'" + text.replace("'", "''") + "'"


def _is_moment(native: str) -> bool:
    return native == "DATE" or native.startswith("TIMESTAMP")


def _is_number(native: str) -> bool:
    return native in _INTEGERS | _WIDE_INTEGERS | FLOATS or native.startswith("DECIMAL")


def is_readable(column_type: str, native: str) -> bool:
    """False when no value of the native type can ever be read as the contract's type."""
    if native in _UNREADABLE or _NESTED.fullmatch(native):
        return False
    if column_type == "text":
        return True
    if native in _TEXT_ONLY:
        return False
    if column_type in ("date", "timestamp"):
        return not (_is_number(native) or native == "BOOLEAN")
    if column_type == "boolean":
        return not (_is_moment(native) or native in FLOATS)
    return not (_is_moment(native) or native == "BOOLEAN")


def as_text(expression: str, native: str) -> str:
    """SQL for a native value as text: floats in shortest decimal form, moments in UTC."""
    if native == TEXT:
        return expression
    if native in FLOATS:
        return f"raw.decimal_text({expression})"
    if native == ZONED:
        return f"cast({expression} at time zone 'UTC' as varchar)"
    return f"cast({widened(expression, native)} as varchar)"


def with_whole_digit(native: str) -> str:
    """A decimal type with a digit before the point: without one DuckDB writes .5 for 0.5."""
    size = _DECIMAL.fullmatch(native)
    if size and size[1] == size[2] and int(size[1]) < _MOST_DIGITS:
        return f"DECIMAL({int(size[1]) + 1},{size[2]})"
    return native


def widened(expression: str, native: str) -> str:
    """SQL for a value in the type of `with_whole_digit`."""
    wide = with_whole_digit(native)
    return expression if wide == native else f"cast({expression} as {wide})"


def read_type(column_type: str, native: str) -> str:
    """Type of a column as the raw layer shows it: native where that suits, else text."""
    if column_type in ("date", "timestamp") and _is_moment(native):
        return "DATE" if native == column_type.upper() == "DATE" else "TIMESTAMP"
    if column_type == "boolean" and native == "BOOLEAN":
        return native
    is_numeric = column_type == "integer" or column_type.startswith("decimal")
    if is_numeric and native in _INTEGERS:
        return "BIGINT"
    if column_type.startswith("decimal") and native.startswith("DECIMAL"):
        return with_whole_digit(native)
    return TEXT


_SHOWN = "cast(number as varchar)"
_SIGN = "case when number < 0 then '-' else '' end"
_DIGITS = f"regexp_replace(split_part({_SHOWN}, 'e', 1), '[-.]', '', 'g')"
_EXPONENT = f"try_cast(split_part({_SHOWN}, 'e', 2) as int)"
# The shortest digits of a float, with the exponent that DuckDB prints for very small and very
# large ones written out: 1e-05 as 0.00001.
DECIMAL_TEXT_MACRO = f"""
create macro raw.decimal_text(number) as (
    case
        when {_SHOWN} not like '%e%' then {_SHOWN}
        when {_EXPONENT} < 0 then {_SIGN} || '0.' || repeat('0', -{_EXPONENT} - 1) || {_DIGITS}
        else {_SIGN} || rpad({_DIGITS}, {_EXPONENT} + 1, '0') || '.0'
    end
)
"""

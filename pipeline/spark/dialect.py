"""How Spark SQL writes the views of the raw layer: the same texts as DuckDB gives, to the byte."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cell_types import FLOATS, TEXT, ZONED
from pipeline.raw_views import Dialect

# DuckDB's name of a type -> the type as which Spark reads it from Parquet.
_READ_AS = {
    TEXT: "string",
    "BOOLEAN": "boolean",
    "TINYINT": "tinyint",
    "SMALLINT": "smallint",
    "INTEGER": "int",
    "BIGINT": "bigint",
    "UTINYINT": "smallint",
    "USMALLINT": "int",
    "UINTEGER": "bigint",
    "UBIGINT": "decimal(20,0)",
    "FLOAT": "float",
    "DOUBLE": "double",
    "DATE": "date",
    "TIMESTAMP": "timestamp_ntz",
    ZONED: "timestamp_ltz",
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
# Spark writes decimals smaller than this many digits after the point with an exponent.
_PLAIN_SCALE = 6
# A decimal must leave room for the 1 that is added to show it without an exponent.
_WIDEST_SCALE = 37
# Digits after the first one with which a float is tried, fewest first; the last is always exact.
_FRACTIONS = {"FLOAT": (5, 6, 7, 8), "DOUBLE": (14, 15, 16)}


def quoted(name: str) -> str:
    """A name as Spark SQL writes it."""
    return "`" + name.replace("`", "``") + "`"


def literal(text: str | None) -> str:
    """A text as Spark SQL writes it."""
    if text is None:
        return "null"
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def read_as(native: str) -> str | None:
    """Type as which Spark reads a Parquet column; None where it cannot show it as DuckDB does."""
    if decimal := _DECIMAL.fullmatch(native):
        precision, scale = decimal.groups()
        return f"decimal({precision},{scale})" if int(scale) <= _WIDEST_SCALE else None
    return _READ_AS.get(native)


class SparkDialect(Dialect):
    """Spark SQL with ANSI mode off, as dbt-spark sets it, and `timestamp` without a zone."""

    def quoted(self, name: str) -> str:
        """A column name."""
        return quoted(name)

    def type_name(self, native: str) -> str:
        """A type."""
        return read_as(native) or native

    def shown_type(self, native: str) -> str:
        """Text for a decimal that the macros could not turn into plain text themselves."""
        decimal = _DECIMAL.fullmatch(native)
        return TEXT if decimal and int(decimal[2]) > _PLAIN_SCALE else native

    def as_text(self, expression: str, native: str) -> str:
        """A native value as text."""
        if native == TEXT:
            return expression
        if native in FLOATS:
            return _float_text(expression, native)
        if native == ZONED:
            return f"cast({self.in_utc(expression)} as string)"
        decimal = _DECIMAL.fullmatch(native)
        if decimal and int(decimal[2]) > _PLAIN_SCALE:
            return _decimal_text(expression, int(decimal[2]))
        return f"cast({expression} as string)"

    def in_utc(self, expression: str) -> str:
        """A moment with a zone as a timestamp in UTC, which is the session's zone."""
        return f"cast({expression} as timestamp_ntz)"

    def written_row(self, reference: str) -> str:
        """The row as it is: on Spark it is text in any case."""
        return reference

    def raw_row(self, fields: Sequence[tuple[str, str]], as_json: bool) -> str:
        """The row as JSON in any case; a query that does not ask for it does not make it."""
        listed = ", ".join(f"{literal(name)}, {cell}" for name, cell in fields)
        return f"to_json(named_struct({listed}), map('ignoreNullFields', 'false'))"


def _decimal_text(expression: str, scale: int) -> str:
    """A decimal of many digits after the point: below 1 it is shown by way of the number plus 1."""
    above_one = f"cast(abs({expression}) + 1 as decimal(38, {scale}))"
    return (
        f"case when abs({expression}) < 1 then concat(case when {expression} < 0 then '-0' else '0'"
        f" end, substr(cast({above_one} as string), 2)) else cast({expression} as string) end"
    )


def _float_text(expression: str, native: str) -> str:
    """A float in shortest decimal form, without an exponent.

    Java before 19 shows some floats with a digit too many, so the fewest digits are found that
    give the number back.
    """
    kind = read_as(native)
    *tried, last = (f"format_string('%.{digits}e', {expression})" for digits in _FRACTIONS[native])
    shortest = "".join(
        f" when cast({shown} as {kind}) = {expression} then {shown}" for shown in tried
    )
    shown = f"case{shortest} else {last} end"
    digits = f"regexp_replace(split_part({shown}, 'e', 1), '[-.]|0+$', '')"
    digits = f"coalesce(nullif({digits}, ''), '0')"
    exponent = f"cast(split_part({shown}, 'e', 2) as int)"
    sign = f"case when {shown} like '-%' then '-' else '' end"
    small = f"concat('0.', repeat('0', -{exponent} - 1), {digits})"
    whole = f"rpad({digits}, greatest({exponent} + 1, length({digits})), '0')"
    large = (
        f"concat(substr({whole}, 1, {exponent} + 1), '.',"
        f" coalesce(nullif(substr({whole}, {exponent} + 2), ''), '0'))"
    )
    return (
        f"case when {expression} is null then null when isnan({expression}) then 'nan'"
        f" when abs({expression}) = double('infinity')"
        f" then case when {expression} > 0 then 'inf' else '-inf' end"
        f" else concat({sign}, case when {exponent} < 0 then {small} else {large} end) end"
    )

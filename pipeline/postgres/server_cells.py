"""How a column of a server table is read as its contract says: natively, or as text to parse."""

from __future__ import annotations

import re

from pipeline.cell_types import TEXT, literal, quoted
from pipeline.cell_types import is_readable as is_readable_natively

_NATIVE = {
    "timestamp without time zone": "TIMESTAMP",
    "timestamp with time zone": "TIMESTAMP WITH TIME ZONE",
    "time without time zone": "TIME",
    "time with time zone": "TIME WITH TIME ZONE",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "smallint": "SMALLINT",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "real": "FLOAT",
    "double precision": "DOUBLE",
    "interval": "INTERVAL",
    "uuid": "UUID",
    "json": "JSON",
    "jsonb": "JSON",
    "bytea": "BLOB",
    "bit": "BIT",
    "bit varying": "BIT",
}
_BYTEWISE = 'collate "C"'


def native_of(server_type: str) -> str:
    """The type in the words of the raw layer, which are DuckDB's; text for what it has no word for.

    A numeric without a scale holds numbers of any length, so it is read like a floating one.
    """
    if server_type.endswith("[]"):
        return "VARCHAR[]"
    if server_type.startswith("numeric("):
        return "DECIMAL" + server_type.removeprefix("numeric")
    if server_type == "numeric":
        return "DOUBLE"
    return _NATIVE.get(re.sub(r"\(\d+\)", "", server_type), TEXT)


def is_readable(column_type: str, server_type: str) -> bool:
    """False when no value of the server's type can ever be read as the contract's type."""
    return is_readable_natively(column_type, native_of(server_type))


def as_text(name: str, server_type: str) -> str:
    """SQL for a cell as text: numbers without exponents, moments in UTC."""
    cell, native = quoted(name), native_of(server_type)
    if native in ("FLOAT", "DOUBLE"):
        cell = f"cast(cast({cell} as text) as numeric)"
    if native == "TIMESTAMP WITH TIME ZONE":
        cell = f"({cell} at time zone 'UTC')"
    return f"cast({cell} as text) {_BYTEWISE}"


def as_read(column_type: str, name: str, server_type: str) -> str:
    """SQL for a cell as the models read it: native where that is right for the contract."""
    cell, native = quoted(name), native_of(server_type)
    if column_type in ("date", "timestamp") and native.startswith("TIMESTAMP WITH"):
        return f"({cell} at time zone 'UTC')"
    if column_type in ("date", "timestamp") and native in ("TIMESTAMP", "DATE"):
        return cell if native == "DATE" and column_type == "date" else f"cast({cell} as timestamp)"
    if column_type == "boolean" and native == "BOOLEAN":
        return cell
    return as_text(name, server_type)


def row_json(columns: list[tuple[str, str]]) -> str:
    """SQL for all cells of a row as one JSON object of texts, without blanks, nulls as null."""
    members = []
    for name, server_type in columns:
        key = literal('"' + name.replace("\\", "\\\\").replace('"', '\\"') + '":')
        text = as_text(name, server_type)
        members.append(f"{key} || coalesce(cast(to_json({text}) as text), 'null')")
    inside = " || ',' || ".join(members) or "''"
    return f"(('{{' || {inside} || '}}') {_BYTEWISE})"

"""Takes a person out of a published file: a file of its own takes the old one's place.

A row that is changed in place leaves its former text in the file's free blocks.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import duckdb

from pipeline.privacy import keys
from pipeline.privacy.person import FORGOTTEN, Person
from pipeline.publish import (
    STORAGE_VERSION,
    attached,
    quote_name,
    quote_text,
    remove_file,
)

_Table = tuple[str, str]


def forget_in(file: Path, person: Person, salt: str | None, is_dry_run: bool) -> int:
    """Write the file without the person; returns how many rows are others than before."""
    aside = file.with_name(f".{file.name}.forgetting")
    with attached(old=file) as connection:
        replacements = {
            table: _replacements(connection, table, person, salt) for table in _tables(connection)
        }
        counts = {table: _count(connection, table, replacements[table]) for table in replacements}
        if not sum(counts.values()) or is_dry_run:
            return sum(counts.values())
        remove_file(aside)
        connection.execute(
            f"attach {quote_text(aside)} as new (storage_version '{STORAGE_VERSION}')"
        )
        connection.execute("copy from database old to new (schema)")
        for table, replaced in replacements.items():
            connection.execute(f"insert into {_named('new', table)} {_select(table, replaced)}")
        connection.execute("detach new")
    os.replace(aside, file)
    return sum(counts.values())


def _tables(connection: duckdb.DuckDBPyConnection) -> list[_Table]:
    """Schema and name of every table in the file."""
    return connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = 'old' order by 1, 2"
    ).fetchall()


def _named(database: str, table: _Table) -> str:
    return ".".join(map(quote_name, (database, *table)))


def _select(table: _Table, replaced: dict[str, str]) -> str:
    """SQL of a table's rows without the person."""
    listed = ", ".join(f"{sql} as {quote_name(column)}" for column, sql in replaced.items())
    return f"select *{f' replace ({listed})' if listed else ''} from {_named('old', table)}"


def _count(connection: duckdb.DuckDBPyConnection, table: _Table, replaced: dict[str, str]) -> int:
    """Rows in which a replacement makes a difference."""
    if not replaced:
        return 0
    differs = " or ".join(
        f"{quote_name(column)} is distinct from {sql}" for column, sql in replaced.items()
    )
    sql = f"select count(*) from {_named('old', table)} where {differs}"
    return int(connection.execute(sql).fetchall()[0][0])


def _replacements(
    connection: duckdb.DuckDBPyConnection, table: _Table, person: Person, salt: str | None
) -> dict[str, str]:
    """Text column -> SQL of its cell without the person, of those that may hold them."""
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'old'"
        " and schema_name = ? and table_name = ? and data_type = 'VARCHAR' order by column_index",
        list(table),
    ).fetchall()
    columns = [row[0] for row in rows]
    replaced = {}
    for column in columns:
        sql = _without_emails(quote_name(column), person)
        if column in keys.key_columns(columns):
            sql = _without_key(sql, person, salt)
        for inside in keys.keys_inside():
            if (table[1], column) == (inside.mart, inside.column):
                without_key = _without_key(sql, person, salt)
                sql = f"case when {inside.condition} then {without_key} else {sql} end"
        if sql != quote_name(column):
            replaced[column] = sql
    return replaced


def _without_key(cell: str, person: Person, salt: str | None) -> str:
    """SQL of a cell with the person's key replaced: the whole of it, or the last of its parts."""
    pairs = {person.user_id: person.key}
    if salt is not None:
        former = keys.published_key(person.user_id, salt)
        pairs[former] = keys.published_key(person.key, salt)
    cases = "".join(
        f" when {cell} = {quote_text(old)} then {quote_text(new)}"
        f" when ends_with({cell}, {quote_text('|' + old)})"
        f" then left({cell}, length({cell}) - {len(old)}) || {quote_text(new)}"
        for old, new in pairs.items()
    )
    return f"case{cases} else {cell} end"


def _without_emails(cell: str, person: Person) -> str:
    """SQL of a cell with a mark in each of the person's addresses' place."""
    for email in sorted(person.emails, key=lambda text: (-len(text), text)):
        pattern = rf"(^|[^\w.+-]){re.escape(email)}($|[^\w-])"
        # Neighbours share the character between them, which the first pass takes for one of them.
        for _ in range(2):
            cell = f"regexp_replace({cell}, {quote_text(pattern)}, '\\1{FORGOTTEN}\\2', 'gi')"
    return cell

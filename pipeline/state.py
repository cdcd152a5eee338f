"""What the last published build knew: schema `state`, from which the next build goes on.

Plain SQL for any target; `Execute` runs one statement and gives its rows. The tables are written
at publication only, so that they say what the incremental tables hold. dbt notes every run in
`state.unpublished`; a note that is still there at the next build means that it was not published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline import changes

Execute = Callable[[str], Sequence[Sequence[Any]]]

SCHEMA = "state"
# Table -> its columns with their types, names that all engines know.
TABLES = {
    "build": "build_id varchar, as_of_date date, latest_date date, settings varchar",
    "raw_files": (
        "source varchar, _file varchar, size_bytes bigint, checksum varchar, build_id varchar"
    ),
    "users": (
        "user_id varchar, account_id varchar, is_internal boolean, is_account_internal boolean"
    ),
    "accounts": "account_id varchar, is_internal boolean",
    "observation_dates": "date date",
    "account_months": "account_id varchar, month date, state_date date",
    "unpublished": "invocation_id varchar",
}
# What is kept of the intermediate tables: all that the next build compares its own with.
_KEPT = {
    "users": "int_users_current",
    "accounts": "int_accounts_current",
    "observation_dates": "int_observation_dates",
    "account_months": "int_account_active_months",
}
_ROWS_PER_STATEMENT = 500


@dataclass(frozen=True)
class TakenFile:
    """A raw file as it was when it was read; `relative` is its path below the raw folder."""

    source: str
    relative: str
    size_bytes: int
    checksum: str


@dataclass(frozen=True)
class FormerBuild:
    """The last published build: what it knew, what it was made with, the files it took.

    `latest_date` is the last day in its data; `settings` is the JSON that it was given.
    """

    build_id: str
    as_of_date: date
    latest_date: date | None
    settings: str
    files: tuple[TakenFile, ...]
    is_unpublished: bool


@contextmanager
def opened(warehouse: Path) -> Iterator[Execute]:
    """`Execute` of a DuckDB file, in one transaction that ends with the block."""
    connection = duckdb.connect(str(warehouse))
    try:
        connection.execute("begin")
        yield lambda sql: connection.execute(sql).fetchall()
        connection.execute("commit")
    finally:
        connection.close()


def create_empty(execute: Execute) -> None:
    """Make the tables anew: there is no build to go on from."""
    execute(f"create schema if not exists {SCHEMA}")
    for name, columns in TABLES.items():
        execute(f"drop table if exists {SCHEMA}.{name}")
        execute(f"create table {SCHEMA}.{name} ({columns})")


def read(execute: Execute) -> FormerBuild | None:
    """The last published build, None when there was none."""
    builds = execute(f"select build_id, as_of_date, latest_date, settings from {SCHEMA}.build")
    if not builds:
        return None
    files = execute(f"select source, _file, size_bytes, checksum from {SCHEMA}.raw_files")
    (notes,) = execute(f"select count(*) from {SCHEMA}.unpublished")
    return FormerBuild(*builds[0], tuple(TakenFile(*file) for file in files), notes[0] > 0)


def commit(
    execute: Execute,
    build_id: str,
    settings: str,
    files: Sequence[TakenFile],
    former: Sequence[str],
) -> None:
    """Keep what the build just published knew; `former` are the files that were taken before it.

    To be run in one transaction.
    """
    changes.forget(execute)
    for name in TABLES:
        if name != "raw_files":
            execute(f"delete from {SCHEMA}.{name}")
    for name, model in _KEPT.items():
        columns = ", ".join(column.split()[0] for column in TABLES[name].split(", "))
        execute(f"insert into {SCHEMA}.{name} select {columns} from intermediate.{model}")
    if not former:
        execute(f"delete from {SCHEMA}.raw_files")
    known = set(former)
    rows = [
        f"({_text(file.source)}, {_text(file.relative)}, {file.size_bytes}, "
        f"{_text(file.checksum)}, {_text(build_id)})"
        for file in files
        if file.relative not in known
    ]
    for start in range(0, len(rows), _ROWS_PER_STATEMENT):
        values = ", ".join(rows[start : start + _ROWS_PER_STATEMENT])
        execute(f"insert into {SCHEMA}.raw_files values {values}")
    execute(
        f"insert into {SCHEMA}.build select {_text(build_id)}, as_of.as_of_date, "
        f"candidates.latest_date, {_text(settings)} from intermediate.int_as_of as as_of"
        " cross join (select max(as_of_candidate) as latest_date"
        " from intermediate.int_as_of_candidates) as candidates"
    )


def affected(execute: Execute) -> tuple[int, int]:
    """Accounts and days whose logins this build looked at again."""
    rows = execute(
        "select count(distinct account_id), count(distinct login_date)"
        " from intermediate.int_login_days_affected"
    )
    return int(rows[0][0]), int(rows[0][1])


def _text(value: str) -> str:
    """A SQL string."""
    return "'" + value.replace("'", "''") + "'"

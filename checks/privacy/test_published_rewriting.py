"""A person leaves a published file: its cells, its free blocks, its hashes; all else stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.privacy.keys import published_key
from pipeline.privacy.person import Person
from pipeline.privacy.published import forget_in
from pipeline.publish import attached

SALT = "a salt of the checks"
PERSON = Person("7", "123456789", emails=frozenset({"ann@example.com"}))


def write_file(path: Path, key: str) -> None:
    """A published file in which a person with this key stands beside things called 7."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as f; create schema f.marts; use f.marts")
        for sql in (
            (
                f"create table dim_user as select * from (values ('{key}', '7', 7), ('77', '7', 8))"
                " as t (user_id, account_id, n)"
            ),
            (
                f"create table customer_timeline as select * from (values ('user_joined|{key}',"
                " 'user_joined'), ('ticket_opened|7', 'ticket_opened')) as t (event_id, kind)"
            ),
            (
                f"create table quality_quarantine as select * from (values ('users', '{key}'),"
                f" ('feature_usage', 'A1|api|{key}'), ('tickets', '7')) as t (source, row_key)"
            ),
            (
                "create table dim_account as select '7' as account_id,"
                " 'Ann <ANN@example.com>, joann@example.com' as account_name"
            ),
            "create view shown as select * from dim_user",
            "comment on table dim_user is 'people'",
        ):
            connection.execute(sql)


def rows_of(path: Path) -> dict[str, list[Any]]:
    """What the file holds."""
    names = ("dim_user", "customer_timeline", "quality_quarantine", "dim_account", "shown")
    with attached(f=path) as connection:
        return {
            name: sorted(connection.execute(f"from f.marts.{name}").fetchall()) for name in names
        }


@pytest.mark.parametrize("salt", [None, SALT])
def test_the_key_is_replaced_where_it_is_a_persons_and_nowhere_else(
    tmp_path: Path, salt: str | None
) -> None:
    path = tmp_path / "marts.duckdb"
    write_file(path, published_key("7", salt))
    assert forget_in(path, PERSON, salt, is_dry_run=False) == 5
    new = published_key(PERSON.key, salt)
    rows = rows_of(path)
    assert rows["dim_user"] == sorted([(new, "7", 7), ("77", "7", 8)])
    assert rows["shown"] == rows["dim_user"]
    assert rows["customer_timeline"] == [
        ("ticket_opened|7", "ticket_opened"),
        (f"user_joined|{new}", "user_joined"),
    ]
    assert rows["quality_quarantine"] == [
        ("feature_usage", f"A1|api|{new}"),
        ("tickets", "7"),
        ("users", new),
    ]
    assert rows["dim_account"] == [("7", "Ann <[forgotten]>, joann@example.com")]
    assert b"ANN@example.com" not in path.read_bytes()


def test_a_dry_run_counts_and_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "marts.duckdb"
    write_file(path, "7")
    before = path.read_bytes()
    assert forget_in(path, PERSON, None, is_dry_run=True) == 5
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_descriptions_stay(tmp_path: Path) -> None:
    path = tmp_path / "marts.duckdb"
    write_file(path, "7")
    forget_in(path, PERSON, None, is_dry_run=False)
    with attached(f=path) as connection:
        sql = "select comment from duckdb_tables() where comment is not null"
        assert connection.execute(sql).fetchall() == [("people",)]


def test_a_file_without_the_person_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "marts.duckdb"
    write_file(path, "7")
    before = path.read_bytes()
    assert forget_in(path, Person("8", "1"), None, is_dry_run=False) == 0
    assert path.read_bytes() == before

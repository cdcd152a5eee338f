"""Keys of users are published as exported, or as hashes with the salt of the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.failure import BuildFailure
from pipeline.options import Options
from pipeline.privacy import keys
from pipeline.publish import attached, copy_marts

SALT = "a salt of the checks, 顧客"
TABLES = {
    "dim_user": "select 'U1' as user_id, 'A1' as account_id",
    "dim_account": "select 'A1' as account_id, 'Jonas Berg' as owner",
    "fct_ticket": "select * from (values ('T1', 'U1'), ('T2', null)) as t"
    " (ticket_id, requester_user_id)",
    "quality_quarantine": "select * from (values ('users', 'U1'), ('tickets', 'T1'),"
    " ('feature_usage', 'A1|2025-01-01|api|U1'))"
    " as t (source, row_key)",
    "customer_timeline": "select * from (values ('champion_left|U1', 'champion_left'),"
    " ('ticket_opened|U1', 'ticket_opened')) as t (event_id, kind)",
}


def published_rows(tmp_path: Path, salt: str | None, monkeypatch: Any) -> dict[str, list[Any]]:
    """The marts of a build file as they are published."""
    monkeypatch.setenv(keys.VARIABLE, salt or "")
    options = Options(out=tmp_path)
    with duckdb.connect(str(options.warehouse)) as connection:
        connection.execute("create schema marts")
        for name, sql in TABLES.items():
            connection.execute(f"create table warehouse.marts.{name} as {sql}")
    copy_marts(options, {"nodes": {}})
    with attached(published=options.next_file) as connection:
        return {
            name: connection.execute(f"from published.marts.{name} order by 1").fetchall()
            for name in TABLES
        }


def test_without_a_salt_keys_are_published_as_they_are(tmp_path: Path, monkeypatch: Any) -> None:
    rows = published_rows(tmp_path, None, monkeypatch)
    assert rows["dim_user"] == [("U1", "A1")]
    assert rows["fct_ticket"] == [("T1", "U1"), ("T2", None)]


def test_with_a_salt_every_key_of_a_user_is_hashed_alike(tmp_path: Path, monkeypatch: Any) -> None:
    rows = published_rows(tmp_path, SALT, monkeypatch)
    hashed = keys.published_key("U1", SALT)
    assert hashed.startswith("u_")
    assert len(hashed) == 34
    assert rows["dim_user"] == [(hashed, "A1")]
    assert rows["fct_ticket"] == [("T1", hashed), ("T2", None)]
    assert rows["quality_quarantine"] == [
        ("feature_usage", f"A1|2025-01-01|api|{hashed}"),
        ("tickets", "T1"),
        ("users", hashed),
    ]
    assert rows["customer_timeline"] == [
        (f"champion_left|{hashed}", "champion_left"),
        ("ticket_opened|U1", "ticket_opened"),
    ]


def test_owners_are_colleagues_and_stay(tmp_path: Path, monkeypatch: Any) -> None:
    assert published_rows(tmp_path, SALT, monkeypatch)["dim_account"] == [("A1", "Jonas Berg")]


def test_no_file_holds_the_salt(tmp_path: Path, monkeypatch: Any) -> None:
    published_rows(tmp_path, SALT, monkeypatch)
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or SALT.encode() not in path.read_bytes(), path


def test_other_salts_make_other_hashes() -> None:
    assert keys.published_key("U1", SALT) != keys.published_key("U1", SALT + "x")


def test_a_salt_that_can_be_guessed_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setenv(keys.VARIABLE, "pepper")
    with pytest.raises(BuildFailure, match="CSW_SALT is shorter than 16 characters"):
        keys.salt_of_environment()


def test_spark_refuses_a_salt_and_the_others_take_it(monkeypatch: Any) -> None:
    monkeypatch.setenv(keys.VARIABLE, SALT)
    with pytest.raises(BuildFailure, match="Spark"):
        keys.refuse_where_not_hashed("spark")
    keys.refuse_where_not_hashed("duckdb")
    keys.refuse_where_not_hashed("postgres")
    monkeypatch.delenv(keys.VARIABLE)
    keys.refuse_where_not_hashed("spark")

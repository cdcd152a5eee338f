"""With a salt the server publishes the same hashes as the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.postgres.conftest import Environment, run_sql
from pipeline.postgres import publishing
from pipeline.postgres.connection import connected
from pipeline.privacy import keys

pytestmark = pytest.mark.postgres
SALT = "a salt of the checks, 顧客 100 %"


def test_keys_on_the_server_are_those_of_the_file(
    new_database: Callable[..., Environment], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = new_database("hashed_keys")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv(keys.VARIABLE, SALT)
    run_sql(
        environment,
        "create schema marts_next",
        "create table marts_next.dim_user as select 'U1' as user_id, 'A1' as account_id",
        "create table marts_next.fct_ticket (ticket_id text, requester_user_id text)",
        "insert into marts_next.fct_ticket values ('T1', 'U1'), ('T2', null)",
        "create table marts_next.quality_quarantine (source text, row_key text)",
        "insert into marts_next.quality_quarantine values ('users', 'U1'), ('tickets', 'T1')",
        "create table marts_next.customer_timeline as"
        " select 'champion_left|U1' as event_id, 'champion_left' as kind",
    )
    with connected() as server:
        publishing.hash_keys(server)
    hashed = keys.published_key("U1", SALT)
    assert run_sql(environment, "select * from marts_next.dim_user") == [(hashed, "A1")]
    assert run_sql(environment, "select * from marts_next.fct_ticket order by 1") == [
        ("T1", hashed),
        ("T2", None),
    ]
    assert run_sql(environment, "select * from marts_next.quality_quarantine order by 1") == [
        ("tickets", "T1"),
        ("users", hashed),
    ]
    assert run_sql(environment, "select event_id from marts_next.customer_timeline") == [
        (f"champion_left|{hashed}",)
    ]

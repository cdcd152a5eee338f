"""What cannot be built on ends in one message before anything is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.built_warehouse import write_raw_folder
from checks.engines.builds import variables_of
from checks.postgres.builds import run_command
from checks.postgres.conftest import Environment, run_sql
from pipeline.failure import BuildFailure
from pipeline.postgres import publishing
from pipeline.postgres.connection import connected

pytestmark = pytest.mark.postgres


def words(text: str) -> str:
    """A message without its line breaks."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def database(new_database: Callable[..., Environment]) -> Environment:
    return new_database("refusals")


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_raw_folder(tmp_path_factory.mktemp("raw"), {})


def refusal(environment: Environment, out: Path, raw: Path | None) -> str:
    """What a build says that is refused; it shows no traceback and no password."""
    arguments = ("--raw", str(raw)) if raw else ()
    result = run_command(environment, "build", out, *arguments)
    assert result.code == 1
    assert "Traceback" not in result.stdout + result.stderr
    secret = environment.get("PGPASSWORD")
    assert not secret or secret not in result.stdout + result.stderr
    return words(result.stderr)


def test_missing_variables_are_all_named(raw: Path, tmp_path: Path) -> None:
    assert "not set: PGHOST, PGUSER, PGDATABASE." in refusal({}, tmp_path, raw)
    assert "not set: PGDATABASE." in refusal({"PGHOST": "h", "PGUSER": "u"}, tmp_path, raw)


def test_a_server_that_does_not_answer_is_named(
    database: Environment, raw: Path, tmp_path: Path
) -> None:
    message = refusal(database | {"PGPORT": "1"}, tmp_path, raw)
    assert "The PostgreSQL server at 127.0.0.1:1 does not let warehouse in" in message
    assert "Connection refused" in message


def test_a_wrong_password_is_refused_in_the_server_s_words(
    database: Environment, raw: Path, tmp_path: Path
) -> None:
    message = refusal(database | {"PGPASSWORD": "not-the-secret"}, tmp_path, raw)
    assert "password authentication failed" in message


def test_a_user_who_may_not_make_schemas_is_told_so(
    database: Environment, raw: Path, tmp_path: Path
) -> None:
    run_sql(database, "create role guest login password 'seen-by-none'")
    guest = database | {"PGUSER": "guest", "PGPASSWORD": "seen-by-none"}
    message = refusal(guest, tmp_path, raw)
    assert "guest may not create schemas in refusals" in message


def test_a_missing_reader_role_is_asked_for_when_it_may_not_be_made(
    database: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_sql(database, "create role builder login password 'builder'")
    monkeypatch.setattr(publishing, "READER_ROLE", "reader_to_be")
    with (
        variables_of(database | {"PGUSER": "builder", "PGPASSWORD": "builder"}),
        connected() as server,
        pytest.raises(BuildFailure, match="create role reader_to_be nologin;"),
    ):
        publishing.ensure_reader_role(server)


def test_a_schema_of_somebody_else_is_not_replaced(
    new_database: Callable[..., Environment], raw: Path, tmp_path: Path
) -> None:
    environment = new_database("strangers")
    run_sql(environment, "create schema marts", "create table marts.precious as select 1 as x")
    message = refusal(environment, tmp_path, raw)
    assert "the schema marts holds something that this project did not make" in message
    assert run_sql(environment, "select * from marts.precious") == [(1,)]


def test_a_database_of_another_encoding_is_refused(
    new_database: Callable[..., Environment], raw: Path, tmp_path: Path
) -> None:
    environment = new_database("latin", "template template0 encoding 'LATIN1' locale 'C'")
    assert "encoding is LATIN1, not UTF8" in refusal(environment, tmp_path, raw)


def test_raw_files_do_not_replace_tables_of_the_user(
    new_database: Callable[..., Environment], raw: Path, tmp_path: Path
) -> None:
    environment = new_database("own tables")
    run_sql(environment, "create schema raw", "create table raw.accounts (account_id text)")
    message = refusal(environment, tmp_path, raw)
    assert "holds tables of your own, which RAW would replace" in message
    assert "raw.accounts" in message


def test_faults_of_the_user_s_tables_are_all_named_before_anything_is_built(
    new_database: Callable[..., Environment], tmp_path: Path
) -> None:
    environment = new_database("faulty tables")
    run_sql(
        environment,
        "create schema raw",
        "create table raw.accounts (account_id text, account_nam text, created_at integer)",
        "create table raw.tickets (ticket_id text, account_id text, created_at timestamptz,"
        " priority text, status text, csat_score date)",
    )
    message = refusal(environment, tmp_path, None)
    for sentence in (
        "the required source contracts is missing (expected a table raw.contracts)",
        "the required source logins is missing",
        "raw.accounts: required column is missing: account_name",
        "raw.accounts: the column created_at is integer, but should be timestamp",
        "raw.tickets: the column csat_score is date, but should be integer",
    ):
        assert sentence in message
    assert run_sql(environment, "select count(*) from pg_namespace where nspname = 'landing'") == [
        (0,)
    ]

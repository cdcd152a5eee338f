"""What looks like an address or a phone number is found in any published text, and only that."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from checks.built_warehouse import write_raw_folder
from checks.conftest import run_build
from checks.definitions.model_graph import ModelGraph
from checks.end_to_end.test_bad_input import SMALL
from checks.mutation.compiled_project import compile_project
from checks.reference.histories import AS_OF, generate
from pipeline.failure import BuildFailure
from pipeline.privacy.contacts import contacts_in, refuse_contacts

EMAILS = [
    *("anna.berg@example.com", "Berg (anna@mail.example.co.uk)", "ANNA@EXAMPLE.ORG", "a@b.io"),
    *("田中@例え.example.jp", "mailto:anna+cs@example.com?subject=x", "anna＠example.com"),
]
PHONES = [
    *("+49 30 1234567", "+81 (0)3-1234-5678", "+14155550123", "Tel. +44 20 7946 0958, ask Ann"),
    *("03-1234-5678", "(03) 1234-5678", "090-1234-5678", "0120-123-456", "020 7946 0958"),
    *("(415) 555-0123", "415-555-0123", "415.555.0123", "call 09012345678!"),
    *("０３－１２３４－５６７８", "090ー1234ー5678", "03−1234−5678", "TEL:03-1234-5678"),
]
NEITHER = [
    *("2025-12-31", "2025-12-31T10:00:00+09:00", "2025-12-31 00:00:00", "31.12.2025", "20251231"),
    *("1,234,567.89", "1 234 567", "-1000000000.00", "0.0712345678", "1234567890", "+12.5 %"),
    *("550e8400-e29b-41d4-a716-446655440000", "0123-4567-8901-2345", "A000001|2024-01-24"),
    *("C000001-0", "L000001-1-1", "U0000001", "P-ENT", "v1.2.0", "192.168.100.2000"),
    *("Bed @ Home Inc.", "@handle", "me@localhost", "青空株式会社 47", "24/7 support", "Area 51"),
    *("accounts/2025-01-01.csv", "Studio 54 415 Ltd", "(all)", "100ID当たり問い合わせ件数", ""),
]


def file_with(path: Path, **texts: str | None) -> Path:
    """A published file of one mart with these texts, and a view of it."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; use marts")
        columns = ", ".join(f'cast(? as varchar) as "{name}"' for name in texts)
        connection.execute(
            f"create table dim_account as select {columns}, 1 as n", [*texts.values()]
        )
        connection.execute("create view shown as select * from dim_account")
    return path


@pytest.mark.parametrize("text", EMAILS)
def test_an_address_is_found_in_any_column(tmp_path: Path, text: str) -> None:
    for column in ("account_name", "account_id"):
        found = list(contacts_in(file_with(tmp_path / "f.duckdb", **{column: text}), []))
        assert [(one.mart, one.column, one.kind) for one in found] == [
            ("dim_account", column, "an e-mail address")
        ]


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_number_is_found_where_no_numbers_of_things_stand(
    tmp_path: Path, text: str
) -> None:
    file = file_with(tmp_path / "f.duckdb", topic=text, ticket_id=text, source_file=text)
    assert [(one.column, one.kind) for one in contacts_in(file, [])] == [
        ("topic", "a phone number")
    ]


@pytest.mark.parametrize("text", [*NEITHER, None])
def test_other_texts_are_left_alone(tmp_path: Path, text: str | None) -> None:
    assert list(contacts_in(file_with(tmp_path / "f.duckdb", topic=text), [])) == []


def test_an_example_shows_the_form_and_nothing_else(tmp_path: Path) -> None:
    file = file_with(tmp_path / "f.duckdb", topic="Ann (ann.b@x.org) 07")
    (found,) = contacts_in(file, [])
    assert found.sentence() == (
        "dim_account.topic: 1 row looks like an e-mail address, for example *** (***.*@*.***) **"
    )


@pytest.mark.parametrize("allowed", ["account_name", "dim_account.account_name"])
def test_a_column_that_the_company_vouches_for_is_not_searched(
    tmp_path: Path, allowed: str
) -> None:
    file = file_with(tmp_path / "f.duckdb", account_name=EMAILS[0], topic=EMAILS[0])
    assert [one.column for one in contacts_in(file, [allowed])] == ["topic"]
    refuse_contacts(file, ["account_name", "topic"])


def test_a_name_that_is_no_published_text_is_refused(tmp_path: Path) -> None:
    file = file_with(tmp_path / "f.duckdb", topic="x")
    with pytest.raises(BuildFailure, match=r"(?s)no published text.*acount_name"):
        refuse_contacts(file, ["acount_name"])


def test_the_message_names_the_column_and_says_how_to_go_on(tmp_path: Path) -> None:
    with pytest.raises(BuildFailure) as failure:
        refuse_contacts(file_with(tmp_path / "f.duckdb", account_name=EMAILS[0]), [])
    message = str(failure.value)
    assert "dim_account.account_name" in message
    assert "contact_columns" in message
    assert "docs/privacy.md" in message
    assert "anna" not in message.lower().replace("contact", "")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> ModelGraph:
    """All models in memory."""
    return ModelGraph(compile_project(tmp_path_factory.mktemp("compiled"), [{}]))


def published(graph: ModelGraph, path: Path) -> Path:
    """The marts of the graph's last run as a file."""
    connection = graph.connection
    connection.execute(f"attach '{path}' as written; create schema written.marts")
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'warehouse'"
        " and schema_name = 'marts' union all select view_name from duckdb_views()"
        " where database_name = 'warehouse' and schema_name = 'marts'"
    ).fetchall()
    for (name,) in rows:
        connection.execute(f"create table written.marts.{name} as from warehouse.marts.{name}")
    connection.execute("detach written")
    return path


@pytest.mark.parametrize("seed", [1, 2])
def test_marts_of_histories_with_edges_give_no_alarm(
    graph: ModelGraph, tmp_path: Path, seed: int
) -> None:
    graph.run(generate(seed, 40), AS_OF)
    assert list(contacts_in(published(graph, tmp_path / "m.duckdb"), [])) == []


def test_planted_contacts_are_found_in_every_mart_that_shows_them(
    graph: ModelGraph, tmp_path: Path
) -> None:
    raw = generate(1, 40)
    for row in raw["accounts"]:
        row["account_name"] = "Ann Berg <ann@example.com>"
    for row in raw["feature_requests"]:
        row["topic"] = "call me: +49 30 1234567"
    graph.run(raw, AS_OF)
    found = {
        f"{one.mart}.{one.column}"
        for one in contacts_in(published(graph, tmp_path / "m.duckdb"), [])
    }
    assert {"dim_account.account_name", "customer_360.account_name"} <= found
    assert "kpi_feature_requests.topic" in found


def test_a_build_with_a_planted_address_publishes_nothing(tmp_path: Path) -> None:
    rows = {**SMALL, "accounts": [{**row, "account_name": EMAILS[0]} for row in SMALL["accounts"]]}
    result = run_build(write_raw_folder(tmp_path / "raw", rows), tmp_path / "out")
    assert result.code == 1
    assert "dim_account.account_name: " in result.stderr
    assert "contact_columns" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out" / "marts.duckdb").exists()
    assert EMAILS[0] not in result.stdout + result.stderr
    assert EMAILS[0] not in (tmp_path / "out" / "build.log").read_text(encoding="utf-8")

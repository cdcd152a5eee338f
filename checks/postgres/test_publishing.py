"""The swap of schemas: what readers see, what is kept, what follows and what is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import count

import psycopg2
import pytest

from checks.engines.builds import variables_of
from checks.postgres.conftest import Environment, open_database, run_sql
from pipeline.failure import BuildFailure
from pipeline.postgres import publishing
from pipeline.postgres.connection import connected
from pipeline.postgres.schemas import make_anew

pytestmark = pytest.mark.postgres
_numbers = count()


@pytest.fixture
def database(new_database: Callable[..., Environment]) -> Iterator[Environment]:
    """A database of which one build is published."""
    environment = new_database(f"publishing {next(_numbers)}")
    with variables_of(environment):
        with connected() as server:
            publishing.ensure_reader_role(server)
        make_next("one")
        publishing.publish()
        yield environment


def make_next(build: str, columns: str = "1 as thing_id, 'a' as name") -> None:
    """The next marts, of a build of that name."""
    with connected() as server:
        make_anew(server, publishing.NEXT_SCHEMA)
        with server.cursor() as cursor:
            cursor.execute(
                f"create table marts_next.build_info as select '{build}' as build_id,"
                " date '2025-12-31' as as_of_date"
            )
            cursor.execute(f"create table marts_next.dim_thing as select {columns}")
            cursor.execute(
                "create view marts_next.thing_view as select * from marts_next.dim_thing"
            )


def published(environment: Environment, schema: str = "marts") -> str:
    return str(run_sql(environment, f"select build_id from {schema}.build_info")[0][0])


def analyst(environment: Environment, name: str) -> Environment:
    run_sql(environment, f"create role {name} login password 'seen' in role bi_reader")
    return environment | {"PGUSER": name, "PGPASSWORD": "seen"}


def test_the_former_build_is_kept_for_one_cycle(database: Environment) -> None:
    for build, former in (("two", "one"), ("three", "two")):
        make_next(build)
        publishing.publish()
        assert (published(database), published(database, "marts_old")) == (build, former)
    schemas = run_sql(database, "select nspname from pg_namespace where nspname like 'marts%'")
    assert sorted(schemas) == [("marts",), ("marts_old",)]


def test_a_rollback_exchanges_the_two_builds_and_a_second_one_puts_them_back(
    database: Environment,
) -> None:
    make_next("two")
    publishing.publish()
    assert publishing.roll_back() == ("one", "2025-12-31")
    assert (published(database), published(database, "marts_old")) == ("one", "two")
    assert publishing.roll_back() == ("two", "2025-12-31")


def test_a_reader_reads_the_published_schema_alone_whichever_that_is(database: Environment) -> None:
    reader = analyst(database, "analyst_of_two")
    make_next("two")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run_sql(reader, "select * from marts_next.dim_thing")
    publishing.publish()
    assert run_sql(reader, "select count(*) from marts.thing_view") == [(1,)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run_sql(reader, "select * from marts_old.dim_thing")
    publishing.roll_back()
    assert published(reader) == "one"
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run_sql(reader, "select * from marts_old.dim_thing")


def test_readers_find_one_build_or_the_other_at_every_moment(database: Environment) -> None:
    reader = analyst(database, "hasty_analyst")
    seen: list[str] = []
    faults: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        try:
            with open_database(reader).cursor() as cursor:
                while not stop.is_set():
                    cursor.execute("select build_id from marts.build_info")
                    seen.append(cursor.fetchall()[0][0])
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    builds = [f"build {number}" for number in range(8)]
    for build in builds:
        make_next(build)
        publishing.publish()
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert set(seen) <= {"one", *builds}
    assert len(set(seen)) > 2


def test_a_transaction_that_reads_does_not_hold_the_swap_up(database: Environment) -> None:
    connection = open_database(database)
    connection.autocommit = False
    with connection.cursor() as cursor:
        cursor.execute("select build_id from marts.build_info")
        make_next("two")
        publishing.publish()
        cursor.execute("select build_id from marts.build_info")
        assert cursor.fetchall() == [("two",)]
    connection.close()


def test_a_transaction_left_open_for_two_builds_delays_only_the_drop(
    database: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_LONGEST_WAIT", "200ms")
    connection = open_database(database)
    connection.autocommit = False
    with connection.cursor() as cursor:
        cursor.execute("select * from marts.dim_thing")
        make_next("two")
        assert publishing.publish() == []
        make_next("three")
        (held,) = publishing.publish()
        cursor.execute(f"select build_id from {held}.build_info")
        assert cursor.fetchall() == [("one",)]
    connection.close()
    assert (published(database), published(database, "marts_old")) == ("three", "two")
    make_next("four")
    assert publishing.publish() == []
    schemas = run_sql(database, "select nspname from pg_namespace where nspname like 'marts%'")
    assert sorted(schemas) == [("marts",), ("marts_old",)]


def test_views_of_other_schemas_follow_with_their_grants_and_options(database: Environment) -> None:
    run_sql(
        database,
        "create schema bi",
        "create view bi.things with (security_barrier) as select name from marts.dim_thing",
        "create view bi.more_things as select name from bi.things",
        "grant usage on schema bi to public",
        "grant select on bi.things to public",
    )
    make_next("two", "1 as thing_id, 'new' as name")
    publishing.publish()
    reader = analyst(database, "analyst_of_views")
    assert run_sql(reader, "select name from bi.things") == [("new",)]
    assert run_sql(database, "select name from bi.more_things") == [("new",)]
    options = run_sql(database, "select reloptions from pg_class where relname = 'things'")
    assert options == [(["security_barrier=true"],)]
    publishing.roll_back()
    assert run_sql(reader, "select name from bi.things") == [("a",)]


def test_a_view_that_the_new_marts_break_stops_the_publication_and_is_named(
    database: Environment,
) -> None:
    run_sql(
        database, "create schema bi", "create view bi.things as select name from marts.dim_thing"
    )
    make_next("two", "1 as thing_id")
    with pytest.raises(BuildFailure, match=r"the view bi\.things, which reads the marts"):
        publishing.publish()
    assert published(database) == "one"
    assert published(database, "marts_next") == "two"


def test_a_materialized_view_of_the_marts_is_refused_and_named(database: Environment) -> None:
    run_sql(
        database,
        "create schema bi",
        "create materialized view bi.frozen as select name from marts.dim_thing",
    )
    with connected() as server, pytest.raises(BuildFailure) as failure:
        publishing.refuse_what_cannot_follow(server)
    assert failure.value.problems == [
        "bi.frozen is a materialized view of marts: drop it, or make it a view"
    ]

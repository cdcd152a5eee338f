"""The published file: what it holds, how it is replaced, and how it comes back."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.failure import BuildFailure
from pipeline.options import Options
from pipeline.publish import copy_marts, promote, rollback

MANIFEST = {
    "nodes": {
        "model.project.dim_thing": {
            "name": "dim_thing",
            "alias": "dim_thing",
            "resource_type": "model",
            "config": {"schema": "marts"},
            "description": "One row per thing; it's described.",
            "relation_name": '"warehouse"."marts"."dim_thing"',
            "columns": {"thing_id": {"name": "thing_id", "description": "Key of the 'thing'."}},
        },
        "model.project.raw_rows": {
            "name": "raw_rows",
            "resource_type": "model",
            "config": {"schema": "quarantine"},
            "relation_name": '"warehouse"."quarantine"."raw_rows"',
        },
        **{
            f"model.project.{name}": {
                "name": name,
                "resource_type": "model",
                "description": "One row per thing that is shown.",
                "config": {"schema": "marts", "materialized": "view"},
                "relation_name": f'"warehouse"."marts"."{name}"',
                "compiled_code": f"with source as (\n    select * from {source}\n)\n"
                "\nselect * from source where thing_id > 0",
                "depends_on": {"nodes": [f"model.project.{parent}"]},
                "columns": {"thing_id": {"name": "thing_id", "description": "Key."}},
            }
            for name, source, parent in (
                ("a_view_of_a_view", '"warehouse"."marts"."thing_view"', "thing_view"),
                ("thing_view", '"warehouse"."marts"."dim_thing"', "dim_thing"),
                ("view_of_private_rows", '"warehouse"."quarantine"."raw_rows"', "raw_rows"),
            )
        },
    }
}


def build_file(options: Options, value: int) -> None:
    """A private build file with one table and one view in the marts, and more beside them."""
    options.out.mkdir(parents=True, exist_ok=True)
    options.warehouse.unlink(missing_ok=True)
    with duckdb.connect(str(options.warehouse)) as connection:
        connection.execute("create schema marts; create schema quarantine")
        connection.execute(f"create table marts.dim_thing as select {value} as thing_id")
        connection.execute("create view marts.thing_view as select * from marts.dim_thing")
        connection.execute("create view marts.a_view_of_a_view as select * from marts.thing_view")
        connection.execute("create table quarantine.raw_rows as select 7 as thing_id")
        connection.execute(
            "create view marts.view_of_private_rows as select * from quarantine.raw_rows"
        )


def publish_value(options: Options, value: int) -> None:
    """Build, copy and promote a file whose only value is this one."""
    build_file(options, value)
    copy_marts(options, MANIFEST)
    promote(options)


def value_in(path: Path) -> int:
    """The value that a published file shows to a new reader."""
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute("select thing_id from marts.marts.thing_view").fetchall()
    return rows[0][0]


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """Options whose folder has a space, a quote and Japanese in its name."""
    return Options(out=tmp_path / "out 出力's")


def relations_in(path: Path) -> list[tuple[str, ...]]:
    """Schema, name and kind of all that a published file holds."""
    with duckdb.connect() as connection:
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as published (read_only)")
        return connection.execute(
            "select table_schema, table_name, table_type from information_schema.tables"
            " where table_catalog = 'published' order by all"
        ).fetchall()


def test_only_the_marts_are_published_and_views_over_them_stay_views(options: Options) -> None:
    publish_value(options, 1)
    assert relations_in(options.published) == [
        ("marts", "a_view_of_a_view", "VIEW"),
        ("marts", "dim_thing", "BASE TABLE"),
        ("marts", "thing_view", "VIEW"),
        ("marts", "view_of_private_rows", "BASE TABLE"),
    ]


@pytest.mark.parametrize("name", ["published", "marts", "another name"])
def test_a_view_reads_the_file_it_stands_in_under_any_name(options: Options, name: str) -> None:
    publish_value(options, 1)
    path = str(options.published).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create table marts.dim_thing as select 9 as x")
        connection.execute(f"attach '{path}' as \"{name}\" (read_only)")
        for view in ("thing_view", "a_view_of_a_view"):
            rows = connection.execute(f'select thing_id from "{name}".marts.{view}').fetchall()
            assert rows == [(1,)]


def test_descriptions_travel_as_comments(options: Options) -> None:
    publish_value(options, 1)
    with duckdb.connect(str(options.published), read_only=True) as connection:
        table = connection.execute(
            "select comment from duckdb_tables() where table_name = 'dim_thing'"
        ).fetchall()
        column = connection.execute(
            "select comment from duckdb_columns() where table_name = 'dim_thing'"
        ).fetchall()
    assert table == [("One row per thing; it's described.",)]
    assert column == [("Key of the 'thing'.",)]


def test_descriptions_of_views_travel_too(options: Options) -> None:
    publish_value(options, 1)
    with duckdb.connect(str(options.published), read_only=True) as connection:
        view = connection.execute(
            "select comment from duckdb_views() where view_name = 'thing_view'"
        ).fetchall()
        column = connection.execute(
            "select comment from duckdb_columns() where table_name = 'thing_view'"
        ).fetchall()
    assert view == [("One row per thing that is shown.",)]
    assert column == [("Key.",)]


def test_the_file_before_is_kept_and_comes_back(options: Options) -> None:
    publish_value(options, 1)
    publish_value(options, 2)
    assert (value_in(options.published), value_in(options.previous)) == (2, 1)
    rollback(options)
    assert (value_in(options.published), value_in(options.previous)) == (1, 2)
    rollback(options)
    assert (value_in(options.published), value_in(options.previous)) == (2, 1)


def test_publishing_leaves_no_other_file(options: Options) -> None:
    publish_value(options, 1)
    publish_value(options, 2)
    names = sorted(path.name for path in options.out.iterdir())
    assert names == ["marts.duckdb", "marts.previous.duckdb", "warehouse.duckdb"]


def test_an_open_reader_keeps_the_old_data_to_the_end(options: Options) -> None:
    publish_value(options, 1)
    before = options.published.stat().st_ino
    with options.published.open("rb") as reader:
        first_bytes = reader.read(4096)
        publish_value(options, 2)
        reader.seek(0)
        assert reader.read(4096) == first_bytes
    assert options.published.stat().st_ino != before


def test_rollback_needs_an_earlier_file(options: Options) -> None:
    publish_value(options, 1)
    with pytest.raises(BuildFailure, match="no earlier published file"):
        rollback(options)
    assert value_in(options.published) == 1


def test_a_damaged_earlier_file_is_not_published(options: Options) -> None:
    publish_value(options, 1)
    options.previous.write_bytes(b"not a database")
    with pytest.raises(BuildFailure, match="cannot be opened"):
        rollback(options)
    assert value_in(options.published) == 1

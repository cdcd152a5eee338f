"""Copies the marts out of the private build file and puts them in place of the published ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipeline.failure import BuildFailure
from pipeline.options import Options

MARTS_SCHEMA = "marts"
# Lets any DuckDB client from 1.2 on open the file.
STORAGE_VERSION = "v1.2.0"
MEMORY_LIMIT = "4GB"


def quote_name(name: str) -> str:
    """A SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str | Path) -> str:
    """A SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def settings(folder: Path) -> list[str]:
    """Statements that keep a connection small: what does not fit is put on disk below `folder`."""
    return [
        "set threads = 2",
        "set TimeZone = 'UTC'",
        f"set memory_limit = '{MEMORY_LIMIT}'",
        f"set temp_directory = {quote_text(folder / '.duckdb_tmp')}",
    ]


@contextmanager
def attached(**files: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory connection with the files attached read-only under the given names."""
    connection = duckdb.connect()
    try:
        for statement in settings(next(iter(files.values())).parent):
            connection.execute(statement)
        for name, path in files.items():
            connection.execute(f"attach {quote_text(path)} as {quote_name(name)} (read_only)")
        yield connection
    finally:
        connection.close()


def copy_marts(options: Options, manifest: dict[str, Any]) -> int:
    """Write the next file from the marts of the build file; returns how many it holds.

    A view over marts alone is published as a view, every other view as a table: its SQL reads what
    is not published. Descriptions of marts and columns go along as comments.
    """
    remove_file(options.next_file)
    nodes = _mart_nodes(manifest)
    # Views of the build file name it as the connection that made them did.
    build = options.warehouse.stem
    with attached(**{build: options.warehouse}) as connection:
        target = quote_text(options.next_file)
        connection.execute(f"attach {target} as published (storage_version '{STORAGE_VERSION}')")
        connection.execute(f"create schema published.{MARTS_SCHEMA}")
        connection.execute(f"use published.{MARTS_SCHEMA}")
        names = mart_names(connection, build)
        views = view_statements(names, nodes, manifest)
        for name in names:
            if name not in views:
                rows = _published_rows(connection, build, name)
                connection.execute(f"create table {quote_name(name)} as {rows}")
        for statement in views.values():
            connection.execute(statement)
        for name in names:
            for statement in _comments(connection, name, name in views, nodes.get(name, {})):
                connection.execute(statement)
        connection.execute("use memory; detach published")
    return len(names)


def _published_rows(connection: duckdb.DuckDBPyConnection, build: str, mart: str) -> str:
    """SQL of a mart's rows as they are published: with a salt, keys of persons are hashed."""
    from pipeline.privacy import keys

    source = f"{quote_name(build)}.{MARTS_SCHEMA}.{quote_name(mart)}"
    salt = keys.salt_of_environment()
    if salt is None:
        return f"from {source}"
    connection.execute(f"set variable csw_salt = {quote_text(salt)}")
    columns = [row[0] for row in connection.execute(f"describe {source}").fetchall()]
    hashed = keys.hashed_columns(mart, columns, "sha256(getvariable('csw_salt') || {})")
    replaced = ", ".join(f"{sql} as {quote_name(column)}" for column, sql in hashed.items())
    return f"select *{f' replace ({replaced})' if replaced else ''} from {source}"


def view_statements(
    names: Collection[str], nodes: dict[str, dict[str, Any]], manifest: dict[str, Any]
) -> dict[str, str]:
    """Name -> the statement of each view over published marts alone, after the views it reads.

    The marts are named without database and schema. DuckDB looks for them beside the view, under
    whatever name a reader attaches the file.
    """
    statements: dict[str, str] = {}

    def add(name: str) -> None:
        parents = [
            manifest["nodes"].get(parent, {})
            for parent in nodes.get(name, {}).get("depends_on", {}).get("nodes", [])
        ]
        if name in statements or not _is_view_over(names, nodes.get(name, {}), parents):
            return
        sql = nodes[name]["compiled_code"]
        for parent in parents:
            add(relation_of(parent))
            sql = sql.replace(parent["relation_name"], quote_name(relation_of(parent)))
        statements[name] = f"create view {quote_name(name)} as {sql}"

    for name in names:
        add(name)
    return statements


def _is_view_over(
    names: Collection[str], node: dict[str, Any], parents: Sequence[dict[str, Any]]
) -> bool:
    """Whether a mart is a view, and all that it reads is published."""
    return (
        node.get("config", {}).get("materialized") == "view"
        and bool(parents)
        and all(is_mart(parent) and relation_of(parent) in names for parent in parents)
    )


def mart_names(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Names of the tables and views in the marts schema of an attached file, sorted."""
    rows = connection.execute(
        "select table_name from information_schema.tables"
        " where table_catalog = ? and table_schema = ? order by 1",
        [database, MARTS_SCHEMA],
    ).fetchall()
    return [row[0] for row in rows]


def is_mart(node: dict[str, Any]) -> bool:
    """Whether a manifest node is published: a server builds it in a schema of another name."""
    return (
        node.get("resource_type") in ("model", "seed")
        and node.get("config", {}).get("schema") == MARTS_SCHEMA
    )


def relation_of(node: dict[str, Any]) -> str:
    """Name of the table or view that a manifest node makes."""
    return str(node.get("alias") or node["name"])


def _mart_nodes(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Relation name -> manifest node, of everything in the marts schema."""
    return {relation_of(node): node for node in manifest["nodes"].values() if is_mart(node)}


def _comments(
    connection: duckdb.DuckDBPyConnection, name: str, is_view: bool, node: dict[str, Any]
) -> Iterator[str]:
    """The statements that carry a mart's descriptions over."""
    mart = quote_name(name)
    if node.get("description"):
        kind = "view" if is_view else "table"
        yield f"comment on {kind} {mart} is {quote_text(node['description'].strip())}"
    described = {key.lower(): value for key, value in node.get("columns", {}).items()}
    rows = connection.execute(
        "select column_name from information_schema.columns"
        " where table_catalog = 'published' and table_name = ?",
        [name],
    ).fetchall()
    for (column,) in rows:
        text = described.get(column.lower(), {}).get("description")
        if text:
            yield f"comment on column {mart}.{quote_name(column)} is {quote_text(text.strip())}"


def promote(options: Options) -> None:
    """Put the next file in the published one's place in one atomic step; keep the one it replaces.

    Readers that have the old file open keep reading it to the end.
    """
    if options.published.exists():
        keep_copy(options.published, options.previous)
    os.replace(options.next_file, options.published)


def rollback(options: Options) -> None:
    """Publish the file before the last one again; the one it replaces becomes the former file."""
    if not options.previous.exists():
        raise BuildFailure(
            f"There is no earlier published file in {options.out}: "
            "one is kept from the second successful build on."
        )
    try:
        with attached(previous=options.previous) as connection:
            mart_names(connection, "previous")
    except duckdb.Error as error:
        raise BuildFailure(f"{options.previous} cannot be opened: {error}") from error
    aside = options.out / "marts.rollback.duckdb"
    if options.published.exists():
        keep_copy(options.published, aside)
    os.replace(options.previous, options.published)
    if aside.exists():
        os.replace(aside, options.previous)


def keep_copy(path: Path, copy: Path) -> None:
    """Make `copy` the same file as `path` without a moment in which either name is missing."""
    temporary = copy.with_name(copy.name + ".tmp")
    remove_file(temporary)
    try:
        os.link(path, temporary)
    except OSError:
        shutil.copy2(path, temporary)
    os.replace(temporary, copy)


def remove_file(path: Path) -> None:
    """Delete a database file and its write-ahead log, if there are any."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)

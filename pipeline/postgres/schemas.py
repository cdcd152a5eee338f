"""The project's schemas on a server: which there are, whose they are and what is in them."""

from __future__ import annotations

from typing import Any

from psycopg2 import sql

from pipeline.postgres.connection import execute

# The comment by which a schema is known as one that this project made and may replace.
MARK = "Made by the customer success warehouse, which replaces it at each build."


def relations_of(server: Any, schema: str) -> list[str]:
    """Names of the tables and views of a schema, sorted."""
    rows = execute(
        server,
        "select c.relname from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace"
        " where n.nspname = %s and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1",
        [schema],
    )
    return [row[0] for row in rows]


def columns_of(server: Any, schema: str, name: str) -> list[tuple[str, str]]:
    """Names and full types of a relation's columns, in order; none when there is no such one."""
    rows = execute(
        server,
        "select a.attname, format_type(a.atttypid, a.atttypmod)"
        " from pg_attribute as a inner join pg_class as c on c.oid = a.attrelid"
        " inner join pg_namespace as n on n.oid = c.relnamespace"
        " where n.nspname = %s and c.relname = %s and a.attnum > 0 and not a.attisdropped"
        " order by a.attnum",
        [schema, name],
    )
    return [(row[0], row[1]) for row in rows]


def exists(server: Any, schema: str) -> bool:
    """Whether there is a schema of that name."""
    return bool(execute(server, "select 1 from pg_namespace where nspname = %s", [schema]))


def strangers(server: Any, schemas: tuple[str, ...]) -> list[str]:
    """Those of the schemas that hold something and were not made by this project."""
    rows = execute(
        server,
        "select nspname from pg_namespace where nspname = any(%s)"
        " and coalesce(obj_description(oid, 'pg_namespace'), '') <> %s order by 1",
        [list(schemas), MARK],
    )
    return [row[0] for row in rows if relations_of(server, row[0])]


def make_anew(server: Any, schema: str) -> None:
    """Drop a schema with all that is in it, and make an empty one that bears the mark."""
    name = sql.Identifier(schema)
    execute(server, sql.SQL("drop schema if exists {} cascade").format(name))
    execute(server, sql.SQL("create schema {}").format(name))
    execute(server, sql.SQL("comment on schema {} is {}").format(name, sql.Literal(MARK)))

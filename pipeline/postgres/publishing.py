"""Put the next marts in the published ones' place by renaming schemas, in one transaction.

A reader sees the marts of one build or of the other, never a mixture, and waits for nothing. The
schema that is replaced is kept until the next publication, and longer while a transaction that
somebody left open still reads it. Views of other schemas that read the
marts are made again over the new ones: a view follows the table it was made over, not its name.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2 import sql

from pipeline.failure import BuildFailure
from pipeline.postgres.connection import connected, execute
from pipeline.postgres.schemas import exists
from pipeline.privacy import keys
from pipeline.publish import MARTS_SCHEMA, quote_name

NEXT_SCHEMA = "marts_next"
OLD_SCHEMA = "marts_old"
_ASIDE_SCHEMA = "marts_aside"
# Begins the name of a schema that is to be dropped as soon as nobody reads it.
_GONE_PREFIX = "marts_gone_"
READER_ROLE = "bi_reader"
_LONGEST_WAIT = "5s"


@dataclass(frozen=True)
class Dependent:
    """A view of another schema that reads marts; `options` are its storage parameters."""

    schema: str
    name: str
    is_materialized: bool
    definition: str
    options: str

    @property
    def title(self) -> str:
        """Schema and name, for messages."""
        return f"{self.schema}.{self.name}"


def hash_keys(server: Any) -> None:
    """Hash the keys of persons in the next marts, where the environment has a salt."""
    salt = keys.salt_of_environment()
    if salt is None:
        return
    columns = execute(
        server,
        "select c.table_name, array_agg(c.column_name::text) from information_schema.columns as c"
        " inner join information_schema.tables as t using (table_schema, table_name)"
        " where table_schema = %s and t.table_type = 'BASE TABLE' group by 1",
        [NEXT_SCHEMA],
    )
    for mart, names in columns:
        hashed = "encode(sha256(convert_to(%s || {}, 'UTF8')), 'hex')"
        expressions = keys.hashed_columns(mart, names, hashed)
        if expressions:
            changes = ", ".join(f"{quote_name(name)} = {sql}" for name, sql in expressions.items())
            statement = f"update {NEXT_SCHEMA}.{quote_name(mart)} set {changes}"
            execute(server, statement, [salt] * len(expressions))


def dependents(server: Any, schema: str) -> list[Dependent]:
    """The views outside a schema that read what is in it."""
    rows = execute(
        server,
        "select distinct n.nspname, c.relname, c.relkind = 'm', pg_get_viewdef(c.oid),"
        " coalesce(array_to_string(c.reloptions, ', '), '')"
        " from pg_depend as d"
        " inner join pg_rewrite as r on r.oid = d.objid and d.classid = 'pg_rewrite'::regclass"
        " inner join pg_class as c on c.oid = r.ev_class"
        " inner join pg_namespace as n on n.oid = c.relnamespace"
        " inner join pg_class as t on t.oid = d.refobjid and d.refclassid = 'pg_class'::regclass"
        " inner join pg_namespace as tn on tn.oid = t.relnamespace"
        " where tn.nspname = %s and n.oid <> tn.oid order by 1, 2",
        [schema],
    )
    return [Dependent(*row) for row in rows]


def refuse_what_cannot_follow(server: Any) -> None:
    """BuildFailure for whatever reads the marts and could not be led to the next ones."""
    problems = [
        f"{found.title} is a materialized view of {MARTS_SCHEMA}: drop it, or make it a view"
        for found in dependents(server, MARTS_SCHEMA)
        if found.is_materialized
    ]
    problems += [
        f"{found.title} reads {OLD_SCHEMA}, which the next publication drops"
        for found in dependents(server, OLD_SCHEMA)
    ]
    if problems:
        raise BuildFailure("The marts could not be replaced on this server:", problems)


def ensure_reader_role(server: Any) -> None:
    """Make the role that may read the marts, when it is not there; BuildFailure if forbidden."""
    if execute(server, "select 1 from pg_roles where rolname = %s", [READER_ROLE]):
        return
    try:
        execute(server, f"create role {READER_ROLE} nologin")
    except psycopg2.errors.InsufficientPrivilege as error:
        raise BuildFailure(
            f"The role {READER_ROLE}, which may read the published marts, does not exist, and this "
            f"user may not create it. Have it created once: create role {READER_ROLE} nologin;"
        ) from error


def publish() -> list[str]:
    """Make the next marts the published ones; the published ones become the old ones.

    Returns the schemas that could not be dropped yet, since somebody reads them.
    """
    _exchange(NEXT_SCHEMA)
    return _drop_gone_schemas()


def roll_back() -> tuple[str, str]:
    """Publish the old marts again, and keep those they replace as the old ones.

    Returns the build and as-of date that are published now.
    """
    with connected() as server:
        if not exists(server, OLD_SCHEMA):
            raise BuildFailure(
                "There is no earlier published schema on the server: "
                "one is kept from the second successful build on."
            )
        refuse_what_cannot_follow(server)
    _exchange(OLD_SCHEMA)
    with connected() as server:
        found = execute(server, f"select build_id, as_of_date from {MARTS_SCHEMA}.build_info")
    return str(found[0][0]), str(found[0][1])


def _exchange(incoming: str) -> None:
    """Rename `incoming` to the published schema, and that one to the old one."""
    with connected() as server:
        views = dependents(server, MARTS_SCHEMA)
        if incoming != OLD_SCHEMA and exists(server, OLD_SCHEMA):
            execute(server, f"alter schema {OLD_SCHEMA} rename to {_GONE_PREFIX}{time.time_ns()}")
        if exists(server, MARTS_SCHEMA):
            execute(server, f"revoke all on schema {MARTS_SCHEMA} from {READER_ROLE}")
            execute(server, f"alter schema {MARTS_SCHEMA} rename to {_ASIDE_SCHEMA}")
        execute(server, f"alter schema {incoming} rename to {MARTS_SCHEMA}")
        if exists(server, _ASIDE_SCHEMA):
            execute(server, f"alter schema {_ASIDE_SCHEMA} rename to {OLD_SCHEMA}")
        execute(server, f"grant usage on schema {MARTS_SCHEMA} to {READER_ROLE}")
        execute(server, f"grant select on all tables in schema {MARTS_SCHEMA} to {READER_ROLE}")
        for view in views:
            _make_again(server, view)


def _drop_gone_schemas() -> list[str]:
    """Drop what no publication needs any more; returns what somebody still reads."""
    with connected() as server:
        query = "select nspname from pg_namespace where starts_with(nspname, %s) order by 1"
        names = [row[0] for row in execute(server, query, [_GONE_PREFIX])]
    kept = []
    for name in names:
        try:
            with connected() as server:
                execute(server, f"set local lock_timeout = '{_LONGEST_WAIT}'")
                if dependents(server, name):
                    kept.append(name)
                else:
                    execute(server, f"drop schema {name} cascade")
        except psycopg2.errors.LockNotAvailable:
            kept.append(name)
    return kept


def _make_again(server: Any, view: Dependent) -> None:
    """Point a view at the marts that bear the name now; it keeps its owner and its grants."""
    options = sql.SQL(f"with ({view.options})" if view.options else "")
    statement = sql.SQL("create or replace view {} {} as {}").format(
        sql.Identifier(view.schema, view.name), options, sql.SQL(view.definition)
    )
    try:
        execute(server, statement)
    except psycopg2.Error as error:
        raise BuildFailure(
            f"Nothing was published: the view {view.title}, which reads the marts, cannot be made "
            f"over the new ones ({str(error).splitlines()[0]}). Change or drop it."
        ) from error

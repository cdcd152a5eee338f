"""How the project reaches its PostgreSQL server: by the usual `PG*` variables, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2 import sql

from pipeline.failure import BuildFailure

REQUIRED_VARIABLES = ("PGHOST", "PGUSER", "PGDATABASE")
OLDEST_SERVER = 140000
_SECONDS_TO_CONNECT = 10
# Texts of dates and times are ISO and in UTC whatever the server's habits. Compiling the long
# expressions that read cells takes far longer than running them.
_SETTINGS = {
    "timezone": "UTC",
    "datestyle": "ISO,YMD",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
    "jit": "off",
    "work_mem": "64MB",
}


def session_options(environment: Mapping[str, str]) -> str:
    """`PGOPTIONS` of every session: what the project needs, then what the user asked for."""
    settings = [f"-c {name}={value}" for name, value in _SETTINGS.items()]
    return " ".join([*settings, environment.get("PGOPTIONS", "")]).strip()


def server_environment() -> dict[str, str]:
    """Variables that a client program needs beside the user's own."""
    return {"PGOPTIONS": session_options(os.environ)}


def require_variables(environment: Mapping[str, str]) -> None:
    """BuildFailure that names every variable that is missing."""
    missing = [name for name in REQUIRED_VARIABLES if not environment.get(name)]
    if missing:
        raise BuildFailure(
            "The PostgreSQL server is taken from the environment; these variables are not set: "
            f"{', '.join(missing)}. The password comes from PGPASSWORD or a password file."
        )


def connect(search_path: str = "pg_catalog", database: str | None = None) -> Any:
    """A psycopg2 connection to the server of the environment; BuildFailure when there is none.

    `database` is another one than PGDATABASE.
    """
    require_variables(os.environ)
    place = f"{os.environ['PGHOST']}:{os.environ.get('PGPORT', '5432')}"
    try:
        connection = psycopg2.connect(
            **({"dbname": database} if database else {}),
            connect_timeout=_SECONDS_TO_CONNECT,
            application_name="customer_success_warehouse",
            options=f"{session_options(os.environ)} -c search_path={search_path}",
        )
    except psycopg2.OperationalError as error:
        raise BuildFailure(
            f"The PostgreSQL server at {place} does not let {os.environ['PGUSER']} in "
            f"(database {database or os.environ['PGDATABASE']}):",
            [" ".join(str(error).split()) or "no reason given"],
        ) from error
    connection.set_client_encoding("UTF8")
    return connection


@contextmanager
def connected() -> Iterator[Any]:
    """A connection for one transaction: committed at the end, rolled back on an error."""
    connection = connect()
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def execute(connection: Any, statement: Any, parameters: Any = None) -> list[tuple[Any, ...]]:
    """Run one statement; its rows, none for a statement without any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def relation(schema: str, name: str) -> sql.Identifier:
    """A table or view as SQL writes it."""
    return sql.Identifier(schema, name)

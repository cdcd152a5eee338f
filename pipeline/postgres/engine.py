"""A build on PostgreSQL: raw files are loaded into the server, the marts are swapped in by rename.

The raw files go through the same reader as on DuckDB, and what is published comes back as the same
OUT/marts.duckdb, so the summary, the dashboard and whoever reads that file know of no difference.
"""

from __future__ import annotations

import os
from collections.abc import Container
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import publish, state
from pipeline.engine import Engine
from pipeline.failure import BuildFailure
from pipeline.postgres import publishing
from pipeline.postgres.collecting import Collector
from pipeline.postgres.connection import (
    OLDEST_SERVER,
    connect,
    connected,
    execute,
    require_variables,
)
from pipeline.postgres.landing_views import LANDING_SCHEMA, TECHNICAL_TABLES, make_rows_new
from pipeline.postgres.loading import RAW_SCHEMA, RawLoader
from pipeline.postgres.schemas import make_anew, relations_of, strangers
from pipeline.postgres.server_tables import ServerTable, faults, land_tables, server_tables

if TYPE_CHECKING:
    from pipeline.gx_checks import GxReport
    from pipeline.landing import BuildRequest

# Of the private schemas the summary and the messages read these.
_PRIVATE = {"intermediate": ("int_as_of", "int_as_of_candidates", "int_contract_versions")}
_REPLACED_SCHEMAS = (
    LANDING_SCHEMA,
    state.SCHEMA,
    publishing.NEXT_SCHEMA,
    publish.MARTS_SCHEMA,
    publishing.OLD_SCHEMA,
)
_BUILD_LOCK = 7_216_553_418_002


class PostgresEngine(Engine):
    """One build on the server that the `PG*` variables name."""

    is_incremental = False
    _guard: Any = None
    _tables: dict[str, ServerTable]

    def prepare(self) -> None:
        """Reach the server, keep other builds out, and refuse what the build would trip over."""
        require_variables(os.environ)
        self._guard = connect()
        self._guard.autocommit = True
        self._lock()
        problems = _server_faults(self._guard)
        if problems:
            raise BuildFailure("The PostgreSQL server cannot be built on:", problems)
        publishing.ensure_reader_role(self._guard)
        publishing.refuse_what_cannot_follow(self._guard)
        # A mapping says itself which tables are read, and leaves schema `raw` alone.
        self._tables = {} if self.options.mapping_file else server_tables(self._guard)
        if self._tables and self.options.raw is not None:
            raise BuildFailure(
                f"The schema {RAW_SCHEMA} of the server holds tables of your own, which RAW would "
                "replace. Leave RAW out to build from them, or name another database:",
                [table.name for table in self._tables.values()],
            )

    def _lock(self) -> None:
        """Hold the build lock of the database until the connection closes."""
        locked = execute(self._guard, "select pg_try_advisory_lock(%s)", [_BUILD_LOCK])
        if not locked[0][0]:
            raise BuildFailure(
                f"Another build is running on the database {os.environ['PGDATABASE']}. "
                "Wait for it, or name another database."
            )

    def has_raw_data(self) -> bool:
        """Whether there is raw data already, where the engine reads it."""
        return bool(self._tables)

    def preflight(self, raw: Path | None) -> list[str]:
        """Check the server's own tables where there are any, else the folder."""
        if not self._tables:
            return super().preflight(raw)
        problems, notes = faults(self._guard, self._tables)
        if problems:
            raise BuildFailure(f"The tables in schema {RAW_SCHEMA} cannot be used:", problems)
        return notes

    def land(
        self, raw: Path | None, request: BuildRequest, new: Container[str] | None = None
    ) -> None:
        """Load the folder, or show the server's own tables; the next marts begin empty."""
        if not self._tables:
            super().land(raw, request)
        with connected() as server:
            if self._tables:
                land_tables(server, self._tables, astuple(request))
            else:
                into = LANDING_SCHEMA if self.options.mapping_file else RAW_SCHEMA
                RawLoader(self.options.warehouse, server, self._note_table, into).load()
            make_rows_new(server)
            make_anew(server, publishing.NEXT_SCHEMA)

    def _note_table(self, table: str, rows: int) -> None:
        self.console.log(f"loaded {table}: {rows} rows")

    def fetch(self) -> None:
        """Bring what dbt made to the build file, as far as it got."""
        if self._tables:
            publish.remove_file(self.options.warehouse)
        with connected() as server:
            collector = Collector(server, self.options.warehouse)
            try:
                if self._tables:
                    collector.collect(TECHNICAL_TABLES, LANDING_SCHEMA, RAW_SCHEMA)
                marts = relations_of(server, publishing.NEXT_SCHEMA)
                collector.collect(marts, publishing.NEXT_SCHEMA, publish.MARTS_SCHEMA)
                for schema, names in _PRIVATE.items():
                    collector.collect(names, schema, schema)
            finally:
                collector.close()

    def collect(self, manifest: dict[str, Any]) -> int:
        """Write the next file, and hash the keys of persons on the server as in the file."""
        with connected() as server:
            publishing.hash_keys(server)
        return super().collect(manifest)

    def check(self, manifest: dict[str, Any]) -> GxReport:
        """Run the expectations on the server."""
        from pipeline.gx_checks import check_marts
        from pipeline.postgres.gx_place import ServerMarts

        return check_marts(ServerMarts(), manifest, self.options.out / "data_docs")

    def promote(self) -> None:
        """Swap the schemas, then the file."""
        publishing.refuse_what_cannot_follow(self._guard)
        for schema in publishing.publish():
            self.console.warn(f"{schema} is still being read; the next build drops it")
        super().promote()

    def abandon(self) -> None:
        """Let other builds in; the next marts stay to be looked at, and no reader can."""
        super().abandon()
        if self._guard is not None:
            self._guard.close()

    def roll_back(self) -> list[str]:
        """Publish the former schema again, and the former file where OUT has one."""
        self._guard = connect()
        self._guard.autocommit = True
        try:
            self._lock()
            build_id, as_of_date = publishing.roll_back()
        finally:
            self._guard.close()
        lines = [
            f"Published again: build {build_id}, as of {as_of_date}",
            f"  schema {publish.MARTS_SCHEMA} of database {os.environ['PGDATABASE']}",
            f"The schema it replaced is kept: {publishing.OLD_SCHEMA}",
        ]
        if self.options.previous.exists():
            publish.rollback(self.options)
        return lines


def _server_faults(server: Any) -> list[str]:
    """What about the server itself would stop a build, in sentences."""
    found = []
    if server.server_version < OLDEST_SERVER:
        found.append(f"it is older than PostgreSQL {OLDEST_SERVER // 10000}")
    encoding = execute(server, "show server_encoding")[0][0]
    if encoding != "UTF8":
        found.append(f"the database's encoding is {encoding}, not UTF8")
    allowed = "select has_database_privilege(current_database(), 'CREATE')"
    if not execute(server, allowed)[0][0]:
        found.append(f"{os.environ['PGUSER']} may not create schemas in {os.environ['PGDATABASE']}")
    found += [
        f"the schema {name} holds something that this project did not make"
        for name in strangers(server, _REPLACED_SCHEMAS)
    ]
    return found

"""Builds small raw folders in process, for tests that look at what the models made of them."""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from pipeline import landing, preflight
from pipeline.options import ROOT
from pipeline.parsed_project import parsed_project
from pipeline.raw_contracts import load_contracts

RawRows = Mapping[str, Sequence[Mapping[str, str | None]] | None]


@dataclass
class BuiltWarehouse:
    """A finished build: a read-only connection, and the failed dbt nodes with their messages."""

    out: Path
    connection: duckdb.DuckDBPyConnection
    failed: dict[str, str] = field(default_factory=dict)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a query as dicts; marts are named without their schema."""
        result = self.connection.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def mart(self, name: str) -> list[dict[str, Any]]:
        """All rows of one mart, ordered by all columns."""
        return self.rows(f"select * from {name} order by all")


def write_raw_folder(folder: Path, raw_rows: RawRows) -> Path:
    """Write each source as CSV. Left out, a required source has a header only; None: no file."""
    folder.mkdir(parents=True, exist_ok=True)
    required = {name: () for name, contract in load_contracts().items() if contract.is_required}
    for source, rows in {**required, **raw_rows}.items():
        if rows is None:
            continue
        columns = list(dict.fromkeys(name for row in rows for name in row))
        columns = columns or list(load_contracts()[source].column_names)
        with (folder / f"{source}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(
                {name: "" if value is None else value for name, value in row.items()}
                for row in rows
            )
    return folder


class WarehouseBuilder:
    """Preflight, landing and dbt on many folders, with one parsed manifest for all of them."""

    def __init__(self, workspace: Path) -> None:
        """`workspace` gets a numbered folder per build."""
        self.workspace = workspace
        self.number = 0

    def build(
        self,
        raw: Path,
        as_of: str | None = None,
        variables: Mapping[str, Any] | None = None,
        with_tests: bool = False,
        with_files: bool = False,
    ) -> BuiltWarehouse:
        """Build one raw folder. Failed nodes are returned; a broken dbt call is raised.

        `with_files` has dbt write what it knows of the project to `workspace`/target.
        """
        self.number += 1
        out = self.workspace / f"build_{self.number}"
        out.mkdir(parents=True)
        preflight.check(raw)
        request = landing.BuildRequest(f"test-{self.number}", datetime(2000, 1, 1), "0.0.0")
        landing.land(raw, out, request)
        given = dict(variables or {}) | ({"as_of_date": as_of} if as_of else {})
        failed = self._run(out, given, with_tests, with_files)
        connection = duckdb.connect(str(out / "warehouse.duckdb"), read_only=True)
        connection.execute("set TimeZone = 'UTC'; use warehouse.marts")
        return BuiltWarehouse(out, connection, failed)

    def _run(
        self, out: Path, variables: dict[str, Any], with_tests: bool, with_files: bool
    ) -> dict[str, str]:
        """One dbt build; returns the failed nodes' names and messages."""
        command = ["build", "--exclude-resource-type", "unit_test"]
        if not with_tests:
            command = ["build", "--resource-type", "model", "--resource-type", "seed"]
        result = invoke_dbt(
            [*command, "--vars", repr(variables), *(["--write-json"] if with_files else [])],
            out,
            self.workspace / "target",
            self.manifest(),
        )
        if result.exception or result.result is None:
            raise RuntimeError(f"dbt did not run: {result.exception}")
        return {
            node.node.name: str(node.message)
            for node in result.result.results
            if node.status in ("error", "fail", "runtime error")
        }

    def manifest(self) -> Manifest:
        """The parsed project, a copy of its own: a run writes into the one it is given."""
        manifest = parsed_project("duckdb")
        assert manifest is not None, "the project does not parse"
        return manifest


def invoke_dbt(
    command: list[str], out: Path, target: Path, manifest: Manifest | None = None
) -> Any:
    """One quiet dbt call in this process on the build file in `out`, closed afterwards."""
    arguments = ["--quiet", "--log-level", "error", "--log-level-file", "none", *command]
    arguments += [] if "--write-json" in command else ["--no-write-json"]
    arguments += ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    arguments += ["--target-path", str(target)]
    with build_folder_variable(out), contextlib.redirect_stdout(io.StringIO()):
        try:
            return dbtRunner(manifest=manifest).invoke(arguments)
        finally:
            environment = DuckDBConnectionManager._ENV
            if environment is not None:
                environment.close()
            DuckDBConnectionManager.close_all_connections()


@contextlib.contextmanager
def build_folder_variable(out: Path) -> Iterator[None]:
    """Let the profile find the build file in `out` for a while."""
    former = os.environ.get("CSW_OUT")
    os.environ["CSW_OUT"] = str(out)
    try:
        yield
    finally:
        if former is None:
            del os.environ["CSW_OUT"]
        else:
            os.environ["CSW_OUT"] = former

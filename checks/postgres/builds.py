"""Builds on a server for these tests: by the command, or only as far as the models."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from checks.conftest import CommandResult
from pipeline.console import Console
from pipeline.dbt_runner import run_dbt
from pipeline.landing import BuildRequest
from pipeline.options import ROOT, Options
from pipeline.postgres.engine import PostgresEngine

AS_OF = "2025-12-31"
_MODELS_ONLY = ["build", "--resource-type", "model", "--resource-type", "seed"]
REQUEST = BuildRequest("test", datetime(2000, 1, 1), "0.0.0")
STAMPS = {"build_info": {"build_id", "built_at", "git_commit", "project_version"}}


@dataclass(frozen=True)
class ServerBuild:
    """Models built in a database and not published; `file` holds them as DuckDB tables."""

    environment: dict[str, str]
    out: Path
    notes: list[str]

    @property
    def file(self) -> Path:
        """The build file."""
        return self.out / "warehouse.duckdb"


@contextmanager
def variables_of(environment: Mapping[str, str]) -> Iterator[None]:
    """Let this process find a database by its `PG*` variables for a while."""
    former = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in former.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def build_models(
    environment: dict[str, str], out: Path, raw: Path | None, as_of: str | None = AS_OF
) -> ServerBuild:
    """Land and build seeds and models; nothing is tested or published."""
    out.mkdir(parents=True, exist_ok=True)
    variables = {"as_of_date": as_of} if as_of else {}
    options = Options(out=out, raw=raw, target="postgres", variables=variables)
    console = Console(out / "build.log", 1)
    with variables_of(environment):
        engine = PostgresEngine(options, console)
        try:
            engine.prepare()
            notes = engine.preflight(raw)
            engine.land(raw, REQUEST)
            run_dbt(options, _MODELS_ONLY, console)
            engine.fetch()
        finally:
            engine.abandon()
            console.close()
    return ServerBuild(environment, out, notes)


def run_command(
    environment: Mapping[str, str], command: str, out: Path, *arguments: str
) -> CommandResult:
    """Run a command of the pipeline on a database, as a user's shell would."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    options = ["--target", "postgres", "--out", str(out), *arguments]
    result = subprocess.run(
        [sys.executable, "-m", "pipeline", command, *options],
        cwd=ROOT,
        env=clean | dict(environment),
        capture_output=True,
        encoding="utf-8",
    )
    return CommandResult(result.returncode, result.stdout, result.stderr, out)


def differing_marts(one: Path, other: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Mart -> rows of one file that the other lacks; doubles are compared to 9 digits."""
    differences = {}
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, path in (("one", one), ("other", other)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        columns: dict[str, list[str]] = {}
        for table, column, kind in connection.execute(
            "select table_name, column_name, data_type from information_schema.columns"
            " where table_catalog = 'one' and table_schema = 'marts' order by ordinal_position"
        ).fetchall():
            if column not in STAMPS.get(table, ()):
                shown = f"printf('%.9e', {column})" if kind == "DOUBLE" else f'"{column}"'
                columns.setdefault(table, []).append(shown)
        for table, shown in columns.items():
            if table == "kpi_contributions":
                continue
            listed = ", ".join(shown)
            rows = connection.execute(
                " union all ".join(
                    f"(select {listed} from {a}.marts.{table}"
                    f" except all select {listed} from {b}.marts.{table})"
                    for a, b in (("one", "other"), ("other", "one"))
                )
            ).fetchall()
            if rows:
                differences[table] = rows[:3]
    assert len(columns) > 25
    return differences


def summary_of(out: Path) -> dict[str, Any]:
    """The summary of the last build of a folder."""
    return json.loads((out / "summary.json").read_text(encoding="utf-8"))

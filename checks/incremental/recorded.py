"""The statements that dbt runs in a full refresh and in an incremental build, to be run again.

dbt itself takes ten seconds a build. Its statements do not depend on the rows, so they are recorded
once, from two real builds, and replayed in memory on one history after another.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from checks.built_warehouse import build_folder_variable, write_raw_folder
from pipeline import landing, state
from pipeline.options import ROOT
from pipeline.parsed_project import parsed_project
from pipeline.raw_contracts import load_contracts

_COMMENT = re.compile(r"^\s*/\*.*?\*/\s*", re.DOTALL)
_SEED = ROOT / "seeds" / "kpi_catalog.csv"
_CHANGES = ("create", "insert", "delete", "alter", "drop")
_NO_FILES = {name: None for name, contract in load_contracts().items() if contract.is_required}


@dataclass(frozen=True)
class Recording:
    """Statements by the name of their model, each model after what it reads."""

    statements: tuple[tuple[str, str], ...]
    sources: dict[str, list[str]]
    relations: dict[str, str]

    def replay(self, connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
        """Run all statements; the only date to choose from is `as_of`."""
        candidates = self.relations["int_as_of_candidates"]
        for name, statement in self.statements:
            connection.execute(statement)
            if name == "kpi_catalog" and statement.startswith("create"):
                connection.execute(f"insert into {self.relations[name]} from read_csv('{_SEED}')")
            if name == "int_as_of_candidates" and statement.startswith("create"):
                table = candidates.replace("_candidates", "_candidates__dbt_tmp")
                connection.execute(
                    f"update {table} set as_of_candidate = date '{as_of}'; delete from {table}"
                    f" where rowid <> (select min(rowid) from {table})"
                )

    def changed(self, model: str, old: str, new: str) -> Recording:
        """The recording with a text of one model's statements replaced; it must be there."""
        assert any(name == model and old in sql for name, sql in self.statements), (model, old)
        statements = tuple(
            (name, sql.replace(old, new) if name == model else sql) for name, sql in self.statements
        )
        return replace(self, statements=statements)


def record(folder: Path) -> tuple[Recording, Recording]:
    """A full refresh and an incremental build of a tiny history, as dbt ran them."""
    raw, out = folder / "raw", folder / "out"
    write_raw_folder(raw, {"logins": None})
    recordings = []
    for number, new in enumerate((None, {"logins/1/logins.csv"})):
        login = {"login_id": f"l{number}", "user_id": "u", "logged_in_at": "2024-01-01T10:00:00"}
        write_raw_folder(raw / "logins" / str(number), {**_NO_FILES, "logins": [login]})
        request = landing.BuildRequest(f"build-{number}", datetime(2000, 1, 1), "0.0.0")
        landing.land(raw, out, request, new=new)
        recordings.append(_recorded(folder, out, ["--full-refresh"] if new is None else []))
        with state.opened(out / "warehouse.duckdb") as execute:
            state.commit(execute, request.build_id, "{}", [], [])
    return recordings[0], recordings[1]


def _recorded(folder: Path, out: Path, arguments: list[str]) -> Recording:
    """One dbt build of all models, with what it ran."""
    ran: dict[str, list[str]] = {}

    def listen(event: Any) -> None:
        if event.info.name == "SQLQuery":
            sql = _COMMENT.sub("", event.data.sql)
            # A connection of dbt's ends with its build, and so do its temporary tables.
            sql = re.sub("^create temporary", "create or replace temporary", sql)
            if sql.startswith(_CHANGES):
                ran.setdefault(event.data.node_info.node_name, []).append(sql)

    command = ["--quiet", "--log-level", "error", "--log-level-file", "none", "build"]
    command += ["--resource-type", "model", "--resource-type", "seed", *arguments]
    command += ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    command += ["--target-path", str(folder / "target")]
    with build_folder_variable(out), contextlib.redirect_stdout(io.StringIO()):
        result = dbtRunner(manifest=_parsed(), callbacks=[listen]).invoke(command)
        environment = DuckDBConnectionManager._ENV
        if environment is not None:
            environment.close()
        DuckDBConnectionManager.close_all_connections()
    assert result.success, result.exception or result.result
    return _in_order(_parsed(), ran)


def _parsed() -> Manifest:
    """The project as dbt parses it."""
    manifest = parsed_project("duckdb")
    assert manifest is not None
    return manifest


def _in_order(manifest: Manifest, ran: dict[str, list[str]]) -> Recording:
    """The statements of each model after those of all that it reads."""
    models = {
        key: node for key, node in manifest.nodes.items() if node.resource_type in ("model", "seed")
    }
    ordered: list[str] = []

    def visit(key: str) -> None:
        if key in models and models[key].name not in ordered:
            for parent in sorted(models[key].depends_on_nodes):
                visit(parent)
            ordered.append(models[key].name)

    for key in sorted(models):
        visit(key)
    raw = [one for one in manifest.sources.values() if one.source_name == "raw"]
    relations = {node.name: str(node.relation_name) for node in models.values()}
    return Recording(
        tuple((name, sql) for name in ordered for sql in ran.get(name, [])),
        {one.name: list(one.columns) for one in raw},
        relations | {f"raw.{one.name}": str(one.relation_name) for one in raw},
    )

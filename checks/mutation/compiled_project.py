"""The project's models as compiled SQL, once per set of vars, and its unit tests.

Run as a module it compiles in a process of its own, so that dbt's settings, its connection and
its log never meet those of another build in the same pytest run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner

from pipeline.garbage import look_for_garbage_seldom
from pipeline.parsed_project import parsed_project

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class UnitTest:
    """One dbt unit test: what is given per relation, what is expected, which vars are set."""

    name: str
    model: str
    given: tuple[dict[str, Any], ...]
    expect: dict[str, Any]
    variables: str


@dataclass(frozen=True)
class CompiledProject:
    """Compiled SQL per set of vars (a JSON text; `{}` is the project's own) and model name."""

    relations: dict[str, str]
    order: tuple[str, ...]
    sql: dict[str, dict[str, str]]
    unit_tests: tuple[UnitTest, ...] = field(default=())
    sources: dict[str, list[str]] = field(default_factory=dict)


class CompileError(Exception):
    """dbt could not compile the project; the message is dbt's own."""


def compile_project(
    work_dir: Path, variable_sets: list[dict[str, Any]] | None = None
) -> CompiledProject:
    """Compile in a process of its own: with the project's vars, and with each set asked for.

    Without `variable_sets` the sets are those of the unit tests, for the models they test only.

    Raises CompileError when dbt fails.
    """
    command = [sys.executable, "-m", "checks.mutation.compiled_project", str(work_dir)]
    if variable_sets is not None:
        command.append(json.dumps(variable_sets))
    environment = {**os.environ, "CSW_OUT": str(work_dir)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CompileError(done.stdout[-4000:] + done.stderr[-4000:])
    return read_project(work_dir)


def read_project(work_dir: Path) -> CompiledProject:
    """The project as the last `compile_project` of this folder left it."""
    stored = json.loads((work_dir / "compiled.json").read_text(encoding="utf-8"))
    unit_tests = tuple(
        UnitTest(
            test["name"], test["model"], tuple(test["given"]), test["expect"], test["variables"]
        )
        for test in stored["unit_tests"]
    )
    return CompiledProject(
        stored["relations"], tuple(stored["order"]), stored["sql"], unit_tests, stored["sources"]
    )


def _compile_once(
    work_dir: Path,
    variables: dict[str, Any],
    models: Iterable[str] = ("resource_type:model",),
) -> dict[str, Any]:
    """dbt's manifest after compiling these models with these vars."""
    arguments = ["--quiet", "compile", *_arguments(work_dir, variables)]
    selected = ["--select", *sorted(models)]
    result = dbtRunner(manifest=parsed_project("duckdb")).invoke([*arguments, *selected])
    if not result.success:
        raise CompileError(str(result.exception or result.result))
    return json.loads((work_dir / "target" / "manifest.json").read_text(encoding="utf-8"))


def _arguments(work_dir: Path, variables: dict[str, Any]) -> list[str]:
    """What every call of dbt here is given."""
    return [
        *("--project-dir", str(ROOT), "--profiles-dir", str(ROOT)),
        *("--target-path", str(work_dir / "target"), "--log-path", str(work_dir / "logs")),
        *("--vars", json.dumps(variables)),
    ]


def _models(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Models by unique id."""
    return {
        unique_id: node
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] in {"model", "seed"}
    }


def _order(models: dict[str, dict[str, Any]]) -> list[str]:
    """Model names, each after all it reads, else by name."""
    ordered: list[str] = []
    done: set[str] = set()

    def visit(unique_id: str) -> None:
        if unique_id in done or unique_id not in models:
            return
        done.add(unique_id)
        for parent in sorted(models[unique_id].get("depends_on", {}).get("nodes", [])):
            visit(parent)
        ordered.append(models[unique_id]["name"])

    for unique_id in sorted(models):
        visit(unique_id)
    return ordered


def _unit_tests(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The unit tests, by model and name, with the vars they set.

    Those of incremental builds are left out: they need a text of the model that no compilation on
    an empty warehouse has, and `checks/incremental` proves more of it.
    """
    tests = []
    for test in manifest["unit_tests"].values():
        if ((test.get("overrides") or {}).get("macros") or {}).get("is_incremental"):
            continue
        overrides = (test.get("overrides") or {}).get("vars") or {}
        tests.append(
            {
                "name": test["name"],
                "model": test["model"],
                "given": test["given"],
                "expect": test["expect"],
                "variables": json.dumps(overrides, sort_keys=True),
            }
        )
    return sorted(tests, key=lambda test: (test["model"], test["name"]))


def _texts_read(manifest: dict[str, Any]) -> dict[str, str]:
    """Model name -> its SQL and that of the macros it calls, in which its vars are named."""
    macros = manifest["macros"]

    def text_of(node: dict[str, Any], seen: set[str]) -> str:
        text = node.get("raw_code") or node.get("macro_sql") or ""
        for name in node.get("depends_on", {}).get("macros", []):
            if name in macros and name not in seen:
                seen.add(name)
                text += text_of(macros[name], seen)
        return text

    return {node["name"]: text_of(node, set()) for node in _models(manifest).values()}


def _batches(tests: list[dict[str, Any]], texts: dict[str, str]) -> list[dict[str, set[str]]]:
    """Sets of vars that can be compiled at once: dicts of vars (JSON) to the models they are for.

    Two sets share a compilation when neither changes a model of the other.
    """

    def touches(variables: str, concerned: set[str]) -> bool:
        return any(name in texts[model] for name in json.loads(variables) for model in concerned)

    models: dict[str, set[str]] = {}
    for test in tests:
        if test["variables"] != "{}":
            models.setdefault(test["variables"], set()).add(test["model"])
    batches: list[dict[str, set[str]]] = []
    for text, concerned in sorted(models.items()):
        for batch in batches:
            if not any(
                touches(text, others) or touches(other, concerned)
                for other, others in batch.items()
            ):
                batch[text] = concerned
                break
        else:
            batches.append({text: concerned})
    return batches


def _compiled_sql(manifest: dict[str, Any]) -> dict[str, str]:
    """Compiled SQL by model name; for a seed a query of its file."""
    return {
        node["name"]: _seed_sql(node) if node["resource_type"] == "seed" else node["compiled_code"]
        for node in _models(manifest).values()
        if node["resource_type"] == "seed" or node.get("compiled")
    }


def _seed_sql(seed: dict[str, Any]) -> str:
    """A query of a seed's rows with the types that its YAML declares."""
    path = str(ROOT / seed["original_file_path"]).replace("'", "''")
    types = ", ".join(
        f"'{name}': '{kind}'" for name, kind in seed["config"]["column_types"].items()
    )
    return f"select * from read_csv('{path}', header = true, columns = {{{types}}})"


def _store(work_dir: Path, variable_sets: list[dict[str, Any]] | None) -> None:
    """Compile for every set of vars and write `compiled.json`."""
    manifest = _compile_once(work_dir, {})
    tests = _unit_tests(manifest)
    sql = {"{}": _compiled_sql(manifest)}
    for variables in variable_sets or []:
        sql[json.dumps(variables, sort_keys=True)] = _compiled_sql(
            _compile_once(work_dir, variables)
        )
    for batch in _batches(tests, _texts_read(manifest)) if variable_sets is None else []:
        together = {name: value for text in batch for name, value in json.loads(text).items()}
        concerned = set().union(*batch.values())
        compiled = _compiled_sql(_compile_once(work_dir, together, concerned))
        for text, models in batch.items():
            sql[text] = {name: compiled[name] for name in models}
    sources = manifest["sources"].values()
    relations = {node["name"]: node["relation_name"] for node in _models(manifest).values()}
    relations |= {f"{s['source_name']}.{s['name']}": s["relation_name"] for s in sources}
    stored = {
        "relations": relations,
        "order": _order(_models(manifest)),
        "sql": sql,
        "unit_tests": tests,
        "sources": {s["name"]: list(s["columns"]) for s in sources if s["source_name"] == "raw"},
    }
    (work_dir / "compiled.json").write_text(json.dumps(stored, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    look_for_garbage_seldom()
    _store(Path(sys.argv[1]), json.loads(sys.argv[2]) if len(sys.argv) > 2 else None)

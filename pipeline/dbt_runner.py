"""Runs dbt as one child process, shows its progress and puts its failures in plain words.

A child, so that a crash of the engine (out of memory, a killed process) ends in a message too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.console import Console
from pipeline.failure import BuildFailure
from pipeline.options import ROOT, Options
from pipeline.postgres.connection import server_environment

_FINISHED = {"LogModelResult", "LogTestResult", "LogSeedResult", "LogSnapshotResult"}
_REPORT_EVERY_SECONDS = 5.0
_SHOWN_FAILURES = 15


class DbtBuildFailure(BuildFailure):
    """dbt ran and something in it failed; `results` are the failed entries of its run results."""

    def __init__(
        self, headline: str, problems: Sequence[str], results: list[dict[str, Any]]
    ) -> None:
        super().__init__(headline, problems)
        self.results = results

    @property
    def failed_tests(self) -> set[str]:
        """Names of the failed nodes: the third part of dbt's unique id."""
        return {result["unique_id"].split(".")[2] for result in self.results}


def dbt_command(options: Options, command: Sequence[str]) -> list[str]:
    """The command line of a dbt call on this project and OUT folder."""
    arguments = [
        *(sys.executable, "-m", "dbt.cli.main", "--log-format", "json", "--no-use-colors"),
        *("--log-level-file", "none", *command),
        *("--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--target", options.target),
        *("--target-path", str(options.dbt_target)),
    ]
    if options.variables:
        arguments += ["--vars", json.dumps(options.variables)]
    return arguments


def dbt_environment(options: Options) -> dict[str, str]:
    """Environment of a dbt call: where the build file lies, and nothing sent anywhere."""
    server = server_environment() if options.target == "postgres" else {}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("DBT_")},
        "CSW_OUT": str(options.out),
        "DO_NOT_TRACK": "1",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "ignore",
        **server,
    }


def run_dbt(options: Options, command: Sequence[str], console: Console) -> None:
    """Run dbt to its end; raises DbtBuildFailure, or BuildFailure when it could not start."""
    results_path = options.dbt_target / "run_results.json"
    if command[0] == "build":
        results_path.unlink(missing_ok=True)
    errors: list[str] = []
    with subprocess.Popen(
        dbt_command(options, command),
        cwd=ROOT,
        env=dbt_environment(options),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        try:
            _follow(_events(process.stdout, console), console, errors)
        except BaseException:
            process.terminate()
            raise
    if process.returncode == 0:
        return
    if process.returncode < 0:
        raise BuildFailure(
            f"dbt was ended by signal {-process.returncode}; "
            "most often this means that the machine ran out of memory."
        )
    failed = _failed_results(results_path) if command[0] == "build" else []
    if not failed:
        raise BuildFailure("dbt could not run:", _distinct(errors)[:_SHOWN_FAILURES])
    raise DbtBuildFailure(
        f"dbt: {len(failed)} of the models and tests failed, nothing was published:",
        _descriptions(failed, options),
        failed,
    )


def _events(lines: Iterator[str], console: Console) -> Iterator[dict[str, Any]]:
    """dbt's log as dicts; every message goes to the log file, also what is no JSON."""
    for line in lines:
        try:
            event = json.loads(line)
            console.log(str(event["info"]["msg"]))
        except (ValueError, TypeError, KeyError):
            console.log(line)
            continue
        yield event


def _follow(events: Iterator[dict[str, Any]], console: Console, errors: list[str]) -> None:
    """Print a line every few seconds and on each failure; collect the error messages."""
    counts = {"done": 0, "total": 0}
    last_report = time.monotonic()
    for event in events:
        info, data = event["info"], event.get("data", {})
        if info["level"] == "error" and info["name"] not in _FINISHED:
            errors.append(info["msg"].strip())
        if info["name"] not in _FINISHED:
            continue
        # A test that passed says nothing of the total.
        total = int(data.get("total") or 0) or counts["total"]
        counts = {"done": counts["done"] + 1, "total": total}
        name = str(data.get("name") or data.get("node_info", {}).get("node_name", ""))
        if info["level"] == "error":
            console.say(f"failed: {name}")
        if time.monotonic() - last_report >= _REPORT_EVERY_SECONDS:
            last_report = time.monotonic()
            console.say(f"{counts['done']:>4} of {counts['total']} models and tests, at {name}")
    if counts["total"]:
        console.say(f"{counts['done']:>4} of {counts['total']} models and tests done")


def _failed_results(path: Path) -> list[dict[str, Any]]:
    """The entries of run_results.json that did not pass; what was skipped is a mere consequence."""
    if not path.exists():
        return []
    results = json.loads(path.read_text(encoding="utf-8"))["results"]
    return [result for result in results if result["status"] in ("error", "fail", "runtime error")]


def warnings_of(options: Options) -> list[str]:
    """What the tests of severity `warn` found in the last build, in words."""
    results = json.loads((options.dbt_target / "run_results.json").read_text(encoding="utf-8"))
    manifest = json.loads((options.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    warned = [one["unique_id"] for one in results["results"] if one["status"] == "warn"]
    nodes = [manifest["nodes"][unique_id] for unique_id in warned]
    return [f"{' '.join(node['description'].split())} ({node['name']})" for node in nodes]


def _descriptions(failed: list[dict[str, Any]], options: Options) -> list[str]:
    """One text per failed node: what it is, how many rows, where its SQL stands."""
    manifest = json.loads((options.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    texts = [_description(result, manifest["nodes"], options) for result in failed]
    hidden = len(texts) - _SHOWN_FAILURES
    return texts[:_SHOWN_FAILURES] + ([f"and {hidden} more, see the log"] if hidden > 0 else [])


def _description(result: dict[str, Any], nodes: dict[str, dict[str, Any]], options: Options) -> str:
    """What failed, in words: name, rows, description, compiled SQL."""
    node = nodes.get(result["unique_id"], {})
    name = node.get("name", result["unique_id"])
    is_test = node.get("resource_type") == "test"
    message = " ".join(str(result.get("message") or "").split("> in macro")[0].split())
    if is_test and result["status"] == "fail":
        rows = result.get("failures") or 0
        text = f"test {name}: {rows} row{'s' if rows != 1 else ''} should not be there"
    else:
        text = f"{node.get('resource_type', 'node')} {name}: {message[:500]}"
    description = " ".join(str(node.get("description") or "").split())
    if is_test and description:
        text += f". {description}"
    path = _compiled_path(node, options)
    return text + (f"\nSQL: {path}" if path else "")


def _compiled_path(node: dict[str, Any], options: Options) -> str | None:
    """Where dbt wrote the compiled SQL of a node, when it got as far."""
    if not node.get("original_file_path"):
        return None
    folder = options.dbt_target / "compiled" / node.get("package_name", "")
    found = sorted(folder.rglob(node.get("path", "-").rsplit("/", 1)[-1]))
    return str(found[0]) if found else None


def _distinct(messages: list[str]) -> list[str]:
    """Messages in order, repeated ones and empty lines dropped."""
    return list(dict.fromkeys(message for message in messages if message))

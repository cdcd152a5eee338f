"""Style that tools can check: sqlfluff, ruff, and generated files compared with their sources."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checks.spec.project_files import files_ending, relative
from pipeline.options import ROOT

LINTED_FOLDERS = ("models", "tests", "analyses")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module of this environment in the project's folder."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
    )


def lint_keys() -> dict[str, str]:
    """SQL file -> digest of all that its lint depends on."""
    common = hashlib.sha256((ROOT / ".sqlfluff").read_bytes())
    for path in [*files_ending(".yml", ".lock"), *(ROOT / "macros").rglob("*.sql")]:
        common.update(path.read_bytes())
    return {
        relative(path): hashlib.sha256(common.digest() + path.read_bytes()).hexdigest()
        for path in files_ending(".sql")
        if path.relative_to(ROOT).parts[0] in LINTED_FOLDERS
    }


def test_sqlfluff_has_no_complaint(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Files that were clean when nothing they depend on was different are not linted again."""
    cache = request.config.cache
    known = set(cache.get("sqlfluff/clean", [])) if cache else set()
    keys = lint_keys()
    pending = sorted(name for name, key in keys.items() if key not in known)
    if not pending:
        return
    result = run(
        "checks.spec.faster_sqlfluff",
        "lint",
        "--format",
        "json",
        *pending,
        CSW_OUT=str(tmp_path),
    )
    assert result.stdout.lstrip().startswith("["), result.stdout + result.stderr
    files = json.loads(result.stdout[result.stdout.index("[") :])
    complaints = [
        f"{file['filepath']}:{fault['start_line_no']} {fault['code']} {fault['description']}"
        for file in files
        for fault in file["violations"]
    ]
    if cache:
        faulty = {file["filepath"] for file in files if file["violations"]}
        clean = {key for name, key in keys.items() if name not in faulty}
        cache.set("sqlfluff/clean", sorted(clean))
    assert complaints == []


def test_ruff_has_no_complaint() -> None:
    result = run("ruff", "check", "--output-format", "concise", ".")
    assert result.returncode == 0, result.stdout


def test_python_is_formatted_by_ruff() -> None:
    result = run("ruff", "format", "--check", ".")
    assert result.returncode == 0, result.stdout


def test_generated_files_follow_the_contracts() -> None:
    result = run("pipeline.generate_sources", "--check")
    assert result.returncode == 0, result.stdout + result.stderr


def test_contracts_of_the_marts_follow_their_yaml() -> None:
    result = run("pipeline.contracts.documents", "--check")
    assert result.returncode == 0, result.stdout + result.stderr

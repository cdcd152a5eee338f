"""The build command on a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checks.conftest import CommandResult
from pipeline.options import ROOT

AS_OF = "2025-12-31"


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


def summary_of(out: Path) -> dict[str, Any]:
    """The summary of the last build of a folder."""
    return json.loads((out / "summary.json").read_text(encoding="utf-8"))

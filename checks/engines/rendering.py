"""What a macro of the project becomes on an engine, as SQL to be run there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.options import ROOT


def rendered(
    target: str,
    template: str,
    folder: Path,
    environment: Mapping[str, str],
    variables: Mapping[str, Any] | None = None,
) -> str:
    """SQL of a template of macros on a target; `folder` takes what dbt leaves behind."""
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--log-level-file", "none"]
    command += ["compile", "--inline", template, "--target", target, "--no-populate-cache"]
    command += ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    command += ["--target-path", str(folder), "--vars", json.dumps(dict(variables or {}))]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "CSW_OUT": str(folder), **environment},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    results = json.loads((folder / "run_results.json").read_text(encoding="utf-8"))["results"]
    return str(results[0]["compiled_code"])


_NEXT = "\n-- the next template --\n"
# Stands for any zone whose clock differs from that of UTC: macros only write its name down.
ANY_ZONE = "Any/Zone"


def rendered_together(
    target: str,
    templates: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    zone: str = "UTC",
) -> list[str]:
    """SQL of several templates from one call of dbt, which takes longer than all of them."""
    template = _NEXT.join(templates)
    variables = {"reporting_timezone": zone}
    return rendered(target, template, folder, environment, variables).split(_NEXT)

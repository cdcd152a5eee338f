"""The demo's raw data: simulated once per OUT folder, made anew when the simulator changes."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.console import Console
from pipeline.failure import BuildFailure
from pipeline.options import ROOT

DEMO_ARGUMENTS = {"accounts": 400, "months": 36, "seed": 1, "as-of": "2025-12-31"}
# Starts with `_`, so that the raw layer does not take it for a source.
_RECEIPT = "_made_from.json"


def demo_data(out: Path, console: Console) -> Path:
    """Folder of the demo's raw files below `out`; made when missing or made from something else."""
    folder = out / "demo_raw"
    receipt = folder / _RECEIPT
    wanted = json.dumps({"arguments": DEMO_ARGUMENTS, "simulator": _simulator_digest()})
    if receipt.exists() and receipt.read_text(encoding="utf-8") == wanted:
        console.say("the demo data of an earlier build are used again")
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "simulator", "--out", str(folder)]
    for name, value in DEMO_ARGUMENTS.items():
        command += [f"--{name}", str(value)]
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace"
    )
    console.log(result.stdout + result.stderr)
    if result.returncode != 0:
        raise BuildFailure("The demo data could not be simulated:", [_last_line(result.stderr)])
    receipt.write_text(wanted, encoding="utf-8")
    return folder


def _simulator_digest() -> str:
    """Digest of the simulator's code: other code makes other data."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "simulator").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _last_line(text: str) -> str:
    """The line of an error output that says what went wrong."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message was given"

"""What is written beside the marts: dashboard, dbt docs, catalogue of the contracts."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.console import Console
from pipeline.contracts.catalogue import contract_files, write_pages
from pipeline.contracts.documents import differences
from pipeline.dbt_runner import run_dbt
from pipeline.definitions_page import PAGE as DEFINITIONS_PAGE
from pipeline.definitions_page import write_definitions
from pipeline.environment import EnvironmentFailure, make_environment
from pipeline.failure import BuildFailure
from pipeline.options import ROOT, Options

DASHBOARD_MODULE = "dashboard.render"


def has_dashboard() -> bool:
    """Whether this checkout has something to render."""
    return (ROOT / "dashboard" / "render.py").exists() and bool(
        importlib.util.find_spec(DASHBOARD_MODULE)
    )


def render_dashboard(options: Options, marts: Path, console: Console) -> None:
    """Render the dashboard of a marts file to OUT/dashboard.

    The module `dashboard.render` does the work: it is called with the file, the folder to write
    `index.html` to and the interpreter of the dashboard's own environment. The former dashboard
    stays when it fails.
    """
    try:
        python = make_environment("dashboard")
    except EnvironmentFailure as failure:
        raise BuildFailure(f"The dashboard's environment could not be made. {failure}") from failure
    folder = options.out / "dashboard.next"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = [sys.executable, "-m", DASHBOARD_MODULE]
    arguments = ["--marts", str(marts), "--out", str(folder), "--python", str(python)]
    _run([*command, *arguments], "The dashboard could not be rendered", console)
    replace_folder(folder, options.out / "dashboard")


def write_docs(options: Options, console: Console) -> None:
    """Write the documentation of the last build to OUT/docs: dbt's page, and the definitions."""
    if not options.warehouse.exists():
        raise BuildFailure(f"There is no build in {options.out} to document: run `make build`.")
    try:
        run_dbt(options, ["docs", "generate", "--static", "--no-compile"], console)
    except BuildFailure as failure:
        raise BuildFailure("The dbt docs could not be written:", failure.problems) from failure
    folder = options.out / "docs"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(options.dbt_target / "static_index.html", folder / "index.html")
    write_definitions(options.dbt_target / "manifest.json", folder / DEFINITIONS_PAGE)


def write_catalogue(options: Options, console: Console) -> None:
    """Lint all contracts and write their catalogue to OUT/contracts; raises BuildFailure."""
    from datacontract.data_contract import DataContract

    problems = differences()
    for path in contract_files():
        run = DataContract(data_contract_file=str(path)).lint()
        faults = [check.reason for check in run.checks if check.result != "passed"]
        console.say(f"{path.relative_to(ROOT)}: {'passed' if not faults else 'failed'}")
        problems += [f"{path.name}: {fault}" for fault in faults]
    if problems:
        raise BuildFailure(
            "Contracts are not valid; `make format` writes those of the marts:", problems
        )
    write_pages(options.out / "contracts")


def refresh_catalogue(options: Options) -> None:
    """Write the catalogue when there is none or a contract is younger than it."""
    page = options.out / "contracts" / "index.html"
    youngest = max(path.stat().st_mtime for path in contract_files())
    if not page.exists() or page.stat().st_mtime < youngest:
        write_pages(options.out / "contracts")


def _run(command: list[str], complaint: str, console: Console) -> None:
    """Run a command in a process of its own; BuildFailure with its last words if it fails."""
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace"
    )
    console.log(result.stdout + result.stderr)
    if result.returncode != 0:
        words = [line for line in (result.stderr or result.stdout).splitlines() if line.strip()]
        raise BuildFailure(f"{complaint}:", words[-3:])


def replace_folder(new: Path, old: Path) -> None:
    """Put a finished folder in an older one's place."""
    shutil.rmtree(old, ignore_errors=True)
    new.rename(old)

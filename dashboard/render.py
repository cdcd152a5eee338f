"""Renders the board of a marts file to one self-contained page, index.html.

Run by the build's Python; the charting tool lives in an environment of its own, because it pins
other versions of shared packages, and is called as a process.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

BOARDS = Path(__file__).resolve().parent
DEFAULT_PYTHON = BOARDS.parent / ".venv-dashboard" / "bin" / "python"
BOARD = "board.yml"
PAGE = "index.html"
MARTS_SCHEMA = "marts"
# What the board selects from.
MARTS = frozenset(
    {
        "build_info",
        "call_list",
        "customer_360",
        "dim_account",
        "fct_contract_line",
        "fct_health_score",
        "fct_mrr_monthly",
        "health_backtest",
        "health_backtest_decile",
        "health_calibration",
        "kpi_adoption_monthly",
        "kpi_health_monthly",
        "kpi_retention_monthly",
        "kpi_support_monthly",
    }
)
_CALL_TOOL = "from dbt_charts.cli.main import app; app()"


class RenderFailure(Exception):
    """The page could not be made; the text is one line that says why."""


def render(marts: Path, out: Path, python: Path = DEFAULT_PYTHON) -> Path:
    """Write the page of a marts file to `out` and return its path; RenderFailure if it cannot be.

    An existing page is replaced in one step, and only by a finished one.
    """
    currency = reporting_currency(marts)
    if not python.exists():
        raise RenderFailure(f"the charting tool is not installed in {python}: run `make dashboard`")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
            project = Path(folder)
            for board in BOARDS.glob("*.yml"):
                shutil.copy(board, project)
            (project / "published.duckdb").symlink_to(marts.resolve())
            _run_tool(python, project, currency)
            # Copied beside its goal first: the temporary folder may be on another disk.
            unfinished = out / (PAGE + ".tmp")
            shutil.copyfile(project / PAGE, unfinished)
        os.replace(unfinished, out / PAGE)
    except OSError as error:
        raise RenderFailure(f"{error.strerror}: {error.filename}") from error
    return out / PAGE


def reporting_currency(marts: Path) -> str:
    """What the amounts of a marts file are in: a code, or words where the file does not say.

    Raises RenderFailure when the file is not one that this board can be drawn from.
    """
    if not marts.is_file():
        raise RenderFailure(f"there is no marts file {marts}: run `make build` first")
    try:
        connection = duckdb.connect()
        path = str(marts).replace("'", "''")
        connection.execute(f"attach '{path}' as published (read_only)")
        columns = connection.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_catalog = 'published' and table_schema = ?",
            [MARTS_SCHEMA],
        ).fetchall()
        if missing := MARTS - {table for table, _ in columns}:
            raise RenderFailure(f"{marts} has no mart called {', '.join(sorted(missing))}")
        if ("build_info", "reporting_currency") not in columns:
            return "reporting currency"
        query = f"select max(reporting_currency) from published.{MARTS_SCHEMA}.build_info"
        return str(connection.execute(query).fetchone()[0])
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise RenderFailure(f"{marts} cannot be opened as a marts file: {reason}") from error
    finally:
        connection.close()


def _run_tool(python: Path, project: Path, currency: str) -> None:
    """Render the board in a project folder; RenderFailure with the tool's first complaint."""
    command = [str(python), "-c", _CALL_TOOL, "--no-send-anonymous-usage-stats", "render", BOARD]
    command += ["--project-dir", ".", "--format", "html", "--output", PAGE, "--no-cache"]
    command += ["--var", f"currency={currency}", "--diagnostics-json"]
    result = subprocess.run(
        command,
        cwd=project,
        env=_tool_environment(),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if result.returncode != 0 or not (project / PAGE).exists():
        raise RenderFailure(f"the charting tool failed: {_first_complaint(result.stderr)}")


def _tool_environment() -> dict[str, str]:
    """The environment of the tool: silent, offline, and not mistaking this for another project."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "DBT_PROJECT_DIR", "DCT_PROJECT_DIR", "DCT_CACHE_PATH"}
    # Its 2,200 modules are compiled to bytecode once: without that each call takes twice as long.
    hidden.add("PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {"DO_NOT_TRACK": "1", "DCT_NO_WORKSPACE_GUARD": "1", "PYTHONUTF8": "1"}


def _first_complaint(stderr: str) -> str:
    """The first error among the tool's diagnostics (JSON lines), else its last line."""
    lines = [line for line in stderr.splitlines() if line.strip()]
    for line in lines:
        try:
            diagnostic = json.loads(line)
        except ValueError:
            continue
        if isinstance(diagnostic, dict) and diagnostic.get("level") == "error":
            return " ".join(f"{diagnostic.get('code')}: {diagnostic.get('message')}".split())
    return lines[-1] if lines else "it said nothing"


def main(arguments: list[str] | None = None) -> int:
    """Render one file; returns the exit code."""
    parser = argparse.ArgumentParser(description="Render the dashboard of a marts file.")
    parser.add_argument("--marts", type=Path, required=True, help="the published DuckDB file")
    parser.add_argument("--out", type=Path, required=True, help="folder that gets index.html")
    parser.add_argument(
        "--python",
        type=Path,
        default=DEFAULT_PYTHON,
        help="interpreter of the dashboard's environment",
    )
    parsed = parser.parse_args(arguments)
    try:
        print(render(parsed.marts, parsed.out, parsed.python))
    except RenderFailure as failure:
        print(f"dashboard: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

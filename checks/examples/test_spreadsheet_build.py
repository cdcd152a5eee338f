"""`make build` on the spreadsheet example, word by word as the README has it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from checks.examples.figures import EXAMPLES
from pipeline.options import ROOT

# What the file becomes is proved in process in every run; this is the command around it.
pytestmark = pytest.mark.long

# Variables of a make that runs these tests are none of the command's.
_VARIABLES = ("RAW", "MAPPING", "AS_OF", "OUT", "TARGET", "VARS", "FULL_REFRESH")


@dataclass(frozen=True)
class Built:
    """How the command ended, and where its outputs are."""

    code: int
    text: str
    out: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The command with nothing but RAW and a folder of its own for what comes out."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    out = tmp_path_factory.mktemp("spreadsheet") / "out"
    command = ["make", "--no-print-directory", "build", "RAW=examples/spreadsheet_jp", f"OUT={out}"]
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CSW_", "MAKE", "MFLAGS")) and name not in _VARIABLES
    }
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )
    return Built(result.returncode, result.stdout + result.stderr, out)


def test_the_build_passes_with_all_its_tests_and_checks(built: Built) -> None:
    assert built.code == 0, built.text
    summary = json.loads((built.out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["status"], summary["as_of_date"]) == ("passed", "2025-12-31")


def test_published_figures_are_those_of_the_sheet_in_dollars(built: Built) -> None:
    # 640,000 yen at 0.0070; both ends of the retention are at one rate, so that it stays the same.
    with duckdb.connect(str(built.out / "marts.duckdb"), read_only=True) as connection:
        row = connection.execute(
            "select mrr_end, logos_end, round(nrr_12m, 4) from marts.marts.kpi_retention_monthly"
            " where month = date '2025-12-01'"
        ).fetchone()
    assert row is not None
    assert (float(row[0]), row[1], row[2]) == (4_480, 4, 0.7333)


def test_the_bad_row_is_told(built: Built) -> None:
    assert "bad_type" in built.text
    with duckdb.connect(str(built.out / "marts.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select source, row_key, reasons from marts.marts.quality_quarantine"
        ).fetchall()
    # Midnight of 25 August in Japan.
    assert rows == [("contracts", "K-008|2025-08-24 15:00:00", "bad_type")]


def test_the_ledger_is_what_excel_writes() -> None:
    data = (EXAMPLES / "spreadsheet_jp" / "顧客台帳.csv").read_bytes()
    rows = list(csv.DictReader(data.decode("cp932").splitlines()))
    assert b"\r\n" in data
    assert {row["単価"][0] for row in rows} == {"\\"}
    assert (EXAMPLES / "spreadsheet_jp" / "利用記録.csv").read_bytes().startswith(b"\xef\xbb\xbf")
